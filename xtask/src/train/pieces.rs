//! Trains what pieces of sentences look like: short sentences as people set them are one side, words cut out of the
//! midst of their sentences the other. Nobody marks anything.

use super::linear::{self, Random, train};
use super::manifest_of;
use crate::corpus::{self, Source};
use mtlint_document::{Document, TokenKind, is_prose};
use mtlint_lang::expectation::table;
use mtlint_lang::pieces::{Candidate, MOST_WORDS, Pieces, each_feature, forms_and_tags};
use mtlint_lang::tagger::Tagger;
use mtlint_lang::{Language, Packs};
use std::fs;

/// How many features are kept: those of the largest weights.
const KEPT: usize = 24_000;

/// One document of so many is kept apart, to find the threshold.
const APART: usize = 5;

/// How many short sentences in 1,000 words of human writing may be taken for pieces.
const ALARMS: f64 = 0.015;

/// One in so many pieces begins with a small letter.
const SMALL: usize = 6;

/// How many pieces are cut out of a sentence.
const PIECES_EACH: usize = 3;

/// A short sentence, or a piece of one.
struct Example {
    features: Vec<u32>,
    is_piece: bool,
}

impl linear::Example for Example {
    fn each_feature(&self, found: impl FnMut(u32)) {
        self.features.iter().copied().for_each(found);
    }

    fn outcome(&self) -> usize {
        usize::from(self.is_piece)
    }
}

/// Trains on the sources and writes the model and its manifest.
///
/// # Errors
/// When a source cannot be read or the model cannot be written.
pub fn run(code: &str, arguments: &[&str]) -> Result<(), String> {
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let tagger = Tagger::of(Some(language)).ok_or("the language has no tagger")?;
    let sources: Vec<Source> =
        arguments.iter().map(|argument| corpus::read(argument, code)).collect::<Result<_, _>>()?;
    let documents = corpus::documents(&sources, language, &Packs::builtin());
    let mut random = Random(7);
    let (mut learned, mut apart) = (Vec::new(), Vec::new());
    let mut words_apart = 0;
    for (index, document) in documents.iter().enumerate() {
        let target = if index % APART == 0 {
            words_apart += document.word_count();
            &mut apart
        } else {
            &mut learned
        };
        target.extend(examples(document, tagger, &mut random));
    }
    let weights: Vec<(u32, [f32; 1])> = train::<2>(&learned)
        .into_iter()
        .map(|(feature, [sentence, piece])| (feature, [piece - sentence]))
        .collect();
    let table = table(&linear::kept(weights, KEPT));

    let bare = Pieces::write(0, &table);
    let model = Pieces::read(&bare).expect("it was just written");
    let sums = |is_piece: bool| {
        let of_kind = apart.iter().filter(|example| example.is_piece == is_piece);
        let mut sums: Vec<i32> = of_kind.map(|example| model.sum_of(&example.features)).collect();
        sums.sort_by(|a, b| b.cmp(a));
        sums
    };
    let (sound, pieces) = (sums(false), sums(true));
    let threshold_at =
        |rate: f64| sound.get((rate * words_apart as f64 / 1000.0) as usize).map_or(0, |sum| sum + 1);
    for rate in [0.005, ALARMS, 0.02, 0.05, 0.1] {
        let threshold = threshold_at(rate);
        let found = pieces.iter().filter(|sum| **sum >= threshold).count();
        println!(
            "{rate} alarms in 1,000 words: {:.3} of the pieces, from {threshold} on",
            found as f64 / pieces.len() as f64
        );
    }
    let model = Pieces::write(threshold_at(ALARMS), &table);
    let path = format!("models/{code}.pieces");
    fs::write(&path, &model).map_err(|error| format!("{path}: {error}"))?;
    let path = format!("models/{code}-pieces.toml");
    fs::write(&path, manifest_of(code, "pieces", &sources, model.len()))
        .map_err(|error| format!("{path}: {error}"))
}

/// The short sentences of a document, and as many pieces of its other sentences.
fn examples(document: &Document, tagger: &Tagger, random: &mut Random) -> Vec<Example> {
    let short = document.short_sentences();
    let mut found = Vec::new();
    let mut add = |words: &[&str], after: char, after_quotation: bool, is_piece: bool| {
        let (forms, tags) = forms_and_tags(tagger, words);
        let mut features = Vec::new();
        let candidate = Candidate { words, after, after_quotation };
        each_feature(&candidate, &forms, &tags, |feature| features.push(feature));
        found.push(Example { features, is_piece });
    };
    for stub in &short {
        let words: Vec<&str> = stub.words.iter().map(|token| document.slice(token.span)).collect();
        add(&words, stub.after, stub.after_quotation, false);
    }
    // A piece may stand after any sentence of the narration.
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let sentences = document.sentences_of(block);
        for pair in sentences.windows(2).flat_map(|pair| std::iter::repeat_n(pair, PIECES_EACH)) {
            let before = document.slice(pair[0].span).trim_end();
            let bare = before.trim_end_matches(['”', '"', '’', '\'', '»']);
            let Some(after) = bare.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?' | '…'))
            else {
                continue;
            };
            let tokens = document.tokens_in(&pair[1]);
            let after_quotation = bare.len() < before.len();
            if after == '?' && !after_quotation || tokens.len() < MOST_WORDS + 2 {
                continue;
            }
            let length = 1 + random.below(MOST_WORDS);
            let from = 1 + random.below(tokens.len() - length);
            let piece = &tokens[from..(from + length).min(tokens.len())];
            let is_plain =
                piece.iter().all(|token| token.kind == TokenKind::Lower) && piece[0].span.len() > 1;
            if piece.len() < length
                || !is_plain
                || document.mask().covers(piece[0].span.cover(piece[length - 1].span))
            {
                continue;
            }
            let mut words: Vec<String> =
                piece.iter().map(|token| document.slice(token.span).to_owned()).collect();
            if random.below(SMALL) > 0 {
                let mut letters = words[0].chars();
                words[0] = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            add(&words, after, after_quotation, true);
        }
    }
    found
}
