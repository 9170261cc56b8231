//! Which sentences of a text that came back are those of its original.
//!
//! Both are in one language, so that words tell more than lengths: sentences that belong together
//! share rare words, names and numbers, whatever way the system said the rest. The best way through
//! both texts is found by banded dynamic programming; a sentence that moved is found behind. May use
//! `document` and `text`.

use crate::{Document, Token, TokenKind};
use mtlint_text::Span;
use std::collections::HashMap;

/// Sentences that belong together, as indices into [`Document::sentences`]: some of the original, and
/// some of the text; one of both is empty where a sentence has no partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    pub original: std::ops::Range<usize>,
    pub text: std::ops::Range<usize>,
    /// How much both have in common, from 0 to 1.
    pub likeness: f64,
}

/// How many sentences of either text are aligned at most.
const MOST: usize = 20_000;
/// How far from the straight way the search goes.
const BAND: usize = 60;
/// How much alike two sentences must be to belong together rather than to have no partner.
const FEW: f64 = 0.22;
/// How much more alike two sentences must be to one than either of them.
const JOINED: f64 = 0.10;
/// How much alike two sentences are of which one moved.
const MOVED: f64 = 0.45;
/// How many sentences without a partner are compared with how many at most.
const MOST_MOVED: usize = 60;
/// How many letters of a word tell it, its ending left open.
const STEM: usize = 5;

/// The words of a sentence, by what they say, in order, with the weight of each.
#[derive(Clone, Debug, Default)]
struct Words {
    weighed: Vec<(u64, f64)>,
    sum: f64,
}

impl Words {
    fn new(mut weighed: Vec<(u64, f64)>) -> Self {
        weighed.sort_by_key(|(key, _)| *key);
        weighed.dedup_by_key(|(key, _)| *key);
        let sum = weighed.iter().map(|(_, weight)| weight).sum();
        Self { weighed, sum }
    }

    /// The words of several sentences.
    fn of(sentences: &[Self]) -> Self {
        Self::new(sentences.iter().flat_map(|it| it.weighed.iter().copied()).collect())
    }

    /// How much of what either says both say, from 0 to 1.
    fn likeness(&self, other: &Self) -> f64 {
        let (mut rest, mut shared) = (other.weighed.as_slice(), 0.0);
        for (key, weight) in &self.weighed {
            while rest.first().is_some_and(|(other, _)| other < key) {
                rest = &rest[1..];
            }
            if rest.first().is_some_and(|(other, _)| other == key) {
                shared += weight;
            }
        }
        let sum = self.sum + other.sum;
        if sum > 0.0 { 2.0 * shared / sum } else { 0.0 }
    }
}

/// Aligns the sentences of a text with those of its original, in the order of the text.
pub fn align(original: &Document, text: &Document) -> Vec<Bead> {
    let (n, m) = (original.sentences().len(), text.sentences().len());
    if n == 0 || m == 0 || n > MOST || m > MOST {
        return Vec::new();
    }
    let frequency = frequencies(original, text);
    let words = |document: &Document| -> Vec<Words> {
        document.sentences().iter().map(|it| words(document, document.tokens_in(it), &frequency)).collect()
    };
    let (a, b) = (words(original), words(text));
    let mut beads = path(&a, &b);
    pair_what_is_left(&a, &b, &mut beads);
    beads
}

/// What tells a word: its first letters in lower case, or all of a number.
fn key(document: &Document, token: &Token) -> Option<u64> {
    let word = document.slice(token.span);
    let stem: String = match token.kind {
        TokenKind::Mark => return None,
        TokenKind::Number => word.to_owned(),
        _ => word.chars().flat_map(char::to_lowercase).take(STEM).collect(),
    };
    Some(xxhash_rust::xxh3::xxh3_64(stem.as_bytes()))
}

fn frequencies(original: &Document, text: &Document) -> HashMap<u64, u32> {
    let mut frequencies = HashMap::new();
    for document in [original, text] {
        for token in document.tokens() {
            if let Some(key) = key(document, token) {
                *frequencies.entry(key).or_default() += 1;
            }
        }
    }
    frequencies
}

fn words(document: &Document, tokens: &[Token], frequency: &HashMap<u64, u32>) -> Words {
    let weigh = |token: &Token| {
        let key = key(document, token)?;
        // Of a word on both sides once each, all of its weight; of one that is everywhere, little.
        let times = f64::from(frequency.get(&key).copied().unwrap_or(2).max(2));
        Some((key, 1.0 / (times / 2.0).sqrt()))
    };
    Words::new(tokens.iter().filter_map(weigh).collect())
}

/// In which ways sentences belong together.
const BEADS: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)];

fn path(a: &[Words], b: &[Words]) -> Vec<Bead> {
    let (n, m) = (a.len(), b.len());
    let center = |i: usize| i * m / n;
    // Wider where one text is longer by much, but no wider than what takes as long for any text.
    let half = (n.abs_diff(m) + BAND / 2).min(BAND);
    let low = |i: usize| center(i).saturating_sub(half);
    let high = |i: usize| (center(i) + half + m / n).min(m);
    let mut rows: Vec<Vec<(f64, u8, f32)>> = Vec::with_capacity(n + 1);
    let mut single: Vec<Vec<f64>> = Vec::with_capacity(n + 1);
    let get = |rows: &[Vec<(f64, u8, f32)>], i: usize, j: usize| -> Option<f64> {
        let at = j.checked_sub(low(i))?;
        rows.get(i)?.get(at).map(|(score, ..)| *score).filter(|score| score.is_finite())
    };
    for i in 0..=n {
        let width = high(i) + 1 - low(i);
        // How much alike sentence `i - 1` of the original is to each of the band.
        let alike: Vec<f64> = (low(i)..=high(i))
            .map(|j| if i == 0 || j == 0 { 0.0 } else { a[i - 1].likeness(&b[j - 1]) })
            .collect();
        single.push(alike);
        rows.push(vec![(f64::NEG_INFINITY, 0, 0.0); width]);
        for j in low(i)..=high(i) {
            let one = |i: usize, j: usize| -> f64 {
                j.checked_sub(low(i)).and_then(|at| single.get(i)?.get(at)).copied().unwrap_or(0.0)
            };
            let mut best = if i == 0 && j == 0 { (0.0, 0, 0.0) } else { (f64::NEG_INFINITY, 0, 0.0_f32) };
            for (bead, (x, y)) in (0_u8..).zip(BEADS) {
                if x > i || y > j {
                    continue;
                }
                let Some(before) = get(&rows, i - x, j - y) else { continue };
                let (gain, like) = match (x, y) {
                    (1, 0) | (0, 1) => (0.0, 0.0),
                    (1, 1) => (one(i, j) - FEW, one(i, j)),
                    _ => {
                        let parts =
                            if x == 2 { [one(i - 1, j), one(i, j)] } else { [one(i, j - 1), one(i, j)] };
                        // Most do not fit at all, and need not be joined to know it.
                        if parts[0] <= 0.05 || parts[1] <= 0.05 || parts[0].max(parts[1]) <= FEW {
                            continue;
                        }
                        let like = Words::of(&a[i - x..i]).likeness(&Words::of(&b[j - y..j]));
                        if like < parts[0].max(parts[1]) + JOINED {
                            continue;
                        }
                        (like - FEW, like)
                    }
                };
                if before + gain > best.0 {
                    best = (before + gain, bead, like as f32);
                }
            }
            let at = j - low(i);
            rows[i][at] = best;
        }
    }
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i > 0 || j > 0 {
        let cell = j.checked_sub(low(i)).and_then(|at| rows[i].get(at)).copied();
        let (x, y, like) = match cell {
            Some((score, bead, like)) if score.is_finite() => {
                (BEADS[usize::from(bead)].0, BEADS[usize::from(bead)].1, like)
            }
            // Outside of the band, one by one.
            _ => (usize::from(i > 0), usize::from(i == 0), 0.0),
        };
        let (x, y) = (x.min(i), y.min(j));
        if x + y == 0 {
            break;
        }
        beads.push(Bead { original: i - x..i, text: j - y..j, likeness: f64::from(like) });
        (i, j) = (i - x, j - y);
    }
    beads.reverse();
    beads
}

/// Pairs sentences without a partner: those that stand at the same place, said in other words, and
/// those that moved.
fn pair_what_is_left(a: &[Words], b: &[Words], beads: &mut Vec<Bead>) {
    let mut paired: Vec<Bead> = Vec::with_capacity(beads.len());
    let mut at = 0;
    while at < beads.len() {
        if beads[at].likeness > 0.0 {
            paired.push(beads[at].clone());
            at += 1;
            continue;
        }
        let end = at + beads[at..].iter().take_while(|bead| bead.likeness == 0.0).count();
        let lost: Vec<usize> = beads[at..end].iter().flat_map(|bead| bead.original.clone()).collect();
        let added: Vec<usize> = beads[at..end].iter().flat_map(|bead| bead.text.clone()).collect();
        let both = lost.len().min(added.len());
        for (x, y) in lost.iter().zip(&added) {
            let likeness = a[*x].likeness(&b[*y]);
            paired.push(Bead { original: *x..x + 1, text: *y..y + 1, likeness });
        }
        let (left, over) = (lost[both..].iter(), added[both..].iter());
        let after = (
            lost.last().map_or(beads[at].original.end, |it| it + 1),
            added.last().map_or(beads[at].text.end, |it| it + 1),
        );
        paired.extend(left.map(|x| Bead { original: *x..x + 1, text: after.1..after.1, likeness: 0.0 }));
        paired.extend(over.map(|y| Bead { original: after.0..after.0, text: *y..y + 1, likeness: 0.0 }));
        at = end;
    }
    *beads = paired;
    let lost: Vec<usize> =
        (0..beads.len()).filter(|at| beads[*at].text.is_empty()).take(MOST_MOVED).collect();
    let mut added: Vec<usize> =
        (0..beads.len()).filter(|at| beads[*at].original.is_empty()).take(MOST_MOVED).collect();
    let mut gone = Vec::new();
    for x in lost {
        let words = &a[beads[x].original.start];
        let like = |y: usize| words.likeness(&b[beads[y].text.start]);
        let best = added.iter().enumerate().map(|(place, y)| (place, like(*y)));
        let Some((place, likeness)) = best.max_by(|one, other| one.1.total_cmp(&other.1)) else { break };
        if likeness >= MOVED {
            let y = added.remove(place);
            beads[y].original = beads[x].original.clone();
            beads[y].likeness = likeness;
            gone.push(x);
        }
    }
    let mut index = 0;
    beads.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// What a run of sentences covers; `None` for none.
pub fn cover(document: &Document, sentences: &std::ops::Range<usize>) -> Option<Span> {
    let sentences = document.sentences().get(sentences.clone())?;
    Some(sentences.first()?.span.cover(sentences.last()?.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn beads(original: &str, text: &str) -> Vec<(usize, usize)> {
        let read = |text: &str| Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let beads = align(&read(original), &read(text));
        beads.iter().map(|bead| (bead.original.len(), bead.text.len())).collect()
    }

    #[test]
    fn sentences_find_their_own() {
        let original = "The council of Wexmoor closed the ferry on Monday. Nobody was told of it. Ana Brito, who runs the kiosk at the pier, lost half of her customers. She has written to the mayor.";
        let back = "On Monday the Wexmoor council closed the ferry. No one was told. Ana Brito, who operates the pier kiosk, has lost half of her customers. She wrote a letter to the mayor.";
        assert_eq!(beads(original, back), [(1, 1); 4]);
        let cut = "On Monday the Wexmoor council closed the ferry. No one was told. Ana Brito operates the pier kiosk. Brito has lost half of her customers. She wrote a letter to the mayor.";
        assert_eq!(beads(original, cut), [(1, 1), (1, 1), (1, 2), (1, 1)]);
    }

    #[test]
    fn a_lost_sentence_has_no_partner() {
        let original = "The council closed the ferry on Monday. The harbour museum sold ninety tickets that day. Ana Brito runs the kiosk.";
        let back = "On Monday the council closed the ferry. Ana Brito operates the kiosk.";
        assert_eq!(beads(original, back), [(1, 1), (1, 0), (1, 1)]);
    }
}
