//! The facade: one type that checks, fixes and scores texts, for services, bindings to other languages, and whoever
//! embeds mtlint. `docs/stability.md` promises what of it stays.
//!
//! All places are bytes of the text that was handed in, whatever its format. Nothing here reads the environment, prints,
//! or fails on any text, and no file is read but those that a configuration names.

mod builder;

pub use builder::{BuildError, LinterBuilder};

use crate::lint::{BYTES_TOGETHER, Checked, Linter as ArticleLinter, Located, MOST_TOGETHER, Settings};
use crate::rule::{Applicability, Confidence, Related, Severity, Side};
use crate::score::{Score, Verdict};
use mtlint_document::Document;
use mtlint_document::load::{self, Article, Format};
use mtlint_text::{Position, Span};
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
    /// Why the rule minds such text: which process leaves it behind.
    pub note: String,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// Where it begins, as people and editors count.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
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

/// All that one look at a text tells: what is found, and what that makes of the text as a whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assessment {
    /// The code of the language it was read as, given or identified.
    pub language: Option<String>,
    /// How many words it has, as the score counts them.
    pub words: usize,
    /// Its MQM score.
    pub score: Score,
    /// The penalty points per 1,000 words that it has at least, with a confidence of 95 in 100, however short it is.
    pub penalty_lower_bound: f64,
    /// Whether it is good enough; `None` where the configuration asks nothing of a text.
    pub verdict: Option<Verdict>,
    /// What is found, in text order.
    pub findings: Vec<Finding>,
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

    /// What is found in a text, and what that makes of it as a whole: score, words, language. With `source`, the text that
    /// it was translated from, it is checked as [`Linter::check_pair`] does.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let linter = Linter::builder().build()?;
    /// let assessment = linter.assess("The minister said it twice .", None);
    /// assert_eq!((assessment.words, assessment.findings.len()), (5, 1));
    /// assert!(assessment.score.score < 100.0);
    /// // One finding in five words speaks for no more than this.
    /// assert!(assessment.penalty_lower_bound < assessment.score.penalty_per_1000_words);
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn assess(&self, text: &str, source: Option<&str>) -> Assessment {
        self.with_checked(text, source, assessment)
    }

    /// What [`Linter::assess`] tells of each of some texts, with or without their sources: of short texts in less time than
    /// one after the other.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let linter = Linter::builder().build()?;
    /// let both = linter.assess_many(&[("It was late.. Nobody came.", None), ("A clean sentence.", None)]);
    /// assert_eq!((both.len(), both[0].findings.len(), both[1].findings.len()), (2, 1, 0));
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn assess_many(&self, texts: &[(&str, Option<&str>)]) -> Vec<Assessment> {
        let mut assessed = Vec::with_capacity(texts.len());
        let mut group: Vec<(Article, (ArticleLinter<'_>, Document))> = Vec::new();
        let mut bytes = 0;
        for (text, source) in texts {
            group.push(self.prepared(text, *source));
            bytes += text.len();
            if bytes >= BYTES_TOGETHER || group.len() >= MOST_TOGETHER {
                assessed.extend(self.assess_together(std::mem::take(&mut group)));
                bytes = 0;
            }
        }
        assessed.extend(self.assess_together(group));
        assessed
    }

    fn assess_together(&self, group: Vec<(Article, (ArticleLinter<'_>, Document))>) -> Vec<Assessment> {
        let (articles, checked): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        let reviews = ArticleLinter::check_together(&self.settings, &checked);
        let mut assessed = Vec::with_capacity(articles.len());
        for ((article, (linter, document)), review) in articles.iter().zip(&checked).zip(&reviews) {
            assessed.push(assessment(&linter.locate("", article, document, review)));
        }
        assessed
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
        let (article, (linter, document)) = self.prepared(text, source);
        let review = linter.check(&document, None);
        then(&linter.locate("", &article, &document, &review))
    }

    fn prepared(&self, text: &str, source: Option<&str>) -> (Article, (ArticleLinter<'_>, Document)) {
        let mut article = load::article(self.format, text);
        article.source = source.map(str::to_owned);
        let linter = self.article_linter(&article);
        let document = linter.take(&mut article);
        (article, (linter, document))
    }
}

fn assessment(checked: &Checked<'_>) -> Assessment {
    Assessment {
        language: checked.document.language().map(|language| language.to_string()),
        words: checked.words,
        score: checked.score(),
        penalty_lower_bound: checked.penalty_lower_bound(),
        verdict: checked.verdict(),
        findings: findings(checked),
    }
}

fn findings(checked: &Checked<'_>) -> Vec<Finding> {
    checked.findings.iter().map(|located| finding(checked, located)).collect()
}

fn finding(checked: &Checked<'_>, located: &Located<'_>) -> Finding {
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
        note: located.rule.why.clone(),
        span: bytes(located.span),
        start: checked.position(located.span.lo()),
        end: checked.position(located.span.hi()),
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
}
