//! Severities as programs have them that know only errors, warnings and notes.

use mtlint_engine::rule::{Confidence, Severity};

/// What most consumers distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Note,
    Warning,
    Error,
}

impl Level {
    /// MQM's critical and major errors are errors, minor ones are warnings.
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Neutral => Self::Note,
            Severity::Minor => Self::Warning,
            Severity::Major | Severity::Critical => Self::Error,
        }
    }
}

/// The severity on a scale from 0 to 100, in proportion to the penalties of MQM: 0, 1, 5 and 25 points.
pub(super) fn percent(severity: Severity) -> u64 {
    4 * mtlint_engine::score::multiplier(severity)
}

/// How soon a person should look at a finding, from 0 to 100: worse ones first, and of those the
/// surer ones.
pub(super) fn rank(severity: Severity, confidence: Confidence) -> f64 {
    let base = match severity {
        Severity::Neutral => 10.0,
        Severity::Minor => 40.0,
        Severity::Major => 70.0,
        Severity::Critical => 90.0,
    };
    base + match confidence {
        Confidence::Low => 0.0,
        Confidence::Medium => 5.0,
        Confidence::High => 10.0,
    }
}
