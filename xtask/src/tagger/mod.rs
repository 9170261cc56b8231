//! Training the part-of-speech tagger and its lexicon of word forms.
//!
//! A first tagger learns from the treebank alone and tags the other texts, of which the lexicon is counted; with what
//! those texts say of word forms the tagger is trained anew. The test part of the treebank is only measured.

mod lexicon;
mod perceptron;
mod treebank;

use crate::sources::{self, Source};
use lexicon::Lexicon;
use mtlint_lang::tagger::{Tagger, WordForms};
use mtlint_lang::{Language, Packs};
use std::fs;
use treebank::Sentence;

pub fn train(language: &str, treebank: &str, texts: &[&str]) -> Result<(), String> {
    let code = Language::parse(language).map_err(|error| error.to_string())?;
    let packs = Packs::builtin();
    let mut used = Vec::new();
    let mut part = |name: &str| {
        let path = format!("{treebank}.{name}.tsv.gz");
        let (bytes, text) = sources::read(&path)?;
        used.push(Source::new(&path, &bytes));
        Ok::<_, String>(text)
    };
    let (train, dev, test) = (part("train")?, part("dev")?, part("test")?);
    let train = [train, dev].join("\n\n");
    let as_it_is = treebank::sentences_as_they_are(&test);
    let mut known = treebank::sentences(&train, code, &packs);
    let test = treebank::sentences(&test, code, &packs);

    let mut counted = Lexicon::default();
    // Words as the treebank cuts them, `do n't`, are learned as well: some texts are written so.
    known.extend(treebank::sentences_as_they_are(&train));
    let first = tagger(
        perceptron::learn(&known, None),
        WordForms::read(WordForms::write(&[]).leak()).expect("it is empty"),
    );
    eprintln!("from the treebank alone: {:.4}", accuracy(&first, &test));
    for path in texts {
        let (bytes, text) = sources::read(path)?;
        sources::documents(&text, code, &packs).for_each(|document| counted.add(&document, &first));
        used.push(Source::new(path, &bytes));
    }
    let forms = counted.finish();
    eprintln!("{} word forms", forms.len());
    let weights = perceptron::learn(&known, Some(&lexicon::readable(&forms)));
    let last = tagger(weights.clone(), lexicon::readable(&forms));
    let measured = [
        ("accuracy", accuracy(&last, &test)),
        ("accuracy-as-the-treebank-cuts-words", accuracy(&last, &as_it_is)),
    ];
    for (what, value) in measured {
        println!("{what}: {value:.4}");
    }
    let mut files = Vec::new();
    for (extension, bytes) in [("tagger", weights), ("forms", WordForms::write(&forms))] {
        let path = sources::models().join(language).with_extension(extension);
        fs::write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        files.push(Source::new(&path.to_string_lossy(), &bytes));
    }
    let command = "cargo run -p xtask -- train tagger";
    sources::write_manifest(&format!("{language}-tagger"), command, &files, &measured, &used)
}

fn tagger(weights: Vec<u8>, forms: WordForms) -> Tagger {
    Tagger::read(weights.leak(), forms).expect("what is learned is read")
}

/// The share of words whose part of speech is right.
fn accuracy(tagger: &Tagger, sentences: &[Sentence]) -> f64 {
    let (mut right, mut all) = (0, 0);
    for sentence in sentences {
        let tags = tagger.tag(sentence.iter().map(|(word, _)| word.as_str()));
        right += tags.iter().zip(sentence).filter(|(tag, (_, gold))| tag.part() == gold.part()).count();
        all += sentence.len();
    }
    right as f64 / all.max(1) as f64
}
