//! Words that the target says over and over and the source does not.
//!
//! May use `document`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::{Document, Token};
use mtlint_text::Span;

/// How many words are repeated at most.
const LONGEST: usize = 12;

/// How many loops of a text are looked at.
const MOST: usize = 50;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let target = loops(pair.target());
    if target.is_empty() || pair.holds_plural_forms() {
        return;
    }
    let source = loops(pair.source());
    let most = source.iter().map(|(_, length, times)| length * times).max().unwrap_or(0);
    for (span, length, times) in target {
        if length * times > 2 * most {
            report.add(span, format!("said {times} times in a row, which the source does not"));
        }
    }
}

/// What stands there several times in a row: two words or more, or one word three times; how many
/// words it has, and how often it stands there.
fn loops(document: &Document) -> Vec<(Span, usize, usize)> {
    let tokens = document.tokens();
    let is_same = |a: &Token, b: &Token| a.hash == b.hash && document.is_same_word(*a, *b);
    let mut found: Vec<(Span, usize, usize)> = Vec::new();
    for length in 1..=LONGEST {
        let mut at = 0;
        while at + 2 * length <= tokens.len() {
            let matching = (at..tokens.len() - length)
                .take_while(|place| is_same(&tokens[*place], &tokens[place + length]))
                .count();
            let times = 1 + matching / length;
            let piece = &tokens[at..at + length];
            let words = piece.iter().filter(|token| token.kind.is_word()).count();
            let letters: usize = piece
                .iter()
                .filter(|token| token.kind.is_word())
                .map(|token| document.slice(token.span).chars().count())
                .sum();
            let is_loop = match words {
                0 => false,
                1 => times >= 3 && letters >= 2 || times >= 4,
                _ => letters >= 4 && (times >= 3 || times == 2 && (words >= 3 && letters >= 8)),
            };
            if times >= 2 && is_loop {
                let span = tokens[at].span.cover(tokens[at + length * times - 1].span);
                if found.len() < MOST && !found.iter().any(|(other, ..)| other.touches(span)) {
                    found.push((span, length, times));
                }
            }
            at += matching.max(1);
        }
    }
    found.sort();
    found
}
