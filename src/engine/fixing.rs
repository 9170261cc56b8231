//! Applying fixes: in rounds, until nothing is left to apply.

use super::Engine;
use crate::document::Document;
use crate::rule::{Applicability, Finding, Fix, RuleId};
use crate::text::{Edit, apply_edits};
use std::collections::{BTreeMap, BTreeSet};

/// How many rounds of fixes a text gets at most.
const ROUNDS: usize = 10;

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixOutcome {
    pub text: String,
    /// How many fixes of each rule were applied.
    pub applied: BTreeMap<RuleId, usize>,
    /// Whether a further round would change nothing.
    pub is_stable: bool,
}

/// A fix that may be applied: its edits, in the original text.
struct Candidate<'f> {
    finding: &'f Finding,
    fix: &'f Fix,
    edits: Vec<Edit>,
}

/// What a finding is about, whatever its place: its rule and its text.
type Subject = (RuleId, String);

/// What was tried in vain: a fix's rule, the text it was for, and what it would have inserted.
type Refused = BTreeSet<(RuleId, String, Vec<String>)>;

impl Engine {
    /// Applies the fixes that are at least as trustworthy as `least`.
    ///
    /// `parse` makes a document of the original text of a file. In each round the fixes that do not
    /// overlap are applied, the most trustworthy first, then the most severe, then in text order. A
    /// fix after which a rule finds what it did not find before is taken back, and left alone.
    pub fn fix(&self, original: &str, least: Applicability, parse: impl Fn(&str) -> Document) -> FixOutcome {
        let mut outcome = FixOutcome { text: original.to_owned(), applied: BTreeMap::new(), is_stable: true };
        let mut refused = Refused::new();
        let mut document = parse(&outcome.text);
        let mut findings = self.check(&document);
        for _ in 0..ROUNDS {
            let chosen = choose(&document, &findings, least, &refused);
            if chosen.is_empty() {
                return outcome;
            }
            let before = subjects(&document, &findings);
            let mut kept = Vec::new();
            let Some(text) = self.admit(&document, &chosen, &mut kept, &before, &mut refused, &parse) else {
                continue;
            };
            for candidate in kept {
                *outcome.applied.entry(candidate.finding.rule.clone()).or_default() += 1;
            }
            document = parse(&text);
            findings = self.check(&document);
            outcome.text = text;
            // What did harm in the old text may be right in the new one.
            refused.clear();
        }
        outcome.is_stable = choose(&document, &findings, least, &refused).is_empty();
        outcome
    }

    /// The text after the candidates, unless a rule finds more in it than before.
    fn attempt(
        &self,
        document: &Document,
        candidates: &[&Candidate<'_>],
        before: &BTreeMap<Subject, usize>,
        parse: &impl Fn(&str) -> Document,
    ) -> Option<String> {
        let edits: Vec<Edit> =
            candidates.iter().flat_map(|candidate| candidate.edits.iter().cloned()).collect();
        let text = apply_edits(document.original(), &edits).ok()?;
        let after = parse(&text);
        let findings = self.check(&after);
        let is_new =
            |(subject, count): (&Subject, &usize)| before.get(subject).copied().unwrap_or(0) < *count;
        (!subjects(&after, &findings).iter().any(is_new)).then_some(text)
    }

    /// Adds to `kept` those candidates that do no harm on top of it, by halves, so that a harmful one
    /// among thousands is found in few rounds; the harmful ones are noted as refused. Returns the
    /// text after all that is kept.
    fn admit<'c, 'f>(
        &self,
        document: &Document,
        candidates: &'c [Candidate<'f>],
        kept: &mut Vec<&'c Candidate<'f>>,
        before: &BTreeMap<Subject, usize>,
        refused: &mut Refused,
        parse: &impl Fn(&str) -> Document,
    ) -> Option<String> {
        let trial: Vec<&Candidate<'_>> = kept.iter().copied().chain(candidates).collect();
        if let Some(text) = self.attempt(document, &trial, before, parse) {
            kept.extend(candidates);
            return Some(text);
        }
        if let [candidate] = candidates {
            refused.insert(candidate.key(document));
            return None;
        }
        let (first, second) = candidates.split_at(candidates.len() / 2);
        let text = self.admit(document, first, kept, before, refused, parse);
        self.admit(document, second, kept, before, refused, parse).or(text)
    }
}

impl<'f> Candidate<'f> {
    fn key(&self, document: &Document) -> (RuleId, String, Vec<String>) {
        let inserts = self.edits.iter().map(|edit| edit.insert.clone()).collect();
        (self.finding.rule.clone(), document.slice(self.finding.span).to_owned(), inserts)
    }
}

/// The fixes of one round.
fn choose<'f>(
    document: &Document,
    findings: &'f [Finding],
    least: Applicability,
    refused: &Refused,
) -> Vec<Candidate<'f>> {
    let mut candidates: Vec<Candidate<'f>> = Vec::new();
    for finding in findings {
        for fix in finding.fixes.iter().filter(|fix| fix.applicability >= least) {
            if let Some(edits) = original_edits(document, fix) {
                let candidate = Candidate { finding, fix, edits };
                if !refused.contains(&candidate.key(document)) {
                    candidates.push(candidate);
                    break;
                }
            }
        }
    }
    candidates.sort_by_key(|candidate| {
        let Candidate { finding, fix, .. } = candidate;
        (std::cmp::Reverse((fix.applicability, finding.severity)), finding.span)
    });
    let mut taken: BTreeMap<(u32, u32), ()> = BTreeMap::new();
    candidates.retain(|candidate| {
        let free = candidate.edits.iter().all(|edit| is_free(&taken, edit));
        if free {
            taken.extend(candidate.edits.iter().map(|edit| ((edit.span.start, edit.span.end), ())));
        }
        free
    });
    candidates
}

/// Whether an edit is disjoint from all those taken.
fn is_free(taken: &BTreeMap<(u32, u32), ()>, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start, edit.span.end);
    let clashes = |(a, b): (u32, u32)| a == start || b > start && end > a;
    let before = taken.range(..=(start, u32::MAX)).next_back();
    let after = taken.range((start, 0)..).next();
    !before.is_some_and(|(span, ())| clashes(*span)) && !after.is_some_and(|(span, ())| clashes(*span))
}

/// The edits of a fix in the original text, or `None` when one of them would destroy markup.
fn original_edits(document: &Document, fix: &Fix) -> Option<Vec<Edit>> {
    fix.edits.iter().map(|edit| document.edit_to_original(edit)).collect()
}

fn subjects(document: &Document, findings: &[Finding]) -> BTreeMap<Subject, usize> {
    let mut subjects = BTreeMap::new();
    for finding in findings {
        *subjects.entry((finding.rule.clone(), document.slice(finding.span).to_owned())).or_default() += 1;
    }
    subjects
}
