//! `--format sarif`: SARIF 2.1.0, as GitHub code scanning and editors read it.
//!
//! Facts from the OASIS standard and its schema, and the limits from GitHub's documentation of its
//! support for SARIF. Columns count UTF-16 code units, which is also what a reader takes them for that
//! passes over `columnKind`.

use super::level::{Level, rank};
use super::most_severe::MostSevere;
use super::{Failure, Format, Summary, count, explanation, json, taxonomy};
use mtlint_engine::lint::Region;
use mtlint_engine::lint::{Checked, Located, LocatedSuppressed};
use mtlint_engine::rule::{
    Applicability, Confidence, Fix, Measured, Precision, Rule, Suppressed, SuppressedBy,
};
use mtlint_text::{Edit, Span};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// How many results GitHub takes in a run; more, and it refuses the file.
const MOST_RESULTS: usize = 25_000;
/// How many related places of a result are written: with its own, the 1,000 that GitHub takes.
const MOST_RELATED: usize = 999;
/// How many characters of what stands at a place are written.
const MOST_SNIPPET: usize = 500;

/// What a relative URI may hold as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One run, whose results are the most severe.
#[derive(Debug)]
pub struct Sarif<'a> {
    /// Sorted by id.
    rules: Vec<&'a Rule>,
    results: MostSevere<String>,
    /// Whether findings are compared with those known before.
    has_baseline: bool,
}

impl<'a> Sarif<'a> {
    /// A report of a run with these rules, which may name one several times.
    pub fn new(rules: impl IntoIterator<Item = &'a Rule>, has_baseline: bool) -> Self {
        let mut rules: Vec<&Rule> = rules.into_iter().collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules.dedup_by(|a, b| a.id == b.id);
        Self { rules, results: MostSevere::new(MOST_RESULTS), has_baseline }
    }

    fn result(&self, checked: &Checked<'_>, located: &Located<'_>) -> Value {
        let (finding, rule) = (located.finding, located.rule);
        let mut result = json!({
            "ruleId": rule.id.as_str(),
            "level": level(Level::of(finding.severity)),
            "message": { "text": checked.message(located) },
            "locations": [{ "physicalLocation": physical(checked, located.span) }],
            "partialFingerprints": {
                "primaryLocationLineHash": format!("{}:1", located.fingerprint),
                "mtlint/v1": located.fingerprint,
            },
            "rank": rank(finding.severity, finding.confidence),
            "taxa": taxonomy::taxa(rule),
            "properties": {
                "mqm": rule.mqm,
                "severity": finding.severity.as_str(),
                "confidence": finding.confidence.as_str(),
                "span": { "start": located.span.start, "end": located.span.end },
            },
        });
        if let Some(probability) = finding.probability {
            result["properties"]["probability"] = probability.as_f64().into();
        }
        if let Ok(index) = self.rules.binary_search_by(|known| known.id.cmp(&rule.id)) {
            result["ruleIndex"] = index.into();
        }
        if self.has_baseline {
            result["baselineState"] = "new".into();
        }
        if let Some(record) = checked.record {
            result["locations"][0]["logicalLocations"] =
                json!([{ "name": record.id, "fullyQualifiedName": checked.name(), "kind": "object" }]);
        }
        let in_target =
            located.related.iter().map(|related| (&related.message, physical(checked, related.span)));
        let in_source = located
            .source_related
            .iter()
            .filter_map(|related| Some((&related.message, physical_source(checked, related.span)?)));
        let related: Vec<Value> = in_target
            .chain(in_source)
            .take(MOST_RELATED)
            .enumerate()
            .map(|(index, (message, place))| {
                json!({ "id": index + 1, "message": { "text": message }, "physicalLocation": place })
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        // A fix edits the file, and the text of a record is not that of the file.
        let fixes = located.fixes.iter().filter(|fix| fix.applicability > Applicability::Display);
        let fixes: Vec<Value> = fixes.map(|fix| self::fix(checked, fix)).collect();
        if checked.edits_file() && !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }
}

impl Format for Sarif<'_> {
    fn document(&self, checked: &Checked<'_>, _out: &mut Vec<u8>) {
        let made = |located: &Located<'_>, result: Value| (located.finding.severity, json::line(&result));
        let reported = checked.findings.iter().map(|located| made(located, self.result(checked, located)));
        let suppressed = checked.suppressed.iter().map(|LocatedSuppressed { located, suppressed }| {
            let mut result = self.result(checked, located);
            result["suppressions"] = json!([suppression(suppressed)]);
            if matches!(suppressed.by, SuppressedBy::Baseline) {
                result["baselineState"] = "unchanged".into();
            }
            made(located, result)
        });
        self.results.offer(checked, reported.chain(suppressed));
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(
            format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{").as_bytes(),
        );
        let members = [
            ("tool", json!({ "driver": self.driver() })),
            ("taxonomies", taxonomy::taxonomies()),
            ("invocations", json!([invocation(summary, self.cut(summary))])),
            ("columnKind", json!("utf16CodeUnits")),
            (
                "originalUriBaseIds",
                json!({ "%SRCROOT%": { "description": { "text": "The folder mtlint ran in" } } }),
            ),
            ("automationDetails", json!({ "id": "mtlint/" })),
            ("language", json!("en")),
        ];
        for (name, value) in members {
            out.extend_from_slice(format!("\"{name}\":").as_bytes());
            json::write(&value, out);
            out.extend_from_slice(b",\n");
        }
        out.extend_from_slice(b"\"results\":[");
        let mut separator = "\n";
        self.results.by_place(|result| {
            out.extend_from_slice(separator.as_bytes());
            out.extend_from_slice(result.as_bytes());
            separator = ",\n";
        });
        out.extend_from_slice(b"\n]}]}\n");
    }

    fn remark(&self, summary: &Summary) -> Option<String> {
        self.cut(summary)
    }
}

impl Sarif<'_> {
    fn driver(&self) -> Value {
        let rules: Vec<Value> = self.rules.iter().map(|rule| descriptor(rule)).collect();
        json!({
            "name": "mtlint",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": { "text": "The linter for machine-translated text" },
            "supportedTaxonomies": taxonomy::references(),
            "rules": rules,
        })
    }

    /// What was left out, if anything.
    fn cut(&self, summary: &Summary) -> Option<String> {
        let found = summary.findings + summary.suppressed;
        let cut = found - self.results.len();
        (cut > 0).then(|| {
            format!(
                "{} of {} are in the SARIF report, the most severe: GitHub takes no more; {} are left out",
                count(self.results.len(), "finding"),
                found,
                count(cut, "finding")
            )
        })
    }
}

/// Where a span lies, for readers that open the file.
fn physical(checked: &Checked<'_>, span: Span) -> Value {
    let mut region = region(checked.region(span));
    let text = span.of(checked.text());
    if checked.record.is_none() && !text.is_empty() {
        let shown: String = text.chars().take(MOST_SNIPPET).collect();
        region["snippet"] = json!({ "text": shown });
    }
    json!({ "artifactLocation": artifact(checked.path), "region": region })
}

/// Where a span of the source text lies, with what it says.
fn physical_source(checked: &Checked<'_>, span: Span) -> Option<Value> {
    let (file, place) = checked.source_region(span)?;
    let mut region = region(place);
    let said = checked.document.source().map(|source| span.of(source.text())).unwrap_or_default();
    if place.columns.is_some() && !said.is_empty() {
        let shown: String = said.chars().take(MOST_SNIPPET).collect();
        region["snippet"] = json!({ "text": shown });
    }
    Some(json!({ "artifactLocation": artifact(file), "region": region }))
}

fn region(region: Region) -> Value {
    match region.columns {
        None => json!({ "startLine": region.line }),
        Some((start, end)) => json!({
            "startLine": start.line,
            "startColumn": start.utf16 + 1,
            "endLine": end.line,
            "endColumn": end.utf16 + 1,
        }),
    }
}

fn artifact(path: &str) -> Value {
    let uri = utf8_percent_encode(path.strip_prefix("./").unwrap_or(path), PATH);
    match path.as_bytes() {
        [b'/', ..] => json!({ "uri": format!("file://{uri}") }),
        // A path with a drive.
        [_, b':', b'/', ..] => json!({ "uri": format!("file:///{uri}") }),
        _ => json!({ "uri": uri.to_string(), "uriBaseId": "%SRCROOT%" }),
    }
}

fn fix(checked: &Checked<'_>, fix: &Fix) -> Value {
    let replacement = |edit: &Edit| {
        let mut replacement = json!({ "deletedRegion": region(checked.region(edit.span)) });
        if !edit.insert.is_empty() {
            replacement["insertedContent"] = json!({ "text": edit.insert });
        }
        replacement
    };
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    let change = json!({ "artifactLocation": artifact(checked.path), "replacements": replacements });
    json!({
        "description": { "text": format!("{} ({})", fix.title, fix.applicability.as_str()) },
        "artifactChanges": [change],
        "properties": { "applicability": fix.applicability.as_str() },
    })
}

fn suppression(suppressed: &Suppressed) -> Value {
    let kind = match suppressed.by {
        SuppressedBy::Comment(_) | SuppressedBy::Note => "inSource",
        SuppressedBy::File(_) | SuppressedBy::Baseline | SuppressedBy::Decision => "external",
    };
    let mut suppression = json!({ "kind": kind, "status": "accepted" });
    if let Some(reason) = &suppressed.reason {
        suppression["justification"] = reason.as_str().into();
    }
    if let Some(until) = suppressed.until {
        suppression["properties"] = json!({ "until": until.to_string() });
    }
    suppression
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    let relationship = |taxon: Value| json!({ "target": taxon, "kinds": ["superset"] });
    let relationships: Vec<Value> = taxonomy::taxa(rule).into_iter().map(relationship).collect();
    let problem = match Level::of(rule.severity) {
        Level::Note => "recommendation",
        named => level(named),
    };
    json!({
        "id": rule.id.as_str(),
        "name": rule.id.as_str(),
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": {
            "text": format!("{} MQM Core: {}.", rule.why, taxonomy::mqm_path(rule)),
            "markdown": explanation(rule),
        },
        "defaultConfiguration": {
            "level": level(Level::of(rule.severity)),
            "rank": rank(rule.severity, rule.confidence),
        },
        "relationships": relationships,
        "properties": {
            "tags": [rule.id.family(), format!("mqm/{}", rule.mqm), format!("its/{}", rule.its_type())],
            "precision": precision(rule.measured(), rule.confidence),
            "problem.severity": problem,
            "measured": rule.measured().map(|measured| measured.to_string()),
        },
    })
}

/// How often the rule is right: as measured, or, where too little was found to tell, as its confidence
/// promises. GitHub shows findings of rules that are at least `high`.
fn precision(measured: Option<Measured>, confidence: Confidence) -> &'static str {
    let promised = match confidence {
        Confidence::High => "very-high",
        Confidence::Medium => "high",
        Confidence::Low => "low",
    };
    let Some(measured) = measured.filter(Measured::is_telling) else { return promised };
    let is = |most_on_human: f64, least_marked: f64| {
        measured.on_human() <= most_on_human && measured.share_marked() >= least_marked
    };
    match () {
        () if is(1.0, 0.95) => "very-high",
        () if is(Precision::MOST_ON_HUMAN, Precision::LEAST_MARKED) => "high",
        () if is(2.0 * Precision::MOST_ON_HUMAN, 0.5) => "medium",
        () => "low",
    }
}

fn invocation(summary: &Summary, cut: Option<String>) -> Value {
    let failed = |Failure { path, message }: &Failure| {
        json!({
            "level": "error",
            "message": { "text": format!("{path}: {message}") },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact(path) } }],
        })
    };
    let cut = cut.map(|text| json!({ "level": "warning", "message": { "text": text } }));
    let notifications: Vec<Value> = summary.failures.iter().map(failed).chain(cut).collect();
    json!({
        "executionSuccessful": summary.failures.is_empty(),
        "toolExecutionNotifications": notifications,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_engine::rule::Counts;

    #[test]
    fn precision_is_what_was_measured() {
        let measured = |human, damaged, marked| {
            Some(Measured {
                counts: Counts { human, damaged, marked },
                words: 100_000,
                ..Measured::default()
            })
        };
        assert_eq!(precision(None, Confidence::High), "very-high");
        assert_eq!(precision(None, Confidence::Low), "low");
        assert_eq!(precision(measured(1, 2, 0), Confidence::Medium), "high", "too few to tell");
        assert_eq!(precision(measured(0, 40, 40), Confidence::Medium), "very-high");
        assert_eq!(precision(measured(1, 40, 34), Confidence::High), "high");
        assert_eq!(precision(measured(3, 0, 0), Confidence::High), "very-high", "too few to tell");
        assert_eq!(precision(measured(6, 0, 0), Confidence::High), "medium");
        assert_eq!(precision(measured(0, 10, 4), Confidence::High), "low");
    }

    #[test]
    fn paths_become_uris() {
        let uri = |path| artifact(path)["uri"].as_str().unwrap().to_owned();
        assert_eq!(uri("./a b/ü#1%.txt"), "a%20b/%C3%BC%231%25.txt");
        assert_eq!(uri("a:b.txt"), "a%3Ab.txt");
        assert_eq!(uri("/x/y.txt"), "file:///x/y.txt");
        assert_eq!(artifact("a.txt")["uriBaseId"], "%SRCROOT%");
        assert!(artifact("/a.txt").get("uriBaseId").is_none());
    }
}
