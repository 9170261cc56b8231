//! Reading TOML so that every mistake in a file is told at once, with its line and a suggestion.
//!
//! Shared by rule files and `mtlint.toml`. Uses nothing else of the crate but `text`.

use crate::{LineIndex, Span, visible};
use serde::de::DeserializeOwned;
use std::fmt;
use std::ops::Range;
use toml::de::{DeTable, DeValue, Deserializer};

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based; `None` when the whole file is meant.
    pub line: Option<u32>,
    /// The bytes of the file that are meant, where they are known.
    pub span: Option<Span>,
    pub message: String,
}

impl Problem {
    pub fn new(file: &str, line: Option<u32>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, span: None, message: message.into() }
    }

    /// The same, of which it is known where in the file it lies.
    #[must_use]
    pub fn at(self, span: Option<Span>) -> Self {
        Self { span, ..self }
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

/// A parsed file: its value, and the place of every key.
#[derive(Debug)]
pub struct TomlFile<T> {
    pub value: T,
    places: Vec<Place>,
}

/// Where a key of a file stands, and its value.
#[derive(Clone, Debug)]
struct Place {
    /// Dotted, with the numbers of the tables of a list: `bad.1.text`.
    path: String,
    /// 1-based, that of the key.
    line: u32,
    value: Span,
}

impl<T: DeserializeOwned> TomlFile<T> {
    /// Parses `text`, the content of `file`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file.
    pub fn parse(file: &str, text: &str, keys: &Keys) -> Result<Self, Vec<Problem>> {
        match Self::parse_partly(file, text, keys) {
            (Some(parsed), problems) if problems.is_empty() => Ok(parsed),
            (_, problems) => Err(problems),
        }
    }

    /// Parses `text`, the content of `file`, and leaves out what is wrong with it: the rest can be looked
    /// at all the same, so that its mistakes are told in the same run. `None` where no rest makes sense.
    pub fn parse_partly(file: &str, text: &str, keys: &Keys) -> (Option<Self>, Vec<Problem>) {
        let index = LineIndex::new(text);
        let line = |offset: usize| index.line_of(offset.min(text.len())) as u32 + 1;
        let problem = |span: Option<Range<usize>>, message: String| {
            let at = span.as_ref().map(|span| line(span.start));
            Problem::new(file, at, message)
                .at(span.map(|span| Span::new(span.start, span.end.max(span.start))))
        };
        let (mut table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let mut problems: Vec<Problem> =
                errors.iter().map(|error| problem(error.span(), error.message().to_owned())).collect();
            // One slip makes the reader stumble again and again in its line.
            problems.dedup_by_key(|problem| problem.line);
            return (None, problems);
        }
        let mut problems = Vec::new();
        let mut places = Vec::new();
        walk(table.get_ref(), keys, "", &mut |path, key, span, value, known| {
            let value = Span::new(value.start, value.end);
            places.push(Place { path: path.to_owned(), line: line(span.start), value });
            if let Some(candidates) = known {
                problems.push(problem(Some(span), unknown("key", key, candidates)));
            }
        });
        let mut left_out: Vec<String> = Vec::new();
        // A value of the wrong kind is told and taken out, and the rest is read again.
        let value = loop {
            let error: toml::de::Error = match T::deserialize(Deserializer::from(table.clone())) {
                Ok(value) => break Some(value),
                Err(error) => error,
            };
            let Some(span) = error.span() else {
                problems.push(problem(None, plain(error.message())));
                break None;
            };
            if let Some(missing) = error.message().strip_prefix("missing field ") {
                // What was taken out is not missing; without it the table it was in cannot be read.
                let missing = missing.trim_matches('`');
                let taken = left_out.iter().find(|path| path.rsplit('.').next() == Some(missing)).cloned();
                let Some(taken) = taken else {
                    // The table is where its key is.
                    let head = span.start..span.start.max(span.end.min(span.start + 1));
                    problems.push(problem(Some(head), plain(error.message())));
                    break None;
                };
                match take_out_table_of(table.get_mut(), &taken) {
                    Some(path) => left_out.push(path),
                    None => break None,
                }
                continue;
            }
            match take_out(table.get_mut(), &span, "") {
                Some(path) => {
                    problems.push(problem(Some(span), format!("`{path}`: {}", plain(error.message()))));
                    left_out.push(path);
                }
                None => {
                    problems.push(problem(Some(span), plain(error.message())));
                    break None;
                }
            }
        };
        problems.sort_by_key(|problem| problem.line);
        (value.map(|value| Self { value, places }), problems)
    }

    /// A value that was not read from TOML, whose keys have no lines.
    pub fn without_lines(value: T) -> Self {
        Self { value, places: Vec::new() }
    }

    /// The 1-based line of a key, named by its dotted path: `match.pattern`, `bad.1.text`.
    pub fn line(&self, path: &str) -> Option<u32> {
        self.place(path).map(|place| place.line)
    }

    /// The bytes of the value of a key, named as for [`TomlFile::line`].
    pub fn value_span(&self, path: &str) -> Option<Span> {
        self.place(path).map(|place| place.value)
    }

    fn place(&self, path: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.path == path)
    }
}

/// Takes the path and name of a key, where it and its value stand, and the names that are known there when
/// it is none of them.
type Seen<'a> = dyn FnMut(&str, &str, Range<usize>, Range<usize>, Option<Vec<&'static str>>) + 'a;

/// Calls `seen` with every key.
fn walk(table: &DeTable<'_>, keys: &Keys, prefix: &str, seen: &mut Seen<'_>) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        let inner = keys.tables.iter().find(|(known, _)| *known == name).map(|(_, inner)| inner);
        let known = keys.open || inner.is_some() || keys.plain.contains(&name);
        let candidates = (!known)
            .then(|| keys.plain.iter().copied().chain(keys.tables.iter().map(|(name, _)| *name)).collect());
        seen(&path, name, key.span(), value.span(), candidates);
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

/// Takes the value at `span` out of a table, or that of the deepest key that holds it, and returns the
/// path of the key.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>, prefix: &str) -> Option<String> {
    let holds = |range: Range<usize>| range.start <= span.start && span.end <= range.end;
    let (name, value) = table
        .iter_mut()
        .find(|(key, value)| holds(value.span()) || holds(key.span()) || deep_holds(value.get_ref(), span))?;
    let name = name.get_ref().to_string();
    let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
    let is_exact = value.span() == *span;
    let deeper = match value.get_mut() {
        DeValue::Table(table) if !is_exact => take_out(table, span, &path),
        DeValue::Array(array) if !is_exact => {
            array.iter_mut().enumerate().find_map(|(index, item)| match item.get_mut() {
                DeValue::Table(table) => take_out(table, span, &format!("{path}.{index}")),
                _ => None,
            })
        }
        _ => None,
    };
    if deeper.is_some() {
        return deeper;
    }
    table.remove(name.as_str());
    Some(path)
}

/// Takes the table, or list of tables, that holds the key of this path out of a table, and returns its own
/// path; `None` where that is the file itself, or it is gone.
fn take_out_table_of(table: &mut DeTable<'_>, path: &str) -> Option<String> {
    let (holder, _) = path.rsplit_once('.')?;
    // A list of tables goes as a whole.
    let names: Vec<&str> = holder.split('.').take_while(|name| name.parse::<usize>().is_err()).collect();
    let (last, above) = names.split_last()?;
    let mut inner = table;
    for name in above {
        inner = match inner.get_mut(*name)?.get_mut() {
            DeValue::Table(table) => table,
            _ => return None,
        };
    }
    inner.remove(*last)?;
    Some(names.join("."))
}

/// Whether something in a value lies at `span`: the span of a table that is written in parts does not take
/// in all of them.
fn deep_holds(value: &DeValue<'_>, span: &Range<usize>) -> bool {
    let is_in = |value: &toml::Spanned<DeValue<'_>>| {
        value.span().start <= span.start && span.end <= value.span().end || deep_holds(value.get_ref(), span)
    };
    match value {
        DeValue::Table(table) => table.values().any(is_in),
        DeValue::Array(array) => array.iter().any(is_in),
        _ => false,
    }
}

/// What the reader of TOML says, in the words of someone who writes TOML.
fn plain(message: &str) -> String {
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("the key {key} is missing");
    }
    if let Some((given, known)) =
        message.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let known = known.split('`').skip(1).step_by(2);
        return unknown("value", given.trim_matches('`'), known);
    }
    let wrong = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    let Some((given, wanted)) = wrong.and_then(|rest| rest.split_once(", expected ")) else {
        return message.to_owned();
    };
    let example = given.strip_prefix("string ").map(|text| format!("; write [{text}]")).unwrap_or_default();
    let given = match given.split_once(' ').map_or((given, ""), |(kind, value)| (kind, value)) {
        ("string", value) => format!("the text {value}"),
        ("integer", value) => format!("the number {}", value.trim_matches('`')),
        ("floating", value) => format!("the number {}", value.trim_start_matches("point ").trim_matches('`')),
        ("boolean", value) => value.trim_matches('`').to_owned(),
        ("sequence", _) => "a list".to_owned(),
        ("map", _) => "a table".to_owned(),
        _ => given.to_owned(),
    };
    let is_number = |wanted: &str| {
        wanted.strip_prefix(['u', 'i', 'f']).is_some_and(|size| size == "size" || size.parse::<u32>().is_ok())
    };
    match wanted {
        "a sequence" => format!("a list is expected, not {given}{example}"),
        "a string" => format!("a text in quotation marks is expected, not {given}"),
        "a boolean" => format!("true or false is expected, not {given}"),
        "a map" => format!("a table is expected, not {given}"),
        wanted if wanted.starts_with("struct ") => format!("a table is expected, not {given}"),
        wanted if is_number(wanted) => format!("a number is expected, not {given}"),
        wanted => format!("{wanted} is expected, not {given}"),
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
    fn mistakes_are_told_in_plain_words() {
        for (message, told) in [
            (
                "invalid type: string \"all\", expected a sequence",
                "a list is expected, not the text \"all\"; write [\"all\"]",
            ),
            (
                "invalid type: integer `3`, expected a string",
                "a text in quotation marks is expected, not the number 3",
            ),
            ("invalid type: floating point `1.5`, expected u32", "a number is expected, not the number 1.5"),
            ("invalid type: boolean `true`, expected f64", "a number is expected, not true"),
            ("invalid type: map, expected a boolean", "true or false is expected, not a table"),
            ("invalid type: sequence, expected struct Door", "a table is expected, not a list"),
            (
                "unknown variant `regexp`, expected `regex` or `swap`",
                "unknown value `regexp`; did you mean `regex`?",
            ),
            ("missing field `door`", "the key `door` is missing"),
        ] {
            assert_eq!(plain(message), told);
        }
    }

    #[test]
    fn a_wrong_value_hides_no_other() {
        let text = "rooms = 'x'\n[door]\ncolour = 3\n";
        let (house, problems) = TomlFile::<House>::parse_partly("a.toml", text, &KEYS);
        assert!(house.is_none());
        let told: Vec<(String, &str)> =
            problems.iter().map(|it| (it.to_string(), it.span.unwrap().of(text))).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(
            told[0],
            ("a.toml:1: `rooms`: a number is expected, not the text \"x\"".to_owned(), "'x'")
        );
        assert_eq!(
            told[1],
            (
                "a.toml:3: `door.colour`: a text in quotation marks is expected, not the number 3".to_owned(),
                "3"
            )
        );
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
