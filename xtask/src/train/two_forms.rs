//! Trains which of the two forms of a word stands before which words.

use super::linear::{self, train};
use super::manifest_of;
use crate::corpus::{self, Source};
use mtlint_document::{Document, TokenKind, is_prose};
use mtlint_lang::expectation::table;
use mtlint_lang::two_forms::{TwoForms, each_feature};
use mtlint_lang::{Language, Packs};
use std::fs;

/// How many features are kept: those of the largest weights.
const KEPT: usize = 6_000;

/// One document of so many is kept apart, to find the threshold.
const APART: usize = 5;

/// How many of 1,000 words of human writing may be taken for the wrong form.
const ALARMS: f64 = 0.03;

/// A form, and the word behind it.
struct Example {
    word: String,
    form: usize,
}

impl linear::Example for Example {
    fn each_feature(&self, found: impl FnMut(u32)) {
        each_feature(&self.word, found);
    }

    fn outcome(&self) -> usize {
        self.form
    }
}

/// Trains on the sources and writes the model and its manifest.
///
/// # Errors
/// When a source cannot be read or the model cannot be written.
pub fn run(code: &str, forms: [&str; 2], arguments: &[&str]) -> Result<(), String> {
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let sources: Vec<Source> =
        arguments.iter().map(|argument| corpus::read(argument, code)).collect::<Result<_, _>>()?;
    let documents = corpus::documents(&sources, language, &Packs::builtin());
    let (mut learned, mut apart) = (Vec::new(), Vec::new());
    let mut words_apart = 0;
    for (index, document) in documents.iter().enumerate() {
        if index % APART == 0 {
            words_apart += document.word_count();
            apart.extend(examples(document, forms));
        } else {
            learned.extend(examples(document, forms));
        }
    }
    let weights: Vec<(u32, [f32; 1])> = train::<2>(&learned)
        .into_iter()
        .map(|(feature, [first, second])| (feature, [second - first]))
        .collect();
    let table = table(&linear::kept(weights, KEPT));
    let bare = TwoForms::write(forms, 0, &table);
    let model = TwoForms::read(&bare).expect("it was just written");
    // How sure the model is of the other form.
    let mut wrong: Vec<(i32, &Example)> = apart
        .iter()
        .map(|example| {
            let sum = model.sum(&example.word);
            (if example.form == 0 { sum } else { -sum }, example)
        })
        .collect();
    wrong.sort_by_key(|(sum, _)| -sum);
    let allowed = (ALARMS * words_apart as f64 / 1000.0) as usize;
    let threshold = wrong.get(allowed).map_or(0, |(sum, _)| sum + 1).max(1000);
    for (sum, example) in wrong.iter().take(allowed + 10) {
        println!("{sum} {} {}", forms[example.form], example.word);
    }
    let sure = apart.iter().filter(|example| model.sum(&example.word).abs() >= threshold).count();
    println!("from {threshold} on {:.3} of {} words", sure as f64 / apart.len() as f64, apart.len());
    let model = TwoForms::write(forms, threshold, &table);
    let path = format!("models/{code}.two-forms");
    fs::write(&path, &model).map_err(|error| format!("{path}: {error}"))?;
    let path = format!("models/{code}-two-forms.toml");
    fs::write(&path, manifest_of(code, "two-forms", &sources, model.len()))
        .map_err(|error| format!("{path}: {error}"))
}

/// The words before which one of the forms stands.
fn examples(document: &Document, forms: [&str; 2]) -> Vec<Example> {
    let mut found = Vec::new();
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        for pair in document.tokens_of(block).windows(2) {
            let [first, second] = pair else { continue };
            let word = document.slice(first.span);
            let form = forms.iter().position(|form| form.eq_ignore_ascii_case(word));
            if let Some(form) = form
                && matches!(second.kind, TokenKind::Lower | TokenKind::Capitalised)
                && first.span.end + 1 == second.span.start
                && first.kind != TokenKind::Upper
                && !document.mask().covers(first.span)
            {
                found.push(Example { word: document.slice(second.span).to_owned(), form });
            }
        }
    }
    found
}
