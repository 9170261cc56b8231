//! `--format gitlab`: the report of GitLab's Code Quality, a list of findings.

use super::{Format, Summary, json};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Severity;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_128;

/// One JSON list.
#[derive(Debug)]
pub struct Gitlab;

impl Format for Gitlab {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"[\n");
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let entries: Vec<String> = checked
            .findings
            .iter()
            .map(|located| {
                let region = checked.region(located.span);
                // GitLab drops what has the fingerprint of another finding, of whatever file.
                let fingerprint = xxh3_128(format!("{}\n{}", checked.name(), located.fingerprint).as_bytes());
                let entry = json!({
                    "description": checked.message(located),
                    "check_name": located.rule.id.as_str(),
                    "fingerprint": format!("{fingerprint:032x}"),
                    "severity": severity(located.finding.severity),
                    "location": {
                        "path": checked.path.strip_prefix("./").unwrap_or(checked.path),
                        "lines": { "begin": region.line, "end": region.end_line },
                    },
                });
                json::line(&entry)
            })
            .collect();
        out.extend_from_slice(entries.join(",\n").as_bytes());
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n");
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Neutral => "info",
        named => named.as_str(),
    }
}
