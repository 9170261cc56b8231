//! Double names, `Holt-Mensah`, of which one mention differs in letters from one that is usual in the text.
//!
//! Two letters may differ where a name of one word allows one: hardly two people share one half of a double name and
//! nearly share the other. Every step is linear in the length of the text.

use super::name_slips::{NameSlip, SlipKind};
use super::{Document, Token, TokenKind};
use mtlint_text::{BuildWordHasher, Span};
use std::collections::HashMap;

/// How often the usual spelling stands there at least.
const FEWEST: u32 = 2;
/// How alike the halves must be that are not the same, of 1.
const ALIKE: f64 = 0.5;
/// How alike both halves must be where neither is the same.
const BOTH_ALIKE: f64 = 0.7;
/// The fewest letters of a half that differs.
const SHORTEST: usize = 3;
/// The most bytes of a half: comparing takes time that grows with the square of it.
const LONGEST: usize = 48;
/// How many usual names a rare one is compared with at most.
const MOST_COMPARED: usize = 24;

/// The halves of a double name, and all that it spans.
#[derive(Clone, Copy, Debug)]
struct DoubleName {
    span: Span,
    halves: [Token; 2],
}

pub(super) fn find(document: &Document) -> Vec<NameSlip> {
    let all: Vec<DoubleName> = document
        .blocks()
        .iter()
        .flat_map(|block| {
            let tokens = document.tokens_of(block);
            document.capitalised_in(block).filter_map(|at| double_name(document, tokens, at))
        })
        .collect();
    let mut counts: HashMap<(u32, u32), (u32, Span), BuildWordHasher> = HashMap::default();
    for name in &all {
        counts.entry(key(name)).or_insert((0, name.span)).0 += 1;
    }
    let mut usual: Vec<&DoubleName> = all
        .iter()
        .filter(|name| counts[&key(name)].1 == name.span && counts[&key(name)].0 >= FEWEST)
        .collect();
    usual.sort_by_key(|name| (std::cmp::Reverse(counts[&key(name)].0), name.span.start));
    usual.truncate(MOST_COMPARED);
    let rare = all.iter().filter(|name| counts[&key(name)].0 == 1);
    rare.filter_map(|name| {
        let usual = usual.iter().find(|usual| is_slip(document, name, usual))?;
        Some(NameSlip {
            span: name.span,
            usual: usual.span,
            count: counts[&key(usual)].0,
            kind: SlipKind::Letter,
        })
    })
    .collect()
}

fn key(name: &DoubleName) -> (u32, u32) {
    let [first, second] = name.halves;
    (first.hash, second.hash)
}

/// The double name whose first half is at `at`.
fn double_name(document: &Document, tokens: &[Token], at: usize) -> Option<DoubleName> {
    let [first, hyphen, second] = *tokens.get(at..at + 3)? else { return None };
    let is_half = |token: Token| {
        let is_letters = || document.slice(token.span).chars().all(char::is_alphabetic);
        token.kind == TokenKind::Capitalised
            && (SHORTEST..=LONGEST).contains(&token.span.len())
            && is_letters()
    };
    let is_tight = first.span.hi() == hyphen.span.lo() && hyphen.span.hi() == second.span.lo();
    let is_hyphen = matches!(document.slice(hyphen.span), "-" | "‐" | "\u{2011}");
    let goes_on = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| document.is_ascii_mark(*token, b'-'))
    };
    let span = first.span.cover(second.span);
    (is_tight
        && is_hyphen
        && is_half(first)
        && is_half(second)
        && !goes_on(at.checked_sub(1))
        && !goes_on(Some(at + 3))
        && !document.mask().covers(span))
    .then_some(DoubleName { span, halves: [first, second] })
}

/// Whether a double name is likely another one misspelt.
fn is_slip(document: &Document, rare: &DoubleName, usual: &DoubleName) -> bool {
    let alike = |half: usize| {
        let [a, b] = [rare, usual].map(|name| document.slice(name.halves[half].span).to_lowercase());
        if a == b { 1.0 } else { strsim::normalized_damerau_levenshtein(&a, &b) }
    };
    let is_known = |half: usize| document.word_form(rare.halves[half]).is_some();
    match [alike(0), alike(1)] {
        [1.0, 1.0] => false,
        // Other words of the language make other names: `Jean-Paul`, `Jean-Pierre`.
        [1.0, second] => second >= ALIKE && !is_known(1),
        [first, 1.0] => first >= ALIKE && !is_known(0),
        [first, second] => first >= BOTH_ALIKE && second >= BOTH_ALIKE,
    }
}
