//! `mtlint names`: the names of texts, and how each is written.

mod glossary;
mod ledger;

use super::check::walk;
use super::{TROUBLE, Trouble, values};
use glossary::Draft;
use ledger::Ledger;
use mtlint_document::Document;
use mtlint_document::load::{self, Record};
use mtlint_engine::config::Overrides;
use mtlint_engine::lint::{AllSettings, Linter};
use mtlint_lang::{Language, identify};
use mtlint_text::{Span, visible};
use std::path::PathBuf;
use std::process::ExitCode;

/// List the names in files and folders, and how each is written
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    /// How names are written
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,

    /// Leave out names that are mentioned less often
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_mentions: usize,

    /// The language of the texts, such as `en`, in place of identifying it
    #[arg(long, value_name = "LANGUAGE", value_parser = identify::named)]
    lang: Option<Language>,

    /// Read no configuration file
    #[arg(long)]
    isolated: bool,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// A table for people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// A glossary for --glossary, to be read over
    Glossary,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let mut ledger = Ledger::default();
    let failed = documents(args, |path, record, document, _| ledger.add(path, record, document))?;
    let documents_read = ledger.documents();
    let names = ledger.names(args.min_mentions);
    let text = match args.format {
        FormatName::Human => ledger::table(&names),
        FormatName::Json => ledger::json(&names, documents_read),
        FormatName::Glossary => {
            let mut draft = Draft::of(&names);
            draft.settle(|look| {
                documents(args, |_, _, document, linter| {
                    let review = linter.check(document, None);
                    let known: Vec<Span> = review.findings.iter().map(|finding| finding.span).collect();
                    look(document, &known);
                })
                .map(|_| ())
            })?;
            draft.written(&names)
        }
    };
    let printed = values::print_all(&text)?;
    failed.iter().for_each(|message| values::complain(message));
    Ok(if failed.is_empty() { printed } else { ExitCode::from(TROUBLE) })
}

/// Reads every document, and returns what could not be read.
fn documents(
    args: &Args,
    mut each: impl FnMut(&str, Option<&Record>, &Document, &Linter<'_>),
) -> Result<Vec<String>, Trouble> {
    let (files, failures) = walk::files(&args.paths);
    let mut all =
        AllSettings::new(Overrides { lang: args.lang, ..Overrides::default() }, args.isolated, None);
    let mut failed: Vec<String> =
        failures.iter().map(|failure| format!("{}: {}", visible(&failure.path), failure.message)).collect();
    for (path, found) in files {
        let settings = all.of_file(&path)?;
        if found != walk::Found::Named && settings.config.excludes(&path) {
            continue;
        }
        let file = match load::read(&path) {
            Ok(file) => file,
            Err(error) => {
                failed.push(format!("{}: {}", error.file, error.message));
                continue;
            }
        };
        for article in file.articles() {
            match article {
                Ok(mut article) => {
                    let linter = Linter::new(&settings, &path, file.format(), &article);
                    let document = linter.take(&mut article);
                    each(&values::slashed(&path), article.record.as_ref(), &document, &linter);
                }
                Err(error) => failed.push(format!("{}: {}", error.file, error.message)),
            }
        }
    }
    Ok(failed)
}
