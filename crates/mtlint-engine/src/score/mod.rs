//! The MQM score: penalties by severity and error type, in proportion to the length of a text, and
//! whether that is good enough.
//!
//! The multipliers are those of the MQM scoring models (themqm.org): the absolute penalty total is
//! the sum over all errors of error type weight × severity multiplier; the raw score is linear in it.
//! The evaluation word count is that of the target text. May use the severities of `rule`.

mod bootstrap;
mod bound;
mod profile;

pub use bootstrap::{Difference, Pair, SAMPLES, SEED, compare};
pub use bound::Points;
pub use profile::{Profile, Verdict};

use crate::rule::Severity;

/// How well a text is translated, as far as its findings tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Penalty points per 1,000 words, rounded to one decimal.
    pub penalty_per_1000_words: f64,
    /// 100 for a text without findings, never below 0, rounded to one decimal.
    pub score: f64,
}

impl Score {
    /// The score of a text of so many words with findings of these severities, by MQM's multipliers.
    pub fn of(severities: impl IntoIterator<Item = Severity>, words: usize) -> Self {
        let points: u64 = severities.into_iter().map(multiplier).sum();
        Self::of_points(points as f64, words)
    }

    /// The score of a text of so many words with so many penalty points. A text without words counts
    /// as one word.
    pub fn of_points(points: f64, words: usize) -> Self {
        let per_word = points / words.max(1) as f64;
        Self {
            penalty_per_1000_words: one_decimal(1000.0 * per_word),
            score: one_decimal((100.0 * (1.0 - per_word)).max(0.0)),
        }
    }
}

/// The penalty points of one finding, by MQM's multipliers.
pub fn multiplier(severity: Severity) -> u64 {
    match severity {
        Severity::Neutral => 0,
        Severity::Minor => 1,
        Severity::Major => 5,
        Severity::Critical => 25,
    }
}

fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn penalties_are_in_proportion_to_length() {
        let severities = [Severity::Minor, Severity::Major, Severity::Critical, Severity::Neutral];
        assert_eq!(Score::of(severities, 752), Score { penalty_per_1000_words: 41.2, score: 95.9 });
        assert_eq!(Score::of([], 752), Score { penalty_per_1000_words: 0.0, score: 100.0 });
    }

    #[test]
    fn the_score_never_falls_below_nothing() {
        assert_eq!(Score::of([Severity::Critical], 3).score, 0.0);
        assert_eq!(Score::of([Severity::Minor], 0).score, 0.0);
        assert_eq!(Score::of([], 0).score, 100.0);
    }
}
