//! How many records passed, and why the others did not.

use super::criteria::UNREADABLE;
use crate::cli::values;
use mtlint_records::Judgement;
use mtlint_report::count;
use std::collections::BTreeMap;

/// How many records that cannot be read are named.
const NAMED: usize = 10;

/// The records of a run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    passed: usize,
    rejected: usize,
    /// A record may have several.
    by_reason: BTreeMap<String, usize>,
    unreadable: usize,
}

impl Tally {
    /// Takes in a record, and names it if it cannot be read.
    pub fn add(&mut self, judgement: &Judgement) {
        if judgement.reasons.is_empty() {
            self.passed += 1;
            return;
        }
        self.rejected += 1;
        for reason in &judgement.reasons {
            *self.by_reason.entry(reason.clone()).or_default() += 1;
        }
        if let Some(message) = &judgement.message {
            self.unreadable += 1;
            if self.unreadable <= NAMED {
                values::warn(message);
            }
        }
    }

    /// What there is to say at the end.
    pub fn tell(&self, output: &str, rejected: Option<&str>, is_quiet: bool) {
        if self.unreadable > NAMED {
            let more = count(self.unreadable - NAMED, "record");
            let hint = if rejected.is_none() { "; --rejected FILE names all" } else { "" };
            values::warn(&format!("{more} more cannot be read{hint}"));
        }
        if is_quiet {
            return;
        }
        let all = count(self.passed + self.rejected, "record");
        let mut told = format!("{all}: {} in {output}", number(self.passed));
        if self.rejected > 0 {
            let place = rejected.map_or_else(|| "left out".to_owned(), |file| format!("in {file}"));
            let mut reasons: Vec<_> = self.by_reason.iter().collect();
            reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), *reason));
            let reasons: Vec<String> = reasons
                .into_iter()
                .map(|(reason, count)| match reason.as_str() {
                    UNREADABLE => format!("{} unreadable", number(*count)),
                    reason => format!("{} for {}", number(*count), reason.trim_start_matches("rule:")),
                })
                .collect();
            told.push_str(&format!(", {} {place} ({})", number(self.rejected), reasons.join(", ")));
        }
        values::remark(&told);
    }
}

/// A number with its digits in groups.
fn number(number: usize) -> String {
    let told = count(number, "");
    told.split(' ').next().unwrap_or_default().to_owned()
}
