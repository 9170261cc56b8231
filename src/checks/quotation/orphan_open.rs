//! `quotation/orphan-open`: a mark that opens, and nothing closes what it opens.

use super::{is_orphan, on_repairs, word_before};
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair, closing_glyph, closing_places};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    document: &Document,
    quotations: &Quotations,
    repair: Repair,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let (Repair::OrphanOpen { stray } | Repair::NeverClosed { open: stray, .. }) = repair else { return None };
    let mark = &quotations.marks()[stray];
    let close = closing_glyph(document, mark.glyph);
    let places = closing_places(document, quotations, stray);
    if matches!(repair, Repair::NeverClosed { .. }) && !is_orphan(document, mark, &places) {
        return None;
    }
    let finding = report.add_summary(mark.span);
    finding.fix(Fix::unsafe_("delete the mark", vec![Edit::delete(mark.span)]));
    for place in places.iter().take(2) {
        let title = format!("keep it, and close the quotation behind `{}`", word_before(document, place.at));
        finding.fix(Fix::display(title, vec![Edit::insert(place.at, close.to_string())]));
    }
    Some(finding)
}
