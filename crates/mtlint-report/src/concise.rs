//! `--format concise`: a line a finding, `path:line:column: severity[rule] message`.

use super::style::{self, Paint};
use super::{Format, Summary};
use mtlint_engine::lint::Checked;
use mtlint_text::visible;

/// A line a finding.
#[derive(Clone, Copy, Debug)]
pub struct Concise {
    pub paint: Paint,
}

impl Format for Concise {
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let mut text = String::new();
        for located in &checked.findings {
            let finding = located.finding;
            self.paint.push(&mut text, style::BOLD, &checked.place(located.span));
            text.push_str(": ");
            let name = format!("{}[{}]", finding.severity.as_str(), located.rule.id);
            self.paint.push(&mut text, style::severity(finding.severity), &name);
            text.push(' ');
            text.push_str(&visible(&finding.message));
            text.push('\n');
        }
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(super::summary::closing(summary, self.paint, usize::MAX).as_bytes());
    }
}
