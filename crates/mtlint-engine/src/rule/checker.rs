//! What a rule does with a document: a pattern compiled from its file, or code.

use super::finding::{Finding, RuleId};
use super::matcher::Pattern;
use super::scorer::{Assessment, Observation, Probability, Scorer};
use super::{Confidence, Directive, Severity};
use mtlint_document::pair::Pair;
use mtlint_document::{Block, Document};
use mtlint_text::Span;
use serde::de::DeserializeOwned;
use std::fmt;

/// Makes the check of a rule with the parameters of its file.
pub type MakeCheck = fn(&Params) -> Result<CodeCheck, ParamError>;

/// How a rule looks at a document.
#[derive(Debug)]
pub enum Checker {
    /// A pattern of the rule file, tried on every block that may hold it.
    Pattern(Pattern),
    /// Code of `crates/mtlint-engine/src/checks/`.
    Code(CodeCheck),
}

impl Checker {
    /// Whether it looks at nothing but one block at a time: its text, its sentences, its mask and the
    /// language of the document.
    pub fn sees_one_block(&self) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.sees_one_block(),
            Self::Code(_) => false,
        }
    }
}

/// A function that looks at one block.
type BlockCheck = Box<dyn Fn(&Document, &Block, &mut Report<'_>) + Send + Sync>;

/// A function that looks at a whole document.
type DocumentCheck = Box<dyn Fn(&Document, &mut Report<'_>) + Send + Sync>;

/// A function that looks at a text beside its source.
type PairCheck = Box<dyn Fn(&Pair<'_>, &mut Report<'_>) + Send + Sync>;

/// A function that looks at the comments which suppress findings.
type SuppressionCheck = fn(&Directive, &mut Report<'_>);

/// The logic of a rule whose file says `kind = "code"`.
pub enum CodeCheck {
    /// Looks at one block at a time.
    Block(BlockCheck),
    /// Looks at the document as a whole.
    Document(DocumentCheck),
    /// Looks at a text beside its source, where that is at hand.
    Pair(PairCheck),
    /// Looks at a text that was translated and came back, beside the original.
    Original(PairCheck),
    /// Looks at one suppression at a time, once it is known what became of it.
    Suppression(SuppressionCheck),
}

impl CodeCheck {
    /// A check that looks at one block at a time.
    pub fn block(check: impl Fn(&Document, &Block, &mut Report<'_>) + Send + Sync + 'static) -> Self {
        Self::Block(Box::new(check))
    }

    /// A check that looks at the document as a whole.
    pub fn document(check: impl Fn(&Document, &mut Report<'_>) + Send + Sync + 'static) -> Self {
        Self::Document(Box::new(check))
    }

    /// A check that looks at a text beside its source.
    pub fn pair(check: impl Fn(&Pair<'_>, &mut Report<'_>) + Send + Sync + 'static) -> Self {
        Self::Pair(Box::new(check))
    }

    /// A check that looks at a text that came back beside its original.
    pub fn original(check: impl Fn(&Pair<'_>, &mut Report<'_>) + Send + Sync + 'static) -> Self {
        Self::Original(Box::new(check))
    }
}

impl fmt::Debug for CodeCheck {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Block(_) => "CodeCheck::Block",
            Self::Document(_) => "CodeCheck::Document",
            Self::Pair(_) => "CodeCheck::Pair",
            Self::Original(_) => "CodeCheck::Original",
            Self::Suppression(_) => "CodeCheck::Suppression",
        })
    }
}

/// When a rule need not look at a text at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// It must always look.
    Always,
    /// A text without any of these strings, whose ASCII letters may be of either case, cannot
    /// concern it; a string may also be the name of a [`Feature`].
    AnyOf(Vec<String>),
}

/// What the prefilter sees in a text beside strings; rule files name it in `needs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// One of `, . ; : ! ? )` with a letter or `“` right after it.
    MarkThenLetter,
    /// A small letter with a capital right after it.
    SmallThenCapital,
}

impl Feature {
    /// The feature that a rule file calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "<mark-then-letter>" => Some(Self::MarkThenLetter),
            "<small-then-capital>" => Some(Self::SmallThenCapital),
            _ => None,
        }
    }
}

/// Takes the findings of one rule on one document.
#[derive(Debug)]
pub struct Report<'a> {
    rule: &'a RuleId,
    severity: Severity,
    confidence: Confidence,
    alone: Confidence,
    summary: &'a str,
    scorer: Option<&'a Scorer>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(rule: &'a super::Rule, findings: &'a mut Vec<Finding>) -> Self {
        Self {
            rule: &rule.id,
            severity: rule.severity,
            confidence: rule.confidence,
            alone: rule.alone,
            summary: &rule.summary,
            scorer: rule.scorer.as_ref(),
            findings,
        }
    }

    /// Whether the rule weighs evidence.
    pub fn is_scored(&self) -> bool {
        self.scorer.is_some()
    }

    /// Whether the rule's name, its family left out, is `name`.
    pub fn is_for(&self, name: &str) -> bool {
        self.rule.as_str().rsplit('/').next() == Some(name)
    }

    /// What the rule's scorer makes of a candidate; `None` where that is too little to report it, and
    /// for a rule that has no scorer.
    pub fn assess(&self, features: &[Observation]) -> Option<Assessment> {
        let assessment = self.scorer?.assess(features);
        (assessment.probability >= Probability::LEAST).then_some(assessment)
    }

    /// Reports damage at `span` in words of its own.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.rule.clone(),
            severity: self.severity,
            confidence: self.confidence,
            alone: self.alone,
            probability: None,
            evidence: Vec::new(),
            message: message.into(),
            span,
            related: Vec::new(),
            fixes: Vec::new(),
        });
        self.findings.last_mut().expect("just pushed")
    }

    /// Reports damage at `span` in the words of the rule's summary.
    pub fn add_summary(&mut self, span: Span) -> &mut Finding {
        self.add(span, self.summary)
    }
}

/// The `[params]` of a code rule.
#[derive(Clone, Debug, Default)]
pub struct Params(toml::Table);

/// Why the `[params]` of a rule file do not fit its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamError(pub String);

impl Params {
    pub fn new(table: toml::Table) -> Self {
        Self(table)
    }

    /// Reads the parameters as `T`, which says `#[serde(deny_unknown_fields)]`.
    ///
    /// # Errors
    /// When a parameter is missing, unknown or of another type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ParamError> {
        self.0.clone().try_into().map_err(|error: toml::de::Error| ParamError(error.message().to_owned()))
    }

    /// For a check that takes none.
    ///
    /// # Errors
    /// When there are any.
    pub fn none(&self) -> Result<(), ParamError> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(key) => Err(ParamError(format!("this check takes no parameter, and no `{key}`"))),
        }
    }
}
