//! Which fields of a record hold what, and what becomes of what they hold.

use super::survey::Settled;
use super::{Article, Format, Record, RecordKind};
use crate::{Extract, UnitFacts};
use mtlint_lang::Language;
use mtlint_text::visible;
use std::sync::Arc;

/// Which fields of a record hold what. A stop in a name leads into a field that holds fields, as in
/// `translation.en`, where no field has the whole name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The text to check.
    pub text: String,
    /// What the record goes by; a record without it goes by its number.
    pub id: Option<String>,
    pub language: Option<String>,
    /// The text it was translated from.
    pub source: Option<String>,
    pub source_language: Option<String>,
    /// How the text is written: `txt`, `md` or `html`.
    pub format: Option<String>,
}

impl Default for Fields {
    /// Those of JSON Lines, as `docs/guide-data.md` has them.
    fn default() -> Self {
        let name = |name: &str| Some(name.to_owned());
        Self {
            text: "text".to_owned(),
            id: name("id"),
            language: name("lang"),
            source: name("source"),
            source_language: name("source_lang"),
            format: name("format"),
        }
    }
}

impl Fields {
    /// The text and the id, and nothing else: what may be called `source` elsewhere need not be a text.
    pub fn of_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            id: Some("id".to_owned()),
            language: None,
            source: None,
            source_language: None,
            format: None,
        }
    }

    /// The names of all fields that are read, that of the text first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = [&self.id, &self.language, &self.source, &self.source_language, &self.format];
        std::iter::once(self.text.as_str()).chain(others.into_iter().flatten().map(String::as_str))
    }
}

/// What a record says, as its fields hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub text: String,
    pub id: Option<String>,
    pub language: Option<String>,
    pub source: Option<String>,
    pub source_language: Option<String>,
    pub format: Option<String>,
}

impl Values {
    /// The article that the record of this 1-based number, which begins in this line of its file, is.
    ///
    /// # Errors
    /// When a language or format is none: which field, and what it should say.
    pub fn article(
        self,
        number: u32,
        line: u32,
        fields: &Fields,
        survey: &Settled,
    ) -> Result<Article, String> {
        self.article_by(plain, number, line, fields, survey)
    }

    /// The same of texts that are read in a way of their format where the record does not say how they are written.
    pub(super) fn article_by(
        self,
        read: fn(&str) -> Extract,
        number: u32,
        line: u32,
        fields: &Fields,
        survey: &Settled,
    ) -> Result<Article, String> {
        let format = self.format.filter(|name| !name.is_empty());
        let format = format.map(|name| self::format(name_of(&fields.format), &name)).transpose()?;
        let language = language(name_of(&fields.language), self.language)?;
        let source_language = self::language(name_of(&fields.source_language), self.source_language)?;
        let mut facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
        let extract = match format {
            Some(format) => super::extract(format, &self.text),
            None => read(&self.text),
        };
        let source = self.source.map(|source| read(&source).text);
        if let Some(source) = &source {
            survey.tell(source, &extract.text, (source_language, language), &mut facts);
        }
        Ok(Article {
            record: Some(Record {
                id: self.id.unwrap_or_else(|| number.to_string()),
                line,
                start: None,
                kind: RecordKind::Record,
            }),
            key: number,
            extract,
            format,
            language,
            source,
            source_place: None,
            source_language,
            facts: Arc::new(facts),
            paragraphs: None,
        })
    }
}

/// The text of a record that is what it says.
fn plain(text: &str) -> Extract {
    Extract::plain(text)
}

fn name_of(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

fn language(field: &str, tag: Option<String>) -> Result<Option<Language>, String> {
    let tag = tag.filter(|tag| !tag.is_empty());
    let parse = |tag: String| Language::parse(&tag).map_err(|error| format!("`{}`: {error}", visible(field)));
    tag.map(parse).transpose()
}

/// How the text of a record is written.
fn format(field: &str, name: &str) -> Result<Format, String> {
    match name.to_ascii_lowercase().as_str() {
        "txt" | "text" | "plain" => Ok(Format::Text),
        "md" | "markdown" => Ok(Format::Markdown),
        "html" | "htm" => Ok(Format::Html),
        _ => Err(format!("`{field}`: `{name}` is not known; known are txt, md and html")),
    }
}
