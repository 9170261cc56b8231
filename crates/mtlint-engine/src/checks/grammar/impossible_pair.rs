//! Two small words side by side that the language never sets so: `of is`, `the his`.
//!
//! Which they are is counted, not told: both are so frequent that chance would set them together often, and
//! hardly anybody does. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind, is_prose};
use mtlint_lang::NeverPairs;
use mtlint_lang::tagger::PartOfSpeech;

/// What ties a word to another: `of-the-moment`.
const TIES: [&str; 8] = ["-", "‐", "‑", "'", "’", "/", "_", "["];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(pairs) = NeverPairs::of(document.language()) else { return };
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        let mut before = None;
        for (at, token) in tokens.iter().enumerate() {
            let number = pairs.number(token.hash);
            if let (Some(first), Some(second)) = (before, number)
                && pairs.hold(first, second)
                && is_set(document, tokens, at)
                && (tokens[at - 1].kind == TokenKind::Lower
                    || at.checked_sub(2).is_none_or(|before| tokens[before].kind == TokenKind::Mark))
                && [at - 1, at].iter().all(|at| is_small_word(document, block.tokens.start as usize + at))
            {
                let span = tokens[at - 1].span.cover(token.span);
                let text = document.slice(span);
                report.add(
                    span,
                    format!(
                        "`{text}` cannot stand side by side: a word is missing, superfluous or in the wrong place"
                    ),
                );
            }
            before = number;
        }
    }
}

/// Whether the word at `at` and the one before it are words of the text, a space between them, and tied to no other.
fn is_set(document: &Document, tokens: &[Token], at: usize) -> bool {
    let (first, second) = (tokens[at - 1], tokens[at]);
    let span = first.span.cover(second.span);
    let is_tied = |token: Option<&Token>| {
        token.is_some_and(|token| {
            (token.span.end == first.span.start || token.span.start == second.span.end)
                && TIES.contains(&document.slice(token.span))
        })
    };
    first.kind != TokenKind::Upper
        && second.kind == TokenKind::Lower
        && first.span.end + 1 == second.span.start
        && !is_tied(at.checked_sub(2).map(|at| &tokens[at]))
        && !is_tied(tokens.get(at + 1))
        && !document.mask().covers(span)
        && !document.is_quoted_closely(span)
}

/// Whether the tagger takes a token for a word of a closed class where it stands: `will` is a noun as well.
fn is_small_word(document: &Document, at: usize) -> bool {
    document.tag_of(at).is_some_and(|tag| PartOfSpeech::CLOSED.contains(&tag.part()))
}
