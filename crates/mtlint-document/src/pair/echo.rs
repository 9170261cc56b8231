//! What the target has in common with the source, word for word. May use `document` and `text`.

use crate::{Document, Token, TokenKind};
use mtlint_text::Span;
use std::collections::HashMap;

/// A run of words that both texts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// In the target.
    pub span: Span,
    /// In the source.
    pub source: Span,
    /// The words of the target: the first, and one behind the last.
    pub tokens: (usize, usize),
}

/// How many words a run has at least.
const FEWEST: usize = 3;

/// How many places of the source are tried for one of the target.
const MOST_TRIED: usize = 8;

/// The longest runs of at least three words and numbers that stand in both texts in a row, marks
/// left out of count; none overlaps another in the target.
pub fn runs(source: &Document, target: &Document) -> Vec<Run> {
    let words = |document: &Document| -> Vec<(usize, Token)> {
        let tokens = document.tokens().iter().copied().enumerate();
        tokens.filter(|(_, token)| token.kind != TokenKind::Mark).collect()
    };
    let (source_words, target_words) = (words(source), words(target));
    let hash = |words: &[(usize, Token)]| -> Vec<u32> { words.iter().map(|(_, token)| token.hash).collect() };
    let (source_hashes, target_hashes) = (hash(&source_words), hash(&target_words));
    let mut places: HashMap<&[u32], Vec<usize>> = HashMap::new();
    for (at, window) in source_hashes.windows(FEWEST).enumerate() {
        let known = places.entry(window).or_default();
        if known.len() < MOST_TRIED {
            known.push(at);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at + FEWEST <= target_hashes.len() {
        let length = |place: usize| {
            target_hashes[at..].iter().zip(&source_hashes[place..]).take_while(|(a, b)| a == b).count()
        };
        let best = places.get(&target_hashes[at..at + FEWEST]).into_iter().flatten();
        let best = best
            .map(|place| (length(*place), *place))
            .max_by_key(|(length, place)| (*length, std::cmp::Reverse(*place)));
        match best {
            Some((length, place)) if length >= FEWEST => {
                let cover = |words: &[(usize, Token)], from: usize| {
                    words[from].1.span.cover(words[from + length - 1].1.span)
                };
                found.push(Run {
                    span: cover(&target_words, at),
                    source: cover(&source_words, place),
                    tokens: (target_words[at].0, target_words[at + length - 1].0 + 1),
                });
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}
