//! Files of units, each a text with its translation: one small reader a format.
//!
//! A reader says where in the file the text of each unit lies, as the file writes it; [`Syntax`]
//! tells how that is read and written. So a fix changes the text of a unit and nothing else.

mod consistency;
mod fluent;
mod json;
mod notes;
mod po;
mod properties;
mod qt;
mod strings;
mod stringsdict;
mod subtitles;
mod syntax;
mod table;
mod xcstrings;
pub(super) mod xml;
mod yaml;

pub(super) use syntax::{Syntax, extract};
pub(super) use table::rows as table_rows;

use super::{Article, Format, LoadError, Record, RecordKind, SourcePlace};
use crate::{Extract, UnitFacts};
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
    /// In the file of the sources, as it is written there.
    Elsewhere(Span),
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
        Format::Xliff | Format::Tmx | Format::Resx | Format::QtTs | Format::Stringsdict => Syntax::Xml,
        Format::Android => Syntax::Android,
        Format::AppleStrings => Syntax::Strings,
        Format::Properties => Syntax::Properties,
        Format::Json | Format::Xcstrings => Syntax::Json,
        Format::Yaml => Syntax::Yaml,
        Format::Fluent => Syntax::Fluent,
        Format::Csv => Syntax::Csv,
        Format::Tsv => Syntax::Tsv,
        _ => Syntax::Plain,
    }
}

/// Reads the units of a file; `source` is the text of the file it was translated from.
pub(super) fn read(format: Format, text: &str, source: Option<&str>) -> Result<Vec<Unit>, Broken> {
    let mut units = read_each(format, text, source)?;
    if !matches!(format, Format::Srt | Format::Vtt) {
        consistency::compare(&mut units, text, source, syntax(format));
    }
    Ok(units)
}

/// The same without what units say of each other.
pub(super) fn read_each(format: Format, text: &str, source: Option<&str>) -> Result<Vec<Unit>, Broken> {
    let mut units = match format {
        Format::Po => po::read(text)?,
        Format::Xliff | Format::Tmx | Format::Android | Format::Resx => xml::read(format, text)?,
        Format::Json => json::read(text)?,
        Format::AppleStrings => strings::read(text)?,
        Format::Properties => properties::read(text)?,
        Format::Csv => table::read(text, ',')?,
        Format::Tsv => table::read(text, '\t')?,
        Format::QtTs => qt::read(text)?,
        Format::Fluent => fluent::read(text)?,
        Format::Yaml => yaml::read(text)?,
        Format::Stringsdict => stringsdict::read(text)?,
        Format::Xcstrings => xcstrings::read(text)?,
        Format::Srt | Format::Vtt => return subtitles::read(format, text, source),
        _ => lines(text),
    };
    if let Some(source) = source {
        let others = match format {
            Format::Json => json::read(source),
            Format::AppleStrings => strings::read(source),
            Format::Properties => properties::read(source),
            Format::Android | Format::Resx => xml::read(format, source),
            Format::Fluent => fluent::read(source),
            Format::Yaml => yaml::read(source),
            Format::Stringsdict => stringsdict::read(source),
            _ => Ok(lines(source)),
        };
        let others = others.map_err(|broken| Broken {
            message: format!("its source is broken: {}", broken.message),
            offset: 0,
        })?;
        beside(&mut units, &others, text.len());
    }
    Ok(units)
}

/// Gives each unit the text that the source's unit of the same id has; a unit that the target lacks
/// is an empty one at the end.
fn beside(units: &mut Vec<Unit>, others: &[Unit], end: usize) {
    let texts: HashMap<&str, Span> = others.iter().map(|unit| (unit.id.as_str(), unit.target)).collect();
    for unit in units.iter_mut() {
        // A plural form that the language of the source has not is its form for many.
        let many = || texts.get(form_for_many(&unit.id)?.as_str()).copied();
        if let Some(text) = texts.get(unit.id.as_str()).copied().or_else(many) {
            unit.source = Source::Elsewhere(text);
        }
    }
    let known: HashSet<String> = units.iter().map(|unit| unit.id.clone()).collect();
    // Nor needs the target all forms that the source has.
    let is_needed = |unit: &&Unit| {
        let many = form_for_many(&unit.id).filter(|many| *many != unit.id);
        !known.contains(&unit.id) && many.is_none_or(|many| !known.contains(&many))
    };
    for unit in others.iter().filter(is_needed) {
        let source = Source::Elsewhere(unit.target);
        let facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
        units.push(Unit { id: unit.id.clone(), target: Span::at(end), source, facts, ..Unit::default() });
    }
}

/// The id of the form for many of the unit whose id names one of the forms that CLDR knows.
fn form_for_many(id: &str) -> Option<String> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let (name, form) = id.strip_suffix(']')?.rsplit_once('[')?;
    FORMS.contains(&form).then(|| format!("{name}[other]"))
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
    other: Option<(&'a str, &Arc<str>)>,
) -> impl Iterator<Item = Result<Article, LoadError>> + Send + 'a {
    let lines = LineIndex::new(text);
    let other = other.map(|(text, name)| (text, Arc::clone(name), LineIndex::new(text)));
    (1..).zip(units).map(move |(key, unit)| {
        let syntax = syntax(format);
        let (source, place) = match (unit.source, &other) {
            (Source::Here(span), _) => source(syntax, text, &lines, span, None),
            (Source::Elsewhere(span), Some((text, name, lines))) => {
                source(syntax, text, lines, span, Some(Arc::clone(name)))
            }
            _ => (None, None),
        };
        let start = lines.position(text, unit.target.lo());
        Ok(Article {
            record: Some(Record {
                id: unit.id,
                line: start.line,
                start: Some((unit.target.start, start)),
                kind: RecordKind::Record,
            }),
            key,
            extract: extract(syntax, unit.target.of(text)),
            format: None,
            language: unit.language,
            source,
            source_place: place,
            source_language: unit.source_language,
            facts: Arc::new(unit.facts),
            paragraphs: None,
        })
    })
}

/// The source of a unit, which a file writes at `span`, and where it lies.
fn source(
    syntax: Syntax,
    text: &str,
    lines: &LineIndex,
    span: Span,
    name: Option<Arc<str>>,
) -> (Option<String>, Option<Arc<SourcePlace>>) {
    let Extract { text: said, origin, .. } = extract(syntax, span.of(text));
    let place = SourcePlace::new(name, lines.position(text, span.lo()), origin);
    (Some(said), Some(Arc::new(place)))
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
