//! Linting one article: what holds for its file, its document, what is found in it, and its mending.
//!
//! The command line and the editor do the same through this module, so that one finds what the other
//! does. May use `config`, `engine`, `document`, `report` for findings in place, and what these
//! stand on; never the command line or the editor, and touches no file but through `config`.

mod settings;

pub use settings::{AllSettings, Settings, user_registry};

use crate::document::Document;
use crate::document::load::{self, Article};
use crate::engine::{FixOutcome, Timings, fingerprints};
use crate::lang::Language;
use crate::report::{Checked, Located};
use crate::rule::{Applicability, Finding};

/// Lints one article under the settings of its file.
#[derive(Clone, Copy, Debug)]
pub struct Linter<'s> {
    settings: &'s Settings,
    format: load::Format,
    language: Option<Language>,
}

impl<'s> Linter<'s> {
    /// For an article whose file has this format. `told` is the language that the file names, which
    /// the user's word outweighs.
    pub fn new(settings: &'s Settings, format: load::Format, told: Option<Language>) -> Self {
        Self { settings, format, language: settings.config.lang.value.or(told) }
    }

    /// The document of an article, whose extract is taken.
    pub fn take(&self, article: &mut Article) -> Document {
        let extract = std::mem::take(&mut article.extract);
        Document::new(extract, self.language, self.settings.engine.registry().packs())
    }

    /// The document of the original text of an article.
    pub fn parse(&self, original: &str) -> Document {
        let packs = self.settings.engine.registry().packs();
        Document::new(load::extract(self.format, original), self.language, packs)
    }

    /// All findings, in text order; the time each rule takes is added to `timings`, if given.
    pub fn check(&self, document: &Document, timings: Option<&mut Timings>) -> Vec<Finding> {
        let engine = &self.settings.engine;
        match timings {
            Some(timings) => engine.check_timed(document, timings),
            None => engine.check(document),
        }
    }

    /// Applies the fixes that are trusted at least as far as `least` to the original text.
    pub fn fix(&self, original: &str, least: Applicability) -> FixOutcome {
        self.settings.engine.fix(original, least, |text| self.parse(text))
    }

    /// The findings where they lie in the original text of the article.
    pub fn locate<'d>(
        &self,
        path: &'d str,
        article: &'d Article,
        document: &'d Document,
        findings: &'d [Finding],
    ) -> Checked<'d>
    where
        's: 'd,
    {
        let registry = self.settings.engine.registry();
        let locate = |(finding, fingerprint): (&'d Finding, String)| {
            let rule = registry.rule(finding.rule.as_str())?;
            Some(Located::new(document, finding, rule, fingerprint))
        };
        Checked {
            path,
            record: article.record.as_ref(),
            document,
            source_language: article.source_language,
            words: document.word_count(),
            findings: findings.iter().zip(fingerprints(document, findings)).filter_map(locate).collect(),
        }
    }
}
