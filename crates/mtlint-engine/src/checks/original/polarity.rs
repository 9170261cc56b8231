//! Sentences that deny what the original says, or say what it denies.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::{single_beads, stem};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_text::Span;

const NEGATIONS: &str = "negation";
const FUNCTION_WORDS: &str = "function-words";

/// How far behind a negation, in tokens, the word stands that it denies.
const REACH: usize = 4;
/// How many letters that word has at least.
const LONG: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    for bead in single_beads(pair) {
        let (Some(was), Some(is)) =
            (original.sentences().get(bead.original.start), text.sentences().get(bead.text.start))
        else {
            continue;
        };
        match (negations(original, was).as_slice(), negations(text, is).as_slice()) {
            ([negation], []) => {
                let Some(denied) = denied(original, was, *negation) else { continue };
                let Some(said) = find(text, is, &denied) else { continue };
                let message = format!("the original says that it is not so: `{}`", original.slice(was.span));
                report.add(said, message).relate_source("the negation", *negation);
            }
            ([], [negation]) => {
                let Some(denied) = denied(text, is, *negation) else { continue };
                let Some(said) = find(original, was, &denied) else { continue };
                let message = format!("the original says that it is so: `{}`", original.slice(was.span));
                report.add(*negation, message).relate_source("what it says", said);
            }
            _ => {}
        }
    }
}

fn negations(document: &Document, sentence: &Sentence) -> Vec<Span> {
    let list = document.pack().words(NEGATIONS);
    let tokens = document.tokens_in(sentence).iter().filter(|token| document.is_in(**token, list));
    tokens.map(|token| token.span).collect()
}

/// The beginning of the word that a negation denies.
fn denied(document: &Document, sentence: &Sentence, negation: Span) -> Option<String> {
    let tokens = document.tokens_in(sentence);
    let at = tokens.iter().position(|token| token.span == negation)?;
    let reach = &tokens[at + 1..tokens.len().min(at + 1 + REACH)];
    let tells = |token: &&Token| {
        token.kind == TokenKind::Lower
            && document.slice(token.span).chars().count() >= LONG
            && !document.is_listed(**token, FUNCTION_WORDS)
    };
    let before_mark = reach.iter().take_while(|token| token.kind != TokenKind::Mark);
    before_mark.into_iter().find(tells).map(|token| stem(document.slice(token.span)))
}

fn find(document: &Document, sentence: &Sentence, stem: &str) -> Option<Span> {
    let mut tokens = document.tokens_in(sentence).iter();
    tokens.find(|token| super::stem(document.slice(token.span)) == stem).map(|token| token.span)
}
