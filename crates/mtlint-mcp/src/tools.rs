//! What is offered: the tools with their descriptions and schemas, written from the types that are read and sent.

use mtlint_report::{JsonRule, fix_schema, json_schema};
use mtlint_requests::Request;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// What a client can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ToolName {
    Check,
    Fix,
    Explain,
}

/// The argument of `explain`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplainRequest {
    /// The id of a rule, as `check` tells it: `quotation/closed-early`.
    pub rule: String,
}

impl ToolName {
    const ALL: [Self; 3] = [Self::Check, Self::Fix, Self::Explain];

    /// The tool of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == name)
    }

    /// All names, for a client that asked for another.
    pub fn known() -> String {
        Self::ALL.map(|tool| format!("`{}`", tool.as_str())).join(", ")
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Fix => "fix",
            Self::Explain => "explain",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Check => "Check a text",
            Self::Fix => "Fix a text",
            Self::Explain => "Explain a rule",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Check => {
                "Finds the damage that machine translation, segmenting and scraping leave in a text: quotations closed \
                 too early, doubled or foreign punctuation, stranded reporting verbs, names spelt in several ways, words \
                 left in the source language, placeholders, lost numbers. Give the text that was translated from as \
                 `source` where it is at hand. Answers with each finding's place (`start` and `end` in bytes and as line \
                 and column), rule, MQM type, severity, confidence, message and suggested fixes. No findings means that \
                 nothing was found, not that the translation is right."
            }
            Self::Fix => {
                "Applies the fixes that cannot change what a text asserts, such as doubled stops and spaced-off quotation \
                 marks, and answers with the mended text and what is still found in it. `unsafe_fixes` applies the \
                 others too; read what they changed."
            }
            Self::Explain => {
                "Explains a rule of mtlint: what it finds and why, its MQM type and severity, what its fix may change, \
                 with an example of damage and one of sound text."
            }
        }
    }

    fn input(self) -> Schema {
        match self {
            Self::Check | Self::Fix => schema_for!(Request),
            Self::Explain => schema_for!(ExplainRequest),
        }
    }

    fn output(self) -> Schema {
        match self {
            Self::Check => json_schema(),
            Self::Fix => fix_schema(),
            Self::Explain => schema_for!(JsonRule<'static>),
        }
    }

    fn tool(self) -> Tool {
        // Nothing outside is read or changed, and the same request has the same answer.
        let behaviour = ToolAnnotations::with_title(self.title())
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Tool::new(self.as_str(), self.description(), object(self.input()))
            .with_title(self.title())
            .with_raw_output_schema(object(self.output()))
            .with_annotations(behaviour)
    }
}

/// All tools.
pub(crate) fn tools() -> Vec<Tool> {
    ToolName::ALL.map(ToolName::tool).into()
}

fn object(schema: Schema) -> Arc<JsonObject> {
    match schema.to_value() {
        Value::Object(object) => Arc::new(object),
        // A schema that allows everything or nothing; no type here has one.
        other => unreachable!("{other}"),
    }
}
