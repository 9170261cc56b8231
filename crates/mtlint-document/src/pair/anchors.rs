//! What comes through a translation as it is or nearly so, counted: numbers, names, words that
//! related languages share. May use `document`.

use super::Pair;
use super::alignment::{LONG, beginning};
use super::codes::touch;
use super::compare::Difference;
use crate::{Document, TokenKind};
use mtlint_lang::Script;
use std::collections::HashSet;

/// What two texts share that a translation keeps, and what of it only one side has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anchors {
    /// Numbers that both sides say.
    pub same_numbers: usize,
    /// Numbers that only the source says.
    pub lost_numbers: usize,
    /// Numbers that only the target says.
    pub added_numbers: usize,
    /// Names inside the sentences of the source whose beginning no word of the target has; none where the
    /// target is written in other letters.
    pub lost_names: usize,
    /// Which share of the beginnings of long words both sides have, of the side that has fewer; `None`
    /// where the two are not written in the same letters, or too few words are long.
    pub cognates: Option<f64>,
}

/// How many long words a text has at least, so that what they share says something.
const FEWEST_LONG: usize = 4;
/// How many letters a name has at least.
const SHORTEST_NAME: usize = 4;

/// Counts the anchors of a pair.
pub fn anchors(pair: &Pair<'_>) -> Anchors {
    let numbers = pair.numbers();
    let mut anchors = Anchors { same_numbers: numbers.same.len(), ..Anchors::default() };
    for difference in &numbers.differences {
        let (lost, added) = match difference {
            Difference::Changed { .. } => (1, 1),
            Difference::Missing { .. } => (1, 0),
            Difference::Extra { .. } => (0, 1),
            Difference::Converted { .. } => (0, 0),
        };
        anchors.lost_numbers += lost;
        anchors.added_numbers += added;
    }
    let is_latin = |document: &Document| {
        document.language().is_some_and(|language| document.pack().script_of(language) == Script::Latin)
    };
    if !is_latin(pair.source()) || !is_latin(pair.target()) {
        return anchors;
    }
    let (source, target) = (beginnings(pair.source()), beginnings(pair.target()));
    let fewer = source.len().min(target.len());
    if fewer < FEWEST_LONG {
        return anchors;
    }
    anchors.cognates = Some(source.intersection(&target).count() as f64 / (fewer + 1) as f64);
    let document = pair.source();
    let tokens = document.tokens();
    let inside = document.sentences().iter().flat_map(|sentence| {
        // The first word is capitalised whatever it is.
        tokens[sentence.tokens.start as usize..sentence.tokens.end as usize].iter().skip(1)
    });
    let names: HashSet<u64> = inside
        .filter(|token| token.kind == TokenKind::Capitalised && token.span.len() >= SHORTEST_NAME)
        .filter(|token| !touch(pair.source_codes(), token.span))
        .map(|token| document.slice(token.span))
        .map(beginning)
        .collect();
    anchors.lost_names = names.difference(&target).count();
    anchors
}

/// The beginnings of the long words of a text.
fn beginnings(document: &Document) -> HashSet<u64> {
    let words = document.tokens().iter().filter(|token| token.kind.is_word());
    let long = words.map(|token| document.slice(token.span)).filter(|it| it.chars().nth(LONG - 1).is_some());
    long.map(beginning).collect()
}
