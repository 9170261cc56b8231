//! Files of units, each a text with its translation: one small reader a format.
//!
//! A reader says where in the file the text of each unit lies, as the file writes it; [`Syntax`]
//! tells how that is read and written. So a fix changes the text of a unit and nothing else.

mod consistency;
mod json;
mod po;
mod properties;
mod strings;
mod subtitles;
mod syntax;
mod table;
mod xml;

pub(super) use syntax::{Syntax, extract};

use super::{Article, Format, LoadError, Record};
use crate::UnitFacts;
use mtlint_lang::Language;
use mtlint_text::{LineIndex, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A unit, as a reader finds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    pub id: String,
    /// Where the text lies, as the file writes it.
    pub target: Span,
    pub source: Source,
    pub language: Option<Language>,
    pub source_language: Option<Language>,
    pub facts: UnitFacts,
}

/// Where the text lies that a unit was translated from.
#[derive(Clone, Debug, Default)]
pub(super) enum Source {
    #[default]
    None,
    /// In the same file, as it is written there.
    Here(Span),
    /// In another file, read.
    Elsewhere(String),
}

/// Why a file cannot be read: where, in bytes, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub offset: usize,
    pub message: String,
}

impl Broken {
    fn at(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The error for a file of this name and text.
    pub(super) fn of_file(self, name: &str, text: &str) -> LoadError {
        let offset = self.offset.min(text.len());
        let line = text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        LoadError { line: Some(line), ..LoadError::new(name, self.message) }
    }
}

/// How the texts of a format's units are written.
pub(super) fn syntax(format: Format) -> Syntax {
    match format {
        Format::Po => Syntax::Po,
        Format::Xliff | Format::Tmx | Format::Resx => Syntax::Xml,
        Format::Android => Syntax::Android,
        Format::AppleStrings => Syntax::Strings,
        Format::Properties => Syntax::Properties,
        Format::Json => Syntax::Json,
        Format::Csv => Syntax::Csv,
        Format::Tsv => Syntax::Tsv,
        _ => Syntax::Plain,
    }
}

/// Reads the units of a file; `source` is the text of the file it was translated from.
pub(super) fn read(format: Format, text: &str, source: Option<&str>) -> Result<Vec<Unit>, Broken> {
    let mut units = match format {
        Format::Po => po::read(text)?,
        Format::Xliff | Format::Tmx | Format::Android | Format::Resx => xml::read(format, text)?,
        Format::Json => json::read(text)?,
        Format::AppleStrings => strings::read(text)?,
        Format::Properties => properties::read(text)?,
        Format::Csv => table::read(text, ',')?,
        Format::Tsv => table::read(text, '\t')?,
        Format::Srt | Format::Vtt => return subtitles::read(format, text, source),
        _ => lines(text),
    };
    if let Some(source) = source {
        let others = match format {
            Format::Json => json::read(source),
            Format::AppleStrings => strings::read(source),
            Format::Properties => properties::read(source),
            Format::Android | Format::Resx => xml::read(format, source),
            _ => Ok(lines(source)),
        };
        let others = others.map_err(|broken| Broken {
            message: format!("its source is broken: {}", broken.message),
            offset: 0,
        })?;
        beside(&mut units, &others, source, syntax(format), text.len());
    }
    consistency::compare(&mut units, text, syntax(format));
    Ok(units)
}

/// Gives each unit the text that the source's unit of the same id has; a unit that the target lacks
/// is an empty one at the end.
fn beside(units: &mut Vec<Unit>, others: &[Unit], source: &str, syntax: Syntax, end: usize) {
    let texts: HashMap<&str, String> =
        others.iter().map(|unit| (unit.id.as_str(), extract(syntax, unit.target.of(source)).text)).collect();
    for unit in units.iter_mut() {
        if let Some(text) = texts.get(unit.id.as_str()) {
            unit.source = Source::Elsewhere(text.clone());
        }
    }
    let known: HashSet<String> = units.iter().map(|unit| unit.id.clone()).collect();
    for unit in others.iter().filter(|unit| !known.contains(&unit.id)) {
        let source = Source::Elsewhere(texts.get(unit.id.as_str()).cloned().unwrap_or_default());
        let facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
        units.push(Unit { id: unit.id.clone(), target: Span::at(end), source, facts, ..Unit::default() });
    }
}

/// The lines of a text, each a unit.
fn lines(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end_matches(['\n', '\r']).len());
        let facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
        units.push(Unit { id: (units.len() + 1).to_string(), target: span, facts, ..Unit::default() });
        start += line.len();
    }
    units
}

/// The articles of a file's units, each made when it is asked for.
pub(super) fn articles<'a>(
    format: Format,
    text: &'a str,
    units: Vec<Unit>,
) -> impl Iterator<Item = Result<Article, LoadError>> + Send + 'a {
    let lines = LineIndex::new(text);
    (1..).zip(units).map(move |(key, unit)| {
        let syntax = syntax(format);
        let source = match unit.source {
            Source::None => None,
            Source::Here(span) => Some(extract(syntax, span.of(text)).text),
            Source::Elsewhere(text) => Some(text),
        };
        let start = lines.position(text, unit.target.lo());
        Ok(Article {
            record: Some(Record { id: unit.id, line: start.line, start: Some((unit.target.start, start)) }),
            key,
            extract: extract(syntax, unit.target.of(text)),
            format: None,
            language: unit.language,
            source,
            source_language: unit.source_language,
            facts: Arc::new(unit.facts),
        })
    })
}

/// The file's text with other texts in the units that `texts` names by their keys.
pub(super) fn with_texts(
    text: &str,
    units: &[Unit],
    texts: &std::collections::BTreeMap<u32, String>,
) -> String {
    let mut changes: Vec<(Span, &String)> =
        texts.iter().filter_map(|(key, new)| Some((units.get(*key as usize - 1)?.target, new))).collect();
    changes.sort_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in changes.into_iter().filter(|(span, _)| !span.is_empty()) {
        if span.lo() >= done {
            out.push_str(&text[done..span.lo()]);
            out.push_str(new);
            done = span.hi();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// A language, if the tag is one.
fn language(tag: &str) -> Option<Language> {
    Language::parse(tag.trim()).ok()
}
