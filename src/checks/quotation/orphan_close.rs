//! `quotation/orphan-close`: a mark that closes, and nothing is open.

use super::{from_stop, on_repairs, with_gap, word_behind};
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair, opening_glyph, opening_places};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::OrphanClose { stray } = repair else { return };
    let mark = &quotations.marks()[stray];
    let gap = with_gap(document, mark);
    let finding = report.add_summary(from_stop(document, gap));
    // The mark may be what tells of a quotation whose beginning was lost.
    finding.fix(Fix::unsafe_("delete the mark", vec![Edit::delete(gap)]));
    let space = (gap.start < mark.span.start).then(|| Edit::delete(Span { start: gap.start, end: mark.span.start }));
    let open = opening_glyph(document, mark.glyph);
    for place in opening_places(document, quotations, stray).iter().take(2) {
        let title = format!("keep it, and open the quotation before `{}`", word_behind(document, place.at));
        let edits = [Edit::insert(place.at, open.to_string())].into_iter().chain(space.clone()).collect();
        finding.fix(Fix::display(title, edits));
    }
}
