//! A sentence that comes again soon after, though not right behind itself, or again and again with a word changed.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document, Sentence, Token, TokenKind};
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words a sentence has at least.
    words: usize,
    /// How many sentences back it may stand.
    reach: usize,
    /// How many words a sentence has at least that comes again with a word changed.
    words_of_drift: usize,
}

/// How many times a sentence stands there at least that changes a word each time.
const FEWEST_DRIFTING: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(&settings, document, report)))
}

/// A sentence and its words.
struct Said {
    span: Span,
    words: Vec<Token>,
    /// The number of its block.
    block: usize,
}

fn check(settings: &Settings, document: &Document, report: &mut Report<'_>) {
    let mut said: Vec<Said> = Vec::new();
    for (number, block) in document.blocks().iter().enumerate() {
        // What stands in quotations, lists and cells is repeated as one likes.
        if block.kind == BlockKind::Paragraph {
            let sentences = document.sentences_of(block).iter();
            let sentences = sentences.map(|sentence| of_sentence(document, number, sentence));
            said.extend(sentences.filter(|sentence| is_text(document, sentence)));
        }
    }
    let mut times: HashMap<Vec<u32>, usize> = HashMap::new();
    for sentence in said.iter().filter(|sentence| sentence.words.len() >= settings.words) {
        *times.entry(hashes(sentence)).or_default() += 1;
    }
    let mut drift = 1;
    for at in 1..said.len() {
        let sentence = &said[at];
        if sentence.words.len() < settings.words.min(settings.words_of_drift) {
            drift = 1;
            continue;
        }
        let back = at.saturating_sub(settings.reach)..at;
        let before = back.rev().find(|before| is_same(document, &said[*before], sentence));
        let is_sound = |before: &usize| {
            sentence.words.len() >= settings.words
                && sentence.block - said[*before].block <= 1
                && times.get(&hashes(sentence)).is_some_and(|times| *times == 2)
        };
        if let Some(before) = before.filter(is_sound) {
            // Right behind itself it is a matter of other rules.
            let finding = report.add(
                sentence.span,
                "a sentence stands there again: the decoder came back to what it had translated",
            );
            finding.relate("said here already", said[before].span);
            let gap = said[at - 1].span.hi();
            let cut = if document.text()[gap..sentence.span.lo()].contains('\n') {
                document.with_line_end(sentence.span)
            } else {
                Span::new(gap, sentence.span.hi())
            };
            finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(cut)]));
            continue;
        }
        if sentence.words.len() >= settings.words_of_drift
            && sentence.block - said[at - 1].block <= 1
            && drifts(document, &said[at - 1], sentence)
        {
            drift += 1;
        } else {
            drift = 1;
        }
        let goes_on = said.get(at + 1).is_some_and(|next| drifts(document, sentence, next));
        if drift >= FEWEST_DRIFTING && !goes_on {
            let first = at + 1 - drift;
            let span = said[first + 1].span.cover(sentence.span);
            let finding =
                report.add(span, "a sentence again and again with a word changed: the decoder was stuck");
            finding.relate("the sentence it began with", said[first].span);
            let cut = Span::new(said[first].span.hi(), sentence.span.hi());
            finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(cut)]));
        }
    }
}

fn of_sentence(document: &Document, block: usize, sentence: &Sentence) -> Said {
    let tokens = document.tokens_in(sentence).iter();
    let words = tokens.filter(|token| token.kind != TokenKind::Mark).copied().collect();
    Said { span: sentence.span, words, block }
}

/// Whether most of a sentence are words of the text: no address, no code.
fn is_text(document: &Document, sentence: &Said) -> bool {
    let small = sentence
        .words
        .iter()
        .filter(|word| word.kind == TokenKind::Lower && !document.mask().covers(word.span));
    2 * small.count() >= sentence.words.len()
}

/// What is equal for sentences of the same words.
fn hashes(sentence: &Said) -> Vec<u32> {
    sentence.words.iter().map(|word| word.hash).collect()
}

fn is_same(document: &Document, a: &Said, b: &Said) -> bool {
    a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(a, b)| document.is_same_word(*a, *b))
}

/// Whether a sentence says the same as another but for a word or two.
fn drifts(document: &Document, a: &Said, b: &Said) -> bool {
    let count = a.words.len().min(b.words.len());
    if a.words.len().abs_diff(b.words.len()) > 1 || count < 4 {
        return false;
    }
    let same = |(a, b): &(&Token, &Token)| document.is_same_word(**a, **b);
    let head = a.words.iter().zip(&b.words).take_while(same).count();
    let tail = a.words.iter().rev().zip(b.words.iter().rev()).take_while(same).count();
    head + tail + 1 >= count.max(a.words.len().max(b.words.len())) && head > 0
}
