//! `name/expansion`: an acronym in brackets behind words that do not spell it.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for expansion in document.names().expansions().iter().filter(|expansion| !expansion.spells) {
        let (acronym, words) = (document.slice(expansion.acronym), document.slice(expansion.expansion));
        let span = expansion.expansion.cover(expansion.acronym);
        // With the bracket that closes, whichever it is.
        let bracket = document.text()[span.hi()..].chars().next().map_or(0, char::len_utf8);
        report.add(
            Span::new(span.lo(), span.hi() + bracket),
            format!(
                "`{acronym}` is not short for `{words}`: the name was translated, and the acronym is that of another \
                 language or of another name"
            ),
        );
    }
}
