//! A space on one side of a hyphen inside a word: `well- known`, `kitchen -table`.
//!
//! Writers leave one at a dash that lost its other space, in the first half of two (`pre- and post-war`), and where talk breaks
//! off. What the two words are, and how the text writes them elsewhere, is evidence. May use `rule`, `document`, `lang` and
//! `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind, is_prose};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::{PartOfSpeech, VerbForm, WordForm};
use mtlint_text::{Edit, Span};
use std::collections::HashSet;

/// From how many others on a text has enough of them to be written so.
const MANY: usize = 4;

/// How many letters a first half has that is short.
const SHORT: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

/// A hyphen with white space on one side.
#[derive(Clone, Copy)]
struct Spaced {
    left: Token,
    right: Token,
    gap: Span,
    /// Whether the space stands before the hyphen.
    is_before: bool,
    /// The token behind the second word.
    next: Option<Token>,
    is_list_item: bool,
}

/// What the hyphens of a document do, counted once.
struct Counts {
    spaced: usize,
    /// Hyphens between two spaces, as dashes are typed.
    dashes: usize,
    /// The two words of every hyphen without spaces, by their hashes.
    tight: HashSet<(u32, u32)>,
}

fn check(document: &Document, report: &mut Report<'_>) {
    let mut found = Vec::new();
    let mut counts = Counts { spaced: 0, dashes: 0, tight: HashSet::new() };
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        collect(document, block, &mut found, &mut counts);
    }
    counts.spaced = found.len();
    for spaced in found {
        if is_broken_off(document, spaced, &counts) {
            continue;
        }
        let Some(assessment) = report.assess(&observations(document, spaced, &counts)) else { continue };
        let (left, right) = (document.slice(spaced.left.span), document.slice(spaced.right.span));
        report
            .add(spaced.gap, format!("a space inside `{left}-{right}`"))
            .assessed(assessment)
            .fix(Fix::unsafe_("join the word", vec![Edit::delete(spaced.gap)]));
    }
}

fn collect(document: &Document, block: &Block, found: &mut Vec<Spaced>, counts: &mut Counts) {
    let tokens = document.tokens_of(block);
    for at in document.marks_in(block).filter(|&at| document.is_ascii_mark(tokens[at], b'-')) {
        let Some(&[left, mark, right]) = at.checked_sub(1).and_then(|at| tokens.get(at..at + 3)) else {
            continue;
        };
        if !left.kind.is_word() || !right.kind.is_word() {
            continue;
        }
        let (before, behind) =
            (Span::new(left.span.hi(), mark.span.lo()), Span::new(mark.span.hi(), right.span.lo()));
        match (before.is_empty(), behind.is_empty()) {
            (true, true) => {
                counts.tight.insert((left.hash, right.hash));
            }
            (false, false) => counts.dashes += 1,
            (tight_before, _) => {
                let gap = if tight_before { behind } else { before };
                let is_plain =
                    right.kind == TokenKind::Lower && !document.mask().covers(left.span.cover(right.span));
                if is_plain {
                    found.push(Spaced {
                        left,
                        right,
                        gap,
                        is_before: !tight_before,
                        next: tokens.get(at + 2).copied(),
                        is_list_item: block.kind == mtlint_document::BlockKind::ListItem,
                    });
                }
            }
        }
    }
}

/// Whether a few letters stand before the hyphen that make no word with what follows: somebody breaks off.
fn is_broken_off(document: &Document, spaced: Spaced, counts: &Counts) -> bool {
    let Spaced { left, right, is_before, .. } = spaced;
    let joined = || format!("{}{}", document.slice(left.span), document.slice(right.span));
    !is_before
        && left.span.len() <= SHORT
        && !counts.tight.contains(&(left.hash, right.hash))
        && !Vocabulary::of(document.language())
            .is_some_and(|vocabulary| vocabulary.has(&joined().to_lowercase()))
}

fn observations(document: &Document, spaced: Spaced, counts: &Counts) -> Vec<Observation> {
    let Spaced { left, right, gap, is_before, next, is_list_item } = spaced;
    let is = |holds: bool| i32::from(holds) * 1000;
    let part = |count: usize| (1000 * count.min(MANY) / MANY) as i32;
    let vocabulary = Vocabulary::of(document.language());
    let has = |hash: u32| vocabulary.is_none_or(|vocabulary| vocabulary.may_hold(hash));
    let [first, second] = [left, right].map(|token| document.word_form(token));
    let bears =
        |form: Option<WordForm>, part: PartOfSpeech| form.is_some_and(|form| form.usual.part() == part);
    let is_closed =
        |form: Option<WordForm>| form.is_some_and(|form| PartOfSpeech::CLOSED.contains(&form.usual.part()));
    let joins = second.is_some_and(|form| {
        form.tags.has(PartOfSpeech::CoordinatingConjunction) || form.tags.has(PartOfSpeech::Adposition)
    });
    let is_participle = second.is_some_and(|form| {
        matches!(form.usual.verb_form(), Some(VerbForm::PastParticiple | VerbForm::PresentParticiple))
    });
    let joined = format!("{}{}", document.slice(left.span), document.slice(right.span));
    let is_one_word = vocabulary.is_some_and(|vocabulary| vocabulary.has(&joined));
    let next_noun = next.and_then(|next| document.word_form(next));
    vec![
        ("before", is(is_before)),
        ("line-end", is(document.slice(gap).contains('\n'))),
        ("wide-gap", is(gap.len() > 1)),
        ("tight-elsewhere", is(counts.tight.contains(&(left.hash, right.hash)))),
        ("one-word", is(is_one_word)),
        ("known-left", is(has(left.hash))),
        ("known-right", is(has(right.hash))),
        ("short-left", is(left.span.len() <= SHORT)),
        ("short-right", is(right.span.len() <= SHORT)),
        ("capital-left", is(left.kind != TokenKind::Lower)),
        ("joins", is(joins)),
        ("closed-left", is(is_closed(first))),
        ("closed-right", is(is_closed(second))),
        ("noun-left", is(bears(first, PartOfSpeech::Noun))),
        ("adjective-left", is(bears(first, PartOfSpeech::Adjective))),
        ("adverb-left", is(bears(first, PartOfSpeech::Adverb))),
        ("noun-right", is(bears(second, PartOfSpeech::Noun))),
        ("adjective-right", is(bears(second, PartOfSpeech::Adjective))),
        ("verb-right", is(bears(second, PartOfSpeech::Verb) && !is_participle)),
        ("participle-right", is(is_participle)),
        ("before-noun", is(bears(next_noun, PartOfSpeech::Noun))),
        ("others", part(counts.spaced.saturating_sub(1))),
        ("dashes", part(counts.dashes)),
        ("compounds", part(counts.tight.len())),
        ("list-item", is(is_list_item)),
    ]
}
