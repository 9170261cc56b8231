//! Words that are likely a slip of one that is a name here: a letter lost, doubled, swapped or changed, an ending of
//! another language, a space within.
//!
//! Candidates are found by what is left when one letter goes (Garbe 2012), so that time grows with the length of the
//! text alone.

use super::name_words::{NameWords, is_mention, is_unknown};
use super::{Document, Token, TokenKind};
use mtlint_text::{BuildWordHasher, Span, word_hash};
use std::cell::LazyCell;
use std::collections::HashMap;

/// The fewest letters of a name that a slip is told of, and of one with a letter changed.
const SHORTEST: usize = 4;
const SHORTEST_CHANGED: usize = 6;
/// How often the usual spelling stands there at least.
const FEWEST: u32 = 2;
/// The most letters that are looked at.
const LONGEST: usize = 24;
/// How many letters an ending has.
const ENDING: std::ops::RangeInclusive<usize> = 2..=3;

/// Endings that make another word of a name: `Martins`, `Norwegian`.
const DERIVATIONS: &str = "name-derivation";
/// What an apostrophe joins to any word: `’s`.
const CLITICS: &str = "clitic";

/// A mention that is likely a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSlip {
    pub span: Span,
    /// A mention as the document has it otherwise.
    pub usual: Span,
    /// How often that stands there.
    pub count: u32,
    pub kind: SlipKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipKind {
    /// A letter otherwise.
    Letter,
    /// A letter more or less at the end, or an ending.
    Ending,
    /// A space inside.
    Space,
}

pub(super) fn find(document: &Document) -> Vec<NameSlip> {
    let names = document.name_words();
    if names.is_empty() {
        return Vec::new();
    }
    // Few texts hold a word that asks for it.
    let index = LazyCell::new(|| Index::of(document, names));
    let mut found = Vec::new();
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        for at in document.capitalised_in(block) {
            let token = tokens[at];
            let slip = split(document, names, tokens, at).or_else(|| {
                let is_candidate = names.is_once(token)
                    && (SHORTEST - 1..=LONGEST).contains(&token.span.len())
                    && is_unknown(document, token);
                let (slip, usual) = if is_candidate { index.slip_of(document, token)? } else { return None };
                (!is_other_name(names, document, tokens, at, usual)).then_some(slip)
            });
            found.extend(
                slip.filter(|slip| is_mention(document, token) && !document.is_quoted_closely(slip.span)),
            );
        }
    }
    found
}

/// Whether another name stands beside a candidate, one that never stands beside the usual word, given by its hash: it is
/// introduced as somebody else.
fn is_other_name(names: &NameWords, document: &Document, tokens: &[Token], at: usize, usual: u32) -> bool {
    let is_beside = |a: Token, b: Token| document.text().get(a.span.hi()..b.span.lo()) == Some(" ");
    let is_name = |token: &&Token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper);
    let before = at.checked_sub(1).map(|at| &tokens[at]).filter(|before| is_beside(**before, tokens[at]));
    let after = tokens.get(at + 1).filter(|after| is_beside(tokens[at], **after));
    before.filter(is_name).is_some_and(|before| names.count_pair(before.hash, usual) == 0)
        || after.filter(is_name).is_some_and(|after| names.count_pair(usual, after.hash) == 0)
}

/// A name with a space inside: `GitH ub`.
fn split(document: &Document, names: &NameWords, tokens: &[Token], at: usize) -> Option<NameSlip> {
    let (head, tail) = (tokens[at], *tokens.get(at + 1)?);
    let is_beside = document.text().get(head.span.hi()..tail.span.lo()) == Some(" ");
    if !is_beside || !tail.is_small || !is_unknown(document, tail) {
        return None;
    }
    let whole = [document.slice(head.span), document.slice(tail.span)].concat();
    let name = names.get(word_hash(&whole))?;
    (document.slice(name.first) == whole).then_some(NameSlip {
        span: head.span.cover(tail.span),
        usual: name.first,
        count: name.capital,
        kind: SlipKind::Space,
    })
}

/// The names by what is left of them when one letter goes.
struct Index {
    /// The hash of the name by the hash of what is left; the name itself is among them.
    left: HashMap<u32, u32, BuildWordHasher>,
}

impl Index {
    fn of(document: &Document, names: &NameWords) -> Self {
        let mut sorted: Vec<_> = names.all().map(|(hash, name)| (name.first, hash)).collect();
        sorted.sort();
        let mut left = HashMap::default();
        for (span, hash) in sorted {
            let letters: Vec<char> = document.slice(span).to_lowercase().chars().collect();
            // A genitive is a form of its name.
            let is_plain = letters.iter().all(|c| c.is_alphabetic());
            if is_plain && (SHORTEST..=LONGEST).contains(&letters.len()) {
                each_shortened(&letters, |hash_left| {
                    left.entry(hash_left).or_insert(hash);
                });
            }
        }
        Self { left }
    }

    /// The slip that a word is, and the name that it is a slip of.
    fn slip_of(&self, document: &Document, token: Token) -> Option<(NameSlip, u32)> {
        let names = document.name_words();
        let text = document.slice(token.span);
        let slip = |hash: u32, kind| {
            let name = names.get(hash).filter(|name| name.capital >= FEWEST && name.small == 0)?;
            let slip = NameSlip { span: token.span, usual: name.first, count: name.capital, kind };
            Some((slip, hash))
        };
        if let Some((stem, ending)) = text.split_once(['\'', '’']) {
            let is_foreign = !document.pack().words(CLITICS).contains(ending)
                && ending.chars().all(char::is_lowercase)
                && (1..=3).contains(&ending.chars().count());
            return if is_foreign { slip(word_hash(stem), SlipKind::Ending) } else { None };
        }
        let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
        let letters: Vec<char> = text.to_lowercase().chars().collect();
        if !letters.iter().all(|c| c.is_alphabetic()) {
            return None;
        }
        let is_derived = |ending: &[char]| {
            let ending: String = ending.iter().collect();
            document.pack().words(DERIVATIONS).contains(&ending)
        };
        for length in ENDING {
            let Some(at) = letters.len().checked_sub(length).filter(|at| *at >= SHORTEST) else { continue };
            // Capitals inside make names of their own: `HarbourUI`.
            if text.chars().rev().take(length).any(char::is_uppercase) {
                continue;
            }
            let stem: String = letters[..at].iter().collect();
            if let Some(found) =
                slip(word_hash(&stem), SlipKind::Ending).filter(|_| !is_derived(&letters[at..]))
            {
                return Some(found);
            }
        }
        let mut nearest: Option<u32> = None;
        each_shortened(&letters, |hash_left| {
            nearest = nearest.or_else(|| self.left.get(&hash_left).copied());
        });
        let hash = nearest?;
        let usual = document.slice(names.get(hash)?.first);
        if capitals(usual) != capitals(text) {
            return None;
        }
        let name: Vec<char> = usual.to_lowercase().chars().collect();
        let shared = letters.iter().zip(&name).take_while(|(a, b)| a == b).count();
        let (rest, usual) = (&letters[shared..], &name[shared..]);
        let is_slip = match (rest, usual) {
            // A letter more or less at the end makes other words of names.
            ([_], []) | ([], [_]) => false,
            ([a, b, rest @ ..], [c, d, usual @ ..]) if a == d && b == c && rest == usual => true,
            ([_, rest @ ..], usual) if rest == usual => letters.len() > SHORTEST,
            (rest, [_, usual @ ..]) if rest == usual => true,
            ([_, rest @ ..], [_, usual @ ..]) => {
                rest == usual
                    && shared > 0
                    && name.len() >= SHORTEST_CHANGED
                    && !(is_derived(rest) || rest.is_empty())
            }
            _ => false,
        };
        // A short name that is met but twice has too many neighbours.
        let is_usual = |(slip, _): &(NameSlip, u32)| slip.count > FEWEST || name.len() >= SHORTEST_CHANGED;
        if is_slip { slip(hash, SlipKind::Letter).filter(is_usual) } else { None }
    }
}

/// Calls `found` with the hash of the letters, and of what is left when each of them goes.
fn each_shortened(letters: &[char], mut found: impl FnMut(u32)) {
    let mut text = String::with_capacity(letters.len() * 2);
    for gone in 0..=letters.len() {
        text.clear();
        text.extend(letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| *c));
        found(word_hash(&text));
    }
}
