//! A sentence that comes again soon after, though not right behind itself, or again and again with a word changed.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
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
    /// How many words that are no function words a sentence has at least that comes again in other words between them, or in
    /// another order.
    content_words: usize,
}

/// Words that are set as the grammar wants them, and those among them that turn what is said into its contrary.
const FUNCTION_WORDS: &str = "function-words";
const NEGATION: &str = "negation";

/// How many words more or fewer a sentence has that says the same in another order.
const MOST_WORDS_MORE: usize = 3;

/// How many times a sentence stands there at least that changes a word each time.
const FEWEST_DRIFTING: usize = 3;

/// From how many on no speaker means it: three of a kind are a figure of speech.
const MANY_DRIFTING: usize = 5;

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
        if is_said_otherwise(settings, document, &said[at - 1], sentence) {
            let span = Span::new(said[at - 1].span.hi(), sentence.span.hi());
            report
                .add(span, "a sentence says once more what the one before says, in the same words: it was translated twice")
                .relate("said here already", said[at - 1].span)
                .fix(Fix::unsafe_("say it once", vec![Edit::delete(span)]));
            drift = 1;
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
            if drift < MANY_DRIFTING {
                finding.at_most(Confidence::Low);
            }
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

/// Whether a sentence has the words of the one before it, whatever their order, but for function words.
fn is_said_otherwise(settings: &Settings, document: &Document, a: &Said, b: &Said) -> bool {
    if a.block != b.block
        || a.words.len().min(b.words.len()) < settings.words
        || a.words.len().abs_diff(b.words.len()) > MOST_WORDS_MORE
        || hashes(a) == hashes(b)
    {
        return false;
    }
    let content = |sentence: &Said| {
        let is_content = |word: &&Token| {
            !document.is_listed(**word, FUNCTION_WORDS) || document.is_listed(**word, NEGATION)
        };
        let mut hashes: Vec<u32> = sentence.words.iter().filter(is_content).map(|word| word.hash).collect();
        hashes.sort_unstable();
        hashes
    };
    let first = content(a);
    first.len() >= settings.content_words && first == content(b)
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
