//! What is asked of a text.

use mtlint_document::load::Format;
use mtlint_engine::rule::{Confidence, Severity};
use schemars::JsonSchema;
use serde::Deserialize;

/// A text, and what is asked of it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The text. All places in the answer are places in it.
    pub text: String,
    /// How the text is written.
    #[serde(default)]
    pub format: TextFormat,
    /// The language of the text, as a code: `en`, `pt-BR`. When it is left out, the text shows its own.
    #[serde(default)]
    pub language: Option<String>,
    /// The text that it was translated from, in the same format: evidence against what both have alike, and for what
    /// they say differently.
    #[serde(default)]
    pub source: Option<String>,
    /// The language of the source, as a code.
    #[serde(default)]
    pub source_language: Option<String>,
    /// What the text is called in the answer, as a file would be.
    #[serde(default)]
    pub name: Option<String>,
    /// The rules that run, by their ids, families, or `all`; when it is left out, those of the server's configuration.
    /// A rule named in full runs whatever its confidence.
    #[serde(default)]
    pub select: Option<Vec<String>>,
    /// Rules and families that do not run.
    #[serde(default)]
    pub ignore: Option<Vec<String>>,
    /// The least severity of what is found.
    #[serde(default)]
    pub min_severity: Option<Severity>,
    /// The least confidence of what is found.
    #[serde(default)]
    pub min_confidence: Option<Confidence>,
    /// Whether findings come with what was weighed for them.
    #[serde(default)]
    pub evidence: bool,
    /// When fixing: whether fixes are applied that may change what a sentence asserts.
    #[serde(default)]
    pub unsafe_fixes: bool,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// Plain text.
    #[default]
    Text,
    Markdown,
    Html,
}

impl From<TextFormat> for Format {
    fn from(format: TextFormat) -> Self {
        match format {
            TextFormat::Text => Self::Text,
            TextFormat::Markdown => Self::Markdown,
            TextFormat::Html => Self::Html,
        }
    }
}
