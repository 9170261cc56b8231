//! `punctuation/stray-apostrophe`: a single mark behind a word that neither quotes, nor possesses, nor
//! leaves out letters.
//!
//! May use `rule`, `document` and `text`.

use crate::document::Document;
use crate::document::quotation::{Mark, Neighbour, Role};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::Edit;

/// Words that are written with an apostrophe at their end: `o’`, `an’`.
const CLIPPED: &str = "clipped-word";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let quotations = document.quotations();
        for (index, mark) in quotations.marks().iter().enumerate() {
            if quotations.role(index) == Role::NoQuotation && is_stray(document, mark) {
                add(mark, report);
            }
        }
    }))
}

fn is_stray(document: &Document, mark: &Mark) -> bool {
    let text = document.text();
    let before = &text[..mark.span.lo()];
    let after = text[mark.span.hi()..].trim_start_matches(' ').chars().next();
    if !mark.family.is_single() || mark.right != Neighbour::Space || !after.is_some_and(char::is_alphanumeric)
    {
        return false;
    }
    match mark.left {
        Neighbour::Pause | Neighbour::Other => true,
        Neighbour::Letter => {
            let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
            is_plain(word) && !document.pack().words(CLIPPED).contains(word)
        }
        _ => false,
    }
}

/// Whether the word is one that nothing is left out of: small letters throughout, of which the last
/// tells neither a plural nor a participle that lost its `g`.
fn is_plain(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.chars().all(char::is_lowercase)
        && letters.chars().count() > 1
        && !letters.ends_with(['s', 'z', 'x'])
        && (letters.len() <= 3 || !letters.ends_with("in"))
}

fn add(mark: &Mark, report: &mut Report<'_>) {
    report.add_summary(mark.span).fix(Fix::unsafe_("delete the mark", vec![Edit::delete(mark.span)]));
}
