//! `name/misspelt`: one mention of a name that the text spells otherwise time and again.

use super::rewrite;
use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::{Document, NameSlip, SlipKind};
use mtlint_text::Edit;

/// How often the usual spelling stands there for the finding to be sure.
const SURE: u32 = 6;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for slip in document.name_slips() {
        let is_settled = document
            .glossary()
            .is_some_and(|glossary| glossary.of_letters(document.slice(slip.span)).is_some());
        if !is_settled && !super::is_denied(document, slip.span) {
            add(document, slip, report);
        }
    }
}

fn add(document: &Document, slip: &NameSlip, report: &mut Report<'_>) {
    let (text, usual) = (document.slice(slip.span), document.slice(slip.usual));
    let what = match slip.kind {
        SlipKind::Letter => "a letter was lost, added or changed",
        SlipKind::Ending => "an ending of another language hangs on it",
        SlipKind::Space => "it fell apart",
    };
    let message = format!("`{text}` is `{usual}` elsewhere, {} times: {what}", slip.count);
    let finding = report.add(slip.span, message);
    if slip.count < SURE {
        finding.at_most(Confidence::Medium);
    }
    let edits: Vec<Edit> = Edit::minimal(document.text(), slip.span, usual).into_iter().collect();
    finding.relate(format!("`{usual}` here"), slip.usual).fix(rewrite(
        document,
        slip.span,
        format!("write `{usual}`"),
        edits,
    ));
}
