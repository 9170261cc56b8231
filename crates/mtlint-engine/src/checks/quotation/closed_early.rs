//! `quotation/closed-early`: the quotation goes on behind a mark that closes it.

use super::{Case, LONGEST, from_stop, keep_last, on_repairs, with_gap};
use crate::rule::{CodeCheck, Confidence, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::Repair;
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::ClosedEarly { open, early, close } = repair else { return None };
    let [open, early, close] = [open, early, close].map(|mark| &quotations.marks()[mark]);
    let span = from_stop(document, early.span.cover(close.span));
    // A quotation of paragraphs is marked where it is closed early: nobody looks for it at its end.
    let span = if span.len() > LONGEST { from_stop(document, early.span) } else { span };
    let finding = report.add_summary(span);
    if close.span.lo() - early.span.hi() > LONGEST {
        finding.at_most(Confidence::Low);
    }
    finding.relate("the quotation opens here", open.span);
    if span.end < close.span.end {
        finding.relate("and is closed again here", close.span);
    }
    finding.fix(Fix::unsafe_("let the quotation go on to the last mark", keep_last(document, early, close)));
    finding.fix(Fix::unsafe_(
        "let the quotation end at the first mark",
        vec![Edit::delete(with_gap(document, close))],
    ));
    Some(finding)
}
