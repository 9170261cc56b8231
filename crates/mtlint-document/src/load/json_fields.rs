//! The fields of a record in JSON, found by their names and left as they are written.

use super::fields::{Fields, Values};
use mtlint_text::visible;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// How many characters of a value that is none of text are shown.
const SHOWN: usize = 20;

/// A JSON object: its fields in order, each as it is written.
#[derive(Clone, Debug)]
pub struct Row<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Row<'a> {
    /// Reads an object that stands in one line.
    ///
    /// # Errors
    /// What is wrong with it, and at which byte.
    pub fn read(line: &'a str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|error| without_line(&error))
    }

    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// The value of a field, or of one in a field: `translation.en`.
    ///
    /// # Errors
    /// When there are two of the name.
    pub fn get(&self, name: &str) -> Result<Option<&'a RawValue>, String> {
        let mut found = self.0.iter().filter(|(known, _)| known == name);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => return Err(format!("duplicate field `{}`", visible(name))),
            (Some((_, value)), None) => return Ok(Some(value)),
            _ => {}
        }
        for (at, _) in name.match_indices('.') {
            let Some(outer) = self.get_own(&name[..at]) else { continue };
            if let Ok(inner) = Row::read(outer.get())
                && let Some(value) = inner.get(&name[at + 1..])?
            {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    /// The value of a field of just this name.
    fn get_own(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A key, which is borrowed where it holds no escape.
        #[derive(Deserialize)]
        struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Row<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Row<'de>, M::Error> {
                let mut fields = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    fields.push((key, value));
                }
                Ok(Row(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// What the record in a line says.
pub(super) fn values(line: &str, fields: &Fields) -> Result<Values, String> {
    let row = Row::read(line)?;
    let raw = |name: &Option<String>| match name {
        Some(name) => row.get(name).map(|value| value.filter(|value| value.get() != "null")),
        None => Ok(None),
    };
    let string = |name: &Option<String>| match (raw(name)?, name) {
        (Some(value), Some(name)) => string(name, value).map(Some),
        _ => Ok(None),
    };
    let text = row.get(&fields.text)?.ok_or_else(|| {
        format!("missing field `{}`, at byte {} of the line", visible(&fields.text), line.len())
    })?;
    let id = raw(&fields.id)?.map(|value| match serde_json::from_str(value.get()) {
        Ok(serde_json::Value::String(id)) => id,
        Ok(other) => other.to_string(),
        Err(_) => value.get().to_owned(),
    });
    Ok(Values {
        text: self::string(&fields.text, text)?,
        id,
        language: string(&fields.language)?,
        source: string(&fields.source)?,
        source_language: string(&fields.source_language)?,
        format: string(&fields.format)?,
    })
}

fn string(name: &str, value: &RawValue) -> Result<String, String> {
    serde_json::from_str(value.get()).map_err(|_| {
        let shown: String = value.get().chars().take(SHOWN).collect();
        format!("`{}` must be a string, not {}", visible(name), visible(&shown))
    })
}

/// What serde_json says; its line is always 1 here, and its column counts bytes.
fn without_line(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.rsplit_once(" at line ") {
        Some((message, _)) if error.column() > 0 => {
            format!("{message}, at byte {} of the line", error.column())
        }
        _ => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_into_fields_unless_it_is_one() {
        let line = r#"{"translation": {"en": "a", "x.y": "b"}, "translation.de": "c", "n": null}"#;
        let row = Row::read(line).unwrap();
        let get = |name: &str| row.get(name).unwrap().map(RawValue::get);
        assert_eq!(get("translation.en"), Some("\"a\""));
        assert_eq!(get("translation.x.y"), Some("\"b\""));
        assert_eq!(get("translation.de"), Some("\"c\""));
        assert_eq!(get("translation.fr"), None);
        assert_eq!(get("n.en"), None);
        assert!(Row::read(r#"{"a": 1, "a": 2}"#).unwrap().get("a").is_err());
        assert!(Row::read("[1]").is_err());
    }

    #[test]
    fn values_are_those_of_the_fields_that_are_named() {
        let fields = Fields { source: Some("pair.de".to_owned()), ..Fields::of_text("pair.en") };
        let line = r#"{"id": 7, "text": 1, "lang": 2, "pair": {"en": "Zo\u00eb", "de": "Zoe"}}"#;
        let values = values(line, &fields).unwrap();
        assert_eq!((values.text.as_str(), values.source.as_deref()), ("Zoë", Some("Zoe")));
        assert_eq!((values.id.as_deref(), values.language), (Some("7"), None));
        let told = super::values(r#"{"pair": {"en": [1]}}"#, &fields).unwrap_err();
        assert_eq!(told, "`pair.en` must be a string, not [1]");
        let told = super::values(r#"{"pair": null}"#, &fields).unwrap_err();
        assert_eq!(told, "missing field `pair.en`, at byte 14 of the line");
    }
}
