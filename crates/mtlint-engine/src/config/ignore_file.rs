//! `.mtlintignore.toml`: suppressions for texts in which no comment can stand.
//!
//! The nearest such file, in the folder of a text or above, holds for it, alone.

use super::discover::{Settling, absolute};
use super::takes_in;
use crate::rule::{Reach, Registry, Suppression};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use mtlint_text::toml_file::{Keys, Problem, TomlFile};
use serde::Deserialize;
use std::path::Path;

/// The file as it is written.
#[derive(Debug, Deserialize)]
struct Written {
    #[serde(default)]
    ignore: Vec<WrittenEntry>,
}

#[derive(Debug, Deserialize)]
struct WrittenEntry {
    path: String,
    record: Option<Scalar>,
    rules: Vec<String>,
    text: Option<String>,
    reason: Option<String>,
    until: Option<toml::value::Datetime>,
}

/// The id of a record, which JSON may give as a string or a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Scalar {
    Number(i64),
    Text(String),
}

const KEYS: Keys = Keys {
    plain: &[],
    tables: &[("ignore", Keys::of(&["path", "record", "rules", "text", "reason", "until"]))],
    open: false,
};

/// The suppressions of a file.
#[derive(Clone, Debug, Default)]
pub struct IgnoreFile {
    /// As the user knows it.
    pub name: String,
    /// Its text.
    pub text: String,
    pub entries: Vec<Ignored>,
}

/// What is suppressed where.
#[derive(Clone, Debug)]
pub struct Ignored {
    /// As it is written: a pattern of `.gitignore`, relative to the folder of the file.
    pub path: String,
    paths: Gitignore,
    /// The id of a record in a file of many articles.
    pub record: Option<String>,
    pub suppression: Suppression,
    /// The text that a finding must be about; `None` for any.
    pub about: Option<String>,
    /// 1-based, in the file.
    pub line: u32,
}

impl Settling for IgnoreFile {
    const FILE_NAME: &str = ".mtlintignore.toml";

    fn read(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let parsed = TomlFile::<Written>::parse(name, text, &KEYS)?;
        let mut entries = Vec::new();
        let mut problems = Vec::new();
        for (index, entry) in parsed.value.ignore.iter().enumerate() {
            let line = |key: &str| parsed.line(&format!("ignore.{index}.{key}"));
            let mut fail = |key: &str, message: String| {
                problems.push(Problem::new(name, line(key), format!("`{key}`: {message}")));
            };
            let mut paths = GitignoreBuilder::new(folder);
            paths.allow_unclosed_class(false);
            if let Err(error) = paths.add_line(None, &entry.path) {
                fail("path", error.to_string());
            }
            let paths = paths.build().unwrap_or_else(|error| {
                fail("path", error.to_string());
                Gitignore::empty()
            });
            if entry.rules.is_empty() {
                fail("rules", "no rule is named".to_owned());
            }
            if entry.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
                fail("reason", "say why; whoever comes after cannot tell".to_owned());
            }
            let until = entry.until.map(|datetime| match day(datetime) {
                Some(date) => Some(date),
                None => {
                    fail("until", "is not a day; write it as in `until = 2027-01-01`".to_owned());
                    None
                }
            });
            entries.push(Ignored {
                path: entry.path.clone(),
                paths,
                record: entry.record.as_ref().map(|id| match id {
                    Scalar::Number(number) => number.to_string(),
                    Scalar::Text(text) => text.clone(),
                }),
                suppression: Suppression {
                    selectors: entry.rules.clone(),
                    reach: Reach::Document,
                    reason: entry.reason.clone(),
                    until: until.flatten(),
                },
                about: entry.text.clone(),
                line: line("path").unwrap_or(1),
            });
        }
        match problems.is_empty() {
            true => Ok(Self { name: name.to_owned(), text: text.to_owned(), entries }),
            false => Err(problems),
        }
    }
}

impl Ignored {
    /// Whether it holds for the record of this id, or for a file without records.
    pub fn holds_for(&self, record: Option<&str>) -> bool {
        self.record.is_none() || self.record.as_deref() == record
    }
}

/// The day of a date of TOML that has no time.
fn day(datetime: toml::value::Datetime) -> Option<Date> {
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

impl IgnoreFile {
    /// What is wrong with the rules and families named here, given all there are.
    pub fn unknown_names(&self, registry: &Registry) -> Vec<Problem> {
        let named = self
            .entries
            .iter()
            .flat_map(|entry| entry.suppression.selectors.iter().map(|name| (entry.line, name)));
        named
            .filter(|(_, name)| !registry.knows(name))
            .map(|(line, name)| Problem::new(&self.name, Some(line), registry.unknown_selector(name)))
            .collect()
    }

    /// The entries for the text at `path`, for any of its records.
    pub fn of_path(&self, path: &Path) -> impl Iterator<Item = (usize, &Ignored)> {
        let path = (!self.entries.is_empty()).then(|| absolute(path));
        self.entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| path.as_deref().is_some_and(|path| takes_in(&entry.paths, path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_hold_for_paths_and_records() {
        let text = "[[ignore]]\npath = '/feed/*.jsonl'\nrecord = 17\nrules = ['casing']\nreason = 'a poem'\n\
            until = 2027-01-31\n\n[[ignore]]\npath = 'feed/'\nrules = ['punctuation/double-space']\nreason = 'old'\n";
        let file = IgnoreFile::read(".mtlintignore.toml", Path::new("/p"), text).unwrap();
        let lines =
            |path: &str| -> Vec<u32> { file.of_path(Path::new(path)).map(|(_, entry)| entry.line).collect() };
        assert_eq!(lines("/p/feed/a.jsonl"), [2, 9]);
        assert_eq!(lines("/p/feed/deep/a.txt"), [9]);
        assert_eq!(lines("/p/a.jsonl"), [0; 0]);
        assert_eq!(lines("/elsewhere/feed/a.jsonl"), [0; 0]);
        assert_eq!(file.entries[0].record.as_deref(), Some("17"));
        assert_eq!(file.entries[0].suppression.until.unwrap().to_string(), "2027-01-31");
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "[[ignore]]\npath = 'a{'\nrules = []\nuntil = 2027-01-31T10:00:00\n";
        let problems = IgnoreFile::read("i.toml", Path::new("/p"), text).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 4, "{told:?}");
        let told = IgnoreFile::read("i.toml", Path::new("/p"), "[[ignroe]]\n").unwrap_err();
        assert_eq!(told[0].to_string(), "i.toml:1: unknown key `ignroe`; did you mean `ignore`?");
    }
}
