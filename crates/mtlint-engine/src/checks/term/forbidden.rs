//! Translations of a term that the glossary forbids.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::terms::says;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(terms) = pair.target().terms() else { return };
    let text = pair.target().text();
    for (term, place) in terms.find(pair.source().text(), pair.target().language()) {
        for span in term.forbidden.iter().filter_map(|forbidden| says(text, forbidden)) {
            let message = match term.approved.as_slice() {
                [] => format!("the glossary forbids this for `{}`", term.source),
                approved => {
                    format!("the glossary forbids this for `{}`: `{}`", term.source, approved.join("` or `"))
                }
            };
            report.add(span, message).relate_source("the term", Span::new(place.start, place.end));
        }
    }
}
