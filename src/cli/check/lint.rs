//! What is done with one article: parse, fix, check, render.

use crate::document::Document;
use crate::document::load::{self, Article};
use crate::engine::{Engine, Timings, fingerprints};
use crate::lang::Language;
use crate::report::{Checked, Failure, Format, Located, Summary};
use crate::rule::Applicability;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a run does with every article.
pub(super) struct Lint<'a> {
    pub engine: &'a Engine,
    pub format: &'a dyn Format,
    /// What `--lang` says; it outweighs the file.
    pub language: Option<Language>,
    /// The least trust in fixes that are applied; `None` when none are.
    pub fix: Option<Applicability>,
    /// Whether changes are shown in place of findings, and nothing is written.
    pub diff: bool,
    pub quiet: bool,
    pub timed: bool,
}

/// What came of one article or file.
#[derive(Default)]
pub(super) struct Outcome {
    /// What is printed, in the report's format.
    pub rendered: Vec<u8>,
    /// Whether `rendered` is a document, which a separator sets off from the next.
    pub summary: Summary,
    pub timings: Timings,
    /// The text after fixing, if another.
    pub fixed: Option<String>,
}

impl Outcome {
    /// The outcome of what cannot be read or checked.
    pub fn failure(path: &str, message: String) -> Self {
        let failures = vec![Failure { path: path.to_owned(), message }];
        Self { summary: Summary { failures, ..Summary::default() }, ..Self::default() }
    }
}

impl Lint<'_> {
    /// Checks an article of the file `path`. A panic becomes a failure.
    pub fn article(&self, path: &str, format: load::Format, article: Article) -> Outcome {
        let place = article.record.as_ref().map_or(String::new(), |record| format!("line {}: ", record.line));
        catch_unwind(AssertUnwindSafe(|| self.lint(path, format, article))).unwrap_or_else(|panic| {
            let message = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("unknown");
            Outcome::failure(path, format!("{place}internal error, please report it: {message}"))
        })
    }

    fn lint(&self, path: &str, format: load::Format, article: Article) -> Outcome {
        let mut outcome = Outcome::default();
        let language = self.language.or(article.language);
        let packs = self.engine.registry().packs();
        let document = match self.fix {
            None => Document::new(article.extract, language, packs),
            Some(least) => {
                let parse = |text: &str| Document::new(load::extract(format, text), language, packs);
                let fixed = self.engine.fix(article.original(), least, parse);
                outcome.summary.fixed = fixed.applied.values().sum();
                let document = parse(&fixed.text);
                outcome.fixed = (fixed.text != article.original()).then_some(fixed.text);
                document
            }
        };
        let findings = match self.timed {
            true => self.engine.check_timed(&document, &mut outcome.timings),
            false => self.engine.check(&document),
        };
        let registry = self.engine.registry();
        let located = findings.iter().zip(fingerprints(&document, &findings));
        let checked = Checked {
            path,
            record: article.record.as_ref(),
            document: &document,
            source_language: article.source_language,
            words: document.word_count(),
            findings: located
                .filter_map(|(finding, fingerprint)| {
                    let rule = registry.rule(finding.rule.as_str())?;
                    Some(Located::new(&document, finding, rule, fingerprint))
                })
                .collect(),
        };
        outcome.summary.add(Summary::of(&checked));
        if !self.quiet {
            self.format.document(&checked, &mut outcome.rendered);
        }
        outcome
    }
}
