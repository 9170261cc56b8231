//! Words that are likely a slip of one that is a name here: a letter lost, doubled, swapped or changed, an ending of
//! another language, a space within.
//!
//! Candidates are found by what is left when one letter goes (Garbe 2012), so that time grows with the length of the
//! text alone.

use super::name_words::{NameWord, NameWords, is_mention, is_unknown, is_unknown_word, without_clitic};
use super::{Document, Token, TokenKind, double_names};
use mtlint_lang::Vocabulary;
use mtlint_text::{BuildWordHasher, Span, word_hash};
use std::cell::LazyCell;
use std::collections::HashMap;

/// The fewest letters of a name that a slip is told of, and of one with a letter changed.
const SHORTEST: usize = 4;
const SHORTEST_CHANGED: usize = 6;
/// How often the usual spelling stands there at least.
const FEWEST: u32 = 2;
/// Of so many mentions of a name one at most is small.
const RARELY_SMALL: u32 = 4;
/// How often a name stands there at least whose last letter is changed.
const FEWEST_CHANGED_END: u32 = 3;
/// The fewest letters of a name that falls apart into two words.
const SHORTEST_WHOLE: usize = 7;
/// The fewest letters of a name of which two are changed, how often it stands there at least, and with how many such
/// names a word is compared.
const SHORTEST_FAR: usize = 6;
const FEWEST_FAR: u32 = 3;
const MOST_COMPARED: usize = 24;
/// The most letters that are looked at.
const LONGEST: usize = 24;
/// How many letters an ending has.
const ENDING: std::ops::RangeInclusive<usize> = 2..=3;

/// Endings that make another word of a name: `Martins`, `Norwegian`.
const DERIVATIONS: &str = "name-derivation";
const LETTER_DERIVATIONS: &str = "name-derivation.letter";
/// What an apostrophe joins to any word: `’s`.
const CLITICS: &str = "clitic";
/// What a name has before it whoever bears it.
const HONORIFICS: &str = "honorific";

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
    let mut found = double_names::find(document);
    found.retain(|slip| !document.is_quoted_closely(slip.span));
    found.extend(of_words(document));
    found.sort_by_key(|slip| slip.span.start);
    found
}

/// The slips of names of one word.
fn of_words(document: &Document) -> Vec<NameSlip> {
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
                let (hash, span) = without_clitic(document, token);
                let is_candidate = names.is_once(hash)
                    && (SHORTEST - 1..=LONGEST).contains(&span.len())
                    && is_unknown_word(document, hash, span);
                let (slip, usual) = if is_candidate { index.slip_of(document, span)? } else { return None };
                // `Fatalismo (Fatalism)` tells what the word means.
                let is_explained =
                    tokens.get(at + 1).is_some_and(|after| document.is_ascii_mark(*after, b'('));
                (!is_explained && !is_other_name(names, document, tokens, at, usual)).then_some(slip)
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
    let is_title = |token: &&Token| document.is_listed(**token, HONORIFICS);
    let before = before.filter(|before| is_name(before) && !is_title(before));
    before.is_some_and(|before| names.count_pair(before.hash, usual) == 0)
        || after.filter(is_name).is_some_and(|after| names.count_pair(usual, after.hash) == 0)
}

/// A name with a space inside: `GitH ub`.
fn split(document: &Document, names: &NameWords, tokens: &[Token], at: usize) -> Option<NameSlip> {
    let (head, tail) = (tokens[at], *tokens.get(at + 1)?);
    let is_beside = document.text().get(head.span.hi()..tail.span.lo()) == Some(" ");
    if !is_beside || !tail.is_small {
        return None;
    }
    let whole = [document.slice(head.span), document.slice(tail.span)].concat();
    let name = names.get(word_hash(&whole))?;
    // `Some thing` is two words, `Nets cape` hardly.
    let is_name = is_unknown(document, tail)
        || whole.chars().count() >= SHORTEST_WHOLE && !is_word(document, word_hash(&whole));
    (is_name && document.slice(name.first) == whole).then_some(NameSlip {
        span: head.span.cover(tail.span),
        usual: name.first,
        count: name.capital,
        kind: SlipKind::Space,
    })
}

/// Whether an ending makes another word of a name.
fn is_derived_by(document: &Document, ending: &str) -> bool {
    document.pack().words(DERIVATIONS).contains(ending)
        || document.pack().words(LETTER_DERIVATIONS).contains(ending)
}

/// Whether the vocabulary of the language has a word, given by its hash.
fn is_word(document: &Document, hash: u32) -> bool {
    Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.may_hold(hash))
}

/// The names by what is left of them when one letter goes.
struct Index {
    /// The most frequent names, to be compared letter by letter.
    frequent: Vec<u32>,
    /// The hash of the name by the hash of what is left; the name itself is among them.
    left: HashMap<u32, u32, BuildWordHasher>,
}

impl Index {
    fn of(document: &Document, names: &NameWords) -> Self {
        let mut sorted: Vec<_> = names.all().map(|(hash, name)| (name.first, hash)).collect();
        sorted.sort();
        let mut frequent: Vec<(u32, Span, u32)> = names
            .all()
            .filter(|(_, name)| {
                name.capital >= FEWEST_FAR
                    && name.small == 0
                    && (SHORTEST_FAR..=LONGEST).contains(&name.first.len())
            })
            .map(|(hash, name)| (name.capital, name.first, hash))
            .collect();
        frequent.sort_by_key(|(count, first, _)| (std::cmp::Reverse(*count), *first));
        let frequent = frequent.into_iter().take(MOST_COMPARED).map(|(_, _, hash)| hash).collect();
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
        Self { frequent, left }
    }

    /// The slip that a word is, and the name that it is a slip of.
    fn slip_of(&self, document: &Document, span: Span) -> Option<(NameSlip, u32)> {
        let names = document.name_words();
        let text = document.slice(span);
        let slip = |hash: u32, kind| {
            let is_name =
                |name: &&NameWord| name.capital >= FEWEST && name.small * RARELY_SMALL <= name.capital;
            let name = names.get(hash).filter(is_name)?;
            let slip = NameSlip { span, usual: name.first, count: name.capital, kind };
            Some((slip, hash))
        };
        // A stem that the text has by itself, were it once.
        let known_stem = |hash: u32, stem: &str| {
            let (usual, count) = match names.get(hash) {
                Some(name) => (name.first, name.capital),
                None => (names.place_of_once(hash)?, 1),
            };
            let slip = NameSlip { span, usual, count, kind: SlipKind::Ending };
            (document.slice(usual) == stem).then_some((slip, hash))
        };
        if let Some((stem, ending)) = text.split_once(['\'', '’']) {
            let is_foreign = !document.pack().words(CLITICS).contains(ending)
                && ending.chars().all(char::is_lowercase)
                && (1..=3).contains(&ending.chars().count());
            // No word of the language ends so, be the name a word or not.
            let is_long = stem.chars().count() >= SHORTEST;
            return if is_foreign && is_long { known_stem(word_hash(stem), stem) } else { None };
        }
        // An ending of one letter on a word of the language: `Companya`.
        let known =
            document.language().and_then(|_| text.char_indices().next_back()).and_then(|(at, last)| {
                let (stem, hash) = (&text[..at], word_hash(&text[..at]));
                let is_ending = last.is_lowercase() && !is_derived_by(document, &text[at..]);
                (is_ending && stem.chars().count() >= SHORTEST_CHANGED && is_word(document, hash))
                    .then(|| known_stem(hash, stem))?
            });
        if known.is_some() {
            return known;
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
        let Some(hash) = nearest else { return self.far_slip_of(document, span) };
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
                    && !is_derived(rest)
                    && (!rest.is_empty() || names.get(hash)?.capital >= FEWEST_CHANGED_END)
            }
            _ => false,
        };
        // A short name that is met but twice has too many neighbours.
        let is_usual = |(slip, _): &(NameSlip, u32)| slip.count > FEWEST || name.len() >= SHORTEST_CHANGED;
        if is_slip { slip(hash, SlipKind::Letter).filter(is_usual) } else { None }
    }

    /// The slip that a word is which differs in two letters from a name that is met often.
    fn far_slip_of(&self, document: &Document, span: Span) -> Option<(NameSlip, u32)> {
        let text = document.slice(span);
        let lower = text.to_lowercase();
        let length = lower.chars().count();
        if length < SHORTEST_FAR || text.chars().skip(1).any(char::is_uppercase) {
            return None;
        }
        let names = document.name_words();
        self.frequent.iter().find_map(|hash| {
            let name = names.get(*hash)?;
            let usual = document.slice(name.first).to_lowercase();
            let shared = lower.bytes().zip(usual.bytes()).take_while(|(a, b)| a == b).count();
            let is_alike = lower.chars().next() == usual.chars().next()
                && usual.chars().count().abs_diff(length) <= 1
                && shared + ENDING.end() < usual.len()
                && strsim::damerau_levenshtein(&lower, &usual) == 2;
            let slip = NameSlip { span, usual: name.first, count: name.capital, kind: SlipKind::Letter };
            is_alike.then_some((slip, *hash))
        })
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
