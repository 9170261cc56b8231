//! Texts with markup: pieces that are text, and pieces that are not, in their order.

use crate::problem::Problem;
use mtlint_document::load::{self, Article, Format};
use mtlint_document::{Extract, OriginMap};
use mtlint_text::Span;
use serde::{Deserialize, Deserializer};

/// A text that a client sends, and the pieces it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Annotated {
    /// What is read.
    pub text: String,
    /// What the client's places count in, with the pieces of it; `None` when that is the text itself.
    pieces: Option<(String, Vec<Piece>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// In what the client's places count in.
    original: Span,
    /// How many bytes of the text stand for markup; `None` for a piece that is text.
    stands_for: Option<usize>,
}

/// `data`, as LanguageTool has it: either a text, or its pieces.
#[derive(Debug, Deserialize)]
struct Data {
    /// The text as a whole.
    #[serde(default, deserialize_with = "present")]
    text: Option<String>,
    /// The text in pieces.
    #[serde(default, deserialize_with = "present")]
    annotation: Option<Vec<Annotation>>,
}

/// A piece: either text or markup.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Annotation {
    #[serde(default, deserialize_with = "present")]
    text: Option<String>,
    #[serde(default, deserialize_with = "present")]
    markup: Option<String>,
    /// What is read in the place of the markup, such as line breaks for `<p>`.
    #[serde(default, deserialize_with = "present")]
    interpret_as: Option<String>,
}

/// Reads what is there: `null` is nothing that may stand in its place.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

impl Annotated {
    pub fn plain(text: String) -> Self {
        Self { text, pieces: None }
    }

    /// Reads `data`.
    ///
    /// # Errors
    /// When it is not JSON of its kind.
    pub fn of_data(json: &str) -> Result<Self, Problem> {
        let wrong = |what: &str| Problem::wrong(format!("`data` is not as it should be: {what}"));
        let data: Data = serde_json::from_str(json).map_err(|error| wrong(&error.to_string()))?;
        let annotations = match (data.text, data.annotation) {
            (Some(text), None) => return Ok(Self::plain(text)),
            (None, Some(annotations)) => annotations,
            _ => return Err(wrong("it needs either `text` or `annotation`")),
        };
        let (mut text, mut original, mut pieces) = (String::new(), String::new(), Vec::new());
        for Annotation { text: plain, markup, interpret_as } in annotations {
            let start = original.len();
            let stands_for = match (plain, markup) {
                (Some(plain), None) => {
                    text.push_str(&plain);
                    original.push_str(&plain);
                    None
                }
                (None, Some(markup)) => {
                    let read = interpret_as.unwrap_or_default();
                    text.push_str(&read);
                    original.push_str(&markup);
                    Some(read.len())
                }
                _ => return Err(wrong("a piece of `annotation` is either `text` or `markup`")),
            };
            pieces.push(Piece { original: Span::new(start, original.len()), stands_for });
        }
        Ok(Self { text, pieces: Some((original, pieces)) })
    }

    /// The article that it is.
    pub fn article(self) -> Article {
        let Some((original, pieces)) = self.pieces else { return load::article(Format::Text, &self.text) };
        let mut origin = OriginMap::new(original);
        for Piece { original, stands_for } in pieces {
            match stands_for {
                None => origin.copy(original),
                Some(length) => origin.replace(original, length),
            }
        }
        let extract = Extract { origin: Some(origin), ..Extract::plain(self.text) };
        Article { extract, ..load::article(Format::Text, "") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_document::Document;
    use mtlint_lang::Packs;

    #[test]
    fn places_count_the_markup() {
        let json = r#"{"annotation": [
            {"text": "One 😀 "}, {"markup": "<b>"}, {"text": "two"}, {"markup": "</b><p>", "interpretAs": "\n\n"},
            {"text": "three", "unknown": 1}
        ]}"#;
        let annotated = Annotated::of_data(json).unwrap();
        assert_eq!(annotated.text, "One 😀 two\n\nthree");
        let extract = annotated.article().extract;
        let document = Document::new(extract, None, &Packs::builtin());
        assert_eq!(document.original(), "One 😀 <b>two</b><p>three");
        let place = |word: &str| {
            let at = document.text().find(word).unwrap();
            document.to_original(Span::new(at, at + word.len()))
        };
        assert_eq!(place("two").of(document.original()), "two");
        assert_eq!(place("three").of(document.original()), "three");
    }

    #[test]
    fn what_is_no_annotation_is_told() {
        for (json, what) in [
            ("{", "EOF"),
            ("{}", "either `text` or `annotation`"),
            (r#"{"text": "", "annotation": []}"#, "either `text` or `annotation`"),
            (r#"{"annotation": [{"interpretAs": ""}]}"#, "either `text` or `markup`"),
        ] {
            let told = Annotated::of_data(json).unwrap_err().detail();
            assert!(told.starts_with("`data`") && told.contains(what), "{told}");
        }
        assert_eq!(Annotated::of_data(r#"{"text": "a"}"#).unwrap(), Annotated::plain("a".to_owned()));
    }
}
