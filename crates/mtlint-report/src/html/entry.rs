//! What the page says of an article, gathered when it is checked.

use super::notes::Notes;
use super::{article, notes};
use maud::{Markup, PreEscaped};
use mtlint_engine::lint::{Checked, Located};
use mtlint_engine::rule::{Applicability, Confidence, Rule, RuleId, Severity};
use mtlint_engine::score::{Profile, Score, Verdict};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// What the page says of an article.
#[derive(Debug)]
pub(super) struct Entry {
    /// Names the article in the page, from run to run.
    pub id: String,
    pub path: String,
    /// The line and the id of the record, in a file of many.
    pub record: Option<(u32, String)>,
    pub words: usize,
    /// The penalty points of all findings.
    pub points: f64,
    pub score: Score,
    /// What its findings weigh, and what is asked of it.
    pub profile: Profile,
    /// Whether it passes; `None` when nothing is asked of it.
    pub verdict: Option<Verdict>,
    /// What was found in each family.
    pub families: BTreeMap<String, Tally>,
    pub total: Tally,
    /// What the filters of the page ask of each finding, in text order.
    pub facts: Vec<Fact>,
    pub rules: BTreeMap<RuleId, About>,
    /// The article itself, as markup; empty when nothing was found in it, or when it is not shown.
    pub body: Markup,
    /// What is known beside the findings.
    pub notes: Notes,
}

/// Findings by severity, from neutral to critical.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    counts: [usize; Severity::ALL.len()],
    /// Penalty points.
    points: [f64; Severity::ALL.len()],
}

/// What the filters of the page ask of a finding.
#[derive(Debug)]
pub(super) struct Fact {
    pub rule: RuleId,
    pub severity: Severity,
    pub confidence: Confidence,
    /// How far its best fix may be trusted.
    pub fix: Option<Applicability>,
}

/// What the page says of a rule. Rules of one name that differ from folder to folder are told once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct About {
    pub summary: String,
    pub why: String,
    pub mqm: String,
}

impl Entry {
    /// `form` names the form that applies a fix, where one does.
    pub fn of(checked: &Checked<'_>, form: Option<&str>) -> Self {
        let record = checked.record.map(|record| (record.line, record.id.clone()));
        let id = match &record {
            None => format!("a{:016x}", xxh3_64(checked.path.as_bytes())),
            Some((line, _)) => format!("a{:016x}", xxh3_64(format!("{}\0{line}", checked.path).as_bytes())),
        };
        let mut entry = Self {
            path: checked.path.to_owned(),
            record,
            words: checked.words,
            points: checked.points(),
            score: checked.score(),
            profile: checked.profile.clone(),
            verdict: checked.verdict(),
            families: BTreeMap::new(),
            total: Tally::default(),
            facts: Vec::with_capacity(checked.findings.len()),
            rules: BTreeMap::new(),
            body: article::body(&id, checked, form),
            notes: notes::of(checked),
            id,
        };
        for Located { rule, finding, .. } in &checked.findings {
            let points = checked.profile.points(finding.severity, &rule.mqm);
            entry.families.entry(rule.id.family().to_owned()).or_default().add(finding.severity, points);
            entry.total.add(finding.severity, points);
            entry.rules.entry(rule.id.clone()).or_insert_with(|| About::of(rule));
        }
        entry.facts.extend(checked.findings.iter().map(Fact::of));
        entry
    }

    /// The worst first: what fails, then by penalty, by findings, by what is told of it, by place.
    pub fn rank(&self) -> impl Ord + '_ {
        let tenths = (self.score.penalty_per_1000_words * 10.0) as u64;
        let worst = (Reverse(self.fails()), Reverse(tenths), Reverse(self.facts.len()));
        (worst, Reverse(self.notes.suppressed), &self.path, &self.record)
    }

    pub fn fails(&self) -> bool {
        self.verdict.is_some_and(|verdict| verdict != Verdict::Pass)
    }

    /// Whether it has a section of its own.
    pub fn is_in_place(&self) -> bool {
        !self.body.0.is_empty() || !self.notes.markup.0.is_empty()
    }

    /// The bytes of its markup.
    pub fn markup(&self) -> usize {
        self.body.0.len() + self.notes.markup.0.len()
    }

    /// Gives its markup up: the table is all that tells of it.
    pub fn take_out(&mut self) {
        self.body = PreEscaped(String::new());
        self.notes.markup = PreEscaped(String::new());
    }
}

impl Fact {
    fn of(located: &Located<'_>) -> Self {
        Self {
            rule: located.rule.id.clone(),
            severity: located.finding.severity,
            confidence: located.finding.confidence,
            fix: located.applicability(),
        }
    }
}

impl About {
    fn of(rule: &Rule) -> Self {
        Self { summary: rule.summary.clone(), why: rule.why.clone(), mqm: rule.mqm.clone() }
    }
}

impl Tally {
    fn add(&mut self, severity: Severity, points: f64) {
        self.counts[severity as usize] += 1;
        self.points[severity as usize] += points;
    }

    /// Adds those of another.
    pub fn join(&mut self, other: &Self) {
        for severity in Severity::ALL {
            self.counts[severity as usize] += other.of(severity);
            self.points[severity as usize] += other.points(severity);
        }
    }

    pub fn count(&self) -> usize {
        self.counts.iter().sum()
    }

    pub fn of(&self, severity: Severity) -> usize {
        self.counts[severity as usize]
    }

    /// The penalty points of the findings of a severity, as the profile of their article weighs them.
    pub fn points(&self, severity: Severity) -> f64 {
        self.points[severity as usize]
    }

    pub fn all_points(&self) -> f64 {
        self.points.iter().sum()
    }
}

#[cfg(test)]
impl Entry {
    /// An article with so many penalty points.
    pub fn example(points: f64) -> Self {
        Self {
            id: format!("a{points}"),
            path: format!("{points}.txt"),
            record: None,
            words: 1_000,
            points,
            score: Score::of_points(points, 1_000),
            profile: Profile::default(),
            verdict: None,
            families: BTreeMap::new(),
            total: Tally::default(),
            facts: Vec::new(),
            rules: BTreeMap::new(),
            body: PreEscaped("<p></p>".to_owned()),
            notes: Notes::default(),
        }
    }
}
