//! What models are trained from: articles in JSON Lines, packed; and the manifest that says what a model came from.

use flate2::read::GzDecoder;
use mtlint_document::Document;
use mtlint_document::load::{self, Format};
use mtlint_lang::{Language, Packs};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folder of the models.
pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project").join("models")
}

/// The bytes of a file, and the same unpacked, as text.
pub fn read(path: &str) -> Result<(Vec<u8>, String), String> {
    let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let mut text = String::new();
    GzDecoder::new(&bytes[..]).read_to_string(&mut text).map_err(|error| format!("{path}: {error}"))?;
    Ok((bytes, text))
}

/// The documents of a file of articles: lines with `text` and, optionally, `format` (`txt`, `md` or `html`).
pub fn documents(text: &str, language: Language, packs: &Packs) -> impl Iterator<Item = Document> {
    text.lines().filter_map(move |line| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        let format = row["format"].as_str().map_or(Format::Text, |name| Format::of(format!("a.{name}")));
        let extract = load::article(format, row["text"].as_str()?).extract;
        Some(Document::new(extract, Some(language), packs))
    })
}

/// A file that a model was trained from.
pub struct Source {
    /// The file's name, without its folder.
    pub name: String,
    pub sha256: String,
}

impl Source {
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        let name =
            Path::new(path).file_name().map_or(path.into(), |name| name.to_string_lossy()).into_owned();
        Self { name, sha256: checksum(bytes) }
    }
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string can be written to");
        digits
    })
}

/// Writes `models/NAME.toml`, which says what the files of a model were made from, and how good it is.
pub fn write_manifest(
    name: &str,
    command: &str,
    files: &[Source],
    measured: &[(&str, f64)],
    sources: &[Source],
) -> Result<(), String> {
    let mut text = format!("# Written by `{command}`.\n\n[measured]\n");
    for (what, value) in measured {
        writeln!(text, "{what} = {value:.4}").expect("a string can be written to");
    }
    for (table, list) in [("files", files), ("sources", sources)] {
        writeln!(text, "\n# SHA-256\n[{table}]").expect("a string can be written to");
        for source in list {
            writeln!(text, "\"{}\" = \"{}\"", source.name, source.sha256)
                .expect("a string can be written to");
        }
    }
    let path = models().join(name).with_extension("toml");
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
