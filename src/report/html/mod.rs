//! `--format html`: one page for people who look rather than read.
//!
//! The page is one file that asks the network for nothing. It begins with the articles that are
//! worst, so that it is put together when the last one is known: this format alone keeps what it
//! has rendered. What an article holds stands in `<noscript>` elements, which a browser without
//! scripts shows and one with scripts passes over without building anything: the script of the page
//! builds each part when it comes near, and a folder of 500 articles opens at once.
//!
//! Nothing of an article can become markup: `maud` escapes all text, and the page's
//! Content-Security-Policy names its own style and script by their hashes and allows nothing else.

mod article;
mod finding;
mod marks;
mod mended;
mod overview;
mod page;
mod parts;
mod text;

use super::{Checked, Format, Summary};
use crate::rule::{Rule, RuleId, Severity};
use crate::score::{Score, multiplier};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// One page for the whole run.
#[derive(Debug, Default)]
pub struct Html {
    /// In the order in which threads came to an end.
    entries: Mutex<Vec<Entry>>,
}

impl Format for Html {
    fn wants_mended(&self) -> bool {
        true
    }

    fn document(&self, checked: &Checked<'_>, _out: &mut Vec<u8>) {
        let entry = Entry::of(checked);
        // A thread that panicked elsewhere left the list as it was.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        let mut entries = std::mem::take(&mut *self.entries.lock().unwrap_or_else(PoisonError::into_inner));
        entries.sort_by(|a, b| a.rank().cmp(&b.rank()));
        out.extend_from_slice(page::page(&entries, summary).into_string().as_bytes());
    }
}

/// What the page says of an article.
#[derive(Debug)]
struct Entry {
    /// Names the article in the page, from run to run.
    id: String,
    path: String,
    /// The line and the id of the record, in a file of many.
    record: Option<(u32, String)>,
    words: usize,
    score: Score,
    /// What was found in each family.
    families: BTreeMap<String, Tally>,
    total: Tally,
    /// What the filters of the page ask of each finding, in text order.
    facts: Vec<Fact>,
    rules: BTreeMap<RuleId, About>,
    /// The article itself, as markup; empty when nothing was found in it.
    body: maud::PreEscaped<String>,
}

/// Findings counted by severity, from neutral to critical.
#[derive(Clone, Copy, Debug, Default)]
struct Tally([usize; Severity::ALL.len()]);

/// What the filters of the page ask of a finding.
#[derive(Debug)]
struct Fact {
    rule: RuleId,
    severity: Severity,
    confidence: crate::rule::Confidence,
    /// How far its best fix may be trusted.
    fix: Option<crate::rule::Applicability>,
}

/// What the page says of a rule. Rules of one name that differ from folder to folder are told once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct About {
    summary: String,
    why: String,
    mqm: String,
}

impl Entry {
    fn of(checked: &Checked<'_>) -> Self {
        let record = checked.record.map(|record| (record.line, record.id.clone()));
        let id = match &record {
            None => format!("a{:016x}", xxh3_64(checked.path.as_bytes())),
            Some((line, _)) => format!("a{:016x}", xxh3_64(format!("{}\0{line}", checked.path).as_bytes())),
        };
        let mut entry = Self {
            path: checked.path.to_owned(),
            record,
            words: checked.words,
            score: checked.score(),
            families: BTreeMap::new(),
            total: Tally::default(),
            facts: Vec::with_capacity(checked.findings.len()),
            rules: BTreeMap::new(),
            body: article::body(&id, checked),
            id,
        };
        for located in &checked.findings {
            let (rule, severity) = (located.rule, located.finding.severity);
            entry.families.entry(rule.id.family().to_owned()).or_default().add(severity);
            entry.total.add(severity);
            entry.facts.push(Fact {
                rule: rule.id.clone(),
                severity,
                confidence: located.finding.confidence,
                fix: located.applicability(),
            });
            entry.rules.entry(rule.id.clone()).or_insert_with(|| About::of(rule));
        }
        entry
    }

    /// The worst first: by penalty, then by findings, then by place.
    fn rank(&self) -> impl Ord + '_ {
        let tenths = (self.score.penalty_per_1000_words * 10.0) as u64;
        (Reverse(tenths), Reverse(self.facts.len()), &self.path, &self.record)
    }
}

impl About {
    fn of(rule: &Rule) -> Self {
        Self { summary: rule.summary.clone(), why: rule.why.clone(), mqm: rule.mqm.clone() }
    }
}

impl Tally {
    fn add(&mut self, severity: Severity) {
        self.0[severity as usize] += 1;
    }

    fn count(&self) -> usize {
        self.0.iter().sum()
    }

    fn of(&self, severity: Severity) -> usize {
        self.0[severity as usize]
    }

    /// The penalty points of MQM.
    fn points(&self, severity: Severity) -> u64 {
        self.of(severity) as u64 * multiplier(severity)
    }
}
