//! Reading TOML so that every mistake in a file is told at once, with its line and a suggestion.
//!
//! Shared by rule files and `mtlint.toml`. Uses nothing else of the crate but `text`.

use crate::{LineIndex, visible};
use serde::de::DeserializeOwned;
use std::fmt;
use toml::de::{DeTable, DeValue};

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based; `None` when the whole file is meant.
    pub line: Option<u32>,
    pub message: String,
}

impl Problem {
    pub fn new(file: &str, line: Option<u32>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A line a mistake, whatever the file holds.
        let (file, message) = (visible(&self.file), self.message.replace('\n', ", "));
        let message = visible(&message);
        match self.line {
            Some(line) => write!(formatter, "{file}:{line}: {message}"),
            None => write!(formatter, "{file}: {message}"),
        }
    }
}

/// Which keys a table may have, and which of them are tables (or lists of tables) with keys of
/// their own.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    pub plain: &'static [&'static str],
    pub tables: &'static [(&'static str, Keys)],
    /// Whether other keys are allowed too, as in a table whose keys are names the user chooses.
    pub open: bool,
}

impl Keys {
    /// A table whose keys are free.
    pub const ANY: Self = Self { plain: &[], tables: &[], open: true };

    /// A table of these keys and no others.
    pub const fn of(plain: &'static [&'static str]) -> Self {
        Self { plain, tables: &[], open: false }
    }
}

/// A parsed file: its value, and the line of every key.
#[derive(Debug)]
pub struct TomlFile<T> {
    pub value: T,
    lines: Vec<(String, u32)>,
}

impl<T: DeserializeOwned> TomlFile<T> {
    /// Parses `text`, the content of `file`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file.
    pub fn parse(file: &str, text: &str, keys: &Keys) -> Result<Self, Vec<Problem>> {
        let index = LineIndex::new(text);
        let line = |offset: usize| Some(index.line_of(offset.min(text.len())) as u32 + 1);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let problem = |error: &toml::de::Error| {
                Problem::new(file, error.span().and_then(|span| line(span.start)), error.message())
            };
            return Err(errors.iter().map(problem).collect());
        }
        let mut problems = Vec::new();
        let mut lines = Vec::new();
        walk(table.get_ref(), keys, "", &mut |path, key, start, known| {
            let place = line(start);
            lines.push((path.to_owned(), place.unwrap_or(1)));
            if let Some(candidates) = known {
                problems.push(Problem::new(file, place, unknown("key", key, candidates)));
            }
        });
        match toml::from_str(text) {
            Ok(value) if problems.is_empty() => Ok(Self { value, lines }),
            Ok(_) => Err(problems),
            Err(error) => {
                problems.push(Problem::new(
                    file,
                    error.span().and_then(|span| line(span.start)),
                    error.message(),
                ));
                problems.sort_by_key(|problem| problem.line);
                Err(problems)
            }
        }
    }

    /// A value that was not read from TOML, whose keys have no lines.
    pub fn without_lines(value: T) -> Self {
        Self { value, lines: Vec::new() }
    }

    /// The 1-based line of a key, named by its dotted path: `match.pattern`, `bad.1.text`.
    pub fn line(&self, path: &str) -> Option<u32> {
        self.lines.iter().find(|(known, _)| known == path).map(|(_, line)| *line)
    }
}

/// Takes the path, name and offset of a key, and the names that are known there when it is none of them.
type Seen<'a> = dyn FnMut(&str, &str, usize, Option<Vec<&'static str>>) + 'a;

/// Calls `seen` with every key.
fn walk(table: &DeTable<'_>, keys: &Keys, prefix: &str, seen: &mut Seen<'_>) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        let inner = keys.tables.iter().find(|(known, _)| *known == name).map(|(_, inner)| inner);
        let known = keys.open || inner.is_some() || keys.plain.contains(&name);
        let candidates = (!known)
            .then(|| keys.plain.iter().copied().chain(keys.tables.iter().map(|(name, _)| *name)).collect());
        seen(&path, name, key.span().start, candidates);
        let inner = inner.unwrap_or(&Keys::ANY);
        match value.get_ref() {
            DeValue::Table(table) => walk(table, inner, &path, seen),
            DeValue::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    if let DeValue::Table(table) = item.get_ref() {
                        walk(table, inner, &format!("{path}.{index}"), seen);
                    }
                }
            }
            _ => {}
        }
    }
}

/// How many names are listed when none is near: all formats, families and error types, but not all rules.
const LISTED: usize = 60;

/// The message for a name that is not known: what is near it, or what there is.
pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown {what} `{name}`; did you mean `{near}`?"),
        None if known.len() <= LISTED => format!("unknown {what} `{name}`; known are {}", known.join(", ")),
        None => format!("unknown {what} `{name}`"),
    }
}

/// The known name that `name` most likely stands for.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct House {
        rooms: u32,
        door: Door,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Door {
        colour: String,
    }

    const KEYS: Keys = Keys { plain: &["rooms"], tables: &[("door", Keys::of(&["colour"]))], open: false };

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "rooms = 'x'\nromos = 1\n[door]\ncolour = 'red'\ncolor = 'red'\n";
        let problems = TomlFile::<House>::parse("a.toml", text, &KEYS).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("a.toml:1: "), "{told:?}");
        assert_eq!(told[1], "a.toml:2: unknown key `romos`; did you mean `rooms`?");
        assert_eq!(told[2], "a.toml:5: unknown key `color`; did you mean `colour`?");
    }

    #[test]
    fn keys_know_their_lines() {
        let house =
            TomlFile::<House>::parse("a.toml", "rooms = 2\n\n[door]\ncolour = 'red'\n", &KEYS).unwrap();
        assert_eq!(house.line("door.colour"), Some(4));
        assert_eq!(house.line("door.handle"), None);
        assert_eq!(house.value.rooms, 2);
    }
}
