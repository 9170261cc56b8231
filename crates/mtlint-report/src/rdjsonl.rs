//! `--format rdjsonl`: the Diagnostic Format of reviewdog, an object a line. Columns count bytes.

use super::level::Level;
use super::{Format, json};
use mtlint_engine::lint::Checked;
use mtlint_engine::lint::Region;
use mtlint_engine::rule::{Applicability, Fix};
use mtlint_text::{Edit, Position, Span, apply_edits};
use serde_json::{Value, json};

/// A line a finding.
#[derive(Debug)]
pub struct Rdjsonl;

impl Format for Rdjsonl {
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        for located in &checked.findings {
            let severity = match Level::of(located.finding.severity) {
                Level::Error => "ERROR",
                Level::Warning => "WARNING",
                Level::Note => "INFO",
            };
            let mut diagnostic = json!({
                "message": checked.message(located),
                "location": location(checked, located.span),
                "severity": severity,
                "source": { "name": "mtlint" },
                "code": { "value": located.rule.id.as_str() },
            });
            // A suggestion edits the file, and the text of a record is not that of the file.
            if checked.edits_file() {
                let fixes = located.fixes.iter().filter(|fix| fix.applicability > Applicability::Display);
                let suggestions: Vec<Value> = fixes.filter_map(|fix| suggestion(checked, fix)).collect();
                if !suggestions.is_empty() {
                    diagnostic["suggestions"] = suggestions.into();
                }
                let related: Vec<Value> = located
                    .related
                    .iter()
                    .map(|related| {
                        json!({ "message": related.message, "location": location(checked, related.span) })
                    })
                    .collect();
                if !related.is_empty() {
                    diagnostic["related_locations"] = related.into();
                }
            }
            json::write(&diagnostic, out);
            out.push(b'\n');
        }
    }
}

fn location(checked: &Checked<'_>, span: Span) -> Value {
    json!({ "path": checked.path, "range": range(checked.region(span)) })
}

fn range(region: Region) -> Value {
    match region.columns {
        // Without columns the whole line is meant.
        None => json!({ "start": { "line": region.line } }),
        Some((start, end)) => json!({ "start": position(start), "end": position(end) }),
    }
}

fn position(position: Position) -> Value {
    json!({ "line": position.line, "column": position.utf8 + 1 })
}

/// The fix as one replacement: a suggestion cannot hold several.
fn suggestion(checked: &Checked<'_>, fix: &Fix) -> Option<Value> {
    let cover = fix.edits.iter().map(|edit| edit.span).reduce(Span::cover)?;
    let within = |edit: &Edit| {
        let span = Span::new(edit.span.lo() - cover.lo(), edit.span.hi() - cover.lo());
        Edit::replace(span, edit.insert.clone())
    };
    let edits: Vec<Edit> = fix.edits.iter().map(within).collect();
    let text = apply_edits(cover.of(checked.text()), &edits).ok()?;
    Some(json!({ "range": range(checked.region(cover)), "text": text }))
}
