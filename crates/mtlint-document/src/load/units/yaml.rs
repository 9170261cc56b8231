//! YAML of translations: texts below keys, the language perhaps the first of them.

use super::{Broken, Unit, language};
use crate::UnitFacts;
use mtlint_text::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};

/// How deep texts may lie.
const DEEPEST: usize = 100;

/// What is open around a node.
#[derive(Debug)]
enum Level {
    /// The key that was read and waits for its value.
    Map { key: Option<String> },
    /// How many items there were.
    List(usize),
}

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let mut places = Places { text, index: 0, byte: 0 };
    let mut levels: Vec<Level> = Vec::new();
    let mut found: Vec<(Vec<String>, Span)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = Places { text, index: 0, byte: 0 }.byte(error.marker().index());
            Broken::at(at, format!("is no YAML: {}", error.info()))
        })?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if levels.len() >= DEEPEST {
                    let at = places.byte(span.start.index());
                    return Err(Broken::at(at, format!("keys nest deeper than {DEEPEST}")));
                }
                levels.push(match event {
                    Event::MappingStart(..) => Level::Map { key: None },
                    _ => Level::List(0),
                });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                done(&mut levels);
            }
            Event::Alias(_) => done(&mut levels),
            Event::Scalar(value, style, _, tag) => {
                let start = places.byte(span.start.index());
                let end = places.byte(span.end.index());
                if let Some(Level::Map { key: key @ None }) = levels.last_mut() {
                    *key = Some(value.into_owned());
                    continue;
                }
                let is_text = tag.is_none() && (style != ScalarStyle::Plain || !is_other(&value));
                if is_text && !levels.is_empty() {
                    found.push((path(&levels), node(text, start, end, style)));
                }
                done(&mut levels);
            }
            _ => {}
        }
    }
    Ok(units(found))
}

/// Notes that the value of a key, or an item of a list, has been read.
fn done(levels: &mut [Level]) {
    match levels.last_mut() {
        Some(Level::Map { key }) => *key = None,
        Some(Level::List(count)) => *count += 1,
        None => {}
    }
}

fn path(levels: &[Level]) -> Vec<String> {
    let step = |level: &Level| match level {
        Level::Map { key } => key.clone().unwrap_or_default(),
        Level::List(count) => count.to_string(),
    };
    levels.iter().map(step).collect()
}

/// Whether a plain scalar is no text but a number, a truth value or nothing.
fn is_other(value: &str) -> bool {
    matches!(
        value,
        "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE"
    ) || value.parse::<f64>().is_ok()
}

/// The node as it is written: a block with its indicator, anything without its anchor.
fn node(text: &str, start: usize, end: usize, style: ScalarStyle) -> Span {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let sign = if style == ScalarStyle::Literal { '|' } else { '>' };
            // The indicator ends the line before.
            let from = text[..start].rfind(sign).unwrap_or(start);
            Span::new(from, from + text[from..end.max(from)].trim_end().len())
        }
        _ => {
            let raw = &text[start..end];
            let from = match raw.starts_with('&') {
                true => raw
                    .find(char::is_whitespace)
                    .map_or(raw.len(), |at| at + raw[at..].len() - raw[at..].trim_start().len()),
                false => 0,
            };
            Span::new(start + from, start + raw.trim_end().len().max(from))
        }
    }
}

/// Below a first key that is a language, texts go by the keys below it, as all files of a project have them.
fn units(found: Vec<(Vec<String>, Span)>) -> Vec<Unit> {
    let first = found.first().and_then(|(path, _)| path.first()).cloned();
    let is_shared =
        |first: &String| found.iter().all(|(path, _)| path.len() > 1 && path.first() == Some(first));
    let root = first.filter(|first| first.len() <= 12 && is_shared(first));
    let told = root.as_deref().and_then(|tag| language(&tag.replace('_', "-")));
    let unit = |(path, target): (Vec<String>, Span)| Unit {
        id: path[usize::from(told.is_some())..].join("."),
        target,
        language: told,
        facts: UnitFacts { is_finished: true, ..UnitFacts::default() },
        ..Unit::default()
    };
    found.into_iter().map(unit).collect()
}

/// Where the characters of a text lie, asked for in rising order.
struct Places<'t> {
    text: &'t str,
    index: usize,
    byte: usize,
}

impl Places<'_> {
    /// The byte at which the character of this number begins.
    fn byte(&mut self, index: usize) -> usize {
        if index < self.index {
            (self.index, self.byte) = (0, 0);
        }
        let rest = &self.text[self.byte..];
        let step = rest.char_indices().nth(index - self.index).map_or(rest.len(), |(at, _)| at);
        (self.index, self.byte) = (index, self.byte + step);
        self.byte
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, extract};
    use super::*;

    const FILE: &str = "# c\nde:\n  a: Guten Tag   # note\n  b: \"x \\\"ü\\\"\\n \\u00e9\"\n  c: 'it''s'\n  d: |\n    one\n      two {x}\n\n  e: >-\n    folded\n    text\n  f: multi\n    line plain\n  g:\n    - i1\n    - 'ü2'\n  h: \"é long\n    going on\"\n  k: ~\n  m: &x anch\n  n: *x\n  flow: {p: eins, q: [zwei, \"drei\"]}\n  y: 12\n";

    fn said(text: &str) -> Vec<(String, String)> {
        let units = read(text).unwrap();
        units.iter().map(|it| (it.id.clone(), extract(Syntax::Yaml, it.target.of(text)).text)).collect()
    }

    #[test]
    fn all_styles_are_read() {
        let expected = [
            ("a", "Guten Tag"),
            ("b", "x \"ü\"\n é"),
            ("c", "it's"),
            ("d", "one\n  two {x}"),
            ("e", "folded\ntext"),
            ("f", "multi line plain"),
            ("g.0", "i1"),
            ("g.1", "ü2"),
            ("h", "é long going on"),
            ("m", "anch"),
            ("flow.p", "eins"),
            ("flow.q.0", "zwei"),
            ("flow.q.1", "drei"),
        ];
        assert_eq!(said(FILE), expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
        assert_eq!(read(FILE).unwrap()[0].language, language("de"));
    }

    #[test]
    fn what_stands_below_no_language_goes_by_its_whole_path() {
        assert_eq!(said("menu:\n  open: Open\n"), [("menu.open".to_owned(), "Open".to_owned())]);
    }

    /// The texts of a tree in order, each with its path, as another hand reads them.
    fn leaves(value: &serde_yaml_ng::Value, path: &str, out: &mut Vec<(String, String)>) {
        use serde_yaml_ng::Value;
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            Value::String(text) => out.push((path.to_owned(), text.clone())),
            Value::Sequence(items) => {
                items.iter().enumerate().for_each(|(at, item)| leaves(item, &below(&at.to_string()), out));
            }
            Value::Mapping(map) => {
                map.iter().for_each(|(key, value)| leaves(value, &below(key.as_str().unwrap()), out));
            }
            _ => {}
        }
    }

    #[test]
    fn texts_are_those_of_a_reader_of_another_hand() {
        let texts = [
            "Boot",
            "it's",
            "a: b",
            "# no note",
            "\"so\"",
            "é ü 船",
            "two\nlines",
            " led by a blank",
            "12",
            "true",
            "~",
            "- x",
            "{x}",
            "%d of %s",
            "ends in a colon:",
            "tab\there",
            "@at",
            "a long text that goes on and on, so that whoever writes it may well break it in two",
        ];
        for seed in 0..500_usize {
            let mut state = seed;
            let mut next = |count: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % count
            };
            let mut root = serde_yaml_ng::Mapping::new();
            for key in 0..2 + next(4) {
                let text = |at: usize| serde_yaml_ng::Value::from(texts[at]);
                let value = match next(3) {
                    0 => serde_yaml_ng::Value::Sequence(
                        (0..1 + next(3)).map(|_| text(next(texts.len()))).collect(),
                    ),
                    1 => {
                        let mut inner = serde_yaml_ng::Mapping::new();
                        inner.insert("inner".into(), text(next(texts.len())));
                        inner.into()
                    }
                    _ => text(next(texts.len())),
                };
                root.insert(format!("key{key}").into(), value);
            }
            let written = serde_yaml_ng::to_string(&root).unwrap();
            let mut expected = Vec::new();
            leaves(&serde_yaml_ng::from_str(&written).unwrap(), "", &mut expected);
            // Line breaks at the end of a block are no part of what is compared.
            let trimmed = |found: Vec<(String, String)>| -> Vec<(String, String)> {
                found.into_iter().map(|(id, text)| (id, text.trim_end_matches('\n').to_owned())).collect()
            };
            assert_eq!(trimmed(said(&written)), trimmed(expected), "{written}");
        }
    }

    #[test]
    fn broken_and_hostile_files_are_named() {
        assert_eq!(read("a: [1,\n").unwrap_err().offset, 7);
        assert!(read("a: b: c\n").is_err());
        assert!(read(&"[".repeat(50_000)).is_err());
        let bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n";
        assert_eq!(read(bomb).unwrap().len(), 3, "nothing follows an alias");
        for text in ["", "-", "a", "? ", "a: &", "a: !x y", "é: |\n", "a: >\n\n\n", "---\n...\n---\na: b"] {
            let _ = read(text);
        }
    }
}
