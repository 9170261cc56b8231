//! A word or phrase joined to itself: `its customs and customs`, `its guards, with its guards`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::Edit;

/// Words that join what they stand between: `and`, `or`, `with`.
const JOINING: &str = "joining-twice";
/// Of those, the ones that join two of a kind, so that a single word may stand on either side.
const COORDINATING: &str = "coordinating";
/// What is joined to itself for weight: `again and again`.
const REPEATED: &str = "repeatable-joined";
const FUNCTION_WORDS: &str = "function-words";

/// How many words a phrase has at most.
const LONGEST: usize = 8;

/// Words that begin a phrase which is not said twice for weight: `with its guards, with its guards`.
const OPENERS: [&str; 2] = ["preposition", "noun-phrase-start"];

/// How many words a phrase has at least that a comma joins to itself.
const FEWEST_LISTED: usize = 3;

/// How many letters a single word has at least: short ones are joined for weight, `on and on`.
const SHORTEST_WORD: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    let joining = document.pack().words(JOINING);
    let first = block.tokens.start as usize;
    // Behind the joining word stands what stood before it, and that is seldom so.
    for copy in document.repeats().copies(first + 1..first + tokens.len()) {
        let at = copy - 1 - first;
        let token = tokens[at];
        if !document.is_in(token, joining)
            || token.kind != TokenKind::Lower && !document.is_ascii_mark(token, b',')
        {
            continue;
        }
        if let Some(length) = copies(document, tokens, at) {
            add(document, tokens, at, length, report);
        }
    }
}

/// Where the phrase before the joining word at `at` ends: a comma may stand between.
fn end_before(document: &Document, tokens: &[Token], at: usize) -> usize {
    let comma = at > 0 && document.slice(tokens[at - 1].span) == ",";
    at - usize::from(comma)
}

/// How many words stand on either side of the joining word at `at` alike, if that is damage.
fn copies(document: &Document, tokens: &[Token], at: usize) -> Option<usize> {
    let end = end_before(document, tokens, at);
    let is_copy = |length: &usize| {
        // Most are no copies, as their first words tell.
        if tokens[end - length].hash != tokens[at + 1].hash {
            return false;
        }
        let (first, second) = (&tokens[end - length..end], &tokens[at + 1..at + 1 + length]);
        first.iter().zip(second).all(|(a, b)| a.kind != TokenKind::Mark && document.is_same_word(*a, *b))
    };
    let most = LONGEST.min(end).min(tokens.len() - at - 1);
    let length = (1..=most).rev().find(is_copy)?;
    let unit = &tokens[end - length..end];
    let is_coordinated = document.is_listed(tokens[at], COORDINATING);
    // What goes on after the copy may be what tells the two apart: `the army and the army of the north`.
    let ends = tokens.get(at + 1 + length).is_none_or(|next| {
        matches!(document.slice(next.span), "." | "," | ";" | ":" | "!" | "?" | ")")
            || !is_coordinated && is_participle(document, *next)
    });
    let comma = end < at;
    let is_mark = tokens[at].kind == TokenKind::Mark;
    let fits = if length == 1 {
        let word = document.slice(unit[0].span);
        is_coordinated
            && !comma
            && unit[0].kind == TokenKind::Lower
            && word.chars().count() >= SHORTEST_WORD
            && !is_comparative(word)
    } else {
        let opens = || OPENERS.iter().any(|list| document.is_listed(unit[0], list));
        let is_listed = is_mark && length >= FEWEST_LISTED && opens();
        is_listed || !is_mark && is_coordinated != comma
    };
    let chain = !is_mark && end > length && document.is_same_word(tokens[end - length - 1], tokens[at]);
    let words = || unit.iter().map(|token| document.slice(token.span));
    let has_content = words().any(|word| !document.pack().words(FUNCTION_WORDS).contains(word));
    let is_meant = words().any(|word| document.pack().words(REPEATED).contains(word));
    (ends && fits && !chain && has_content && !is_meant).then_some(length)
}

/// `better and better`, `larger and larger`
fn is_comparative(word: &str) -> bool {
    word.ends_with("er")
}

/// What a clause begins with that has no verb of its own: `its guards occupied by …`.
fn is_participle(document: &Document, token: Token) -> bool {
    token.kind == TokenKind::Lower && document.slice(token.span).ends_with("ed")
}

fn add(document: &Document, tokens: &[Token], at: usize, length: usize, report: &mut Report<'_>) {
    let end = end_before(document, tokens, at);
    let unit = tokens[end - length].span.cover(tokens[end - 1].span);
    let whole = unit.cover(tokens[at + length].span);
    if document.mask().covers(whole) || document.is_quoted_closely(whole) {
        return;
    }
    let text = document.slice(unit);
    report
        .add(
            whole,
            format!(
                "`{text}` is joined to itself: two words of the source became one, or one was translated twice"
            ),
        )
        .fix(Fix::unsafe_(format!("say `{text}` once"), vec![Edit::replace(whole, text)]));
}
