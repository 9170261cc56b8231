//! `quotation/doubled-open`: two marks open where one does.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::Repair;
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document: _, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::DoubledOpen { kept, stray } = repair else { return None };
    let (kept, stray) = (&quotations.marks()[kept], &quotations.marks()[stray]);
    let finding = report.add_summary(kept.span.cover(stray.span));
    Some(finding.fix(Fix::safe(
        "keep one mark",
        vec![Edit::delete(Span { start: kept.span.end, end: stray.span.end })],
    )))
}
