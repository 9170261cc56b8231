//! `quotation/reopened`: a mark opens a quotation that is open already.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Confidence, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Mark, Repair, is_title};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::Reopened { open, stray } = repair else { return None };
    let next = quotations.marks().get(stray + 1);
    let (open, stray) = (&quotations.marks()[open], &quotations.marks()[stray]);
    let finding = report.add_summary(stray.span);
    if is_inner(document, stray, next) {
        finding.at_most(Confidence::Low);
    }
    finding.relate("the quotation opens here", open.span);
    finding.fix(Fix::unsafe_("delete the second mark", vec![Edit::delete(stray.span)]));
    Some(finding)
}

/// Whether the mark opens a quotation of its own: after a colon or a dash, or around a few words.
fn is_inner(document: &Document, stray: &Mark, next: Option<&Mark>) -> bool {
    document.text()[..stray.span.lo()].trim_end().ends_with([':', '—', '–'])
        || next.is_some_and(|next| next.is_set_to_close() && is_title(document, stray, next))
}
