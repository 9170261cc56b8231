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

/// A line or sentence.
#[derive(Clone, Debug)]
struct Segment {
    span: Span,
    /// In characters.
    length: f64,
    /// The hashes of numbers and capitalised words.
    anchors: BTreeSet<u32>,
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
/// How much a segment without a partner costs.
const ALONE: f64 = 4.0;
/// How much the length of a translation varies, for each character: the variance grows with the length,
/// as Gale and Church found.
const VARIANCE: f64 = 2.0;
/// How much it costs that two segments are one on the other side.
const MERGED: f64 = 4.5;
/// How much a mismatch of length costs at most.
const WORST: f64 = 9.0;
/// What all anchors alike are worth, and what none of them is.
const ALIKE: f64 = 5.0;
const UNLIKE: f64 = 2.0;
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
    let total = |segments: &[Segment]| segments.iter().map(|it| it.length).sum::<f64>();
    // As many on both sides: one stands for one.
    if a.len() == b.len() {
        return Some(Alignment { unpaired: Vec::new(), is_of_lines });
    }
    // A lost or added part moves the ratio of the sums; that of the segments in the middle is steadier.
    let middle = |segments: &[Segment]| {
        let mut lengths: Vec<f64> = segments.iter().map(|it| it.length).collect();
        lengths.sort_by(f64::total_cmp);
        let inner = &lengths[lengths.len() / 5..lengths.len() - lengths.len() / 5];
        inner.iter().sum::<f64>() / inner.len() as f64
    };
    let ratio = (middle(&b) / middle(&a) + total(&b) / total(&a)) / 2.0;
    let unpaired = told(&a, &b, &path(&a, &b, ratio), target);
    Some(Alignment { unpaired, is_of_lines })
}

/// The lines of both texts, where both have several, else their sentences.
fn segments(source: &Document, target: &Document) -> (Vec<Segment>, Vec<Segment>, bool) {
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
    (measured(source, &a), measured(target, &b), is_of_lines)
}

fn measured(document: &Document, spans: &[Span]) -> Vec<Segment> {
    let tokens = document.tokens();
    let mut at = 0;
    let segment = |span: &Span| {
        at += tokens[at..].iter().take_while(|token| token.span.end <= span.start).count();
        let inside = tokens[at..].iter().take_while(|token| token.span.start < span.end);
        let anchors = inside.filter(|token| match token.kind {
            TokenKind::Number => true,
            TokenKind::Capitalised | TokenKind::Upper => token.span.len() >= 3,
            TokenKind::Lower | TokenKind::Mark => false,
        });
        Segment {
            span: *span,
            length: document.slice(*span).chars().count().max(1) as f64,
            anchors: anchors.map(|token| token.hash).collect(),
        }
    };
    spans.iter().map(segment).collect()
}

/// How badly segments fit together.
fn cost(a: &[Segment], b: &[Segment], ratio: f64) -> f64 {
    let length = |segments: &[Segment]| segments.iter().map(|it| it.length).sum::<f64>();
    let (source, target) = (length(a) * ratio, length(b));
    let z = (target - source) / (VARIANCE * source.max(target)).sqrt();
    let all = |segments: &[Segment]| -> BTreeSet<u32> {
        segments.iter().flat_map(|it| it.anchors.iter().copied()).collect()
    };
    let (first, second) = (all(a), all(b));
    let shared = first.intersection(&second).count() as f64;
    let fewer = first.len().min(second.len()) as f64;
    let anchors = match (fewer > 0.0, shared > 0.0) {
        (true, true) => -ALIKE * shared / fewer.max(1.0),
        (true, false) if fewer >= 2.0 => UNLIKE,
        _ => 0.0,
    };
    (z * z / 2.0).min(WORST) + anchors
}

/// The cheapest way through both texts: how many segments of each belong together, from the start on.
fn path(a: &[Segment], b: &[Segment], ratio: f64) -> Vec<(usize, usize)> {
    let (n, m) = (a.len(), b.len());
    let half = n.abs_diff(m) + BAND;
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
                    _ => MERGED + cost(&a[from_i..i], &b[from_j..j], ratio),
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
        let (x, y) = BEADS[usize::from(rows[i][j - low(i)].1)];
        if x > i || y > j || x + y == 0 {
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
