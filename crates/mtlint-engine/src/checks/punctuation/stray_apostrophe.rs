//! `punctuation/stray-apostrophe`: a single mark behind a word that neither quotes, nor possesses, nor
//! leaves out letters.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Mark, Neighbour, Role};
use mtlint_text::Edit;

/// Words that are written with an apostrophe at their end: `o’`, `an’`.
const CLIPPED: &str = "clipped-word";
const FUNCTION_WORDS: &str = "function-words";
/// Words that follow no possessive, for a noun must.
const GOES_ON: &str = "after-noun-word";

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
    if !mark.family.is_single()
        || mark.right != Neighbour::Space
        || !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '—'))
    {
        return false;
    }
    match mark.left {
        Neighbour::Pause | Neighbour::Other => true,
        Neighbour::Letter => {
            let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
            let next = text[mark.span.hi()..].trim_start_matches(' ');
            // `in-app` is one word.
            let next = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
            !document.pack().words(CLIPPED).contains(word)
                && (is_plain(word) || possesses_nothing(document, word, next))
                && !is_before_foreign_word(document, mark)
        }
        _ => false,
    }
}

/// Whether the word after the mark is another language's: `Ich hab’ das`.
fn is_before_foreign_word(document: &Document, mark: &Mark) -> bool {
    let tokens = document.tokens();
    let next = tokens.get(tokens.partition_point(|token| token.span.start < mark.span.end));
    next.is_some_and(|token| {
        let own = document.language();
        own.is_some() && document.pack().telling_words().is_of_others(document.slice(token.span), own)
    })
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

/// Whether the word ends as a possessive does and none can be meant: it is a function word, it has that
/// ending before, or what follows is no noun.
fn possesses_nothing(document: &Document, word: &str, next: &str) -> bool {
    let words = |list| document.pack().words(list);
    // Not a soft sign of Russian: `Kazan’`.
    let name =
        word.starts_with(char::is_uppercase) && word.ends_with(['a', 'e', 'i', 'o', 'u', 'k', 'g', 'm', 'p']);
    name && word.chars().nth(3).is_some() && words(FUNCTION_WORDS).contains(next)
        || word.ends_with('s')
            && (words(FUNCTION_WORDS).contains(word)
                || word.ends_with("'s")
                || word.ends_with("’s")
                || word.chars().all(char::is_lowercase) && words(GOES_ON).contains(next))
}

fn add(mark: &Mark, report: &mut Report<'_>) {
    report.add_summary(mark.span).fix(Fix::unsafe_("delete the mark", vec![Edit::delete(mark.span)]));
}
