//! `quotation/doubled-close`: two marks close where one does.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::Repair;
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::DoubledClose { kept, stray } = repair else { return None };
    let (first, second) = (&quotations.marks()[kept.min(stray)], &quotations.marks()[kept.max(stray)]);
    let between = Span { start: first.span.end, end: second.span.start };
    let stop: String = document.slice(between).chars().filter(|c| !c.is_whitespace()).collect();
    let finding = report.add_summary(super::from_stop(document, first.span.cover(second.span)));
    if stop.is_empty() {
        let glyph = quotations.marks()[kept].glyph;
        let both = Span { start: first.span.start, end: second.span.end };
        let edit = Edit::minimal(document.text(), both, &glyph.to_string());
        finding.fix(Fix::safe("keep one mark", edit.into_iter().collect()));
        return Some(finding);
    }
    // A stop between the two tells of two conventions, one of which the document keeps.
    let after = &document.text()[second.span.hi()..];
    let behind = if after.starts_with(stop.as_str()) { "" } else { stop.as_str() };
    let outside = Edit::replace(Span { start: first.span.end, end: second.span.end }, behind);
    let inside = Edit::replace(first.span.cover(second.span), format!("{stop}{}", second.glyph));
    let mut fixes =
        [Fix::safe("keep the first mark", vec![outside]), Fix::safe("keep the last mark", vec![inside])];
    if quotations.stops_stand_inside() && !behind.is_empty() {
        fixes.reverse();
    }
    finding.fixes.extend(fixes);
    Some(finding)
}
