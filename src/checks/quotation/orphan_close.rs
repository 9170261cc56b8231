//! `quotation/orphan-close`: a mark that closes, and nothing is open.

use super::{from_stop, on_repairs, with_gap};
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair};
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
    let delete = vec![Edit::delete(gap)];
    if gap.start < mark.span.start {
        finding.fix(Fix::safe("delete the mark", delete));
        let close_up = Edit::delete(Span { start: gap.start, end: mark.span.start });
        finding.fix(Fix::display("keep the mark and open the quotation where it begins", vec![close_up]));
    } else {
        finding.fix(Fix::unsafe_("delete the mark", delete));
    }
}
