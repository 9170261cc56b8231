//! What findings weigh, and what a text may come to.

use super::{Score, multiplier};
use crate::rule::Severity;
use std::collections::BTreeMap;

/// What findings weigh, and what a text may come to to pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The penalty points of a finding of each severity.
    pub neutral: f64,
    pub minor: f64,
    pub major: f64,
    pub critical: f64,
    /// What the points of an MQM type are multiplied by; 1 where nothing is said.
    pub types: BTreeMap<String, f64>,
    /// The most penalty points per 1,000 words; `None` when any number passes.
    pub max_penalty: Option<f64>,
    /// Whether a single critical finding is too many.
    pub no_critical: bool,
}

impl Default for Profile {
    /// MQM's multipliers, and no condition.
    fn default() -> Self {
        Self {
            neutral: multiplier(Severity::Neutral) as f64,
            minor: multiplier(Severity::Minor) as f64,
            major: multiplier(Severity::Major) as f64,
            critical: multiplier(Severity::Critical) as f64,
            types: BTreeMap::new(),
            max_penalty: None,
            no_critical: false,
        }
    }
}

/// Whether a text is good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// More penalty points than allowed.
    Penalty,
    /// A critical finding, and none is allowed.
    Critical,
}

impl Profile {
    /// The penalty points of a finding of an MQM type.
    pub fn points(&self, severity: Severity, mqm: &str) -> f64 {
        self.multiplier(severity) * self.types.get(mqm).copied().unwrap_or(1.0)
    }

    /// The multiplier of a severity.
    pub fn multiplier(&self, severity: Severity) -> f64 {
        match severity {
            Severity::Neutral => self.neutral,
            Severity::Minor => self.minor,
            Severity::Major => self.major,
            Severity::Critical => self.critical,
        }
    }

    /// Takes over what another says under a key of `[score]`.
    pub fn take(&mut self, key: &str, other: &Self) {
        match key {
            "neutral" => self.neutral = other.neutral,
            "minor" => self.minor = other.minor,
            "major" => self.major = other.major,
            "critical" => self.critical = other.critical,
            "max-penalty" => self.max_penalty = other.max_penalty,
            "no-critical" => self.no_critical = other.no_critical,
            _ => {
                let mqm = key.trim_start_matches("types.");
                self.types.extend(other.types.get(mqm).map(|weight| (mqm.to_owned(), *weight)));
            }
        }
    }

    /// Whether it says when a text passes.
    pub fn has_conditions(&self) -> bool {
        self.max_penalty.is_some() || self.no_critical
    }

    /// Whether a text with this score passes; `None` when nothing is asked of it.
    pub fn verdict(&self, score: Score, has_critical: bool) -> Option<Verdict> {
        self.has_conditions().then(|| {
            if self.no_critical && has_critical {
                Verdict::Critical
            } else if self.max_penalty.is_some_and(|most| score.penalty_per_1000_words > most) {
                Verdict::Penalty
            } else {
                Verdict::Pass
            }
        })
    }
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Penalty => "penalty",
            Self::Critical => "critical",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_condition_stands_for_itself() {
        let profile = Profile { max_penalty: Some(20.0), no_critical: true, ..Profile::default() };
        assert_eq!(profile.verdict(Score::of_points(2.0, 100), false), Some(Verdict::Pass));
        assert_eq!(profile.verdict(Score::of_points(2.1, 100), false), Some(Verdict::Penalty));
        assert_eq!(profile.verdict(Score::of_points(2.0, 100), true), Some(Verdict::Critical));
        assert_eq!(Profile::default().verdict(Score::of_points(99.0, 100), true), None);
    }

    #[test]
    fn types_weigh_as_they_are_told_to() {
        let types = BTreeMap::from([("punctuation".to_owned(), 0.1)]);
        let profile = Profile { types, ..Profile::default() };
        assert_eq!(profile.points(Severity::Major, "punctuation"), 0.5);
        assert_eq!(profile.points(Severity::Critical, "omission"), 25.0);
    }
}
