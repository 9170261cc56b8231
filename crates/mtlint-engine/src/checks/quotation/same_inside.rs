//! `quotation/same-inside`: a quotation inside a quotation, set in the same marks.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Confidence, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Repair, is_title};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::SameInside { open, close } = repair else { return None };
    if document.pack().nests_same_marks() {
        return None;
    }
    let (open, close) = (&quotations.marks()[open], &quotations.marks()[close]);
    let styles = document.pack().quotation_styles();
    let style = styles.iter().find(|style| style.outer.0 == open.glyph)?;
    if style.inner == style.outer {
        return None;
    }
    let finding = report.add_summary(open.span.cover(close.span));
    if is_title(document, open, close) {
        finding.at_most(Confidence::Low);
    }
    finding.fix(Fix::safe(
        format!("set it in `{}…{}`", style.inner.0, style.inner.1),
        vec![
            Edit::replace(open.span, style.inner.0.to_string()),
            Edit::replace(close.span, style.inner.1.to_string()),
        ],
    ));
    Some(finding)
}
