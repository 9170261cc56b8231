//! The facade: one type that checks, fixes and scores texts, for services, bindings to other languages, and whoever
//! embeds mtlint. `docs/stability.md` promises what of it stays.
//!
//! All places are bytes of the text that was handed in, whatever its format. Nothing here reads files or the
//! environment, prints, or fails on any text.

use crate::config::Config;
use crate::engine::{Engine, Selection};
use crate::lint::{Checked, Linter as ArticleLinter, Located, Settings};
use crate::rule::{Applicability, Confidence, Registry, Related, Severity, Side};
use crate::score::Score;
use mtlint_document::load::{self, Article, Format};
use mtlint_lang::Language;
use mtlint_text::Span;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Checks, fixes and scores texts. It is made once, which takes some milliseconds, and used for any number of texts, by
/// any number of threads.
///
/// ```
/// use mtlint_engine::Linter;
///
/// let linter = Linter::builder().build()?;
/// let text = "The minister said it twice .";
/// for finding in linter.check(text) {
///     println!("{} at {:?}: {}", finding.rule, finding.span, finding.message);
/// }
/// assert_eq!(linter.fix(text).text, "The minister said it twice.");
/// # Ok::<(), mtlint_engine::BuildError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linter {
    settings: Arc<Settings>,
    format: Format,
}

/// What a [`Linter`] is made with. Every method may be left out.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct LinterBuilder {
    language: Option<String>,
    format: Option<Format>,
    selection: Selection,
    rules: Vec<(String, String)>,
}

/// Why a [`Linter`] cannot be made: everything that is wrong with what the builder was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    messages: Vec<String>,
}

/// Damage at one place of a text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The id of the rule, as `mtlint rules list` and `docs/rules.md` have it.
    pub rule: String,
    /// The error type, one of MQM Core.
    pub mqm: String,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is that this is damage.
    pub confidence: Confidence,
    /// How likely it is that this is damage, from 0 to 1, where the rule weighs evidence.
    pub probability: Option<f64>,
    /// What is wrong, as a person would say it.
    pub message: String,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// Other places that explain it.
    pub related: Vec<RelatedPlace>,
    /// Ways to mend it, the best one first.
    pub fixes: Vec<Fix>,
    /// What names the finding from run to run, whatever stands before it.
    pub fingerprint: String,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelatedPlace {
    /// What is there.
    pub message: String,
    /// Where, in bytes of the text, or of the source if it is `in_source`.
    pub span: Range<usize>,
    /// Whether it lies in the source of a pair.
    pub in_source: bool,
}

/// One way to mend a finding: edits that are applied together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What the fix does, as an order: `keep one full stop`.
    pub title: String,
    /// How far it may be trusted.
    pub applicability: Applicability,
    /// Each puts a text in the place of a range of bytes. They do not overlap, and are in text order.
    pub edits: Vec<(Range<usize>, String)>,
}

/// A text after fixing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fixed {
    /// The text, mended.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

impl Linter {
    /// Begins to make one.
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    /// What is found in a text, in text order.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let linter = Linter::builder().select(["punctuation/repeated-stop"]).build()?;
    /// let findings = linter.check("It was late.. Nobody came.");
    /// assert_eq!(findings[0].rule, "punctuation/repeated-stop");
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn check(&self, text: &str) -> Vec<Finding> {
        self.with_checked(text, None, findings)
    }

    /// What is found in a translation, with the text that it was translated from as evidence: what is wrong in the
    /// translation alone, unless the source has it as well, and what both texts say differently, such as a number.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let linter = Linter::builder().build()?;
    /// let findings = linter.check_pair("Es kostet 250 Euro.", "It costs 205 euros.");
    /// assert!(findings.iter().any(|finding| finding.rule.starts_with("number/")));
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn check_pair(&self, source: &str, target: &str) -> Vec<Finding> {
        self.with_checked(target, Some(source), findings)
    }

    /// The text with all safe fixes applied: those that never change what a sentence asserts.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let fixed = Linter::builder().build()?.fix("That was the end . Nobody came.");
    /// assert_eq!((fixed.text.as_str(), fixed.applied), ("That was the end. Nobody came.", 1));
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn fix(&self, text: &str) -> Fixed {
        self.fix_trusting(text, Applicability::Safe)
    }

    /// The text with the fixes applied that may be trusted at least so far. Fixing does no harm: a fix after which a rule
    /// finds something new is left out.
    pub fn fix_trusting(&self, text: &str, least: Applicability) -> Fixed {
        let article = load::article(self.format, text);
        let outcome = self.article_linter(&article).fix(text, least);
        Fixed { text: outcome.text, applied: outcome.applied.values().sum() }
    }

    /// The MQM score of a text: 100 without findings.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let linter = Linter::builder().build()?;
    /// assert_eq!(linter.score("A clean sentence.").score, 100.0);
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn score(&self, text: &str) -> Score {
        self.with_checked(text, None, |checked| checked.score())
    }

    fn article_linter(&self, article: &Article) -> ArticleLinter<'_> {
        ArticleLinter::new(&self.settings, Path::new(""), self.format, article)
    }

    /// Checks a text and hands on what was found.
    fn with_checked<T>(&self, text: &str, source: Option<&str>, then: impl FnOnce(&Checked<'_>) -> T) -> T {
        let mut article = load::article(self.format, text);
        article.source = source.map(str::to_owned);
        let linter = self.article_linter(&article);
        let document = linter.take(&mut article);
        let review = linter.check(&document, None);
        then(&linter.locate("", &article, &document, &review))
    }
}

impl LinterBuilder {
    /// The language of all texts, as a code: `en`, `pt-BR`. When it is left out, each text shows its own.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = Some(code.into());
        self
    }

    /// How the texts are written: plain text when it is left out. A format of many records or units is for files; here
    /// the text of one unit in its syntax is meant.
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The rules that run, by their ids, families, or `all`. A rule named in full runs whatever its confidence.
    pub fn select<S: Into<String>>(mut self, rules: impl IntoIterator<Item = S>) -> Self {
        self.selection.select = rules.into_iter().map(Into::into).collect();
        self
    }

    /// Rules and families that do not run.
    pub fn ignore<S: Into<String>>(mut self, rules: impl IntoIterator<Item = S>) -> Self {
        self.selection.ignore = rules.into_iter().map(Into::into).collect();
        self
    }

    /// The least severity of what is found.
    pub fn min_severity(mut self, least: Severity) -> Self {
        self.selection.min_severity = least;
        self
    }

    /// The least confidence of what is found: [`Confidence::Medium`] when it is left out.
    pub fn min_confidence(mut self, least: Confidence) -> Self {
        self.selection.min_confidence = least;
        self
    }

    /// The severity of a rule or family, instead of that of its file.
    pub fn severity(mut self, rule: impl Into<String>, severity: Severity) -> Self {
        self.selection.severities.insert(rule.into(), severity);
        self
    }

    /// A rule of your own: its id, `family/name`, and the text of its file as `docs/writing-rules.md` has it.
    pub fn rule(mut self, id: impl Into<String>, file: impl Into<String>) -> Self {
        self.rules.push((id.into(), file.into()));
        self
    }

    /// Makes the linter.
    ///
    /// # Errors
    /// Everything that is wrong with what was given: a code that names no language, a name that names no rule, a rule
    /// file that is not as it should be.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let error = Linter::builder().language("?").select(["punctuation/no-such"]).build().unwrap_err();
    /// assert_eq!(error.messages().len(), 2);
    /// ```
    pub fn build(self) -> Result<Linter, BuildError> {
        let mut messages = Vec::new();
        let language = self.language.as_deref().map(Language::parse).transpose().unwrap_or_else(|error| {
            messages.push(error.to_string());
            None
        });
        let rules = self.rules.iter().map(|(id, file)| (id.as_str(), id.as_str(), file.as_str()));
        let engine = match Registry::with_files(rules) {
            Ok(registry) => Engine::new(Arc::new(registry), self.selection),
            Err(problems) => Err(problems.iter().map(ToString::to_string).collect()),
        };
        match engine {
            Ok(engine) if messages.is_empty() => {
                let mut config = Config::default();
                config.lang.value = language;
                let settings = Settings {
                    config,
                    engine,
                    glossary: None,
                    terms: None,
                    ignores: Arc::default(),
                    today: None,
                };
                let format = self.format.unwrap_or(Format::Text);
                Ok(Linter { settings: Arc::new(settings), format })
            }
            Ok(_) => Err(BuildError { messages }),
            Err(more) => {
                messages.extend(more);
                Err(BuildError { messages })
            }
        }
    }
}

impl BuildError {
    /// What is wrong, a message for each mistake.
    pub fn messages(&self) -> &[String] {
        &self.messages
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.messages.join("\n"))
    }
}

impl std::error::Error for BuildError {}

fn findings(checked: &Checked<'_>) -> Vec<Finding> {
    checked.findings.iter().map(finding).collect()
}

fn finding(located: &Located<'_>) -> Finding {
    let finding = located.finding;
    let fix = |fix: &crate::rule::Fix| Fix {
        title: fix.title.clone(),
        applicability: fix.applicability,
        edits: fix.edits.iter().map(|edit| (bytes(edit.span), edit.insert.clone())).collect(),
    };
    Finding {
        rule: finding.rule.to_string(),
        mqm: located.rule.mqm.clone(),
        severity: finding.severity,
        confidence: finding.confidence,
        probability: finding.probability.map(|probability| probability.as_f64()),
        message: finding.message.clone(),
        span: bytes(located.span),
        related: located.related.iter().chain(located.source_related.iter().copied()).map(related).collect(),
        fixes: located.fixes.iter().map(fix).collect(),
        fingerprint: located.fingerprint.clone(),
    }
}

fn related(related: &Related) -> RelatedPlace {
    RelatedPlace {
        message: related.message.clone(),
        span: bytes(related.span),
        in_source: related.side == Side::Source,
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.lo()..span.hi()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text_handed_in() {
        let linter = Linter::builder().format(Format::Markdown).language("en").build().unwrap();
        let text = "# A *new* head\n\nThe end &amp; the rest of it . Nobody came.\n";
        let findings = linter.check(text);
        let stray = findings.iter().find(|finding| text[finding.span.clone()].starts_with(' ')).unwrap();
        assert!(stray.fixes.iter().any(|fix| fix.applicability == Applicability::Safe));
        assert_eq!(linter.fix(text).text, text.replace(" .", "."));
    }

    #[test]
    fn a_linter_serves_many_threads() {
        fn is_shared<T: Send + Sync + Clone>(_: &T) {}
        is_shared(&Linter::builder().build().unwrap());
    }

    #[test]
    fn every_mistake_is_told() {
        let error = Linter::builder().rule("term/x", "summary = 1").language("english").build().unwrap_err();
        assert!(error.messages().len() >= 2, "{error}");
    }
}
