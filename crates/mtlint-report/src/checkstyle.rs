//! `--format checkstyle`: the XML of Checkstyle, which many dashboards read.

use super::level::Level;
use super::xml::escape;
use super::{Format, Summary};
use mtlint_engine::lint::Checked;

/// A `file` element a document.
#[derive(Debug)]
pub struct Checkstyle;

impl Format for Checkstyle {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let mut text = format!("<file name=\"{}\">\n", escape(checked.path));
        for located in &checked.findings {
            let region = checked.region(located.span);
            let column =
                region.columns.map_or(String::new(), |(start, _)| format!(" column=\"{}\"", start.column));
            let severity = match Level::of(located.finding.severity) {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "info",
            };
            text.push_str(&format!(
                "  <error line=\"{}\"{column} severity=\"{severity}\" message=\"{}\" source=\"mtlint.{}\"/>\n",
                region.line,
                escape(&checked.message(located)),
                escape(&located.rule.id.as_str().replace('/', ".")),
            ));
        }
        text.push_str("</file>\n");
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&self, _summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</checkstyle>\n");
    }
}
