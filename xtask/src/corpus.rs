//! Reads the texts that models are trained on.

use flate2::read::GzDecoder;
use mtlint_document::{Document, load};
use mtlint_lang::{Language, Packs};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A text, and how it is marked up.
pub struct Text {
    pub text: String,
    format: String,
    /// What is the same for all that was made of one text: its pieces, and the same damaged.
    pub origin: usize,
}

impl Text {
    /// One that is not marked up.
    pub fn plain(text: String) -> Self {
        Self { text, format: "txt".to_owned(), origin: 0 }
    }

    /// The same text once more.
    pub fn like(text: &Self) -> Self {
        Self { text: text.text.clone(), format: text.format.clone(), origin: text.origin }
    }

    /// A piece of this text, or the same damaged: one that is not marked up.
    pub fn derived(&self, text: String) -> Self {
        Self { origin: self.origin, ..Self::plain(text) }
    }

    /// The ending of files of its format, as `md`.
    pub fn format(&self) -> &str {
        &self.format
    }
}

/// One place that texts come from.
pub struct Source {
    /// The name of the file or folder, without what stands before it.
    pub name: String,
    /// What part of it was taken, as it was asked for; empty for all.
    pub part: String,
    /// SHA-256 of its bytes, of a folder that of its files in order.
    pub checksum: String,
    pub texts: Vec<Text>,
}

/// Reads a source in a language; rows that say another language, or that a person translated, are left out.
///
/// # Errors
/// When a file cannot be read.
pub fn read(argument: &str, language: &str) -> Result<Source, String> {
    let (path, part) = argument.split_once('%').unwrap_or((argument, ""));
    let mut hasher = Sha256::new();
    let mut texts = Vec::new();
    for file in files(Path::new(path))? {
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        hasher.update(&bytes);
        let name = file.to_string_lossy();
        if name.ends_with(".gz") || name.ends_with(".jsonl") {
            let mut unpacked = String::new();
            let read = if name.ends_with(".gz") {
                GzDecoder::new(bytes.as_slice()).read_to_string(&mut unpacked)
            } else {
                bytes.as_slice().read_to_string(&mut unpacked)
            };
            read.map_err(|error| format!("{name}: {error}"))?;
            for row in unpacked.lines().filter(|line| !line.trim().is_empty()) {
                let row: serde_json::Value =
                    serde_json::from_str(row).map_err(|error| format!("{name}: {error}"))?;
                let is_other = row["lang"].as_str().is_some_and(|lang| lang != language);
                let is_reference = row["system"].as_str().is_some_and(|system| system.starts_with("ref"));
                if let (false, false, Some(text)) = (is_other, is_reference, row["text"].as_str()) {
                    let format = row["format"].as_str().unwrap_or("txt").to_owned();
                    texts.push(Text { text: text.to_owned(), format, origin: texts.len() });
                }
            }
        } else {
            let text = String::from_utf8(bytes).map_err(|error| format!("{name}: {error}"))?;
            let format = file.extension().map_or("txt".into(), |ending| ending.to_string_lossy());
            texts.push(Text { text, format: format.into_owned(), origin: texts.len() });
        }
    }
    let mut index = 0;
    let takes = part_taken(part)?;
    texts.retain(|_| {
        index += 1;
        takes(index - 1)
    });
    let checksum = hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    });
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Source { name, part: part.to_owned(), checksum, texts })
}

/// Which rows `N/K` and `-N/K` take.
fn part_taken(part: &str) -> Result<impl Fn(usize) -> bool, String> {
    let (is_rest, numbers) = part.strip_prefix('-').map_or((false, part), |rest| (true, rest));
    let (first, every) = match numbers.split_once('/') {
        None if part.is_empty() => (1, 1),
        None => return Err(format!("`{part}`: write `N/K` or `-N/K`")),
        Some((first, every)) => (number(first)?, number(every)?.max(1)),
    };
    Ok(move |index: usize| (index % every < first) != is_rest)
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

/// The file itself, or the texts of a folder in order.
fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
    files.sort();
    Ok(files)
}

/// The documents of the sources, in order.
pub fn documents(sources: &[Source], language: Language, packs: &Packs) -> Vec<Document> {
    let texts: Vec<&Text> = sources.iter().flat_map(|source| &source.texts).collect();
    texts.into_par_iter().map(|text| document(text, &text.text, language, packs)).collect()
}

/// The document of a text, or of what was made of it.
pub fn document(of: &Text, text: &str, language: Language, packs: &Packs) -> Document {
    let extract = load::extract(load::Format::of(format!("a.{}", of.format)), text);
    Document::new(extract, Some(language), packs)
}
