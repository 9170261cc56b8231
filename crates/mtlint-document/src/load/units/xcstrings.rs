//! Apple's String Catalog: JSON that holds all languages of an app.

use super::json::strings;
use super::{Broken, Source, Syntax, Unit, extract, language, notes};
use crate::{Note, UnitFacts};
use mtlint_text::Span;
use std::collections::HashMap;

/// What the file says of one text.
#[derive(Debug, Default)]
struct Text<'p> {
    value: Option<Span>,
    state: Option<&'p str>,
}

/// The texts of a string: by language, and by what in it varies: `[one]`, `[mac]`, empty for a text that
/// does not vary.
type Texts<'p> = HashMap<(&'p str, String), Text<'p>>;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let found = strings(text)?;
    let said = |span: &Span| extract(Syntax::Json, span.of(text)).text;
    let root = |name: &str| found.iter().find(|(path, _)| matches!(path.as_slice(), [key] if key == name));
    let Some((_, origin)) = root("sourceLanguage") else {
        return Err(Broken::at(0, "is no String Catalog: `sourceLanguage` is missing"));
    };
    let origin = said(origin);
    // In the order of the file: its strings, each with its texts in their order.
    let mut order: Vec<(&str, Vec<(&str, String)>)> = Vec::new();
    let mut texts: HashMap<&str, Texts<'_>> = HashMap::new();
    let mut said_of: HashMap<&str, Vec<Note>> = HashMap::new();
    for (path, span) in &found {
        let [strings, key, rest @ ..] = path.as_slice() else { continue };
        if strings != "strings" {
            continue;
        }
        match rest {
            [comment] if comment == "comment" => {
                said_of.entry(key).or_default().extend(notes::of_comment(&said(span)));
            }
            [localizations, code, inner @ .., field] if localizations == "localizations" => {
                let Some(form) = form(inner) else { continue };
                if order.last().is_none_or(|(last, _)| last != key) {
                    order.push((key, Vec::new()));
                }
                let place = (code.as_str(), form);
                let known = texts.entry(key).or_default();
                let of_place = known.entry(place.clone()).or_default();
                match field.as_str() {
                    "value" => {
                        of_place.value = Some(*span);
                        order.last_mut().expect("just pushed").1.push(place);
                    }
                    "state" => of_place.state = Some(span.of(text)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let source_language = language(&origin.replace('_', "-"));
    let mut units = Vec::new();
    for (key, places) in &order {
        let of_key = &texts[key];
        let source_of = |form: &str| {
            let find = |form: &str| of_key.get(&(origin.as_str(), form.to_owned())).and_then(|it| it.value);
            find(form).or_else(|| find(&other(form))).or_else(|| find(""))
        };
        for (code, form) in places.iter().filter(|(code, _)| *code != origin) {
            let Text { value: Some(target), state } = &of_key[&(*code, form.clone())] else { continue };
            let source = match source_of(form) {
                Some(span) => Source::Here(span),
                // The key is the text where the language of the source has none of its own.
                None => key_span(text, *target, key).map_or(Source::None, Source::Here),
            };
            units.push(Unit {
                id: format!("{key}{form}"),
                target: *target,
                source,
                language: language(&code.replace('_', "-")),
                source_language,
                facts: UnitFacts {
                    is_finished: *state == Some("translated"),
                    notes: said_of.get(key).cloned().unwrap_or_default(),
                    ..UnitFacts::default()
                },
            });
        }
    }
    Ok(units)
}

/// What varies in a text, of the keys between its language and its fields.
fn form(inner: &[String]) -> Option<String> {
    let keys: Vec<&str> = inner.iter().map(String::as_str).collect();
    match keys.as_slice() {
        ["stringUnit"] => Some(String::new()),
        ["variations", kinds @ .., "stringUnit"] => {
            // `plural`, `one`, `device`, `mac`: a kind, then which.
            Some(kinds.chunks(2).filter_map(|kind| kind.get(1)).map(|it| format!("[{it}]")).collect())
        }
        ["substitutions", name, "variations", kinds @ .., "stringUnit"] => {
            let which: String =
                kinds.chunks(2).filter_map(|kind| kind.get(1)).map(|it| format!("[{it}]")).collect();
            Some(format!(".{name}{which}"))
        }
        _ => None,
    }
}

/// The form of the source that stands for one that only the target has: few, many and two are others.
fn other(form: &str) -> String {
    let mut form = form.to_owned();
    for category in ["[zero]", "[two]", "[few]", "[many]"] {
        form = form.replace(category, "[other]");
    }
    form
}

/// Where the key itself stands: the last place before its first text that writes it.
fn key_span(text: &str, target: Span, key: &str) -> Option<Span> {
    let written = serde_json::Value::from(key).to_string();
    let before = &text[text.floor_char_boundary(target.lo().saturating_sub(MOST_BETWEEN))..target.lo()];
    let at = before.rfind(&written)?;
    let start = target.lo() - before.len() + at + 1;
    Some(Span::new(start, start + written.len() - 2))
}

/// How many bytes lie between a key and its text at most, so that it is found.
const MOST_BETWEEN: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"sourceLanguage": "en", "strings": {
  "Open %@": {"comment": "mtlint: ignore term: a title", "localizations": {
    "de": {"stringUnit": {"state": "translated", "value": "%@ öffnen"}}}},
  "boats": {"localizations": {
    "en": {"variations": {"plural": {"one": {"stringUnit": {"state": "translated", "value": "%lld boat"}},
      "other": {"stringUnit": {"state": "translated", "value": "%lld boats"}}}}},
    "pl": {"variations": {"plural": {"few": {"stringUnit": {"state": "new", "value": "%lld łodzie"}}}}}}}
}, "version": "1.0"}"#;

    #[test]
    fn all_languages_are_read() {
        let units = read(FILE).unwrap();
        let said: Vec<(&str, &str, &str)> = units
            .iter()
            .map(|unit| {
                let Source::Here(source) = unit.source else { panic!("{unit:?}") };
                (unit.id.as_str(), unit.target.of(FILE), source.of(FILE))
            })
            .collect();
        assert_eq!(said, [("Open %@", "%@ öffnen", "Open %@"), ("boats[few]", "%lld łodzie", "%lld boats")]);
        assert_eq!(units[1].language, language("pl"));
        assert!(units[0].facts.is_finished && !units[1].facts.is_finished);
        assert_eq!(units[0].facts.notes.len(), 1);
        assert!(read("{\"strings\": {}}").is_err());
    }
}
