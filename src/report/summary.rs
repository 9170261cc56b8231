//! The sum of a run.

use super::Checked;
use crate::rule::{Applicability, RuleId, Severity};
use std::collections::BTreeMap;

/// What could not be read or checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub path: String,
    pub message: String,
}

/// The sum of a run, or of a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub documents: usize,
    pub words: usize,
    pub findings: usize,
    pub by_severity: BTreeMap<Severity, usize>,
    pub by_rule: BTreeMap<RuleId, usize>,
    /// Findings that have a safe fix.
    pub safely_fixable: usize,
    /// Findings that have an unsafe fix and no safe one.
    pub unsafely_fixable: usize,
    /// Fixes that were applied.
    pub fixed: usize,
    /// Rules that could not run, and why.
    pub skipped_rules: Vec<RuleId>,
    pub failures: Vec<Failure>,
}

impl Summary {
    /// The sum of one document.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut sum = Self { documents: 1, words: checked.words, ..Self::default() };
        for located in &checked.findings {
            sum.findings += 1;
            *sum.by_severity.entry(located.finding.severity).or_default() += 1;
            *sum.by_rule.entry(located.rule.id.clone()).or_default() += 1;
            match located.applicability() {
                Some(Applicability::Safe) => sum.safely_fixable += 1,
                Some(Applicability::Unsafe) => sum.unsafely_fixable += 1,
                _ => {}
            }
        }
        sum
    }

    /// Adds the sum of another part of the run.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.words += other.words;
        self.findings += other.findings;
        for (severity, count) in other.by_severity {
            *self.by_severity.entry(severity).or_default() += count;
        }
        for (rule, count) in other.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
        self.safely_fixable += other.safely_fixable;
        self.unsafely_fixable += other.unsafely_fixable;
        self.fixed += other.fixed;
        self.failures.extend(other.failures);
    }

    /// The worst severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.by_severity.keys().next_back().copied()
    }
}
