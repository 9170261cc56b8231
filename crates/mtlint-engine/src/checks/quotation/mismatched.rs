//! `quotation/mismatched`: opened in one style and closed in another.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Quotations, Repair, closing_glyph, opening_glyph};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::Mismatched { open, close } = repair else { return None };
    let (open, close) = (&quotations.marks()[open], &quotations.marks()[close]);
    // The mark that the document, or its language, uses elsewhere is the one to keep.
    let keeps_close = opening_glyph(document, close.glyph) == quotations.usual_glyphs().0
        || !is_native(document, open.glyph);
    let (wrong, other, right) = match keeps_close {
        true => (open, close, opening_glyph(document, close.glyph)),
        false => (close, open, closing_glyph(document, open.glyph)),
    };
    let message = format!("the quotation is opened with `{}` and closed with `{}`", open.glyph, close.glyph);
    let finding = report.add(wrong.span, message);
    finding.relate("its other mark", other.span);
    // An editor that sets curly marks as one types leaves `"…”`, too, and more than once.
    if weight(open.glyph).is_some_and(|it| weight(close.glyph) == Some(it)) && !is_only_one(quotations) {
        finding.only_in_company();
    }
    finding.fix(Fix::safe(format!("write `{right}`"), vec![Edit::replace(wrong.span, right.to_string())]));
    let other_right = match keeps_close {
        true => closing_glyph(document, open.glyph),
        false => opening_glyph(document, close.glyph),
    };
    let edits = vec![Edit::replace(other.span, other_right.to_string())];
    finding.fix(Fix::display(format!("write `{other_right}` at its other end"), edits));
    Some(finding)
}

/// Whether one quotation alone has marks of two styles.
fn is_only_one(quotations: &Quotations) -> bool {
    quotations.count(Repair::Mismatched { open: 0, close: 0 }) == 1
}

/// Whether an English mark is single or double.
fn weight(glyph: char) -> Option<u8> {
    match glyph {
        '\'' | '‘' | '’' => Some(1),
        '"' | '“' | '”' => Some(2),
        _ => None,
    }
}

fn is_native(document: &Document, open: char) -> bool {
    document.pack().quotation_styles().iter().any(|style| style.outer.0 == open || style.inner.0 == open)
}
