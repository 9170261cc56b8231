//! An ordinal number with a full stop, as German, Czech or Danish write it: `her 9. title`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::NumberStyle;
use mtlint_text::Edit;

const DETERMINERS: &str = "determiner";
/// Words that stand before a date: `on`, `until`.
const DATED: &str = "date-preposition";
const MONTHS: &str = "month";

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
        if number.kind != TokenKind::Number || number.span.len() > 2 || !document.is_ascii_mark(stop, b'.') {
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
        let Some(ending) = ending(style, digits) else { continue };
        report
            .add(
                number.span.cover(stop.span),
                format!("`{digits}.` is how other languages write `{digits}{ending}`; here the stop ends a sentence"),
            )
            .fix(Fix::unsafe_(format!("write `{digits}{ending}`"), vec![Edit::replace(stop.span, ending)]));
    }
}

/// Whether the words on either side make a cardinal number impossible: `her 9. title`, `3. October`.
fn is_ordinal_place(document: &Document, before: Token, after: Token) -> bool {
    let pack = document.pack();
    let month = after.kind == TokenKind::Capitalised && document.is_listed(after, MONTHS);
    let before = document.slice(before.span);
    let determined = pack.words(DETERMINERS).contains(before);
    determined && after.is_small || month && (determined || pack.words(DATED).contains(before))
}

/// What the language writes behind the digits of an ordinal number.
fn ending<'s>(style: &'s NumberStyle, digits: &str) -> Option<&'s str> {
    let number: usize = digits.parse().ok()?;
    let place = if (11..=13).contains(&(number % 100)) { 0 } else { number % 10 };
    style.ordinal_endings.get(place).or(style.ordinal_endings.last()).map(String::as_str)
}
