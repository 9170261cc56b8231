//! `quotation/closed-late`: a quotation that took in the clause which attributes it.

use super::{Case, LONGEST, from_stop, on_repairs, word_before};
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
    let Repair::ClosedLate { open, close, at } = repair else { return None };
    let [open, close] = [open, close].map(|mark| &quotations.marks()[mark]);
    let span = Span::new(at, close.span.hi());
    let finding =
        report.add_summary(from_stop(document, if span.len() > LONGEST { close.span } else { span }));
    finding.relate("the quotation opens here", open.span);
    let title = format!("close it behind `{}`", word_before(document, at));
    let glyph = document.slice(close.span).to_owned();
    finding.fix(Fix::unsafe_(title, vec![Edit::insert(at, glyph), Edit::delete(close.span)]));
    Some(finding)
}
