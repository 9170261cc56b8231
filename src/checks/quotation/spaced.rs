//! `quotation/spaced`: a space between a mark and the quotation it belongs to.

use super::on_repairs;
use crate::document::Document;
use crate::document::quotation::{Family, Neighbour, Quotations, Repair, Role};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::Spaced { mark } = repair else { return };
    let opens = quotations.role(mark) == Role::Open;
    let mark = &quotations.marks()[mark];
    if matches!(mark.family, Family::Guillemet | Family::Straight) && document.pack().spaces_quotations() {
        return;
    }
    let text = document.text();
    let is_space = |c: char| c.is_whitespace() && c != '\n' && c != '\r';
    let gap = if opens {
        let after = &text[mark.span.hi()..];
        Span::new(mark.span.hi(), mark.span.hi() + (after.len() - after.trim_start_matches(is_space).len()))
    } else {
        Span::new(text[..mark.span.lo()].trim_end_matches(is_space).len(), mark.span.lo())
    };
    if gap.is_empty() {
        return;
    }
    let message = match opens {
        true => "a space between the mark and the quotation it opens",
        false => "a space between the quotation and the mark that closes it",
    };
    // A mark set the wrong way round needs the space on its other side.
    let outside = match (opens, mark.left, mark.right) {
        (true, left, _) if left.is_word() => Some(mark.span.lo()),
        (false, _, Neighbour::Letter | Neighbour::Digit) => Some(mark.span.hi()),
        _ => None,
    };
    let edits = [Edit::delete(gap)].into_iter().chain(outside.map(|at| Edit::insert(at, " "))).collect();
    report.add(gap.cover(mark.span), message).fix(Fix::safe("close up the space", edits));
}
