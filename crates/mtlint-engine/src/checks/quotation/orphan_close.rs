//! `quotation/orphan-close`: a mark that closes, and nothing is open.

use super::{Case, close_later, from_stop, on_repairs, with_gap, word_behind};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Repair, opening_glyph, opening_places};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::OrphanClose { stray } = repair else { return None };
    let mark = &quotations.marks()[stray];
    let gap = with_gap(document, mark);
    let finding = report.add_summary(from_stop(document, gap));
    let space =
        (gap.start < mark.span.start).then(|| Edit::delete(Span { start: gap.start, end: mark.span.start }));
    let open = opening_glyph(document, mark.glyph);
    let places = opening_places(document, quotations, stray);
    let opened: Vec<Fix> = places
        .iter()
        .take(2)
        .map(|place| {
            let title =
                format!("keep it, and open the quotation before `{}`", word_behind(document, place.at));
            let edits = [Edit::insert(place.at, open.to_string())].into_iter().chain(space.clone()).collect();
            Fix::display(title, edits)
        })
        .collect();
    // The mark may be what tells of a quotation whose beginning was lost.
    let delete = Fix::unsafe_("delete the mark", vec![Edit::delete(gap)]);
    let is_announced = places.first().is_some_and(|place| place.score >= ANNOUNCED);
    let at = if is_announced { opened.len().min(1) } else { 0 };
    let (first, rest) = opened.split_at(at);
    for fix in first.iter().cloned().chain([delete]).chain(rest.iter().cloned()) {
        finding.fix(fix);
    }
    if let Some((before, fix)) = close_later(document, quotations, stray) {
        finding.relate("a quotation is closed here", before.span);
        finding.fix(fix);
    }
    Some(finding)
}

/// From which score on it is plain that a quotation begins at a place: somebody is about to speak there.
const ANNOUNCED: i32 = 600;
