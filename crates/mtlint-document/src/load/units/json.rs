//! Translations as JSON: strings below keys.

use super::{Broken, Unit, language, notes};
use crate::{Note, UnitFacts};
use mtlint_text::Span;
use serde::de::IgnoredAny;
use std::collections::HashMap;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    Ok(units(strings(text)?, text))
}

/// The strings of a file, each with the path of its keys and items.
pub(super) fn strings(text: &str) -> Result<Vec<(Vec<String>, Span)>, Broken> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let line =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let told = error.to_string();
        let message = told.split(" at line ").next().unwrap_or_default().to_owned();
        return Err(Broken::at(line, format!("is no JSON: {message}")));
    }
    // It is JSON, so that a look at its marks is enough.
    let bytes = text.as_bytes();
    let mut found: Vec<(Vec<String>, Span)> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut is_object: Vec<bool> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut expects_key = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                is_object.push(bytes[at] == b'{');
                counts.push(0);
                expects_key = bytes[at] == b'{';
                path.push(if expects_key { String::new() } else { "0".to_owned() });
                at += 1;
            }
            b'}' | b']' => {
                is_object.pop();
                counts.pop();
                path.pop();
                at += 1;
            }
            b',' => {
                expects_key = is_object.last().copied().unwrap_or(false);
                if let (false, Some(count), Some(last)) = (expects_key, counts.last_mut(), path.last_mut()) {
                    *count += 1;
                    *last = count.to_string();
                }
                at += 1;
            }
            b'"' => {
                let start = at + 1;
                let mut end = start;
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                let span = Span::new(start, end.min(bytes.len()));
                if expects_key {
                    if let Some(last) = path.last_mut() {
                        *last = super::extract(super::Syntax::Json, span.of(text)).text;
                    }
                    expects_key = false;
                } else {
                    found.push((path.clone(), span));
                }
                at = end + 1;
            }
            _ => at += 1,
        }
    }
    Ok(found)
}

/// A unit goes by its last key where no other has it, else by its whole path.
fn units(found: Vec<(Vec<String>, Span)>, text: &str) -> Vec<Unit> {
    // The Application Resource Bundle says its language, and describes its texts.
    let said = |span: Span| super::extract(super::Syntax::Json, span.of(text)).text;
    let locale = found.iter().find(|(path, _)| matches!(path.as_slice(), [key] if key == "@@locale"));
    let told = locale.and_then(|(_, span)| language(&said(*span).replace('_', "-")));
    let mut notes_of: HashMap<String, Vec<Note>> = HashMap::new();
    for (path, span) in &found {
        if let [key, field] = path.as_slice()
            && let (Some(key), "description") = (key.strip_prefix('@'), field.as_str())
        {
            notes_of.entry(key.to_owned()).or_default().extend(notes::of_comment(&said(*span)));
        }
    }
    let last = |path: &[String]| path.last().cloned().unwrap_or_default();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (path, _) in &found {
        *times.entry(last(path)).or_default() += 1;
    }
    // Keys that begin with `@` describe others, as in ARB.
    let is_text = |path: &[String]| !path.iter().any(|key| key.starts_with('@'));
    let unit = |(path, span): (Vec<String>, Span)| Unit {
        id: if times[&last(&path)] == 1 { last(&path) } else { path.join(".") },
        target: span,
        language: told,
        facts: UnitFacts {
            notes: path.first().and_then(|key| notes_of.get(key)).cloned().unwrap_or_default(),
            is_finished: true,
            ..UnitFacts::default()
        },
        ..Unit::default()
    };
    found.into_iter().filter(|(path, _)| is_text(path)).map(unit).collect()
}
