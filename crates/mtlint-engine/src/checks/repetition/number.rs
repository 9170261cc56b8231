//! One number in digits and again in words beside it: `5 five boats`, `twelve 12`.
//!
//! Contracts set one of the two in brackets; side by side, with nothing but a space between, a system has translated the
//! number and copied it. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::{Amount, ValueWords};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let values = ValueWords::of(document.language());
        if values.is_known && block.kind != BlockKind::TableCell {
            check(document, values, block, report);
        }
    }))
}

fn check(document: &Document, values: &ValueWords, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Number) {
        let digits = document.slice(token.span);
        // `1 one` may be a name of a thing and the pronoun.
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits == "1" {
            continue;
        }
        let amount = Amount::of_digits(digits.bytes().map(|byte| byte - b'0'), 0);
        let says = |other: &&Token| {
            other.kind.is_word()
                && values.cardinal(&document.slice(other.span).to_lowercase()) == Some(amount)
        };
        let is_beside = |a: Token, b: Token| document.text().get(a.span.hi()..b.span.lo()) == Some(" ");
        let behind = tokens.get(at + 1).filter(says).filter(|next| is_beside(*token, **next));
        let before =
            || at.checked_sub(1).map(|at| &tokens[at]).filter(says).filter(|it| is_beside(**it, *token));
        let Some(word) = behind.or_else(before) else {
            if let Some((kept, other)) = with_units(document, tokens, at, |token| says(&token)) {
                tell(document, kept, other, report);
            }
            continue;
        };
        // `5 five-year plans`, `twenty five 5`: a part of a longer number or word is another one.
        let (first, last) = if word.span.lo() > token.span.lo() { (token, word) } else { (word, token) };
        let whole = first.span.cover(last.span);
        let text = document.text();
        let is_tied = |c: char| matches!(c, '-' | '‐' | '‑' | '/' | ':' | '.' | ',');
        let goes_on = |rest: &str| {
            rest.strip_prefix(is_tied).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        };
        let is_number = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at)).is_some_and(|token| {
                token.kind == TokenKind::Number
                    || !values.numbers(&document.slice(token.span).to_lowercase()).is_empty()
            })
        };
        let first_at = if first.span == token.span { at } else { at - 1 };
        if text[..whole.lo()].ends_with(|c: char| is_tied(c) || c.is_alphanumeric())
            || goes_on(&text[whole.hi()..])
            || is_number(first_at.checked_sub(1))
            || is_number(Some(first_at + 2))
            || document.mask().covers(whole)
        {
            continue;
        }
        let keep = |kept: &Token| {
            Fix::unsafe_(
                format!("keep `{}`", document.slice(kept.span)),
                vec![Edit::replace(whole, document.slice(kept.span))],
            )
        };
        report
            .add(whole, format!("`{}` is one number, in digits and in words", document.slice(whole)))
            .fix(keep(token))
            .fix(keep(word));
    }
}

/// How many words a unit has at most: `per cent`.
const LONGEST_UNIT: usize = 2;

/// An amount in digits at `at` and the same in words, both with their unit: `eight per cent 8 per cent`. The first is the one
/// that stands first.
fn with_units(
    document: &Document,
    tokens: &[Token],
    at: usize,
    says: impl Fn(&Token) -> bool,
) -> Option<(Span, Span)> {
    let is_same = |a: &[Token], b: &[Token]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.kind.is_word() && document.is_same_word(*a, *b))
    };
    let whole = |tokens: &[Token]| tokens[0].span.cover(tokens[tokens.len() - 1].span);
    let find = |digits: usize, words: usize, size: usize| {
        let (first, second) = (tokens.get(digits..digits + size + 1)?, tokens.get(words..words + size + 1)?);
        (says(&second[0]) && is_same(&first[1..], &second[1..])).then(|| (whole(first), whole(second)))
    };
    (1..=LONGEST_UNIT).find_map(|size| {
        let behind = find(at, at + size + 1, size);
        let before = || find(at, at.checked_sub(size + 1)?, size).map(|(digits, words)| (words, digits));
        behind.or_else(before)
    })
}

fn tell(document: &Document, first: Span, second: Span, report: &mut Report<'_>) {
    let whole = first.cover(second);
    if document.mask().covers(whole) || document.text()[first.hi()..second.lo()].contains('\n') {
        return;
    }
    let keep = |kept: Span| {
        let text = document.slice(kept);
        Fix::unsafe_(format!("keep `{text}`"), vec![Edit::replace(whole, text)])
    };
    report
        .add(whole, format!("`{}` is one amount, in digits and in words", document.slice(whole)))
        .fix(keep(first))
        .fix(keep(second));
}
