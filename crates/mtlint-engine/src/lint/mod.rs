//! Linting one article: what holds for its file, its document, what is found in it, and its mending.
//!
//! The command line and the editor do the same through this module, so that one finds what the other
//! does. May use `config`, `engine`, `document`, `report` for findings in place, and what these
//! stand on; never the command line or the editor, and touches no file but through `config`.

mod checked;
mod region;
mod settings;
mod suppress;

pub use crate::engine::Memory;
pub use checked::{Checked, Located, LocatedSuppressed, Mended, Version};
pub use region::Region;
pub use settings::{AllSettings, Settings, user_registry};
pub(crate) use settings::{approved, selection};
pub use suppress::{ignore_here, note_beside};

use crate::engine::{
    ChosenOutcome, Circumstances, DecidedDocument, DecidedPlan, Fingerprint, FixOutcome, OutsideSuppression,
    Review, Timings, fingerprints,
};
use crate::rule::{Applicability, Finding, Suppressed};
use mtlint_document::load::{self, Article};
use mtlint_document::{BlockKind, Document, Extract, UnitFacts};
use mtlint_lang::Language;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How many articles are best checked together at most, and of how many bytes of text, as soon as they are that many: what
/// is known of them stays in a processor's caches.
pub const MOST_TOGETHER: usize = 16;
pub const BYTES_TOGETHER: usize = 1 << 14;

/// Lints one article under the settings of its file.
#[derive(Clone, Debug)]
pub struct Linter<'s> {
    settings: &'s Settings,
    format: load::Format,
    language: Option<Language>,
    /// What a file beside it suppresses.
    outside: Vec<OutsideSuppression>,
    source: Option<Arc<Document>>,
    facts: Arc<UnitFacts>,
    /// Of which kind the paragraphs of a document are, each a line of its text.
    paragraphs: Option<Arc<[Option<BlockKind>]>>,
    stop: Option<&'s AtomicBool>,
}

impl<'s> Linter<'s> {
    /// For an article of the file at `path`, which has this format. The language that the user names
    /// outweighs the one that the article does.
    pub fn new(settings: &'s Settings, path: &Path, format: load::Format, article: &Article) -> Self {
        let record = article.record.as_ref().map(|record| record.id.as_str());
        Self {
            settings,
            format: article.format.unwrap_or(format),
            language: settings.config.lang.value.or(article.language),
            outside: settings.outside(path, record),
            source: article.source.as_ref().map(|source| {
                let packs = settings.engine.registry().packs();
                Arc::new(Document::plain(source, article.source_language, packs))
            }),
            facts: article.facts.clone(),
            paragraphs: article.paragraphs.clone(),
            stop: None,
        }
    }

    /// The same, but what it does ends early once `stop` is set: a check before its next rule, fixing before its next
    /// check. What they give then is of no use. Reading a text and a single rule are not interrupted; both take time
    /// that grows with the text alone.
    #[must_use]
    pub fn until(self, stop: &'s AtomicBool) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// What is suppressed from outside in the article.
    pub fn outside(&self) -> &[OutsideSuppression] {
        &self.outside
    }

    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances { today: self.settings.today, outside: &self.outside, stop: self.stop }
    }

    /// The document of an article, whose extract is taken.
    pub fn take(&self, article: &mut Article) -> Document {
        let extract = std::mem::take(&mut article.extract);
        self.document(extract)
    }

    fn document(&self, extract: Extract) -> Document {
        let document = Document::new(extract, self.language, self.settings.engine.registry().packs());
        let document = document.with_glossary(self.settings.glossary.clone());
        let document = document.with_terms(self.settings.terms.clone());
        document.with_source(self.source.clone()).with_facts(self.facts.clone())
    }

    /// The document of the original text of an article.
    pub fn parse(&self, original: &str) -> Document {
        let extract = match &self.paragraphs {
            Some(kinds) => load::extract_paragraphs(original, kinds),
            None => load::extract(self.format, original),
        };
        self.document(extract)
    }

    /// All findings, those that are suppressed apart; the time each rule takes is added to `timings`,
    /// if given.
    pub fn check(&self, document: &Document, timings: Option<&mut Timings>) -> Review {
        self.settings.engine.review(document, &self.circumstances(), timings)
    }

    /// What [`Linter::check`] gives for each of some articles that have these settings: for short ones in less time
    /// than one after the other.
    pub fn check_together(settings: &Settings, articles: &[(Linter<'_>, Document)]) -> Vec<Review> {
        let documents: Vec<_> =
            articles.iter().map(|(linter, document)| (document, linter.circumstances())).collect();
        settings.engine.review_together(&documents)
    }

    /// The same as [`Linter::check`] for a text that is checked again and again, changed a little.
    /// `memory` is one of these settings. `None` when `stop` was set meanwhile.
    pub fn check_again(&self, document: &Document, memory: &mut Memory, stop: &AtomicBool) -> Option<Review> {
        self.settings.engine.review_again(document, &self.circumstances(), memory, stop)
    }

    /// Applies the fixes that are trusted at least as far as `least` to the original text.
    pub fn fix(&self, original: &str, least: Applicability) -> FixOutcome {
        self.settings.engine.fix(original, least, &self.circumstances(), |text| self.parse(text))
    }

    /// What decisions about a document come to, given what is found in it.
    pub fn plan<'d>(
        &self,
        decided: &'d DecidedDocument,
        document: &Document,
        review: &Review,
    ) -> DecidedPlan<'d> {
        let (all, fingerprints) = in_order(document, review);
        let mut names: Vec<(usize, Fingerprint)> =
            all.into_iter().map(|(index, ..)| index).zip(fingerprints).collect();
        names.sort_by_key(|(index, _)| *index);
        let names: Vec<Fingerprint> = names.into_iter().map(|(_, name)| name).collect();
        DecidedPlan::new(decided, document, review, &names)
    }

    /// Applies the fixes that were decided on.
    pub fn fix_chosen(&self, document: &Document, review: &Review, plan: &DecidedPlan<'_>) -> ChosenOutcome {
        let chosen: Vec<_> =
            plan.chosen.iter().map(|(index, fix, _)| (&review.findings[*index], fix)).collect();
        self.settings
            .engine
            .fix_chosen(document, &review.findings, &chosen, &self.circumstances(), |text| self.parse(text))
    }

    /// What fixing makes of a document.
    pub fn mended(&self, document: &Document) -> Mended {
        let version = |least| {
            let FixOutcome { text, applied, .. } = self.fix(document.original(), least);
            Version { document: self.parse(&text), applied: applied.values().sum() }
        };
        Mended { safe: version(Applicability::Safe), all: version(Applicability::Unsafe) }
    }

    /// The findings where they lie in the original text of the article.
    pub fn locate<'d>(
        &self,
        path: &'d str,
        article: &'d Article,
        document: &'d Document,
        review: &'d Review,
    ) -> Checked<'d>
    where
        's: 'd,
    {
        let registry = self.settings.engine.registry();
        let (all, fingerprints) = in_order(document, review);
        let mut checked = Checked {
            path,
            record: article.record.as_ref(),
            has_paragraphs: article.paragraphs.is_some(),
            document,
            source_language: article.source_language,
            source_place: article.source_place.as_deref(),
            words: document.word_count(),
            profile: &self.settings.config.profile,
            findings: Vec::with_capacity(review.findings.len()),
            suppressed: Vec::with_capacity(review.suppressed.len()),
            mended: None,
        };
        for ((_, finding, suppressed), fingerprint) in all.into_iter().zip(fingerprints) {
            let Some(rule) = registry.rule(finding.rule.as_str()) else { continue };
            let located = Located::new(document, finding, rule, fingerprint);
            match suppressed {
                None => checked.findings.push(located),
                Some(suppressed) => checked.suppressed.push(LocatedSuppressed { located, suppressed }),
            }
        }
        checked
    }
}

/// A finding, its place among those of the review, the suppressed after the reported, and by what it is suppressed.
type Ordered<'r> = (usize, &'r Finding, Option<&'r Suppressed>);

/// All that was found in text order, with fingerprints, which number what is equal: whether it is suppressed must make
/// no difference.
fn in_order<'r>(document: &Document, review: &'r Review) -> (Vec<Ordered<'r>>, Vec<Fingerprint>) {
    let reported = review.findings.iter().map(|finding| (finding, None));
    let suppressed = review.suppressed.iter().map(|suppressed| (&suppressed.finding, Some(suppressed)));
    let all = reported.chain(suppressed).enumerate();
    let mut all: Vec<Ordered<'r>> = all.map(|(index, (finding, by))| (index, finding, by)).collect();
    all.sort_by_key(|(_, finding, _)| document.to_original(finding.span));
    let fingerprints = fingerprints(document, all.iter().map(|(_, finding, _)| *finding));
    (all, fingerprints)
}
