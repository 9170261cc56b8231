//! `quotation/orphan-open`: a mark that opens, and nothing closes what it opens.

use super::{on_repairs, word_before};
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair, closing_glyph, closing_places};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::OrphanOpen { stray } = repair else { return };
    let mark = &quotations.marks()[stray];
    let close = closing_glyph(document, mark.glyph);
    let finding = report.add_summary(mark.span);
    finding.fix(Fix::unsafe_("delete the mark", vec![Edit::delete(mark.span)]));
    for place in closing_places(document, quotations, stray).iter().take(2) {
        let title = format!("keep it, and close the quotation behind `{}`", word_before(document, place.at));
        finding.fix(Fix::display(title, vec![Edit::insert(place.at, close.to_string())]));
    }
}
