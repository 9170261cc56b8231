//! The evaluation sets: human writing, and damaged texts whose damage is marked.

use flate2::read::GzDecoder;
use mtlint_document::Extract;
use mtlint_document::load::{self, Format};
use serde_json::Value;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// References that students made, and nobody edited.
const STUDENTS: &str = "refstud";

/// The folder that holds the sets.
pub struct Sets {
    root: PathBuf,
}

/// One text of the large sets of human writing.
pub struct LargeText {
    /// Its source, as `sources.toml` names it: `human-large/web-ewt`.
    pub source: String,
    pub language: String,
    pub text: String,
    format: Format,
}

impl LargeText {
    /// What kind of writing it is: what its source's name begins with.
    pub fn genre(&self) -> &str {
        let name = self.source.rsplit('/').next().unwrap_or_default();
        name.split('-').next().unwrap_or_default()
    }

    /// The text as rules see it.
    pub fn extract(&self) -> Extract {
        load::extract(self.format, &self.text)
    }
}

/// One text of a set.
pub struct Text {
    /// The set it is of: `gum`, `wmt22.de-en` …
    pub set: String,
    /// Its name within the set, where it has one.
    pub name: String,
    /// The code of its language.
    pub language: String,
    pub text: String,
    pub kind: Kind,
}

impl Text {
    /// Its source, as `sources.toml` names it: `pairs/27`, `gum`.
    pub fn source(&self) -> String {
        if self.name.is_empty() { self.set.clone() } else { format!("{}/{}", self.set, self.name) }
    }
}

/// What is known about a text.
pub enum Kind {
    /// Human writing. The ranges are slips of the writer, in characters: a finding there is neither
    /// right nor wrong.
    Human(Vec<(usize, usize)>),
    /// A damaged text and its damage.
    Marked(Vec<Mark>),
    /// A sentence damaged in one known way, beside the sound one.
    Twin { sound: String },
}

/// A damage.
pub struct Mark {
    /// In characters.
    pub start: usize,
    pub end: usize,
    /// Whether a finding there counts neither way.
    pub is_unsure: bool,
}

impl Sets {
    /// The sets, where they are at hand; says so where they are not.
    pub fn find() -> Option<Self> {
        let root = std::env::var_os("MTLINT_EVALUATION")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
        if root.join("data").is_dir() {
            return Some(Self { root });
        }
        println!("skipped: the evaluation sets are not at {}", root.display());
        None
    }

    /// Every plain text.
    pub fn plain_texts(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.root, &mut found);
        found.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        found
    }

    /// Every text, human writing first; each stretch of human writing once.
    pub fn texts(&self) -> Vec<Text> {
        let mut texts = Vec::new();
        for language in entries(&self.data("human")) {
            let slips = Self::json_lines(&language.join("known_blemishes.jsonl"));
            let name = file_name(&language);
            for path in entries(&language).iter().filter(|path| is_text(path)) {
                let slips = slips.iter().filter(|slip| slip["id"] == file_stem(path).as_str());
                let kind = Kind::Human(slips.map(range).collect());
                texts.push(Text {
                    set: format!("human.{name}"),
                    name: String::new(),
                    language: name.clone(),
                    text: read(path),
                    kind,
                });
            }
        }
        for path in entries(&self.data("")).iter().filter(|path| path.extension().is_some_and(|e| e == "gz"))
        {
            let set = file_name(path).trim_end_matches(".jsonl.gz").to_owned();
            for row in Self::json_lines(path) {
                let system = row["system"].as_str().unwrap_or_default();
                let is_human = system == "human" || system.starts_with("ref") && system != STUDENTS;
                if let (true, Some(text)) = (is_human, row["text"].as_str()) {
                    let language = row["pair"].as_str().unwrap_or("en").rsplit('-').next().unwrap_or("en");
                    let kind = Kind::Human(Vec::new());
                    texts.push(Text {
                        set: set.clone(),
                        name: String::new(),
                        language: language.to_owned(),
                        text: text.to_owned(),
                        kind,
                    });
                }
            }
        }
        self.pairs(&mut texts);
        self.twins(&mut texts);
        let marked = |set: &str, name: String, text: String, marks: Vec<Mark>| Text {
            set: set.to_owned(),
            name,
            language: "en".to_owned(),
            text,
            kind: Kind::Marked(marks),
        };
        let article = read(&self.root.join("specimen/article.txt"));
        let gold = Self::json_lines(&self.root.join("specimen/gold.jsonl"));
        let chars = |at: usize| article[..at].chars().count();
        let marks =
            gold.iter().map(mark).map(|mark| Mark { start: chars(mark.start), end: chars(mark.end), ..mark });
        texts.push(marked("specimen", String::new(), article.clone(), marks.collect()));
        let gold = Self::json_lines(&self.data("translated/gold.jsonl"));
        for path in entries(&self.data("translated")).iter().filter(|path| is_text(path)) {
            let mine = gold.iter().filter(|row| row["id"] == file_stem(path).as_str());
            texts.push(marked("translated", file_stem(path), read(path), mine.map(mark).collect()));
        }
        let mut seen = HashSet::new();
        texts.retain(|text| !matches!(text.kind, Kind::Human(_)) || seen.insert(text.text.clone()));
        texts
    }

    /// The texts of the large sets of human writing whose source is wanted, in order.
    pub fn large(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<LargeText> {
        let mut texts = Vec::new();
        for path in entries(&self.data("human-large"))
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == "gz"))
        {
            let source = format!("human-large/{}", file_name(path).trim_end_matches(".jsonl.gz"));
            if !is_wanted(&source) {
                continue;
            }
            for row in Self::json_lines(path) {
                let Some(text) = row["text"].as_str() else { continue };
                texts.push(LargeText {
                    source: source.clone(),
                    language: row["lang"].as_str().unwrap_or("en").to_owned(),
                    text: text.to_owned(),
                    format: Format::of(format!("a.{}", row["format"].as_str().unwrap_or("txt"))),
                });
            }
        }
        texts
    }

    /// Articles, sound and damaged.
    fn pairs(&self, texts: &mut Vec<Text>) {
        for folder in entries(&self.data("pairs")) {
            let gold = Self::json_lines(&folder.join("gold.jsonl"));
            for (file, kind) in [
                ("clean.txt", Kind::Human(Vec::new())),
                ("damaged.txt", Kind::Marked(gold.iter().map(mark).collect())),
            ] {
                let text = read(&folder.join(file));
                texts.push(Text {
                    set: "pairs".to_owned(),
                    name: file_name(&folder),
                    language: "en".to_owned(),
                    text,
                    kind,
                });
            }
        }
    }

    /// Sentences with one known damage each, and the sound ones.
    fn twins(&self, texts: &mut Vec<Text>) {
        for row in Self::json_lines(&self.data("demetr.jsonl.gz")) {
            let (Some(damaged), Some(sound)) = (row["perturbed"].as_str(), row["clean"].as_str()) else {
                continue;
            };
            for (text, kind) in
                [(sound, Kind::Human(Vec::new())), (damaged, Kind::Twin { sound: sound.to_owned() })]
            {
                texts.push(Text {
                    set: "demetr".to_owned(),
                    name: String::new(),
                    language: "en".to_owned(),
                    text: text.to_owned(),
                    kind,
                });
            }
        }
    }

    fn data(&self, name: &str) -> PathBuf {
        self.root.join("data").join(name)
    }

    /// The rows of a file of JSON lines, packed or not; none where there is no such file.
    fn json_lines(path: &Path) -> Vec<Value> {
        let Ok(file) = File::open(path) else { return Vec::new() };
        let reader: Box<dyn BufRead> = match path.extension().is_some_and(|extension| extension == "gz") {
            true => Box::new(BufReader::new(GzDecoder::new(file))),
            false => Box::new(BufReader::new(file)),
        };
        let lines = reader.lines().map(|line| line.expect("the sets can be read"));
        lines
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(&line).expect("the sets are JSON"))
            .collect()
    }
}

fn range(row: &Value) -> (usize, usize) {
    let number = |key: &str| row[key].as_u64().expect("a place has a start and an end") as usize;
    (number("start"), number("end"))
}

fn mark(row: &Value) -> Mark {
    let (start, end) = range(row);
    Mark { start, end, is_unsure: row["unsure"] == true }
}

/// The entries of a folder, in order; none where there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Adds every file below a folder, in order.
pub fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        match path.is_dir() {
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "txt")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn file_stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
