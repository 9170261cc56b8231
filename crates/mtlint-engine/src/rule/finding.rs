//! What a rule reports: the finding, its severity and confidence, the places related to it, its fixes.

use super::scorer::{Assessment, Evidence, Probability};
use mtlint_text::{Edit, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The path of a rule's file below `rules/`, without its ending: `quotation/closed-early`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the rule lives in: `quotation` of `quotation/closed-early`.
    pub fn family(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(family, _)| family)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How bad the damage is, in MQM's levels (themqm.org), whose penalties are 0, 1, 5 and 25 points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Neutral,
    Minor,
    Major,
    Critical,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Minor, Self::Major, Self::Critical];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// How sure a rule is that what it found is damage. Findings of low confidence must be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// How far a fix may be trusted, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown only: one way to mend it among several, or a repair that needs a person.
    Display,
    /// May change what the sentence asserts: names, numbers, word order, deleted words.
    Unsafe,
    /// Never changes what the sentence asserts: white space, punctuation, markup, repeated glyphs.
    Safe,
}

impl Applicability {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Display => "display",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// One way to mend a finding: edits that are applied together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an order: `keep one full stop`.
    pub title: String,
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
}

impl Fix {
    pub fn new(title: impl Into<String>, applicability: Applicability, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability, edits }
    }

    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Safe, edits)
    }

    pub fn unsafe_(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Unsafe, edits)
    }

    pub fn display(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Display, edits)
    }

    /// Whether both fixes can be applied to one text.
    pub fn is_disjoint_from(&self, other: &Fix) -> bool {
        self.edits.iter().all(|a| other.edits.iter().all(|b| a.is_disjoint_from(b)))
    }
}

/// Another place that explains a finding: the opener of the quotation, the first mention of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub message: String,
    pub span: Span,
    pub side: Side,
}

/// Which text of a pair a place lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Target,
    /// The text it was translated from.
    Source,
}

/// Damage at one place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: RuleId,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The most confidence it has in a document where no other rule finds damage elsewhere: what
    /// careful writers do as well is damage only in company.
    pub alone: Confidence,
    /// How likely it is that this is damage, if its rule weighs evidence.
    pub probability: Option<Probability>,
    /// What was weighed.
    pub evidence: Vec<Evidence>,
    /// What is wrong, as a person would say it.
    pub message: String,
    /// Into the text of the document the rule saw.
    pub span: Span,
    pub related: Vec<Related>,
    /// The best one first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Adds a place that explains the finding.
    pub fn relate(&mut self, message: impl Into<String>, span: Span) -> &mut Self {
        self.related.push(Related { message: message.into(), span, side: Side::Target });
        self
    }

    /// Adds a place of the source that explains the finding.
    pub fn relate_source(&mut self, message: impl Into<String>, span: Span) -> &mut Self {
        self.related.push(Related { message: message.into(), span, side: Side::Source });
        self
    }

    /// Adds a way to mend it, unless it would change nothing: a letter may be small and have no
    /// capital. The first one added is the one preferred.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        if !fix.edits.is_empty() {
            self.fixes.push(fix);
        }
        self
    }

    /// Takes over what the rule's scorer makes of the evidence; the confidence is the band of the
    /// probability, and at most that of the rule.
    pub fn assessed(&mut self, Assessment { probability, evidence }: Assessment) -> &mut Self {
        self.probability = Some(probability);
        self.evidence = evidence;
        self.at_most(probability.confidence())
    }

    /// Lowers the confidence to at most `confidence`.
    pub fn at_most(&mut self, confidence: Confidence) -> &mut Self {
        self.confidence = self.confidence.min(confidence);
        self
    }

    /// Lowers the confidence to `low` in a document where no other rule finds damage elsewhere.
    pub fn only_in_company(&mut self) -> &mut Self {
        self.alone = Confidence::Low;
        self
    }

    /// Whether it is damage in any company.
    pub fn stands_alone(&self) -> bool {
        self.alone >= self.confidence
    }
}
