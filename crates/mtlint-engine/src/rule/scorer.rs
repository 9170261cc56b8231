//! Evidence and what it amounts to: named features of a candidate, weighed by a linear scorer whose
//! calibration makes a probability of the sum.
//!
//! The weights of a rule are a file below `rules/evidence/`, whose path is the rule's. All arithmetic
//! is in whole thousandths, so that every machine comes to the same result. May use nothing of ours
//! but `finding`.

use super::finding::Confidence;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is known about a candidate: the name of a feature, and its value in thousandths.
pub type Observation = (&'static str, i32);

/// How likely it is that a finding is damage, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u16);

impl Probability {
    /// Findings from here on have high confidence.
    pub const HIGH: Self = Self(9700);
    /// Findings from here on have medium confidence.
    pub const MEDIUM: Self = Self(9000);
    /// Below this a candidate is no finding at all.
    pub const LEAST: Self = Self(7500);

    /// From 0 to 1.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }

    /// The band it lies in.
    pub fn confidence(self) -> Confidence {
        match self {
            _ if self >= Self::HIGH => Confidence::High,
            _ if self >= Self::MEDIUM => Confidence::Medium,
            _ => Confidence::Low,
        }
    }
}

/// One thing that speaks for or against damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What was looked at, as the scorer's file calls it.
    pub name: &'static str,
    /// In thousandths.
    value: i32,
    /// In thousandths.
    weight: i32,
}

impl Evidence {
    /// What was seen.
    pub fn value(&self) -> f64 {
        f64::from(self.value) / 1000.0
    }

    /// What it counts; positive speaks for damage.
    pub fn weight(&self) -> f64 {
        f64::from(self.weight) / 1000.0
    }
}

/// What a scorer makes of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub probability: Probability,
    pub evidence: Vec<Evidence>,
}

/// The file of a scorer.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ScorerFile {
    /// The day it was trained, as `2026-12-01`.
    date: String,
    /// What it was trained and calibrated on, in words.
    data: String,
    /// The sum before any feature is seen.
    bias: f64,
    /// By the name of the feature.
    weights: BTreeMap<String, f64>,
    /// Sums with the probability there, both rising; between two of them it rises evenly.
    calibration: Vec<(f64, f64)>,
}

/// Weighs the evidence of one rule.
#[derive(Clone, Debug)]
pub struct Scorer {
    /// The day it was trained.
    pub date: String,
    /// What it was trained and calibrated on.
    pub data: String,
    bias: i64,
    /// In thousandths.
    weights: BTreeMap<String, i32>,
    /// Sums in thousandths with the probability there.
    calibration: Vec<(i64, Probability)>,
}

impl Scorer {
    /// Reads the file of a scorer, which the build script of mtlint-data made JSON of.
    ///
    /// # Errors
    /// When a key is missing or unknown, or the calibration does not rise.
    pub fn from_json(json: &str) -> Result<Self, String> {
        let file: ScorerFile = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let thousandths = |number: f64| (number * 1000.0).round();
        let point = |(sum, probability): &(f64, f64)| {
            let probability = probability.clamp(0.0, 1.0);
            (thousandths(*sum) as i64, Probability((probability * 10_000.0).round() as u16))
        };
        let calibration: Vec<_> = file.calibration.iter().map(point).collect();
        if calibration.is_empty() || !calibration.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1) {
            return Err("the calibration must hold points that rise".to_owned());
        }
        Ok(Self {
            date: file.date,
            data: file.data,
            bias: thousandths(file.bias) as i64,
            weights: file
                .weights
                .iter()
                .map(|(name, weight)| (name.clone(), thousandths(*weight) as i32))
                .collect(),
            calibration,
        })
    }

    /// A scorer that takes every candidate for damage, so that the evidence of all can be gathered.
    pub fn of_everything() -> Self {
        Self {
            date: String::new(),
            data: String::new(),
            bias: 0,
            weights: BTreeMap::new(),
            calibration: vec![(0, Probability(10_000))],
        }
    }

    /// The names of the features that have a weight.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.weights.keys().map(String::as_str)
    }

    /// What the features of a candidate amount to; one without a weight counts nothing.
    pub fn assess(&self, features: &[Observation]) -> Assessment {
        let weigh = |&(name, value): &Observation| Evidence {
            name,
            value,
            weight: self.weights.get(name).copied().unwrap_or(0),
        };
        let evidence: Vec<Evidence> = features.iter().map(weigh).collect();
        let products = evidence.iter().map(|it| i64::from(it.value) * i64::from(it.weight));
        let sum = self.bias + products.sum::<i64>() / 1000;
        Assessment { probability: self.probability(sum), evidence }
    }

    fn probability(&self, sum: i64) -> Probability {
        let after = self.calibration.partition_point(|(at, _)| *at <= sum);
        let Some(&(low, from)) = after.checked_sub(1).map(|index| &self.calibration[index]) else {
            return self.calibration[0].1;
        };
        let Some(&(high, to)) = self.calibration.get(after) else { return from };
        let rise = i64::from(to.0 - from.0) * (sum - low) / (high - low);
        Probability(from.0 + u16::try_from(rise).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scorer(calibration: &str) -> Result<Scorer, String> {
        Scorer::from_json(&format!(
            r#"{{"date": "2026-12-01", "data": "invented", "bias": -1.0, "weights": {{"a": 2.0, "b": -0.5}}, "calibration": {calibration}}}"#
        ))
    }

    #[test]
    fn evidence_adds_up_to_a_probability() {
        let scorer = scorer("[[-1.0, 0.1], [1.0, 0.9], [2.0, 0.99]]").unwrap();
        let probability = |features: &[Observation]| scorer.assess(features).probability.as_f64();
        assert_eq!(probability(&[]), 0.1);
        assert_eq!(probability(&[("a", 500)]), 0.5);
        assert_eq!(probability(&[("a", 1000)]), 0.9);
        assert_eq!(probability(&[("a", 1000), ("b", 1000)]), 0.7);
        assert_eq!(probability(&[("a", 9000)]), 0.99, "nothing is surer than what was met");
        assert_eq!(probability(&[("b", 9000)]), 0.1);
        assert_eq!(probability(&[("unknown", 9000)]), 0.1);
        let evidence = scorer.assess(&[("b", 250)]).evidence;
        assert_eq!((evidence[0].name, evidence[0].value(), evidence[0].weight()), ("b", 0.25, -0.5));
    }

    #[test]
    fn confidence_is_a_band() {
        let confidence = |points| Probability(points).confidence();
        assert_eq!(confidence(9700), Confidence::High);
        assert_eq!(confidence(9699), Confidence::Medium);
        assert_eq!(confidence(8999), Confidence::Low);
    }

    #[test]
    fn a_calibration_rises() {
        assert!(scorer("[]").is_err());
        assert!(scorer("[[1.0, 0.5], [0.0, 0.6]]").is_err());
        assert!(scorer("[[0.0, 0.5], [1.0, 0.4]]").is_err());
    }

    /// Every scorer that is built in can be read, and belongs to a rule.
    #[test]
    fn every_scorer_is_of_a_rule() {
        for (id, json) in mtlint_data::scorers() {
            Scorer::from_json(json).unwrap_or_else(|error| panic!("rules/evidence/{id}.toml: {error}"));
            assert!(mtlint_data::rules().iter().any(|(rule, _)| rule == id), "{id}: no such rule");
        }
    }
}
