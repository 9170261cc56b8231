//! The end of a verb, or its auxiliaries, that stand alone as a sentence: `ing.`, `Has been.`, `Was held.`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Document, LeftoverKind, TokenKind};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for leftover in document.leftovers().iter().filter(|leftover| leftover.is_plain) {
        let what = match leftover.kind {
            LeftoverKind::Ending => "the end of a verb",
            LeftoverKind::Auxiliaries => "part of a verb",
            LeftoverKind::Predicate => "a verb without a subject",
            LeftoverKind::Reporting(_) | LeftoverKind::FunctionWords => continue,
        };
        let text = document.slice(leftover.span);
        let finding = report.add(
            leftover.span,
            format!(
                "`{text}` is {what} and no sentence: the source language puts it last, and it was translated by \
                 itself; delete it"
            ),
        );
        // “There is.” may answer a sentence that denies it.
        if leftover.first.kind != TokenKind::Lower {
            finding.at_most(Confidence::Medium);
        }
        finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(leftover.with_gap)]));
    }
}
