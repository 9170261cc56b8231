//! A quotation in other marks than all others of the text: one `"…"` among many `“…”`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::Mark;
use mtlint_text::Edit;

/// How many quotations in the usual marks make them the practice of the text.
const PRACTICE: usize = 5;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let quotations = document.quotations();
    let marks = quotations.marks();
    let usual = quotations.usual_glyphs();
    let styles = document.pack().quotation_styles();
    let outer = quotations.quotations().iter().filter(|quotation| quotation.depth == 0);
    let (same, odd): (Vec<_>, Vec<_>) = outer
        .filter_map(|quotation| Some((marks[quotation.open], marks[quotation.close?])))
        .filter(|(open, _)| !open.family.is_single())
        .partition(|(open, _): &(Mark, Mark)| open.glyph == usual.0);
    // Marks of another language are another rule's matter.
    let native = |open: &Mark| styles.iter().any(|style| style.outer.0 == open.glyph);
    let odd: Vec<&(Mark, Mark)> =
        odd.iter().filter(|(open, close)| native(open) && open.family == close.family).collect();
    if same.len() < PRACTICE.max(odd.len() * 5) {
        return;
    }
    for (open, close) in odd {
        report
            .add(open.span, format!("`{}` among quotations in `{}…{}`", open.glyph, usual.0, usual.1))
            .relate("its other mark", close.span)
            .fix(Fix::unsafe_(
                format!("write `{}…{}`", usual.0, usual.1),
                vec![
                    Edit::replace(open.span, usual.0.to_string()),
                    Edit::replace(close.span, usual.1.to_string()),
                ],
            ));
    }
}
