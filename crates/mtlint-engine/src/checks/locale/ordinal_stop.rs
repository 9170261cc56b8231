//! An ordinal number with a full stop, as German, Czech or Danish write it: `her 9. title`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use super::ordinal_ending;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::NumberStyle;
use mtlint_text::Edit;

const DETERMINERS: &str = "determiner";
/// Words that stand before a date: `on`, `until`.
const DATED: &str = "date-preposition";
const MONTHS: &str = "month";
const FUNCTION_WORDS: &str = "function-words";

/// How many digits an ordinal number has at most.
const LONGEST: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let style = document.pack().numbers();
        if let Some(style) = style.filter(|style| !style.ordinal_stop && !style.ordinal_endings.is_empty()) {
            check(document, style, block, report);
        }
    }))
}

fn check(document: &Document, style: &NumberStyle, block: &Block, report: &mut Report<'_>) {
    for window in document.tokens_of(block).windows(4) {
        let &[before, number, stop, after] = window else { continue };
        if number.kind != TokenKind::Number
            || number.span.len() > LONGEST
            || !document.is_ascii_mark(stop, b'.')
        {
            continue;
        }
        let digits = document.slice(number.span);
        if stop.span.lo() != number.span.hi()
            || after.span.lo() != stop.span.hi() + 1
            || !is_ordinal_place(document, before, after)
            || document.mask().covers(number.span)
        {
            continue;
        }
        let Some(ending) = ordinal_ending(style, digits) else { continue };
        report
            .add(
                number.span.cover(stop.span),
                format!("`{digits}.` is how other languages write `{digits}{ending}`; here the stop ends a sentence"),
            )
            .fix(Fix::unsafe_(format!("write `{digits}{ending}`"), vec![Edit::replace(stop.span, ending)]));
    }
}

/// Whether the words on either side make a cardinal number impossible: `her 9. title`, `3. October`, `the 94. Congress`.
fn is_ordinal_place(document: &Document, before: Token, after: Token) -> bool {
    let pack = document.pack();
    let month = after.kind == TokenKind::Capitalised && document.is_listed(after, MONTHS);
    let before = document.slice(before.span);
    let determined = pack.words(DETERMINERS).contains(before);
    // A sentence may end in a number with its article and go on with a function word: `on the 2. And then`.
    let is_noun =
        after.kind == TokenKind::Capitalised && !document.is_listed(after, FUNCTION_WORDS) && !month;
    determined && (after.is_small || is_noun && is_common(document, after))
        || month && (determined || pack.words(DATED).contains(before))
}

/// Whether a word with a capital is a noun that the language knows: one that ordinal numbers count.
fn is_common(document: &Document, word: Token) -> bool {
    use mtlint_lang::tagger::PartOfSpeech;
    document
        .word_form(word)
        .is_some_and(|form| matches!(form.usual.part(), PartOfSpeech::Noun | PartOfSpeech::ProperNoun))
}
