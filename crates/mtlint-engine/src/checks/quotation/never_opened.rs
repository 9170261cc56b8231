//! `quotation/never-opened`: a quotation whose first mark is missing.

use super::{Case, LONGEST, close_later, from_stop, on_repairs, with_gap, word_behind};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Repair, opening_glyph, opening_places};
use mtlint_text::{Edit, Span};

/// How many places are offered at which it may begin.
const OFFERED: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::NeverOpened { close } = repair else { return None };
    let mark = &quotations.marks()[close];
    let open = opening_glyph(document, mark.glyph);
    let places = opening_places(document, quotations, close);
    let start = places.first().map_or(mark.span.lo(), |place| place.at);
    let span = Span::new(start.min(mark.span.lo()), mark.span.hi());
    let finding =
        report.add_summary(if span.len() > LONGEST { from_stop(document, mark.span) } else { span });
    for (rank, place) in places.iter().take(OFFERED).enumerate() {
        let title = format!("open it with `{open}` before `{}`", word_behind(document, place.at));
        let edits = vec![Edit::insert(place.at, open.to_string())];
        // Where the quotation begins decides what the speaker is made to say.
        finding.fix(if rank == 0 { Fix::unsafe_(title, edits) } else { Fix::display(title, edits) });
    }
    finding.fix(Fix::display("delete the mark", vec![Edit::delete(with_gap(document, mark))]));
    if let Some((before, fix)) = close_later(document, quotations, close) {
        finding.relate("a quotation is closed here", before.span);
        finding.fix(fix);
    }
    Some(finding)
}
