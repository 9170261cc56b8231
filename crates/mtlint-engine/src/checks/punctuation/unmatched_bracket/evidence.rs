//! What speaks for and against the loss of a bracket's partner: what stands around the one that is there, what its paragraph
//! is, and what the document does with its other brackets.

use super::Single;
use crate::rule::Observation;
use mtlint_document::{BlockKind, Document};

/// How many brackets a document has, counted once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts {
    /// Without a partner.
    pub singles: usize,
    pub pairs: usize,
}

/// From how many pairs on a document has enough of them to tell how it sets them.
const ENOUGH: usize = 8;

/// How many words in brackets are many.
const MANY_WORDS: usize = 30;

/// How many characters of a paragraph are looked at for code.
const LOOKED_AT: usize = 400;

/// How many characters beside the bracket are looked at for a face.
const FACE: usize = 3;

pub(super) fn of(document: &Document, single: &Single, counts: Counts) -> Vec<Observation> {
    let text = document.text();
    let block = &document.blocks()[single.block];
    let is = |holds: bool| i32::from(holds) * 1000;
    let before = &text[block.span.lo()..single.at];
    let behind = &text[single.at + single.bracket.len_utf8()..block.span.hi()];
    let (last, next) = (before.chars().next_back(), behind.chars().next());
    let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_stop = |c: Option<char>| c.is_some_and(|c| ".,;:!?".contains(c));
    let is_set = match single.is_open {
        true => is_gap(last) && is_word(next),
        false => !is_gap(last) && (is_gap(next) || is_stop(next)),
    };
    // What it would hold: up to the end of the sentence or from its beginning on.
    let sentence = document.sentences_of(block).iter().find(|it| it.span.hi() > single.at);
    let inside = match (sentence, single.is_open) {
        (Some(sentence), true) => text.get(single.at..sentence.span.hi()),
        (Some(sentence), false) => text.get(sentence.span.lo()..single.at),
        (None, _) => None,
    };
    let words = inside.map_or(0, |inside| inside.split_whitespace().take(MANY_WORDS).count());
    let is_sign = |c: char| "{}=<>|\\/_*#@^~+%$&".contains(c);
    let looked_at = before.chars().rev().take(LOOKED_AT / 2).chain(behind.chars().take(LOOKED_AT / 2));
    let signs = looked_at.filter(|c| is_sign(*c)).take(8).count();
    let others = counts.singles.saturating_sub(1);
    let has_eyes = before.chars().rev().take(FACE).any(|c| matches!(c, ':' | ';' | '='));
    let last_block = document.blocks().len() - 1;
    // Which of the two is lost says nothing by itself: both are lost alike.
    vec![
        ("round", is(single.kind == 0)),
        ("wide", is(single.kind >= 2)),
        ("well-set", is(is_set)),
        ("begins", is(before.trim_start().is_empty())),
        ("ends", is(behind.trim_end().is_empty())),
        ("stop-beside", is(is_stop(if single.is_open { next } else { last }))),
        (
            "digit-beside",
            is(next.is_some_and(|c| c.is_ascii_digit()) || last.is_some_and(|c| c.is_ascii_digit())),
        ),
        ("glued", is(is_word(last) && is_word(next))),
        ("face", is(has_eyes)),
        ("signs", (signs * 125) as i32),
        ("words", (words * 1000 / MANY_WORDS) as i32),
        ("sentence", is(words > 0)),
        ("pairs", (counts.pairs.min(ENOUGH) * 1000 / ENOUGH) as i32),
        ("odd", (1000 * others / (counts.singles + counts.pairs).max(1)) as i32),
        ("paragraph", is(block.kind == BlockKind::Paragraph)),
        ("list-item", is(block.kind == BlockKind::ListItem)),
        ("short", is(block.span.len() < 60)),
        ("lines", is(document.is_cut_into_lines())),
        ("cut", is(last_block > 0 && (single.block == 0 || single.block == last_block))),
        ("quoted", is(document.quotations().holds(super::span_of(single)))),
    ]
}
