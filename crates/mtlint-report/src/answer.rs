//! What a program that hands in one text gets back: the report of `--format json` on it, what fixing made of it, or
//! its score.

use super::json::{JsonDocument, JsonSummary, Tool, VERSION, write};
use super::scores::{JsonMetric, JsonScored, Tally};
use super::{Format, Json, Summary};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::RuleId;
use mtlint_engine::score::Profile;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use std::collections::BTreeMap;

/// The report of `--format json` on one document.
pub fn check_answer(checked: &Checked<'_>, evidence: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let json = Json { evidence };
    json.begin(&mut out);
    json.document(checked, &mut out);
    json.end(&Summary::of(checked), &mut out);
    out
}

/// What fixing made of a text, and what is still found in it.
#[derive(JsonSchema, Serialize)]
#[schemars(title = "A text that was fixed, and the JSON report on it", rename = "FixReport")]
struct JsonFixReport<'a> {
    /// Of the format. Fields may be added, but none changes while it is the same.
    version: u32,
    tool: Tool,
    fixed: JsonFixed<'a>,
    /// The text after fixing: one document.
    documents: [JsonDocument<'a>; 1],
    summary: JsonSummary<'a>,
}

#[derive(JsonSchema, Serialize)]
struct JsonFixed<'a> {
    /// The text, mended.
    text: &'a str,
    /// How many fixes were applied.
    applied: usize,
    /// How many fixes of each rule were applied.
    by_rule: BTreeMap<&'a str, usize>,
    /// Whether fixing the text once more would change nothing.
    is_stable: bool,
}

/// What fixing made of a text: `checked` is the text after it, `applied` how many fixes of each rule were applied, and
/// `is_stable` whether fixing once more would change nothing.
pub fn fix_answer(
    checked: &Checked<'_>,
    applied: &BTreeMap<RuleId, usize>,
    is_stable: bool,
    evidence: bool,
) -> Vec<u8> {
    let by_rule: BTreeMap<&str, usize> =
        applied.iter().map(|(rule, count)| (rule.as_str(), *count)).collect();
    let summary = Summary::of(checked);
    let report = JsonFixReport {
        version: VERSION,
        tool: Tool::this(),
        fixed: JsonFixed { text: checked.text(), applied: by_rule.values().sum(), by_rule, is_stable },
        documents: [JsonDocument::of(checked, evidence)],
        summary: JsonSummary::of(&summary),
    };
    finish(&report)
}

/// What a text comes to.
#[derive(JsonSchema, Serialize)]
#[schemars(title = "The score of a text", rename = "ScoreReport")]
struct JsonScoreReport {
    /// Of the format. Fields may be added, but none changes while it is the same.
    version: u32,
    tool: Tool,
    metric: JsonMetric,
    /// The code of the language it was read as.
    language: Option<String>,
    #[serde(flatten)]
    scored: JsonScored,
}

/// The score of a text.
pub fn score_answer(checked: &Checked<'_>, profile: &Profile) -> Vec<u8> {
    let record = checked.record.map(|record| record.id.as_str());
    finish(&JsonScoreReport {
        version: VERSION,
        tool: Tool::this(),
        metric: JsonMetric::of(profile),
        language: checked.document.language().map(|language| language.to_string()),
        scored: JsonScored::new(Some(checked.path), record, &Tally::of(checked), checked.verdict()),
    })
}

/// The JSON Schema of [`fix_answer`].
pub fn fix_schema() -> Schema {
    schema_for!(JsonFixReport<'static>)
}

/// The JSON Schema of [`score_answer`].
pub fn score_schema() -> Schema {
    schema_for!(JsonScoreReport)
}

fn finish(answer: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    write(answer, &mut out);
    out.push(b'\n');
    out
}
