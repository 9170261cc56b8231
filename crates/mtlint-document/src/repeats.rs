//! Where a word comes again within a few tokens: worked out once, for all rules about repetition.

use super::Token;
use std::ops::Range;

/// How many tokens apart the same word is still called repeated.
const FURTHEST_REPEAT: usize = 13;

/// Which tokens of a document come again soon after.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    /// By token.
    distances: Vec<u8>,
    /// Tokens that come again together with the one after them.
    pairs: Vec<u32>,
    /// Tokens that say again what stands soon before them.
    copies: Vec<u32>,
    /// Whether any token comes again at this distance: few words come again right behind themselves.
    met: [bool; FURTHEST_REPEAT + 1],
}

/// How many words are remembered, by the lower bits of their hashes: some times [`FURTHEST_REPEAT`], so
/// that two of them seldom stand at one place.
const REMEMBERED: usize = 512;

impl Repeats {
    pub(super) fn of(tokens: &[Token]) -> Self {
        // As many words of an article come again soon.
        let copies = Vec::with_capacity(tokens.len() / 4);
        let mut repeats = Self { distances: vec![0; tokens.len()], copies, ..Self::default() };
        // Where the last word with such a hash stands, counted from one: most words are none of the last
        // few, and are told so by one look.
        let mut last = [0_u32; REMEMBERED];
        for (token, place) in tokens.iter().zip(1_u32..) {
            let slot = (token.hash ^ token.hash >> 15) as usize % REMEMBERED;
            let before = std::mem::replace(&mut last[slot], place);
            if place - before > FURTHEST_REPEAT as u32 || before == 0 {
                continue;
            }
            let at = place as usize - 1;
            let is_same = |before: &usize| tokens[*before].hash == token.hash;
            // Another word may stand at its place.
            let from = at.saturating_sub(FURTHEST_REPEAT);
            if let Some(before) = (from..before as usize).rev().find(is_same) {
                repeats.distances[before] = (at - before) as u8;
                repeats.met[at - before] = true;
                repeats.copies.push(at as u32);
            }
        }
        // Where two words in a row are copies, they may be so of two in a row.
        for copy in repeats.copies.windows(2).filter(|two| two[0] + 1 == two[1]).map(|two| two[0] as usize) {
            let is_same = |first: &usize| {
                tokens[*first].hash == tokens[copy].hash && tokens[first + 1].hash == tokens[copy + 1].hash
            };
            let firsts = (copy.saturating_sub(FURTHEST_REPEAT)..copy).filter(is_same);
            repeats.pairs.extend(firsts.map(|first| first as u32));
        }
        repeats.pairs.sort_unstable();
        repeats.pairs.dedup();
        repeats
    }

    /// The first token with an index in `range` that comes again, for the first time, `distance` tokens later.
    pub fn first_at(&self, distance: u8, range: Range<usize>) -> Option<usize> {
        let start = range.start;
        let met = self.met.get(usize::from(distance)).is_some_and(|met| *met);
        met.then(|| memchr::memchr(distance, &self.distances[range])).flatten().map(|offset| start + offset)
    }

    /// How many tokens after the one with index `at` the same word or mark comes again, and again, at
    /// most [`FURTHEST_REPEAT`].
    pub fn distances(&self, at: usize) -> impl Iterator<Item = usize> {
        let next = |from: &usize| match self.distances.get(*from) {
            Some(0) | None => None,
            Some(&distance) => Some(from + usize::from(distance)),
        };
        let places = std::iter::successors(Some(at), next).skip(1);
        places.map(move |place| place - at).take_while(|distance| *distance <= FURTHEST_REPEAT)
    }

    /// The first token among those with an index in `range` that comes again together with the token
    /// after it, both at one distance of at most [`FURTHEST_REPEAT`].
    pub fn first_pair(&self, range: Range<usize>) -> Option<usize> {
        among(&self.pairs, range).next()
    }

    /// The tokens with an index in `range` that say again what stands at most [`FURTHEST_REPEAT`] tokens
    /// before them.
    pub fn copies(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        among(&self.copies, range)
    }
}

/// Which of the sorted `places` lie in `range`.
fn among(places: &[u32], range: Range<usize>) -> impl Iterator<Item = usize> {
    let first = places.partition_point(|&place| (place as usize) < range.start);
    places[first..].iter().map(|&place| place as usize).take_while(move |place| *place < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use mtlint_lang::Packs;
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
                for distance in 1..=FURTHEST_REPEAT {
                    let expected = (nearest == distance).then_some(at);
                    prop_assert_eq!(repeats.first_at(distance as u8, at..at + 1), expected);
                }
                let is_pair = |at: usize| {
                    at + 1 < hashes.len() && (1..=FURTHEST_REPEAT).any(|d| same(at, d) && same(at + 1, d))
                };
                prop_assert_eq!(repeats.first_pair(at..hashes.len()), (at..hashes.len()).find(|&at| is_pair(at)));
            }
            let is_copy = |&at: &usize| (1..=FURTHEST_REPEAT.min(at)).any(|distance| same(at - distance, distance));
            let copies: Vec<usize> = repeats.copies(0..hashes.len()).collect();
            prop_assert_eq!(copies, (0..hashes.len()).filter(is_copy).collect::<Vec<_>>());
        }
    }
}
