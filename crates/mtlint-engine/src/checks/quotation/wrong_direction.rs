//! `quotation/wrong-direction`: the glyph of a mark points the other way than the mark works.

use super::{Case, is_curled_by_editor, on_repairs};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Repair, Role, closing_glyph, opening_glyph};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::WrongDirection { mark } = repair else { return None };
    let opens = quotations.role(mark) == Role::Open;
    let mark = &quotations.marks()[mark];
    if opens && is_curled_by_editor(mark) {
        return None;
    }
    let (glyph, span) = (mark.glyph, mark.span);
    let right = if opens { opening_glyph(document, glyph) } else { closing_glyph(document, glyph) };
    let message = match opens {
        true => format!("`{glyph}` closes a quotation, and here one is opened"),
        false => format!("`{glyph}` opens a quotation, and here one is closed"),
    };
    let finding = report.add(span, message);
    // A mark of which the language knows no other half.
    if right != glyph {
        finding.fix(Fix::safe(format!("write `{right}`"), vec![Edit::replace(span, right.to_string())]));
    }
    Some(finding)
}
