//! Checking many texts for what they come to, without reporting what is found in them: what `score`
//! and `compare` start from.

use super::Trouble;
use super::check::{ordered, walk};
use super::rule_args::RuleArgs;
use super::values;
use mtlint_document::load::{self, Article, Format};
use mtlint_engine::config::{Overrides, today};
use mtlint_engine::lint::{AllSettings, Linter, Settings};
use mtlint_engine::score::Verdict;
use mtlint_report::{Failure, Tally};
use mtlint_text::visible;
use serde::Serialize;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The options of everything that surveys.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Output::Human)]
    pub format: Output,

    #[command(flatten)]
    rules: RuleArgs,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Output {
    /// A table
    Human,
    /// One JSON object
    Json,
}

impl Options {
    /// The settings of files under these options.
    pub fn settings(&self, max_penalty: Option<f64>) -> AllSettings {
        let overrides = Overrides { max_penalty, ..self.rules.overrides() };
        AllSettings::new(overrides, self.rules.isolated, Some(today()))
    }
}

/// A text and what it comes to.
#[derive(Clone, Debug)]
pub(super) struct Surveyed {
    /// As it was named or found, `/` between folders.
    pub path: String,
    /// The id of one of many documents in a file.
    pub record: Option<String>,
    pub tally: Tally,
    pub verdict: Option<Verdict>,
}

/// Checks all texts that `paths` mean, and tells what cannot be read.
///
/// # Errors
/// When a configuration is wrong.
pub(super) fn survey(
    paths: &[PathBuf],
    settings: &mut AllSettings,
) -> Result<(Vec<Surveyed>, Vec<Failure>), Trouble> {
    let (files, mut failures) = walk::files(paths);
    let mut jobs: Vec<(PathBuf, Arc<Settings>)> = Vec::new();
    for (path, found) in files {
        let own = settings.of_file(&path)?;
        if found == walk::Found::Named || !own.config.excludes(&path) {
            jobs.push((path, own));
        }
    }
    let mut surveyed = Vec::new();
    for (path, settings) in jobs {
        let name = values::slashed(&path);
        let fail = |message: String| Failure { path: name.clone(), message };
        let file = match load::read(&path) {
            Ok(file) => file,
            Err(error) => {
                failures.push(fail(error.message));
                continue;
            }
        };
        ordered(
            file.articles(),
            |article| article.map(|article| weigh(&settings, &path, &name, file.format(), article)),
            |outcome| {
                match outcome {
                    Ok(one) => surveyed.push(one),
                    Err(error) => failures.push(fail(error.message)),
                }
                Ok::<(), Trouble>(())
            },
        )?;
    }
    Ok((surveyed, failures))
}

fn weigh(settings: &Settings, path: &Path, name: &str, format: Format, mut article: Article) -> Surveyed {
    let linter = Linter::new(settings, path, format, &article);
    let document = linter.take(&mut article);
    let review = linter.check(&document, None);
    let checked = linter.locate(name, &article, &document, &review);
    let tally = Tally::of(&checked);
    let verdict = checked.verdict();
    Surveyed { path: name.to_owned(), record: article.record.map(|record| record.id), tally, verdict }
}

/// What could not be read, as JSON has it.
#[derive(Serialize)]
pub(super) struct JsonError<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> JsonError<'a> {
    pub fn of(failures: &'a [Failure]) -> Vec<Self> {
        failures.iter().map(|Failure { path, message }| Self { path, message }).collect()
    }
}

/// A table whose first column is flush left and all others right.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    // A path or an id may hold what acts on a terminal.
    let rows: Vec<Vec<Cow<'_, str>>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| unicode_width::UnicodeWidthStr::width(&**cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column] - unicode_width::UnicodeWidthStr::width(&**cell));
            match column {
                0 => line.push_str(&format!("{cell}{gap}")),
                _ => line.push_str(&format!("  {gap}{cell}")),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
