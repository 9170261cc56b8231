//! Sentences in which the one who acts and the one who is acted upon have changed places.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::{single_beads, stem};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_text::Span;

const FUNCTION_WORDS: &str = "function-words";

/// How many letters the verb has at least.
const LONG: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

/// Two names with one and the same word between them, whatever else stands there.
struct Clause {
    first: Span,
    second: Span,
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    for bead in single_beads(pair) {
        let (Some(was), Some(is)) =
            (original.sentences().get(bead.original.start), text.sentences().get(bead.text.start))
        else {
            continue;
        };
        let (Some(before), Some(after)) = (clause(original, was), clause(text, is)) else { continue };
        let same = |a: Span, b: Span| surname(original.slice(a)) == surname(text.slice(b));
        if !same(before.first, after.second) || !same(before.second, after.first) {
            continue;
        }
        // The passive turns a sentence and says the same: then the words between are others.
        let said = between(original, was, &before);
        if said.is_some() && said == between(text, is, &after) {
            let message =
                format!("in the original the two have the other's place: `{}`", original.slice(was.span));
            report
                .add(after.first.cover(after.second), message)
                .relate_source("in the original", before.first.cover(before.second));
        }
    }
}

/// What a name is told by.
fn surname(name: &str) -> String {
    stem(name.rsplit(' ').next().unwrap_or(name))
}

/// The only two names of a sentence, with something said between them.
fn clause(document: &Document, sentence: &Sentence) -> Option<Clause> {
    let tokens = document.tokens_in(sentence);
    let is_name = |token: &Token| {
        matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper)
            && !document.is_listed(*token, FUNCTION_WORDS)
    };
    let mut names: Vec<Span> = Vec::new();
    let mut last = None;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| is_name(token)) {
        // Words of one name stand side by side; its last one tells it.
        match names.last_mut().filter(|_| at > 0 && last == Some(at - 1)) {
            Some(name) => *name = name.cover(token.span),
            None => names.push(token.span),
        }
        last = Some(at);
    }
    match names[..] {
        [first, second] => Some(Clause { first, second }),
        _ => None,
    }
}

/// The longer words between the two names, and the function words.
fn between(document: &Document, sentence: &Sentence, clause: &Clause) -> Option<Vec<String>> {
    let tokens = document.tokens_in(sentence);
    let inside = tokens
        .iter()
        .filter(|token| token.span.start >= clause.first.end && token.span.end <= clause.second.start);
    let words: Vec<String> =
        inside.filter(|token| token.kind.is_word()).map(|token| stem(document.slice(token.span))).collect();
    words.iter().any(|word| word.chars().count() >= LONG).then_some(words)
}
