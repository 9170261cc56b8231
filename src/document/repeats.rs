//! Where a word comes again within a few tokens: worked out once, for all rules about repetition.

use super::Token;
use std::ops::Range;

/// How many tokens apart the same word is still called repeated.
pub const FURTHEST_REPEAT: usize = 13;

/// Which tokens of a document come again soon after.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    distances: Vec<u8>,
    pairs: Vec<u8>,
}

impl Repeats {
    /// The comparisons run over all tokens once a distance, without a branch, so that the compiler can
    /// make many of them at a time.
    pub(super) fn of(tokens: &[Token]) -> Self {
        let hashes: Vec<u32> = tokens.iter().map(|token| token.hash).collect();
        let (mut distances, mut pairs) = (vec![0; hashes.len()], vec![0; hashes.len()]);
        let mut same = vec![0; hashes.len()];
        // The nearest is written last and stays.
        for distance in (1..=FURTHEST_REPEAT.min(hashes.len().saturating_sub(1))).rev() {
            let later = &hashes[distance..];
            for ((same, hash), later) in same.iter_mut().zip(&hashes).zip(later) {
                *same = u8::from(hash == later);
            }
            let same = &same[..later.len()];
            for (nearest, same) in distances.iter_mut().zip(same) {
                *nearest = if *same == 1 { distance as u8 } else { *nearest };
            }
            for ((pair, first), second) in pairs.iter_mut().zip(same).zip(&same[1..]) {
                *pair |= first & second;
            }
        }
        Self { distances, pairs }
    }

    /// For each token from the one with index `from` on, how many tokens later the same word or mark
    /// comes again, at most [`FURTHEST_REPEAT`]; 0 where it does not.
    pub fn from(&self, from: usize) -> &[u8] {
        &self.distances[from..]
    }

    /// The first token among those with an index in `range` that comes again together with the token
    /// after it, both at one distance of at most [`FURTHEST_REPEAT`].
    pub fn first_pair(&self, range: Range<usize>) -> Option<usize> {
        let start = range.start;
        memchr::memchr(1, self.pairs.get(range)?).map(|offset| start + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::lang::Packs;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn repeats_are_those_a_plain_search_finds(text in "([abc] ){0,40}") {
            let document = Document::plain(&text, None, &Packs::builtin());
            let hashes: Vec<u32> = document.tokens().iter().map(|token| token.hash).collect();
            let repeats = Repeats::of(document.tokens());
            let same = |at: usize, distance: usize| hashes.get(at + distance) == Some(&hashes[at]);
            for at in 0..hashes.len() {
                let nearest = (1..=FURTHEST_REPEAT).find(|&distance| same(at, distance)).unwrap_or(0);
                prop_assert_eq!(usize::from(repeats.from(at)[0]), nearest);
                let is_pair = |at: usize| {
                    at + 1 < hashes.len() && (1..=FURTHEST_REPEAT).any(|d| same(at, d) && same(at + 1, d))
                };
                prop_assert_eq!(repeats.first_pair(at..hashes.len()), (at..hashes.len()).find(|&at| is_pair(at)));
            }
        }
    }
}
