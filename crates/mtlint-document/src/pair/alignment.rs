//! Which segments of the source and of the target belong together, in texts of several lines or
//! sentences.
//!
//! Banded dynamic programming in the manner of Gale and Church: what belongs together is alike in
//! length, as this text's own ratio tells, and in what comes through a translation as it is:
//! numbers, names in the same letters. A segment without a partner costs more than any mismatch of
//! length that translators leave, so that one is told only where the rest fits better without it.
//! May use `document` and `text`.

use crate::{Document, TokenKind};
use mtlint_text::Span;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// A line or sentence.
#[derive(Clone, Debug)]
struct Segment {
    span: Span,
    /// In characters.
    length: f64,
    /// The hashes of numbers and capitalised words.
    anchors: BTreeSet<u32>,
    /// The beginnings of its longer words, which related languages share.
    cognates: BTreeSet<u64>,
    /// The digits that stand in a row.
    digits: BTreeSet<u32>,
    /// The kind of mark that ends it.
    end: char,
    /// Whether it holds quotation marks, and whether it holds brackets.
    has_marks: [bool; 2],
}

/// A segment that has no partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpaired {
    /// Of the source, and where in the target it belongs.
    Lost { source: Span, place: Span },
    /// Of the target.
    Added { target: Span },
}

/// How many segments both texts have at least.
const FEWEST: usize = 4;
/// How far from the straight way the search goes, beside the difference in number.
const BAND: usize = 12;
/// How far the search goes at most, so that the work grows with the text and no faster.
const WIDEST: usize = 400;
/// How much a segment without a partner costs.
const ALONE: f64 = 4.0;
/// How much the length of a translation varies, for each character: the variance grows with the length,
/// as Gale and Church found.
const VARIANCE: f64 = 3.5;
/// How much it costs that two sentences are one on the other side, and two lines, which translations
/// keep.
const MERGED: f64 = 4.5;
const MERGED_LINES: f64 = 9.0;
/// How much a mismatch of length costs at most.
const WORST: f64 = 9.0;
/// What all anchors alike are worth, and what none of them is.
const ALIKE: f64 = 5.0;
const UNLIKE: f64 = 1.0;
/// What all beginnings of long words alike are worth.
const COGNATES: f64 = 6.0;
/// What it costs that one is a question and the other is none, or the like.
const ENDS: f64 = 2.0;
/// What it costs that one quotes, has brackets or other numbers, and the other does not.
const FORMS: f64 = 1.5;
/// How many letters of a long word are its beginning, and how many it has at least.
const BEGINNING: usize = 4;
pub(super) const LONG: usize = 5;
/// How many characters a segment has at least to be told missing.
const SHORTEST: f64 = 12.0;
/// How many segments a text has at most.
const MOST: usize = 20_000;

/// The ways in which segments belong together: how many of the source, how many of the target.
const BEADS: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)];

/// What an alignment tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The segments that have no partner, in the order of the text.
    pub unpaired: Vec<Unpaired>,
    /// Whether lines were aligned, which translations keep, and not sentences, which they join and cut.
    pub is_of_lines: bool,
}

/// Aligns two texts; `None` for texts too short.
pub fn align(source: &Document, target: &Document) -> Option<Alignment> {
    let (a, b, is_of_lines) = segments(source, target);
    if a.len() < FEWEST || b.len() < FEWEST || a.len() > MOST || b.len() > MOST {
        return None;
    }
    // As many on both sides: one stands for one.
    if a.len() == b.len() {
        return Some(Alignment { unpaired: Vec::new(), is_of_lines });
    }
    let (a, b) = (measured(source, &a), measured(target, &b));
    let total = |segments: &[Segment]| segments.iter().map(|it| it.length).sum::<f64>();
    // A lost or added part moves the ratio of the sums; that of the segments in the middle is steadier.
    let middle = |segments: &[Segment]| {
        let mut lengths: Vec<f64> = segments.iter().map(|it| it.length).collect();
        lengths.sort_by(f64::total_cmp);
        let inner = &lengths[lengths.len() / 5..lengths.len() - lengths.len() / 5];
        inner.iter().sum::<f64>() / inner.len() as f64
    };
    let ratio = (middle(&b) / middle(&a) + total(&b) / total(&a)) / 2.0;
    let unpaired = told(&a, &b, &path(&a, &b, ratio, is_of_lines), target);
    Some(Alignment { unpaired, is_of_lines })
}

/// The lines of both texts, where both have several, else their sentences.
fn segments(source: &Document, target: &Document) -> (Vec<Span>, Vec<Span>, bool) {
    let lines = |document: &Document| -> Vec<Span> {
        let mut spans = Vec::new();
        let mut start = 0;
        for line in document.text().split_inclusive('\n') {
            let content = line.trim();
            if !content.is_empty() {
                let from = start + line.len() - line.trim_start().len();
                spans.push(Span::new(from, from + content.len()));
            }
            start += line.len();
        }
        spans
    };
    let sentences =
        |document: &Document| -> Vec<Span> { document.sentences().iter().map(|it| it.span).collect() };
    let (a, b) = (lines(source), lines(target));
    let is_of_lines = a.len() >= FEWEST && b.len() >= FEWEST;
    let (a, b) = if is_of_lines { (a, b) } else { (sentences(source), sentences(target)) };
    (a, b, is_of_lines)
}

fn measured(document: &Document, spans: &[Span]) -> Vec<Segment> {
    let tokens = document.tokens();
    let mut at = 0;
    let segment = |span: &Span| {
        at += tokens[at..].iter().take_while(|token| token.span.end <= span.start).count();
        let inside = tokens[at..].iter().take_while(|token| token.span.start < span.end);
        let anchors = inside.clone().filter(|token| match token.kind {
            TokenKind::Number => true,
            TokenKind::Capitalised | TokenKind::Upper => token.span.len() >= 3,
            TokenKind::Lower | TokenKind::Mark => false,
        });
        let digits = inside.clone().filter(|token| token.kind == TokenKind::Number);
        let cognates = inside.filter(|token| token.kind.is_word()).filter_map(|token| {
            let word = document.slice(token.span);
            let is_long = word.chars().nth(LONG - 1).is_some();
            is_long.then(|| beginning(word))
        });
        let text = document.slice(*span);
        Segment {
            span: *span,
            length: text.chars().count().max(1) as f64,
            anchors: anchors.map(|token| token.hash).collect(),
            cognates: cognates.collect(),
            digits: digits.map(|token| token.hash).collect(),
            end: end(text),
            has_marks: [
                text.contains(['"', '“', '”', '„', '«', '»', '「', '」']),
                text.contains(['(', ')', '（', '）']),
            ],
        }
    };
    spans.iter().map(segment).collect()
}

/// What the first letters of a word are, in lower case and without the marks on them.
pub(super) fn beginning(word: &str) -> u64 {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let bare = word.nfd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase);
    let bare: String = bare.take(BEGINNING).collect();
    xxhash_rust::xxh3::xxh3_64(bare.as_bytes())
}

/// The kind of mark that ends a text: `?`, `!`, `:`, `…`, `.`, or a space for none.
fn end(text: &str) -> char {
    let rest = text.trim_end_matches(['"', '”', '“', '»', '«', '’', '\'', ')', '）', '」', ']', ' ']);
    match rest.chars().next_back() {
        Some('?' | '？' | '؟') => '?',
        Some('!' | '！') => '!',
        Some(':' | '：') => ':',
        Some('…') => '…',
        Some('.' | '。' | '।' | '۔') => '.',
        _ => ' ',
    }
}

/// How badly segments fit together.
fn cost(a: &[Segment], b: &[Segment], ratio: f64) -> f64 {
    let length = |segments: &[Segment]| segments.iter().map(|it| it.length).sum::<f64>();
    let (source, target) = (length(a) * ratio, length(b));
    let z = (target - source) / (VARIANCE * source.max(target)).sqrt();
    let mut cost = (z * z / 2.0).min(WORST);
    let (first, second, shared) = overlap(a, b, |it| &it.anchors);
    let fewer = first.min(second);
    if shared > 0 {
        cost -= ALIKE * shared as f64 / fewer as f64;
    } else if fewer >= 2 {
        cost += UNLIKE;
    }
    let (first, second, shared) = overlap(a, b, |it| &it.cognates);
    cost -= COGNATES * shared as f64 / first.min(second).max(3) as f64;
    let (first, second, shared) = overlap(a, b, |it| &it.digits);
    if first > 0 && second > 0 && shared == 0 {
        cost += FORMS;
    }
    if let (Some(from), Some(to)) = (a.last(), b.last()) {
        match from.end == to.end {
            true if matches!(from.end, '?' | '!' | ':') => cost -= ENDS,
            false if from.end != ' ' && to.end != ' ' => cost += ENDS,
            _ => {}
        }
    }
    for kind in 0..2 {
        let has = |segments: &[Segment]| segments.iter().any(|it| it.has_marks[kind]);
        if has(a) != has(b) {
            cost += FORMS;
        }
    }
    cost
}

/// How many of a kind the segments of either side have, and how many both.
fn overlap<T: Ord + Copy>(
    a: &[Segment],
    b: &[Segment],
    of: impl Fn(&Segment) -> &BTreeSet<T>,
) -> (usize, usize, usize) {
    if let ([a], [b]) = (a, b) {
        return (of(a).len(), of(b).len(), of(a).intersection(of(b)).count());
    }
    let all = |segments: &[Segment]| -> BTreeSet<T> {
        segments.iter().flat_map(|it| of(it).iter().copied()).collect()
    };
    let (a, b) = (all(a), all(b));
    (a.len(), b.len(), a.intersection(&b).count())
}

/// The cheapest way through both texts: how many segments of each belong together, from the start on.
fn path(a: &[Segment], b: &[Segment], ratio: f64, is_of_lines: bool) -> Vec<(usize, usize)> {
    let (n, m) = (a.len(), b.len());
    let half = (n.abs_diff(m) + BAND).min(WIDEST);
    let merged = if is_of_lines { MERGED_LINES } else { MERGED };
    let center = |i: usize| i * m / n.max(1);
    let low = |i: usize| center(i).saturating_sub(half);
    let high = |i: usize| (center(i) + half).min(m);
    // A row for each segment of the source: the cost of each place within the band, and the last bead.
    let mut rows: Vec<Vec<(f64, u8)>> = Vec::with_capacity(n + 1);
    for i in 0..=n {
        let mut row = vec![(f64::INFINITY, 0_u8); high(i) - low(i) + 1];
        for j in low(i)..=high(i) {
            let mut best = if i == 0 && j == 0 { (0.0, 0) } else { (f64::INFINITY, 0) };
            for (bead, (x, y)) in (0_u8..).zip(BEADS) {
                if x > i || y > j {
                    continue;
                }
                let (from_i, from_j) = (i - x, j - y);
                let before = match x {
                    0 => row.get(from_j.wrapping_sub(low(i))).copied(),
                    _ => rows[from_i].get(from_j.wrapping_sub(low(from_i))).copied(),
                };
                let Some((before, _)) = before.filter(|(cost, _)| cost.is_finite()) else { continue };
                let step = match (x, y) {
                    (1, 0) | (0, 1) => ALONE,
                    (1, 1) => cost(&a[from_i..i], &b[from_j..j], ratio),
                    _ => merged + cost(&a[from_i..i], &b[from_j..j], ratio),
                };
                if before + step < best.0 {
                    best = (before + step, bead);
                }
            }
            row[j - low(i)] = best;
        }
        rows.push(row);
    }
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i > 0 || j > 0 {
        let Some((cost, bead)) = j.checked_sub(low(i)).and_then(|at| rows[i].get(at)) else {
            return Vec::new();
        };
        let (x, y) = BEADS[usize::from(*bead)];
        if !cost.is_finite() || x > i || y > j || x + y == 0 {
            return Vec::new();
        }
        beads.push((x, y));
        i -= x;
        j -= y;
    }
    beads.reverse();
    beads
}

fn told(a: &[Segment], b: &[Segment], beads: &[(usize, usize)], target: &Document) -> Vec<Unpaired> {
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    for (x, y) in beads {
        match (x, y) {
            (1, 0) if a[i].length >= SHORTEST => {
                let end = target.text().trim_end().len();
                let place = if j == b.len() { end } else { b[j].span.lo() };
                found.push(Unpaired::Lost { source: a[i].span, place: Span::at(place) });
            }
            (0, 1) if b[j].length >= SHORTEST / 2.0 => found.push(Unpaired::Added { target: b[j].span }),
            _ => {}
        }
        i += x;
        j += y;
    }
    // Where much has no partner, the texts are none of each other, or told in another order.
    if found.len() * 3 > a.len().max(b.len()) + 3 { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    const SOURCE: &str = "The ferry leaves at 7 every morning.\nAnna Reed has kept the pier since 1998.\nIn winter the channel freezes and nobody can cross to the island for weeks.\nThe town wants to build a bridge.\nIt would cost 40 million.";
    const TARGET: &str = "Die Fähre fährt jeden Morgen um 7 ab.\nAnna Reed betreut den Anleger seit 1998.\nIm Winter friert die Fahrrinne zu, und wochenlang kommt niemand auf die Insel.\nDie Stadt will eine Brücke bauen.\nSie würde 40 Millionen kosten.";

    fn found(source: &str, target: &str) -> Vec<Unpaired> {
        let packs = Packs::builtin();
        let document = |text: &str, code: &str| Document::plain(text, Language::parse(code).ok(), &packs);
        align(&document(source, "en"), &document(target, "de")).unwrap().unpaired
    }

    #[test]
    fn what_fits_has_partners() {
        assert!(found(SOURCE, TARGET).is_empty());
    }

    #[test]
    fn a_lost_line_and_an_added_one_are_named() {
        let lines: Vec<&str> = TARGET.lines().collect();
        let lost = [lines[0], lines[1], lines[3], lines[4]].join("\n");
        let expected = SOURCE.lines().nth(2).unwrap();
        match found(SOURCE, &lost).as_slice() {
            [Unpaired::Lost { source, .. }] => assert_eq!(source.of(SOURCE), expected),
            other => panic!("{other:?}"),
        }
        let sources: Vec<&str> = SOURCE.lines().collect();
        let shorter = [sources[0], sources[1], sources[3], sources[4]].join("\n");
        match found(&shorter, TARGET).as_slice() {
            [Unpaired::Added { target }] => assert_eq!(target.of(TARGET), lines[2]),
            other => panic!("{other:?}"),
        }
    }
}
