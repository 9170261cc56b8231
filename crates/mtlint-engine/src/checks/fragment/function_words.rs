//! Function words that stand as a sentence: `From.`, `In the case of.`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, LeftoverKind};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let leftovers = document.leftovers().iter();
    for leftover in leftovers.filter(|it| it.is_plain && it.kind == LeftoverKind::FunctionWords) {
        let text = document.slice(leftover.span);
        report
            .add(
                leftover.span,
                format!(
                    "`{text}` leads to words that do not come: a piece of the sentence before it that was translated by \
                     itself; delete it"
                ),
            )
            .fix(Fix::unsafe_("delete it", vec![Edit::delete(leftover.with_gap)]));
    }
}
