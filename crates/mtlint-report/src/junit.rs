//! `--format junit`: the XML of JUnit, as Jenkins and GitLab read it.
//!
//! A document is a suite. It holds a case for each rule that found something, which has failed,
//! for readers keep one failure a case. A document without findings holds a case that has passed.

use super::xml::escape;
use super::{Format, Summary};
use mtlint_engine::lint::{Checked, Located};
use std::collections::BTreeMap;

/// A `testsuite` element a document.
#[derive(Debug)]
pub struct Junit;

impl Format for Junit {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mtlint\">\n");
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let mut by_rule: BTreeMap<&str, Vec<&Located<'_>>> = BTreeMap::new();
        for located in &checked.findings {
            by_rule.entry(located.rule.id.as_str()).or_default().push(located);
        }
        let name = escape(&checked.name());
        let path = escape(checked.path);
        let mut text = format!(
            "<testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"0\">\n",
            by_rule.len().max(1),
            by_rule.len()
        );
        if by_rule.is_empty() {
            text.push_str(&format!(
                "  <testcase classname=\"{name}\" name=\"no findings\" file=\"{path}\" time=\"0\"/>\n"
            ));
        }
        for (rule, findings) in by_rule {
            text.push_str(&format!(
                "  <testcase classname=\"{name}\" name=\"{}\" file=\"{path}\" line=\"{}\" time=\"0\">\n",
                escape(rule),
                checked.region(findings[0].span).line
            ));
            text.push_str(&failure(checked, &findings));
            text.push_str("  </testcase>\n");
        }
        text.push_str("</testsuite>\n");
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        let failures = &summary.failures;
        let mut text = String::new();
        if !failures.is_empty() {
            let count = failures.len();
            text = format!(
                "<testsuite name=\"mtlint\" tests=\"{count}\" failures=\"0\" errors=\"{count}\" time=\"0\">\n"
            );
            for failure in failures {
                let (path, message) = (escape(&failure.path), escape(&failure.message));
                text.push_str(&format!(
                    "  <testcase classname=\"{path}\" name=\"readable\" file=\"{path}\" time=\"0\">\n    \
                     <error message=\"{message}\" type=\"error\"/>\n  </testcase>\n"
                ));
            }
            text.push_str("</testsuite>\n");
        }
        text.push_str("</testsuites>\n");
        out.extend_from_slice(text.as_bytes());
    }
}

/// What one rule found in a document.
fn failure(checked: &Checked<'_>, findings: &[&Located<'_>]) -> String {
    let worst = findings.iter().map(|located| located.finding.severity).max();
    let more = match findings.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let lines: Vec<String> = findings
        .iter()
        .map(|located| {
            let finding = located.finding;
            format!("{}: {}: {}", checked.place(located.span), finding.severity.as_str(), finding.message)
        })
        .collect();
    format!(
        "    <failure message=\"{}{more}\" type=\"{}\">{}</failure>\n",
        escape(&findings[0].finding.message),
        worst.map_or("", |severity| severity.as_str()),
        // Line breaks may stand as they are in content.
        lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n"),
    )
}
