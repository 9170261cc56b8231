//! What is done with one article: parse, check, fix, render.

use super::decided::{Decided, Deciding, DecisionFile, Mended};
use super::gate::{Compared, Gate};
use super::refused::Refused;
use super::stale::Entries;
use mtlint_document::load::{self, Article, LoadError};
use mtlint_engine::engine::{FixOutcome, Timings};
use mtlint_engine::lint::{Linter, Settings};
use mtlint_engine::rule::Applicability;
use mtlint_report::style::Paint;
use mtlint_report::{Failure, Format, Summary, unified};
use mtlint_text::visible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What becomes of fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are shown with their findings.
    Check,
    /// They are applied, if trusted so far.
    Fix(Applicability),
    /// What they would change is shown in place of the findings.
    Diff(Applicability),
}

/// What a run does with every article.
pub(super) struct Lint<'a> {
    /// What each report is written in; `None` stands for the differences that fixes would make.
    pub formats: Vec<Option<&'a dyn Format>>,
    pub mode: Mode,
    pub gate: &'a Gate,
    /// What was decided about findings: with it, nothing else is fixed.
    pub decisions: Option<&'a DecisionFile>,
    pub timed: bool,
    pub paint: Paint,
    /// Whether a terminal shows what is written, which must not obey it.
    pub is_seen: bool,
}

/// What came of one article.
#[derive(Default)]
pub(super) struct Outcome {
    /// What it comes to in each of [`Lint::formats`].
    pub rendered: Vec<Vec<u8>>,
    pub summary: Summary,
    pub timings: Timings,
    /// Its text after fixing, if another.
    pub fixed: Option<String>,
    pub warnings: Vec<String>,
    /// How many findings are as severe as makes the run fail.
    pub failing: usize,
    /// Why the article as a whole does not pass, where it is worse than the profile allows.
    pub refused: Option<Refused>,
    /// What of the findings was known.
    pub compared: Option<Compared>,
    /// What became of the entries of `.mtlintignore.toml` that hold for it.
    pub entries: Entries,
    /// What became of the decisions about it.
    pub decided: Decided,
}

impl Outcome {
    /// The outcome of what cannot be read, checked or written.
    pub fn failure(path: &str, message: impl Into<String>) -> Self {
        let failures = vec![Failure { path: path.to_owned(), message: message.into() }];
        Self { summary: Summary { failures, ..Summary::default() }, ..Self::default() }
    }

    /// The outcome of what cannot be loaded.
    pub fn unloaded(path: &str, error: LoadError) -> Self {
        let told = LoadError { file: String::new(), ..error }.to_string();
        let message = told.strip_prefix(": ").map(str::to_owned);
        Self::failure(path, message.unwrap_or_else(|| format!("line {}", told.trim_start_matches(':'))))
    }
}

/// Does something that ought not to panic.
///
/// # Errors
/// What a panic says, for a user to report.
pub(in crate::cli) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        format!("internal error, please report it: {message}")
    })
}

impl Lint<'_> {
    /// Checks an article of the file `path`. A panic becomes a failure.
    pub fn article(
        &self,
        mode: Mode,
        settings: &Settings,
        path: &str,
        format: load::Format,
        article: Article,
    ) -> Outcome {
        let place = article.record.as_ref().map_or(String::new(), |record| format!("line {}: ", record.line));
        caught(|| self.lint(mode, settings, path, format, article))
            .unwrap_or_else(|message| Outcome::failure(path, format!("{place}{message}")))
    }

    fn lint(
        &self,
        mode: Mode,
        settings: &Settings,
        path: &str,
        format: load::Format,
        mut article: Article,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        let linter = Linter::new(settings, Path::new(path), format, &article);
        let mut document = linter.take(&mut article);
        let mut review = linter.check(&document, self.timed.then_some(&mut outcome.timings));
        outcome.entries = Entries::of(settings, path, linter.outside(), &review);
        let mut diff = Vec::new();
        let decisions = self.decisions.and_then(|file| file.of(path, &article));
        let mut deciding =
            decisions.map(|decided| Deciding::new(&linter, settings, decided, &document, &review));
        let has_fixes = |least| {
            review.findings.iter().any(|finding| finding.fixes.iter().any(|fix| fix.applicability >= least))
        };
        let mended = match (mode, &mut deciding) {
            (Mode::Check, None) => None,
            (Mode::Check, Some(deciding)) => {
                deciding.count();
                None
            }
            (Mode::Fix(_) | Mode::Diff(_), Some(deciding)) => Some(deciding.mend(&document, &review)),
            (Mode::Fix(least) | Mode::Diff(least), None) => (self.decisions.is_none() && has_fixes(least))
                .then(|| {
                    let FixOutcome { text, applied, is_stable, .. } = linter.fix(document.original(), least);
                    if !is_stable {
                        outcome.warnings.push(format!(
                            "{}: fixes still change the text after the last round",
                            visible(path)
                        ));
                    }
                    Mended { text, applied: applied.values().sum() }
                }),
        };
        if let Some(Mended { text, applied }) = mended
            && text != document.original()
        {
            outcome.summary.fixed = applied;
            if self.formats.iter().any(Option::is_none) {
                let name = match &article.record {
                    Some(record) => format!("{path}:{}", record.line),
                    None => path.to_owned(),
                };
                diff = unified(&name, document.original(), &text, self.paint, self.is_seen).into_bytes();
            }
            if matches!(mode, Mode::Fix(_)) {
                let rejected = deciding.as_ref().map(|deciding| deciding.rejected(&document, &review));
                document = linter.parse(&text);
                review = linter.check(&document, self.timed.then_some(&mut outcome.timings));
                settings.engine.reject_again(&document, &mut review, &rejected.unwrap_or_default());
                outcome.fixed = Some(text);
            }
        }
        if let Some(deciding) = deciding {
            if outcome.fixed.is_none() {
                deciding.reject(&mut review);
            }
            outcome.decided = deciding.decided;
        }
        outcome.compared = self.gate.compare(&settings.engine, path, &article, &document, &mut review);
        self.gate.narrow(path, &article, &document, &mut review);
        let mut checked = linter.locate(path, &article, &document, &review);
        let wants_mended = self.formats.iter().flatten().any(|format| format.wants_mended());
        if wants_mended && !review.findings.is_empty() {
            checked.mended = Some(linter.mended(&document));
        }
        outcome.failing = settings.config.failing().map_or(0, |least| checked.at_least(least));
        outcome.refused = Refused::of(&checked, &settings.config);
        let mut summary = Summary::of(&checked);
        if let (Mode::Fix(least), None) = (mode, self.decisions) {
            summary.take_back(least);
        }
        outcome.summary.add(summary);
        for format in &self.formats {
            outcome.rendered.push(match format {
                None => std::mem::take(&mut diff),
                Some(format) => {
                    let mut bytes = Vec::new();
                    format.document(&checked, &mut bytes);
                    bytes
                }
            });
        }
        outcome
    }
}
