//! Terms of the source whose approved translation is missing.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::terms::says;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(terms) = pair.target().terms().filter(|_| pair.is_translated()) else { return };
    let text = pair.target().text();
    for (term, place) in terms.find(pair.source().text(), pair.target().language()) {
        if term.is_kept()
            || term.approved.is_empty()
            || term.approved.iter().any(|approved| says(text, approved).is_some())
        {
            continue;
        }
        // The forbidden one is another rule's matter.
        if term.forbidden.iter().any(|forbidden| says(text, forbidden).is_some()) {
            continue;
        }
        let message = format!(
            "`{}` is `{}` in the glossary, which the translation does not say",
            term.source,
            term.approved.join("` or `")
        );
        report.add(pair.end(), message).relate_source("the term", Span::new(place.start, place.end));
    }
}
