//! Sentences that the original has and the text lacks, and the other way round.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::stem;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::{Document, Sentence, TokenKind};
use mtlint_text::Span;
use std::collections::HashSet;

/// How many words a sentence has at least that is missed.
const FEWEST: usize = 4;
/// Which share of its longer words other sentences say at least where they took it in.
const TAKEN_IN: f64 = 0.5;
/// How many letters a longer word has.
const LONG: usize = 4;
/// How many characters of a text a message shows.
const SHOWN: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    let beads = pair.sentences();
    for bead in beads {
        if bead.text.is_empty() {
            let Some(sentence) = original.sentences().get(bead.original.start) else { continue };
            let around = neighbours(text, bead.text.start);
            if !tells(original, sentence) || is_taken_in(original, sentence, text, around) {
                continue;
            }
            let before = bead.text.start.checked_sub(1).and_then(|before| text.sentences().get(before));
            let place = before.map_or(0, |before| before.span.hi());
            let shown: String = original.slice(sentence.span).chars().take(SHOWN).collect();
            report
                .add(Span::at(place), format!("`{}…` of the original is missing here", shown.trim_end()))
                .relate_source("what is missing", sentence.span);
        } else if bead.original.is_empty() {
            let Some(sentence) = text.sentences().get(bead.text.start) else { continue };
            let around = neighbours(original, bead.original.start);
            if tells(text, sentence) && !is_taken_in(text, sentence, original, around) {
                report.add(sentence.span, "nothing in the original says this");
            }
        }
    }
}

/// The sentences on either side of a place between two.
fn neighbours(document: &Document, place: usize) -> &[Sentence] {
    let sentences = document.sentences();
    &sentences[place.saturating_sub(2).min(sentences.len())..(place + 2).min(sentences.len())]
}

/// Whether a sentence says enough to be missed.
fn tells(document: &Document, sentence: &Sentence) -> bool {
    let words = document.tokens_in(sentence).iter().filter(|token| token.kind.is_word());
    words.count() >= FEWEST
}

/// Whether the sentences of the other text that stand around say most of a sentence.
fn is_taken_in(document: &Document, sentence: &Sentence, other: &Document, around: &[Sentence]) -> bool {
    let stems = |document: &Document, sentence: &Sentence| -> HashSet<String> {
        let tokens = document.tokens_in(sentence).iter().filter(|token| token.kind != TokenKind::Mark);
        let long = tokens.map(|token| document.slice(token.span)).filter(|it| it.chars().count() >= LONG);
        long.map(stem).collect()
    };
    let said: HashSet<String> = around.iter().flat_map(|it| stems(other, it)).collect();
    let own = stems(document, sentence);
    let shared = own.intersection(&said).count();
    shared as f64 >= TAKEN_IN * own.len() as f64
}
