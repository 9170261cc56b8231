//! Numbers of which two have changed places.
//!
//! That a translation says its numbers in another order proves nothing: a clause moves with its
//! numbers. What proves it is that everything else stayed: two numbers far apart changed places
//! around others that did not, the two ends of one phrase are turned, or each of the two stands where
//! the unit, the month or the name stands that was the other's. May use `document`, `lang` and `text`.

use super::Pair;
use super::values::Value;
use crate::TokenKind;
use mtlint_lang::is_unspaced;
use mtlint_text::Span;
use std::collections::HashMap;

/// Two numbers that changed places: indices into the numbers of the source, and of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    pub source: (usize, usize),
    pub target: (usize, usize),
}

/// How many bytes stand between two numbers of one phrase at most: `between 3 and 7`.
const TIGHT: usize = 9;
/// How far from a number, in bytes, the name stands that goes with it at most.
const NEAR: usize = 40;
/// How many numbers are looked at.
const MOST: usize = 60;

/// The two numbers of the target that have changed places, if there are two.
pub fn swapped(pair: &Pair<'_>) -> Option<Swap> {
    let (source, target) = (pair.source_values(), pair.target_values());
    let same = &pair.numbers().same;
    if same.len() < 2 || same.len() > MOST {
        return None;
    }
    let is_unique = |values: &[Value], index: usize| {
        values.iter().filter(|other| other.digits == values[index].digits).count() == 1
    };
    let mut pairs: Vec<(usize, usize)> = same
        .iter()
        .copied()
        .filter(|(a, b)| is_unique(&source.numbers, *a) && is_unique(&target.numbers, *b))
        .collect();
    pairs.sort_unstable();
    let mut sorted: Vec<usize> = pairs.iter().map(|(_, target)| *target).collect();
    sorted.sort_unstable();
    let moved: Vec<usize> = (0..pairs.len()).filter(|index| pairs[*index].1 != sorted[*index]).collect();
    let [i, j] = moved[..] else { return None };
    let ((a, in_a), (b, in_b)) = (pairs[i], pairs[j]);
    let (from, to) =
        ((&source.numbers[a], &source.numbers[b]), (&target.numbers[in_a], &target.numbers[in_b]));
    let is_proven = match units(from, to) {
        Some(proof) => proof,
        // Clauses that move leave no number in its place between them.
        None if j - i > 1 => is_year(from.0) == is_year(from.1) || !is_dated(pair, to),
        None => is_turned_phrase(pair, from, to) || anchors_stayed(pair, from, to),
    };
    is_proven.then_some(Swap { source: (a, b), target: (in_a, in_b) })
}

/// Whether the units that stand beside the numbers say that these have changed places, or that they
/// have not; `None` where they say nothing.
fn units(from: (&Value, &Value), to: (&Value, &Value)) -> Option<bool> {
    let share = |a: &Value, b: &Value| a.units.iter().any(|unit| b.units.contains(unit));
    if share(from.0, from.1) || from.0.units.is_empty() && from.1.units.is_empty() {
        return None;
    }
    let (stayed, crossed) =
        (share(from.0, to.0) || share(from.1, to.1), share(from.0, to.1) || share(from.1, to.0));
    match (stayed, crossed) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}

fn is_year(value: &Value) -> bool {
    value.digits.len() == 4 && value.digits.starts_with(['1', '2']) && value.span.len() == 4
}

/// Whether one of the numbers stands beside a month.
fn is_dated(pair: &Pair<'_>, to: (&Value, &Value)) -> bool {
    let months = &pair.target_values().months;
    let near = |value: &Value| months.iter().any(|month| distance(month.span, value.span) <= TIGHT);
    near(to.0) || near(to.1)
}

/// Whether both are the ends of one phrase on both sides: `from 3 to 7` and `von 7 bis 3`.
fn is_turned_phrase(pair: &Pair<'_>, from: (&Value, &Value), to: (&Value, &Value)) -> bool {
    let is_tight = |text: &str, first: &Value, second: &Value| {
        let between = text.get(first.span.hi()..second.span.lo()).unwrap_or_default();
        let is_joint = |c: char| {
            c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '–' | '—' | '~' | '～' | '〜')
        };
        between.len() <= TIGHT && between.chars().all(is_joint)
    };
    // Years and days, days and months stand as each language has them.
    let is_like = is_year(from.0) == is_year(from.1) && !is_dated(pair, to);
    let is_date = |text: &str| text.chars().any(|c| matches!(c, '年' | '月' | '日' | '년' | '월' | '일'));
    is_like
        && !(pair.target().text().chars().any(is_unspaced) && is_date(pair.target().text()))
        && is_tight(pair.source().text(), from.0, from.1)
        && is_tight(pair.target().text(), to.1, to.0)
}

/// Whether a name that stands beside each of the numbers in the source stands beside the other one in
/// the target.
fn anchors_stayed(pair: &Pair<'_>, from: (&Value, &Value), to: (&Value, &Value)) -> bool {
    let anchors = anchors(pair);
    // The nearest anchor of a number in the source, which the other number does not have nearer.
    let nearest = |value: &Value, other: &Value| {
        let own = anchors.iter().filter(|(source, _)| {
            let (near, far) = (distance(*source, value.span), distance(*source, other.span));
            near <= NEAR && 2 * near < far
        });
        own.min_by_key(|(source, _)| distance(*source, value.span)).map(|(_, target)| *target)
    };
    let (Some(first), Some(second)) = (nearest(from.0, from.1), nearest(from.1, from.0)) else {
        return false;
    };
    let is_nearer = |anchor: Span, to: &Value, than: &Value| {
        let (near, far) = (distance(anchor, to.span), distance(anchor, than.span));
        near <= NEAR && 2 * near < far
    };
    first != second && is_nearer(first, to.1, to.0) && is_nearer(second, to.0, to.1)
}

/// Names and months that stand once on either side: where in the source, and where in the target.
fn anchors(pair: &Pair<'_>) -> Vec<(Span, Span)> {
    let names = |document: &crate::Document| {
        let mut places: HashMap<u32, Option<Span>> = HashMap::new();
        for token in document.tokens() {
            let is_name =
                matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper) && token.span.len() >= 3;
            if is_name {
                places.entry(token.hash).and_modify(|place| *place = None).or_insert(Some(token.span));
            }
        }
        places
    };
    let (source, target) = (names(pair.source()), names(pair.target()));
    let mut anchors: Vec<(Span, Span)> =
        source.iter().filter_map(|(hash, place)| Some(((*place)?, (*target.get(hash)?)?))).collect();
    for number in 1..=12 {
        let of = |values: &super::values::Values| {
            let mut months = values.months.iter().filter(|month| month.number == number).map(|it| it.span);
            months.next().filter(|_| months.next().is_none())
        };
        if let (Some(a), Some(b)) = (of(pair.source_values()), of(pair.target_values())) {
            anchors.push((a, b));
        }
    }
    anchors.sort();
    anchors
}

/// How many bytes lie between two places.
fn distance(a: Span, b: Span) -> usize {
    a.lo().saturating_sub(b.hi()).max(b.lo().saturating_sub(a.hi()))
}
