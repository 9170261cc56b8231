//! Checking files of records that are read by `mtlint-records`: tables, Parquet, and what is compressed.

use super::jobs::Job;
use super::lint::{Mode, Outcome};
use super::printer::Halt;
use super::{Run, name, ordered};
use mtlint_document::load::LoadError;
use mtlint_records::{Corpus, Shape};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// What is told of fixes in such a file.
const NOT_MENDED: &str = "fixes are not written into tables, Parquet or compressed files; leave out --fix, or convert it to JSON Lines";

impl Run<'_> {
    /// Checks a file of records of this shape.
    pub(super) fn corpus(&mut self, Job { path, settings, .. }: &Job, shape: Shape) -> Result<(), Halt> {
        let (args, lint) = (self.args, self.lint);
        let name = name(args, path);
        if matches!(lint.mode, Mode::Fix(_)) {
            return self.take(Outcome::failure(&name, NOT_MENDED));
        }
        settings.engine.expect_more();
        let spooled = match path.as_os_str() == "-" {
            true => match spooled() {
                Ok(file) => Some(file),
                Err(error) => {
                    let message = format!("standard input cannot be read: {error}");
                    return self.take(Outcome::failure(&name, message));
                }
            },
            false => None,
        };
        let file: &Path = spooled.as_ref().map_or(path, NamedTempFile::path);
        let fields = args.fields.of(shape.kind);
        let corpus = match Corpus::open(file, &name, shape, fields) {
            Ok(corpus) => corpus,
            Err(error) => return self.take(Outcome::unloaded(&name, error)),
        };
        let articles = match corpus.articles() {
            Ok(articles) => articles,
            Err(error) => return self.take(Outcome::unloaded(&name, error)),
        };
        ordered(
            articles,
            |article: Result<_, LoadError>| match article {
                Ok(mut article) => {
                    let known: Option<_> = article.source_language;
                    article.source_language = known.or(args.fields.source_lang);
                    lint.article(lint.mode, settings, &name, shape.kind.format(), article)
                }
                Err(error) => Outcome::unloaded(&name, error),
            },
            |outcome| self.take_record(outcome),
        )
    }

    /// Prints the outcome of one record of many.
    pub(super) fn take_record(&mut self, outcome: Outcome) -> Result<(), Halt> {
        let is_unreadable = !outcome.summary.failures.is_empty();
        self.take(outcome)?;
        if is_unreadable && self.args.strict { Err(Halt::Unreadable) } else { Ok(()) }
    }
}

/// Standard input as a file, which some formats need: their end tells where the rest is.
fn spooled() -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    Ok(file)
}
