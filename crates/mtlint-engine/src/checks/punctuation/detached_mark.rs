//! A closing mark by itself on the line below its text. May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_text::{Edit, Span};

/// What closes, in any language, where it stands by itself.
const CLOSING: [char; 12] = ['"', '”', '’', '»', '“', '」', '』', ')', '）', ']', '》', '«'];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let text = document.text();
    // Lines, not blocks: a line of a paragraph may hold the mark alone.
    let mut start = 0;
    let mut end_before = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let lo = start + line.len() - line.trim_start().len();
        start += line.len();
        if trimmed.is_empty() {
            continue;
        }
        let span = Span::new(lo, lo + trimmed.len());
        let is_closing = trimmed.chars().count() <= 3
            && trimmed.chars().all(|c| CLOSING.contains(&c) || ".,;".contains(c))
            && trimmed.chars().any(|c| CLOSING.contains(&c));
        if let Some(before) = end_before.filter(|_| is_closing && !document.mask().covers(span)) {
            let finding = report.add_summary(span);
            let gap = Span::new(before, lo);
            finding.fix(Fix::unsafe_("join it to the line above", vec![Edit::delete(gap)]));
        }
        end_before = Some(span.hi());
    }
}
