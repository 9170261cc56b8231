//! `--format json`, version 1: the contract of editors and pipelines.
//!
//! The structs are this file's own: what they print changes only together with [`VERSION`], whatever
//! becomes of the insides.

use super::{Failure, Format, Summary};
use mtlint_document::Document;
use mtlint_engine::lint::{Checked, Located, LocatedSuppressed};
use mtlint_engine::pivot::{Candidate, Evidence, PivotHint};
use mtlint_engine::rule::{self, Applicability, Confidence, Fix, Probability, Severity};
use mtlint_text::Span;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// One JSON object for the whole run, a document a line.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// Whether findings come with what was weighed for them.
    pub evidence: bool,
}

impl Format for Json {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{{\"version\":{VERSION},\"tool\":").as_bytes());
        write(&Tool::this(), out);
        out.extend_from_slice(b",\"documents\":[\n");
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        write(&JsonDocument::of(checked, self.evidence), out);
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"summary\":");
        write(&JsonSummary::of(summary), out);
        out.extend_from_slice(b"}\n");
    }
}

/// The whole report, as it is described to others: it is written piece by piece.
#[derive(JsonSchema)]
#[schemars(title = "The JSON report of mtlint", rename = "Report")]
#[expect(dead_code, reason = "only its description is used")]
struct JsonReport<'a> {
    /// Of the format. Fields may be added, but none changes while it is the same.
    version: u32,
    tool: Tool,
    /// Every document that was read, also those without findings.
    documents: Vec<JsonDocument<'a>>,
    summary: JsonSummary<'a>,
}

/// The JSON Schema of the report.
pub fn json_schema() -> Schema {
    schema_for!(JsonReport<'static>)
}

/// Writes `value` as JSON in one line.
pub(super) fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    // Writing to memory does not fail, and nothing here has keys that are not strings.
    let start = out.len();
    serde_json::to_writer(&mut *out, value).expect("a report is always valid JSON");
    escape_json(out, start);
}

/// `value` as JSON in one line.
pub(super) fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Writes the control characters that JSON allows as they are, from U+007F to U+009F, by their numbers,
/// in the JSON that begins at `start`: a terminal may obey them.
pub fn escape_json(json: &mut Vec<u8>, start: usize) {
    // Such a character stands only within a string: DEL, or a C1 control in two bytes.
    let is_control =
        |at: usize| json[at] == 0x7F || json[at] == 0xC2 && json.get(at + 1).is_some_and(|byte| *byte < 0xA0);
    let places: Vec<usize> = memchr::memchr2_iter(0x7F, 0xC2, &json[start..])
        .map(|at| start + at)
        .filter(|at| is_control(*at))
        .collect();
    if places.is_empty() {
        return;
    }
    let mut escaped = Vec::with_capacity(json.len() - start + 5 * places.len());
    let mut copied = start;
    for at in places {
        escaped.extend_from_slice(&json[copied..at]);
        let (number, length) = if json[at] == 0x7F { (0x7F, 1) } else { (json[at + 1], 2) };
        escaped.extend_from_slice(format!("\\u{number:04x}").as_bytes());
        copied = at + length;
    }
    escaped.extend_from_slice(&json[copied..]);
    json.truncate(start);
    json.extend_from_slice(&escaped);
}

#[derive(JsonSchema, Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// What prints the report.
    pub fn this() -> Self {
        Self { name: "mtlint", version: env!("CARGO_PKG_VERSION") }
    }
}

#[derive(JsonSchema, Serialize)]
pub(super) struct JsonDocument<'a> {
    /// The file, `/` between folders.
    path: &'a str,
    record: Option<JsonRecord<'a>>,
    language: Option<String>,
    source_language: Option<String>,
    /// The text it was translated from, where that is at hand and something is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    words: usize,
    score: JsonScore,
    /// Which language the text may have come through.
    pivot_hint: Option<JsonPivotHint>,
    findings: Vec<JsonFinding<'a>>,
    /// What was found and is not reported.
    suppressed: Vec<JsonSuppressed<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct JsonSuppressed<'a> {
    #[serde(flatten)]
    finding: JsonFinding<'a>,
    suppression: JsonSuppression<'a>,
}

#[derive(JsonSchema, Serialize)]
struct JsonSuppression<'a> {
    /// `comment`, `note`, `file`, `baseline` or `decision`.
    by: &'static str,
    reason: Option<&'a str>,
    /// A date, as `2027-01-01`.
    until: Option<String>,
}

#[derive(JsonSchema, Serialize)]
struct JsonRecord<'a> {
    /// The record's `id`, or the number of its line where it has none; of a book the name of the page in
    /// it, of a message the name of the part.
    id: &'a str,
    /// Of a book the number of the page.
    line: u32,
    /// Where the text begins in the file, in bytes, if it is a part of the file as it is: the lines and
    /// columns of its findings are then those of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u32>,
}

#[derive(JsonSchema, Serialize)]
struct JsonScore {
    /// Neutral 0, minor 1, major 5, critical 25, for each 1,000 words.
    penalty_per_1000_words: f64,
    /// The least rate that so many findings in so many words speak for, with a confidence of 95 in 100:
    /// what tells short texts apart.
    penalty_lower_bound: f64,
    score: f64,
}

#[derive(JsonSchema, Serialize)]
struct JsonPivotHint {
    /// The likeliest first.
    candidates: Vec<JsonCandidate>,
    evidence: Vec<JsonEvidence>,
}

#[derive(JsonSchema, Serialize)]
struct JsonCandidate {
    language: String,
    name: String,
    weight: u32,
}

#[derive(JsonSchema, Serialize)]
struct JsonEvidence {
    what: String,
    count: u32,
    /// The first of them.
    span: JsonSpan,
}

#[derive(JsonSchema, Serialize)]
struct JsonFinding<'a> {
    /// `family/name`.
    rule: &'a str,
    /// The error type of MQM Core.
    mqm: &'a str,
    #[schemars(with = "Severity")]
    severity: &'static str,
    #[schemars(with = "Confidence")]
    confidence: &'static str,
    /// From 0 to 1, how likely it is that this is damage; of rules that weigh evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    /// What was weighed for the probability; with `--evidence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<JsonWeighed>>,
    message: &'a str,
    /// Why the rule minds such text.
    note: &'a str,
    /// In bytes of UTF-8.
    span: JsonSpan,
    start: JsonPosition,
    end: JsonPosition,
    text: &'a str,
    related: Vec<JsonRelated<'a>>,
    fixes: Vec<JsonFix<'a>>,
    /// Of a document that is read as its paragraphs: the heading it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
    /// Names the finding from run to run, whatever its line.
    fingerprint: &'a str,
    /// How many findings of the document have this rule, this text and the same words around it, where there are several:
    /// they are told apart by their order alone.
    #[serde(skip_serializing_if = "is_one")]
    #[schemars(default)]
    alike: u32,
}

/// Whether nothing else is like it.
fn is_one(alike: &u32) -> bool {
    *alike == 1
}

#[derive(JsonSchema, Serialize)]
struct JsonWeighed {
    name: &'static str,
    value: f64,
    /// What a value of 1 counts; positive speaks for damage.
    weight: f64,
}

#[derive(JsonSchema, Serialize)]
struct JsonSpan {
    /// In bytes of UTF-8, from 0.
    start: u32,
    /// In bytes of UTF-8, the first that no longer belongs.
    end: u32,
}

#[derive(JsonSchema, Serialize)]
struct JsonPosition {
    /// From 1.
    line: u32,
    /// From 1, in Unicode scalar values.
    column: u32,
    /// From 0 in the line, in UTF-16 code units.
    utf16: u32,
}

#[derive(JsonSchema, Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    /// `target`, or `source` for a place in the source text.
    side: &'static str,
    span: JsonSpan,
}

#[derive(JsonSchema, Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    #[schemars(with = "Applicability")]
    applicability: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct JsonEdit<'a> {
    start: u32,
    end: u32,
    replacement: &'a str,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct JsonSummary<'a> {
    documents: usize,
    words: usize,
    findings: usize,
    suppressed: usize,
    /// By `comment`, `note`, `file`, `baseline` or `decision`.
    suppressed_by: BTreeMap<&'static str, usize>,
    by_severity: BTreeMap<&'static str, usize>,
    by_rule: BTreeMap<&'a str, usize>,
    fixable: JsonFixable,
    /// Rules that were asked for and could not run.
    skipped_rules: Vec<&'a str>,
    /// What could not be read.
    errors: Vec<JsonError<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct JsonFixable {
    safe: usize,
    #[serde(rename = "unsafe")]
    unsafe_: usize,
    /// After fixing: those whose fixes were taken back, for with them a rule finds what it did not find before.
    taken_back: usize,
}

#[derive(JsonSchema, Serialize)]
struct JsonError<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> JsonDocument<'a> {
    pub(super) fn of(checked: &'a Checked<'a>, evidence: bool) -> Self {
        let score = checked.score();
        Self {
            path: checked.path,
            record: checked.record.map(|record| JsonRecord {
                id: &record.id,
                line: record.line,
                offset: record.start.map(|(offset, _)| offset),
            }),
            language: checked.document.language().map(|language| language.to_string()),
            source_language: checked.source_language.map(|language| language.to_string()),
            source: checked.document.source().filter(|_| !checked.findings.is_empty()).map(Document::text),
            words: checked.words,
            score: JsonScore {
                penalty_per_1000_words: score.penalty_per_1000_words,
                penalty_lower_bound: checked.penalty_lower_bound(),
                score: score.score,
            },
            pivot_hint: checked.pivot_hint().map(JsonPivotHint::of),
            findings: checked
                .findings
                .iter()
                .map(|located| JsonFinding::of(checked, located, evidence))
                .collect(),
            suppressed: checked
                .suppressed
                .iter()
                .map(|it| JsonSuppressed::of(checked, it, evidence))
                .collect(),
        }
    }
}

impl<'a> JsonSuppressed<'a> {
    fn of(
        checked: &'a Checked<'a>,
        LocatedSuppressed { located, suppressed }: &'a LocatedSuppressed<'a>,
        evidence: bool,
    ) -> Self {
        let until = suppressed.until.map(|date| date.to_string());
        let suppression =
            JsonSuppression { by: suppressed.by.as_str(), reason: suppressed.reason.as_deref(), until };
        Self { finding: JsonFinding::of(checked, located, evidence), suppression }
    }
}

impl JsonPivotHint {
    fn of(hint: PivotHint) -> Self {
        let candidate = |candidate: Candidate| JsonCandidate {
            language: candidate.language.to_string(),
            name: candidate.name,
            weight: candidate.weight,
        };
        let evidence = |evidence: Evidence| JsonEvidence {
            what: evidence.what,
            count: evidence.count,
            span: JsonSpan::of(evidence.span),
        };
        Self {
            candidates: hint.candidates.into_iter().map(candidate).collect(),
            evidence: hint.evidence.into_iter().map(evidence).collect(),
        }
    }
}

impl<'a> JsonFinding<'a> {
    fn of(checked: &'a Checked<'a>, located: &'a Located<'a>, evidence: bool) -> Self {
        let Located { finding, rule, span, related, source_related, fixes, fingerprint, alike } = located;
        let text = checked.text();
        Self {
            rule: rule.id.as_str(),
            mqm: &rule.mqm,
            severity: finding.severity.as_str(),
            confidence: finding.confidence.as_str(),
            probability: finding.probability.map(Probability::as_f64),
            evidence: (evidence && finding.probability.is_some())
                .then(|| finding.evidence.iter().map(JsonWeighed::of).collect()),
            message: &finding.message,
            note: &rule.why,
            span: JsonSpan::of(*span),
            start: JsonPosition::of(checked, span.lo()),
            end: JsonPosition::of(checked, span.hi()),
            text: span.of(text),
            related: related
                .iter()
                .map(|related| JsonRelated {
                    message: &related.message,
                    side: "target",
                    span: JsonSpan::of(related.span),
                })
                .chain(source_related.iter().map(|related| JsonRelated {
                    message: &related.message,
                    side: "source",
                    span: JsonSpan::of(related.span),
                }))
                .collect(),
            fixes: fixes.iter().map(JsonFix::of).collect(),
            heading: checked.heading(*span),
            fingerprint,
            alike: *alike,
        }
    }
}

impl JsonWeighed {
    fn of(weighed: &rule::Evidence) -> Self {
        Self { name: weighed.name, value: weighed.value(), weight: weighed.weight() }
    }
}

impl JsonSpan {
    fn of(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl JsonPosition {
    fn of(checked: &Checked<'_>, offset: usize) -> Self {
        let position = checked.position(offset);
        Self { line: position.line, column: position.column, utf16: position.utf16 }
    }
}

impl<'a> JsonFix<'a> {
    fn of(fix: &'a Fix) -> Self {
        Self {
            title: &fix.title,
            applicability: fix.applicability.as_str(),
            edits: fix
                .edits
                .iter()
                .map(|edit| JsonEdit {
                    start: edit.span.start,
                    end: edit.span.end,
                    replacement: &edit.insert,
                })
                .collect(),
        }
    }
}

impl<'a> JsonSummary<'a> {
    pub(super) fn of(summary: &'a Summary) -> Self {
        Self {
            documents: summary.documents,
            words: summary.words,
            findings: summary.findings,
            suppressed: summary.suppressed,
            suppressed_by: summary.suppressed_by.clone(),
            by_severity: summary
                .by_severity
                .iter()
                .map(|(severity, count)| (severity.as_str(), *count))
                .collect(),
            by_rule: summary.by_rule.iter().map(|(rule, count)| (rule.as_str(), *count)).collect(),
            fixable: JsonFixable {
                safe: summary.safely_fixable,
                unsafe_: summary.unsafely_fixable,
                taken_back: summary.taken_back,
            },
            skipped_rules: summary.skipped_rules.iter().map(|rule| rule.as_str()).collect(),
            errors: summary
                .failures
                .iter()
                .map(|Failure { path, message }| JsonError { path, message })
                .collect(),
        }
    }
}
