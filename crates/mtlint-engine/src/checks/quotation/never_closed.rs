//! `quotation/never-closed`: a quotation that nothing closes before its paragraph ends or the next one opens.

use super::{Case, LONGEST, on_repairs, word_before};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Repair, closing_glyph, closing_places};
use mtlint_text::{Edit, Span};

/// How many places are offered at which it may end.
const OFFERED: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::NeverClosed { open, next } = repair else { return None };
    let mark = &quotations.marks()[open];
    let close = closing_glyph(document, mark.glyph);
    let places = closing_places(document, quotations, open);
    let end = places.first().map_or(mark.span.hi(), |place| place.at);
    let span = Span::new(mark.span.lo(), end.max(mark.span.hi()));
    let finding = report.add_summary(if span.len() > LONGEST { mark.span } else { span });
    for (rank, place) in places.iter().take(OFFERED).enumerate() {
        let title = format!("close it with `{close}` behind `{}`", word_before(document, place.at));
        let edits = vec![Edit::insert(place.at, close.to_string())];
        // Where the quotation ends decides what the speaker is made to say.
        finding.fix(if rank == 0 { Fix::unsafe_(title, edits) } else { Fix::display(title, edits) });
    }
    if let Some((at, title)) = places.first().and_then(|best| beside_stop(document, best.at)) {
        finding.fix(Fix::display(title, vec![Edit::insert(at, close.to_string())]));
    }
    finding.fix(Fix::display("delete the mark", vec![Edit::delete(mark.span)]));
    if let Some(next) = next {
        let next = &quotations.marks()[next];
        finding.relate("the next quotation opens here", next.span);
        finding.fix(Fix::display("let it go on, and delete the second mark", vec![Edit::delete(next.span)]));
    }
    Some(finding)
}

/// The other side of the stop beside a place: it may stand before or behind the mark that closes.
fn beside_stop(document: &Document, at: usize) -> Option<(usize, &'static str)> {
    let text = document.text();
    match (text[..at].chars().next_back(), text[at..].chars().next()) {
        (Some('.' | ','), _) => Some((at - 1, "close it before the stop")),
        (_, Some('.' | ',')) => Some((at + 1, "close it behind the stop")),
        _ => None,
    }
}
