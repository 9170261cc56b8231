//! `name/glossary`: a name that is not written as the user's glossary has it.

use super::rewrite;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::GlossaryEntry;
use mtlint_text::{Edit, Span};
use std::collections::BTreeMap;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(glossary) = document.glossary() else { return };
    let mut found: BTreeMap<Span, &GlossaryEntry> = glossary.rejected_in(document.text()).collect();
    for mention in document.names().mentions() {
        let name = document.slice(mention.span);
        // A heading may set all its words in capitals.
        let counts = |entry: &&GlossaryEntry| {
            entry.approved != name
                && !(mention.in_heading && entry.approved.to_lowercase() == name.to_lowercase())
        };
        if let Some(entry) = glossary.of_letters(name).filter(counts) {
            found.entry(mention.span).or_insert(entry);
        }
    }
    // What another spelling of an approved name is, the glossary need not say.
    for deviation in document.deviating_names() {
        for (mention, other) in [(deviation.mention, deviation.preferred)] {
            if let Some(entry) = glossary.of_letters(other).filter(|entry| entry.approved == other) {
                found.entry(mention.span).or_insert(entry);
            }
        }
    }
    for (span, entry) in found {
        let (text, approved) = (document.slice(span), &entry.approved);
        if document.mask().covers(span) || text == approved {
            continue;
        }
        report.add(span, format!("`{text}`: the glossary has `{approved}`")).fix(rewrite(
            document,
            span,
            format!("write `{approved}`"),
            vec![Edit::replace(span, approved.as_str())],
        ));
    }
}
