//! Trains what a language expects between words.

use super::linear::{self, train};
use super::{classes, manifest_of};
use crate::corpus::{self, Source};
use mtlint_document::{Document, Place, TokenKind, is_prose};
use mtlint_lang::expectation::{Context, Expectation, MARKS, Mark, each_feature, table};
use mtlint_lang::{Language, Packs};
use rayon::prelude::*;
use std::fs;

/// How many features of marks are kept, and how many of capitals: those of the largest weights.
const KEPT: [usize; 2] = [70_000, 40_000];

/// A place between two words, and what stands there.
struct Example {
    context: Context,
    outcome: usize,
}

impl linear::Example for Example {
    fn each_feature(&self, found: impl FnMut(u32)) {
        each_feature(&self.context, found);
    }

    fn outcome(&self) -> usize {
        self.outcome
    }
}

/// Of how many words in lower case one is an example for capitals: there are enough of them.
const SMALL_EVERY: usize = 3;

/// Numbers below this are of marks and numbers, not of words.
const WORDS: u32 = 1000;

/// Trains on the sources and writes the model and its manifest.
///
/// # Errors
/// When a source cannot be read or the model cannot be written.
pub fn run(code: &str, arguments: &[&str]) -> Result<(), String> {
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let sources: Vec<Source> =
        arguments.iter().map(|argument| corpus::read(argument, code)).collect::<Result<_, _>>()?;
    let packs = Packs::builtin();
    let documents = corpus::documents(&sources, language, &packs);
    eprintln!("{} documents", documents.len());

    let blocks: Vec<Vec<u32>> = documents.iter().flat_map(words).collect();
    let classes = table(&classes::of(&blocks, WORDS));
    drop(blocks);
    // The model so far knows the classes alone.
    let bare = Expectation::write(&classes, &table::<MARKS>(&[]), &table::<1>(&[]));
    let model = Expectation::read(&bare).expect("it was just written");

    let marks: Vec<Example> =
        documents.par_iter().flat_map_iter(|document| marks(document, &model)).collect();
    let marks = table(&linear::kept::<MARKS>(train(&marks), KEPT[0]));
    let capitals: Vec<Example> =
        documents.par_iter().flat_map_iter(|document| capitals(document, &model)).collect();
    // One number says as much as two of which the other is what is left.
    let weights: Vec<(u32, [f32; 1])> = train::<2>(&capitals)
        .into_iter()
        .map(|(feature, [small, capital])| (feature, [capital - small]))
        .collect();
    let capitals = table(&linear::kept(weights, KEPT[1]));

    let model = Expectation::write(&classes, &marks, &capitals);
    let path = format!("models/{code}.expectation");
    fs::write(&path, &model).map_err(|error| format!("{path}: {error}"))?;
    let path = format!("models/{code}-expectation.toml");
    fs::write(&path, manifest_of(code, "expectation", &sources, model.len()))
        .map_err(|error| format!("{path}: {error}"))
}

/// The words and marks of each block.
fn words(document: &Document) -> Vec<Vec<u32>> {
    let number = |token: &mtlint_document::Token| match token.kind {
        TokenKind::Mark => {
            document.slice(token.span).bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % WORDS)
        }
        TokenKind::Number => 0,
        _ => token.hash.max(WORDS),
    };
    document.blocks().iter().map(|block| document.tokens_of(block).iter().map(number).collect()).collect()
}

/// Every place of the prose, with what stands there.
fn marks(document: &Document, model: &Expectation<'_>) -> Vec<Example> {
    let blocks = document.blocks().iter().filter(|block| is_prose(block));
    blocks
        .flat_map(|block| {
            let tokens = document.tokens_of(block);
            let example = |place: Place| Example {
                context: document.context(model, tokens, place),
                outcome: place.mark as usize,
            };
            document.places(block).map(example).collect::<Vec<_>>()
        })
        .collect()
}

/// Words inside sentences, in lower case or with a capital.
fn capitals(document: &Document, model: &Expectation<'_>) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut small = 0;
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        for place in document.places(block).filter(|place| matches!(place.mark, Mark::Nothing | Mark::Comma))
        {
            let outcome = match tokens[place.right].kind {
                TokenKind::Lower => 0,
                TokenKind::Capitalised => 1,
                _ => continue,
            };
            small += usize::from(outcome == 0);
            if tokens[place.left].kind == TokenKind::Mark
                || outcome == 0 && !small.is_multiple_of(SMALL_EVERY)
            {
                continue;
            }
            let context = Expectation::without_shape(document.context(model, tokens, place));
            examples.push(Example { context, outcome });
        }
    }
    examples
}
