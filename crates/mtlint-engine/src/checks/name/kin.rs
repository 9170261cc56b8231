//! `name/kin`: a mention that is a name of the text in another form: transliterated anew, cut, turned round.

use super::rewrite;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Document, Kinship};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for kin in document.name_kin() {
        let text = document.slice(kin.span);
        let is_settled = document.glossary().is_some_and(|glossary| glossary.of_letters(text).is_some());
        if is_settled || super::is_denied(document, kin.span) {
            continue;
        }
        let usual = kin.usual.as_str();
        let what = match kin.kind {
            Kinship::Respelt => "letters that stand for the same sounds in another language",
            Kinship::Cut => "its end is gone",
            Kinship::Turned => "its words stand the other way round",
            Kinship::Joined => "its hyphen is gone",
            Kinship::Ending => "the ending of a case in another language hangs on it",
            Kinship::Lost => "a question mark stands for a letter",
        };
        let edits: Vec<Edit> = Edit::minimal(document.text(), kin.span, usual).into_iter().collect();
        report
            .add(kin.span, format!("`{text}` is `{usual}` elsewhere, and nobody else is introduced: {what}"))
            .relate(format!("`{usual}` here"), kin.first)
            .fix(rewrite(document, kin.span, format!("write `{usual}`"), edits));
    }
}
