//! What texts come to, and how JSON has it: what `score`, `compare` and the service print.

use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Severity;
use mtlint_engine::score::{Profile, Score, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What a text, or several, come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub documents: usize,
    pub words: usize,
    /// Penalty points.
    pub points: f64,
    /// How many findings of each severity.
    pub by_severity: BTreeMap<Severity, usize>,
    /// Penalty points by family.
    pub by_family: BTreeMap<String, f64>,
}

impl Tally {
    /// What one text comes to.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut tally =
            Self { documents: 1, words: checked.words, points: checked.points(), ..Self::default() };
        for located in &checked.findings {
            let severity = located.finding.severity;
            *tally.by_severity.entry(severity).or_default() += 1;
            *tally.by_family.entry(located.rule.id.family().to_owned()).or_default() +=
                checked.profile.points(severity, &located.rule.mqm);
        }
        tally
    }

    pub fn score(&self) -> Score {
        Score::of_points(self.points, self.words)
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.by_severity.get(&severity).copied().unwrap_or(0)
    }

    pub fn findings(&self) -> usize {
        self.by_severity.values().sum()
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        self.documents += other.documents;
        self.words += other.words;
        self.points += other.points;
        for (severity, count) in &other.by_severity {
            *self.by_severity.entry(*severity).or_default() += count;
        }
        for (family, points) in &other.by_family {
            *self.by_family.entry(family.clone()).or_default() += points;
        }
    }
}

/// What texts come to, and whether that passes.
#[derive(Debug, JsonSchema, Serialize)]
pub struct JsonScored {
    /// The file, or the folder with all below it; none of the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The id of one of many documents in a file.
    record: Option<String>,
    #[serde(flatten)]
    tally: JsonTally,
    /// `null` when the profile asks for nothing.
    #[schemars(with = "Option<String>")]
    verdict: Option<&'static str>,
}

impl JsonScored {
    /// What a text comes to, or several.
    pub fn new(path: Option<&str>, record: Option<&str>, tally: &Tally, verdict: Option<Verdict>) -> Self {
        Self {
            path: path.map(str::to_owned),
            record: record.map(str::to_owned),
            tally: JsonTally::of(tally),
            verdict: verdict.map(Verdict::as_str),
        }
    }
}

/// What a text comes to, as JSON has it.
#[derive(Debug, JsonSchema, Serialize)]
pub struct JsonTally {
    documents: usize,
    words: usize,
    findings: usize,
    by_severity: BTreeMap<&'static str, usize>,
    /// Penalty points.
    by_family: BTreeMap<String, f64>,
    /// Penalty points.
    penalty: f64,
    penalty_per_1000_words: f64,
    /// 100 less a tenth of the penalty for each 1,000 words, at least 0.
    score: f64,
}

impl JsonTally {
    pub fn of(tally: &Tally) -> Self {
        let score = tally.score();
        Self {
            documents: tally.documents,
            words: tally.words,
            findings: tally.findings(),
            by_severity: Severity::ALL
                .iter()
                .map(|severity| (severity.as_str(), tally.count(*severity)))
                .collect(),
            by_family: tally.by_family.clone(),
            penalty: tally.points,
            penalty_per_1000_words: score.penalty_per_1000_words,
            score: score.score,
        }
    }
}

/// The metric, named as MQM asks for.
#[derive(Debug, JsonSchema, Serialize)]
pub struct JsonMetric {
    typology: &'static str,
    /// The penalty points of each severity.
    multipliers: BTreeMap<&'static str, f64>,
    /// Of error types; 1 for the others.
    weights: BTreeMap<String, f64>,
    evaluation_word_count: &'static str,
    reference_word_count: u32,
    model: &'static str,
    max_penalty: Option<f64>,
    no_critical: bool,
}

impl JsonMetric {
    pub fn of(profile: &Profile) -> Self {
        let multiplier = |severity: &Severity| (severity.as_str(), profile.multiplier(*severity));
        Self {
            typology: "MQM Core",
            multipliers: Severity::ALL.iter().map(multiplier).collect(),
            weights: profile.types.clone(),
            evaluation_word_count: "target",
            reference_word_count: 1000,
            model: "linear",
            max_penalty: profile.max_penalty,
            no_critical: profile.no_critical,
        }
    }
}
