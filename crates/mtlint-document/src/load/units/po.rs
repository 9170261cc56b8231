//! gettext: PO and POT.

use super::{Broken, Source, Unit, language, notes};
use crate::{Note, UnitFacts};
use mtlint_text::Span;
use std::collections::HashMap;

/// A string of an entry: where it stands, its quotation marks with it.
#[derive(Clone, Copy, Debug)]
struct Text {
    span: Span,
}

/// An entry in the making.
#[derive(Debug, Default)]
struct Entry {
    is_fuzzy: bool,
    notes: Vec<Note>,
    max_length: Option<u32>,
    context: Option<Text>,
    id: Option<Text>,
    plural: Option<Text>,
    /// Each with its number, where the entry has plural forms.
    targets: Vec<(Option<usize>, Text)>,
}

/// What the next string belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Context,
    Id,
    Plural,
    Target(Option<usize>),
}

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let mut units = Vec::new();
    let mut entry = Entry::default();
    let mut key = None;
    let mut header = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        if content.is_empty() {
            finish(&mut entry, text, &mut header, &mut units);
            key = None;
        } else if let Some(comment) = content.strip_prefix('#') {
            if key.is_some_and(|key| matches!(key, Key::Target(_))) {
                finish(&mut entry, text, &mut header, &mut units);
                key = None;
            }
            if let Some(flags) = comment.strip_prefix(',') {
                entry.notes.extend(flags.split(',').filter_map(notes::of_flag));
                entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
                let limit = flags.split(',').find_map(|flag| flag.trim().strip_prefix("max-length:"));
                entry.max_length = limit.and_then(|limit| limit.trim().parse().ok()).or(entry.max_length);
            } else if !comment.starts_with(['~', '|', ':']) {
                entry.notes.extend(notes::of_comment(comment.trim_start_matches('.')));
            }
        } else {
            let string =
                content.find('"').ok_or_else(|| Broken::at(at, "a string begins with a quotation mark"))?;
            let word = content[..string].trim();
            if !word.is_empty() {
                let next = keyword(word)
                    .ok_or_else(|| Broken::at(at, format!("`{word}` is no keyword of a PO file")))?;
                if matches!(next, Key::Context | Key::Id) && matches!(key, Some(Key::Target(_))) {
                    finish(&mut entry, text, &mut header, &mut units);
                }
                key = Some(next);
            }
            let Some(key) = key else { return Err(Broken::at(at, "a string without a keyword")) };
            check_string(&content[string..], at)?;
            let span = Span::new(at + indent + string, at + indent + content.len());
            add(&mut entry, key, span, !word.is_empty());
        }
    }
    finish(&mut entry, text, &mut header, &mut units);
    if units.is_empty() && header.is_none() && !text.trim().is_empty() && !text.contains("msgid") {
        return Err(Broken::at(0, "holds no entry of a PO file"));
    }
    // Where nearly all is translated, what is empty was forgotten.
    let open = units.iter().filter(|unit| !unit.facts.is_finished).count();
    if open * FEW_OPEN <= units.len() {
        units.iter_mut().for_each(|unit| unit.facts.is_finished = true);
    }
    unique_ids(&mut units);
    Ok(units)
}

/// A file is done whose open units are at most one in so many.
const FEW_OPEN: usize = 10;

fn keyword(word: &str) -> Option<Key> {
    Some(match word {
        "msgctxt" => Key::Context,
        "msgid" => Key::Id,
        "msgid_plural" => Key::Plural,
        "msgstr" => Key::Target(None),
        _ => {
            let number = word.strip_prefix("msgstr[")?.strip_suffix(']')?;
            Key::Target(Some(number.trim().parse().ok()?))
        }
    })
}

/// Whether a line's string is closed where the line ends.
fn check_string(string: &str, at: usize) -> Result<(), Broken> {
    let bytes = string.as_bytes();
    let mut place = 1;
    while place < bytes.len() && bytes[place] != b'"' {
        place += if bytes[place] == b'\\' { 2 } else { 1 };
    }
    match place.cmp(&(bytes.len() - 1)) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => {
            Err(Broken::at(at, "a quotation mark inside a string lacks its backslash"))
        }
        std::cmp::Ordering::Greater => Err(Broken::at(at, "a string is not closed")),
    }
}

fn add(entry: &mut Entry, key: Key, span: Span, is_first: bool) {
    let slot = match key {
        Key::Context => &mut entry.context,
        Key::Id => &mut entry.id,
        Key::Plural => &mut entry.plural,
        Key::Target(number) => {
            match entry.targets.last_mut().filter(|_| !is_first) {
                Some((_, text)) => text.span = text.span.cover(span),
                None => entry.targets.push((number, Text { span })),
            }
            return;
        }
    };
    match slot {
        Some(text) if !is_first => text.span = text.span.cover(span),
        _ => *slot = Some(Text { span }),
    }
}

fn said(text: &str, span: Span) -> String {
    super::extract(super::Syntax::Po, span.of(text)).text
}

fn finish(entry: &mut Entry, text: &str, header: &mut Option<String>, units: &mut Vec<Unit>) {
    let entry = std::mem::take(entry);
    let Some(id) = entry.id else { return };
    let name = said(text, id.span);
    if name.is_empty() && entry.context.is_none() {
        *header = entry.targets.first().map(|(_, target)| said(text, target.span));
        return;
    }
    if entry.is_fuzzy {
        return;
    }
    let field = |field: &str| -> Option<String> {
        let lines = header.as_deref()?.lines();
        lines
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim() == field)
            .map(|(_, value)| value.trim().to_owned())
    };
    let target_language = field("Language").as_deref().and_then(language);
    let source_language = field("X-Source-Language").as_deref().and_then(language).or_else(|| language("en"));
    let context = entry.context.map(|context| said(text, context.span));
    let forms = field("Plural-Forms").as_deref().and_then(count_of_forms).filter(|_| entry.plural.is_some());
    for (number, target) in &entry.targets {
        let source = match (number, entry.plural) {
            (Some(number), Some(plural)) if is_plural(*number, text, *target, id, plural) => plural,
            _ => id,
        };
        let is_translated = !said(text, target.span).is_empty();
        let plural_forms = forms.filter(|_| *number == Some(0)).map(|forms| (forms, entry.targets.len()));
        let facts = UnitFacts {
            max_length: entry.max_length,
            is_finished: is_translated,
            plural_forms,
            notes: entry.notes.clone(),
            ..UnitFacts::default()
        };
        units.push(Unit {
            id: context.clone().unwrap_or_else(|| name.chars().take(LONGEST_ID).collect()),
            target: target.span,
            source: Source::Here(source.span),
            language: target_language,
            source_language,
            facts,
        });
    }
}

/// How many plural forms the header says there are: `nplurals=2; plural=(n != 1);`.
fn count_of_forms(header: &str) -> Option<usize> {
    let rest = header.split("nplurals").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())].parse().ok()
}

/// How many characters of a source text name a unit.
const LONGEST_ID: usize = 80;

/// Whether a form translates the plural: all but the first do, and the first does where it counts as
/// the plural does and the singular does not.
fn is_plural(number: usize, text: &str, target: Text, id: Text, plural: Text) -> bool {
    let marks = |it: Text| it.span.of(text).bytes().filter(|byte| matches!(byte, b'%' | b'{')).count();
    number > 0 || marks(target) == marks(plural) && marks(target) != marks(id)
}

/// A context that several entries have is no name for one of them.
fn unique_ids(units: &mut [Unit]) {
    let mut sources: HashMap<String, Vec<Span>> = HashMap::new();
    let here = |unit: &Unit| match unit.source {
        Source::Here(span) => span,
        _ => Span::at(0),
    };
    for unit in units.iter() {
        sources.entry(unit.id.clone()).or_default().push(here(unit));
    }
    for unit in units.iter_mut() {
        let of_id = &sources[&unit.id];
        // The forms of one entry lie side by side.
        let first = of_id[0];
        let place = here(unit);
        if of_id.len() > FORMS && place != first {
            unit.id = format!("{}@{}", unit.id, place.start);
        }
    }
}

/// How many plural forms an entry has at most.
const FORMS: usize = 6;
