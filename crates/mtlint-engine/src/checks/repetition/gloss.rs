//! A word or phrase with itself in brackets: `olive oil (olive oil)`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};

/// How many tokens the gloss has at most.
const LONGEST: usize = 12;

/// How far from a bracket others of its list are looked for, in tokens.
const NEAR: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Mark && matches!(document.slice(token.span), "(" | "（") {
            gloss_at(document, tokens, at, report);
        }
    }
}

fn gloss_at(document: &Document, tokens: &[Token], open: usize, report: &mut Report<'_>) {
    let closes = |at: &usize| matches!(document.slice(tokens[*at].span), ")" | "）");
    let most = tokens.len().min(open + 2 + LONGEST);
    let Some(close) = (open + 1..most).find(closes) else { return };
    let inside = unquoted(document, tokens, open + 1, close);
    let before = unquoted(document, tokens, 0, open);
    // In quotation marks it is no gloss: a contract says how it calls what it has just named.
    if inside != (open + 1..close) {
        return;
    }
    let length = inside.len();
    if length == 0 || length > before.len() {
        return;
    }
    let first = &tokens[before.end - length..before.end];
    let same = first.iter().zip(&tokens[inside]).all(|(a, b)| document.is_same_word(*a, *b));
    let is_worded = first.iter().any(|token| token.kind.is_word() && token.span.len() > 1);
    // `MINATO (Minato)` tells how a name is written.
    let is_shouted = first.iter().all(|token| token.kind == TokenKind::Upper);
    let span = Span::new(tokens[before.end - 1].span.hi(), tokens[close].span.hi());
    let is_listed =
        length == 1 && first[0].kind == TokenKind::Capitalised && lists_places(document, tokens, open);
    if !same || !is_worded || is_shouted || is_listed || document.mask().covers(span) {
        return;
    }
    let text = document.slice(first[0].span.cover(first[length - 1].span));
    let after_mark = Span::new(tokens[open - 1].span.hi(), tokens[close].span.hi());
    report
        .add(
            tokens[before.end - length].span.cover(tokens[close].span),
            format!(
                "`{text}` explains itself: in the source the bracket gave the word in another language or script"
            ),
        )
        .fix(Fix::unsafe_("take the bracket out", vec![Edit::delete(after_mark)]));
}

/// Whether other names near the bracket at `open` have a name in brackets that is not their own: towns
/// with their regions, some of which bear the name of their town.
fn lists_places(document: &Document, tokens: &[Token], open: usize) -> bool {
    let near = &tokens[open.saturating_sub(NEAR)..tokens.len().min(open + NEAR)];
    near.windows(4).any(|four| {
        let [town, bracket, region, close] = four else { return false };
        let is_name = |token: &Token| token.kind == TokenKind::Capitalised;
        is_name(town)
            && is_name(region)
            && document.slice(bracket.span) == "("
            && document.slice(close.span) == ")"
            && !document.is_same_word(*town, *region)
    })
}

/// The tokens from `start` to `end` without the quotation marks at either end.
fn unquoted(document: &Document, tokens: &[Token], start: usize, end: usize) -> std::ops::Range<usize> {
    let is_mark =
        |at: usize| matches!(document.slice(tokens[at].span), "“" | "”" | "\"" | "‘" | "’" | "'" | "«" | "»");
    let (mut start, mut end) = (start, end);
    if end > start && is_mark(end - 1) {
        end -= 1;
    }
    if start < end && is_mark(start) {
        start += 1;
    }
    start..end
}
