//! `name/glossary`: a name that is not written as the user's glossary has it.

use super::rewrite;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(glossary) = document.glossary() else { return };
    for (span, entry) in document.names_against(glossary) {
        let (text, approved) = (document.slice(span), &entry.approved);
        report.add(span, format!("`{text}`: the glossary has `{approved}`")).fix(rewrite(
            document,
            span,
            format!("write `{approved}`"),
            vec![Edit::replace(span, approved.as_str())],
        ));
    }
}
