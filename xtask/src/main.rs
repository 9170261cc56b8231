//! Tasks of the project itself, run by `cargo run -p xtask -- TASK …`.
//!
//! Each model has a module that trains it; [`sources`] reads what they are trained from and writes down what it was.

mod corpus;
mod sources;
mod tagger;
mod train;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p xtask -- train tagger LANGUAGE TREEBANK TEXT...
       cargo run -p xtask -- train expectation LANGUAGE SOURCE...
       cargo run -p xtask -- train letters LANGUAGE=MODEL...
       cargo run -p xtask -- train pieces LANGUAGE SOURCE...
       cargo run -p xtask -- train pairs LANGUAGE SOURCE...
       cargo run -p xtask -- train marks LANGUAGE SOURCE...
       cargo run -p xtask -- train two-forms LANGUAGE FORM FORM SOURCE...
       cargo run -p xtask -- train quotations FOLDER
       cargo run -p xtask -- train scorers FOLDER [RULE...]
       cargo run -p xtask -- train lengths PAIRS...

  LANGUAGE  its code, as `en`
  TREEBANK  the beginning of the path of `.train.tsv.gz`, `.dev.tsv.gz` and `.test.tsv.gz`
  TEXT      files of articles (`.jsonl.gz`), which the lexicon of word forms is counted from
  MODEL     `models/ngrams.fst` of a crate `lingua-*-language-model`
  FORM      the two forms of a word, of which the next word chooses one, as `a` and `an`
  FOLDER    where the texts lie that xtask/training.toml names; docs/evaluation.md tells how it is laid out
  RULE      weighs the evidence of these rules alone; writes rules/evidence/RULE.toml
  PAIRS     JSON Lines (also .gz) of right translations, as `mtlint check` reads them: `source`, `text`, `source_lang`,
            `lang`; writes rules/evidence/omission/length.toml
  SOURCE    a text file, a folder of them, or JSON Lines (also .gz) whose rows have `text` and may have `lang`, `format`
            and `system`. `SOURCE%N/K` takes of every K rows the first N alone, `SOURCE%-N/K` the others.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", "tagger", language, treebank, texts @ ..] => tagger::train(language, treebank, texts),
        ["train", "expectation", language, sources @ ..] if !sources.is_empty() => {
            train::expectation::run(language, sources)
        }
        ["train", "letters", models @ ..] if !models.is_empty() => train::letters::run(models),
        ["train", "pieces", language, sources @ ..] if !sources.is_empty() => {
            train::pieces::run(language, sources)
        }
        ["train", "pairs", language, sources @ ..] if !sources.is_empty() => {
            train::pairs::run(language, sources)
        }
        ["train", "marks", language, sources @ ..] if !sources.is_empty() => {
            train::marks::run(language, sources)
        }
        ["train", "two-forms", language, first, second, sources @ ..] if !sources.is_empty() => {
            train::two_forms::run(language, [*first, *second], sources)
        }
        ["train", "quotations", folder] => train::quotations::run(folder),
        ["train", "lengths", pairs @ ..] if !pairs.is_empty() => train::lengths::run(pairs),
        ["train", "scorers", folder, rules @ ..] => train::scorers::run(folder, rules),
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
