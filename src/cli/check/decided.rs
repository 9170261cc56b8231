//! Decisions of `--decisions FILE`: what becomes of them in each article, and what is told of them at the end.

use super::lint::Mode;
use crate::cli::{Trouble, values};
use mtlint_document::Document;
use mtlint_document::files;
use mtlint_document::load::{Article, explain};
use mtlint_engine::engine::{DecidedDocument, DecidedPlan, Decision, Decisions, Identity, Review, Verdict};
use mtlint_engine::lint::{Linter, Settings};
use mtlint_report::count;
use mtlint_text::visible;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file of decisions.
pub(super) struct DecisionFile {
    path: PathBuf,
    decisions: Decisions,
}

/// What became of decisions in one article or in many.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// The documents of the file that were met.
    met: BTreeSet<usize>,
    /// Findings whose fix was accepted, or that were edited: how many were applied, or would be.
    accepted: usize,
    edited: usize,
    rejected: usize,
    /// What does not fit any more, or was taken back.
    misfits: Vec<String>,
}

/// What decisions make of an article.
pub(super) struct Mended {
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

impl DecisionFile {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or is no file of decisions.
    pub fn read(path: &Path) -> Result<Self, Trouble> {
        let name = files::shown(path);
        let text =
            files::read_text(path).map_err(|error| Trouble::new(format!("{name}: {}", explain(&error))))?;
        let decisions = Decisions::parse(&text).map_err(|errors| {
            let told = errors.into_iter().map(|error| {
                let place = error.place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
                let message = visible(&error.message);
                format!("{name}{place}: is no file of decisions: {message}; save it again in the HTML report")
            });
            Trouble::from(told.collect::<Vec<_>>())
        })?;
        Ok(Self { path: path.to_owned(), decisions })
    }

    /// What was decided about an article of the file at `path`.
    pub fn of(&self, path: &str, article: &Article) -> Option<(usize, &DecidedDocument)> {
        let record = article.record.as_ref().map(|record| (record.id.as_str(), record.line));
        self.decisions.of(path, record)
    }
}

/// How many are listed.
const LISTED: usize = 10;

fn push_some(told: &mut String, list: &[String]) {
    for line in list.iter().take(LISTED) {
        told.push_str(&format!("\n  {line}"));
    }
    if list.len() > LISTED {
        told.push_str(&format!("\n  and {} more", list.len() - LISTED));
    }
}

impl Decided {
    /// Adds what became of decisions in another article.
    pub fn add(&mut self, other: Self) {
        self.met.extend(other.met);
        self.accepted += other.accepted;
        self.edited += other.edited;
        self.rejected += other.rejected;
        self.misfits.extend(other.misfits);
    }

    /// Says what became of all decisions of a file, and which documents were not met.
    pub fn tell(&self, file: &DecisionFile, mode: Mode) {
        let Self { met, accepted, edited, rejected, misfits } = self;
        let name = files::shown(&file.path);
        let verb = match mode {
            Mode::Fix(_) => "applied",
            Mode::Diff(_) => "would be applied",
            Mode::Check => "can be applied with `--fix`",
        };
        values::remark(&format!(
            "{name}: {accepted} accepted and {edited} edited {verb}, {rejected} rejected"
        ));
        if !misfits.is_empty() {
            let mut told = format!("{name}: {} left out:", count(misfits.len(), "decision"));
            push_some(&mut told, misfits);
            values::warn(&told);
        }
        let unmet = file.decisions.documents().iter().enumerate();
        let unmet: Vec<String> = unmet
            .filter(|(index, document)| !met.contains(index) && !document.decisions.is_empty())
            .map(|(_, document)| visible(&document.name()).into_owned())
            .collect();
        if !unmet.is_empty() {
            let what = count(unmet.len(), "document");
            let mut told = format!(
                "{name}: {what} with decisions, but not checked; run mtlint where the report was made, on the same paths:"
            );
            push_some(&mut told, &unmet);
            values::warn(&told);
        }
    }

    fn leave_out(&mut self, document: &DecidedDocument, decision: &Decision, why: &str) {
        self.misfits.push(format!(
            "{}: {} `{}`: {why}",
            visible(&document.name()),
            visible(&decision.rule),
            visible(&decision.text)
        ));
    }
}

/// An article and the decisions about it.
pub(super) struct Deciding<'a> {
    linter: &'a Linter<'a>,
    settings: &'a Settings,
    document: &'a DecidedDocument,
    plan: DecidedPlan<'a>,
    pub decided: Decided,
}

impl<'a> Deciding<'a> {
    pub fn new(
        linter: &'a Linter<'a>,
        settings: &'a Settings,
        (index, decided): (usize, &'a DecidedDocument),
        document: &Document,
        review: &Review,
    ) -> Self {
        let mut plan = linter.plan(decided, document, review);
        let mut told = Decided { met: [index].into(), rejected: plan.rejected.len(), ..Decided::default() };
        for (decision, why) in std::mem::take(&mut plan.misfits) {
            told.leave_out(decided, decision, &why);
        }
        Self { linter, settings, document: decided, plan, decided: told }
    }

    /// Counts what could be applied, where nothing is.
    pub fn count(&mut self) {
        for (_, _, decision) in &self.plan.chosen {
            match decision.decision {
                Verdict::Edit => self.decided.edited += 1,
                _ => self.decided.accepted += 1,
            }
        }
    }

    /// Applies what was accepted and edited.
    pub fn mend(&mut self, document: &Document, review: &Review) -> Mended {
        let outcome = self.linter.fix_chosen(document, review, &self.plan);
        let mut applied = 0;
        for ((_, _, decision), is_applied) in self.plan.chosen.iter().zip(outcome.applied) {
            match (is_applied, decision.decision) {
                (false, _) => {
                    let why = "not applied: another decision changes the same place, or a rule would find \
                               something new after it";
                    self.decided.leave_out(self.document, decision, why);
                    continue;
                }
                (true, Verdict::Edit) => self.decided.edited += 1,
                (true, _) => self.decided.accepted += 1,
            }
            applied += 1;
        }
        Mended { text: outcome.text, applied }
    }

    /// Takes what was rejected out of the findings of the text that was decided about.
    pub fn reject(&self, review: &mut Review) {
        self.settings.engine.reject(review, &self.plan.rejected);
    }

    /// What was rejected, whatever becomes of the text around it.
    pub fn rejected(&self, document: &Document, review: &Review) -> Vec<Identity> {
        let finding = |(index, _): &(usize, _)| Identity::of(document, &review.findings[*index]);
        self.plan.rejected.iter().map(finding).collect()
    }
}
