//! Tasks of the project itself, run by `cargo run -p xtask -- TASK …`.
//!
//! Each model has a module that trains it; [`sources`] reads what they are trained from and writes down what it was.

mod sources;
mod tagger;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p xtask -- train tagger LANGUAGE TREEBANK TEXT...

  LANGUAGE  its code, as `en`
  TREEBANK  the beginning of the path of `.train.tsv.gz`, `.dev.tsv.gz` and `.test.tsv.gz`
  TEXT      files of articles (`.jsonl.gz`), which the lexicon of word forms is counted from";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", "tagger", language, treebank, texts @ ..] => tagger::train(language, treebank, texts),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
