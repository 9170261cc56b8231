//! Applying fixes: in rounds, until nothing is left to apply.

use super::{Circumstances, Engine};
use crate::rule::{Applicability, Finding, Fix, RuleId};
use mtlint_document::Document;
use mtlint_text::{Edit, Span, apply_edits};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

/// How many rounds of fixes a text gets at most.
const ROUNDS: usize = 10;

/// How often a text of any length is checked anew at least, in all rounds, to find the fixes that do harm.
const FEWEST_ATTEMPTS: usize = 24;

/// How many bytes more are checked: short texts are cheap, and every one of their fixes is tried.
const ATTEMPTED_BYTES: usize = 500_000;

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixOutcome {
    pub text: String,
    /// How many fixes of each rule were applied.
    pub applied: BTreeMap<RuleId, usize>,
    /// Whether a further round would change nothing.
    pub is_stable: bool,
    /// How often the text was checked: at most [`FixOutcome::most_checks`].
    pub checks: usize,
}

impl FixOutcome {
    /// How often a text of `length` bytes is checked at most while it is fixed, however many fixes do harm: after
    /// each round once, and what is spent on finding harm, whose bytes are bounded for short texts and whose
    /// checks are for long ones.
    pub fn most_checks(length: usize) -> usize {
        1 + ROUNDS + most_attempts(length)
    }
}

/// What became of a text whose fixes a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenOutcome {
    pub text: String,
    /// Whether each of the fixes was applied, in their order.
    pub applied: Vec<bool>,
}

fn most_attempts(length: usize) -> usize {
    FEWEST_ATTEMPTS + ATTEMPTED_BYTES / length.max(1)
}

/// A fix that may be applied: its edits, in the original text.
struct Candidate<'f> {
    finding: &'f Finding,
    fix: &'f Fix,
    edits: Vec<Edit>,
}

/// What a finding is about, whatever its place: its rule and its text.
type Subject = (RuleId, String);

/// Where the subjects of a text lie, in text order: byte offsets into what rules see.
type Subjects = BTreeMap<Subject, Vec<u32>>;

/// Rules, and where in the original text each found something.
type Stays = BTreeSet<(RuleId, u32)>;

/// What was tried in vain: a fix's rule, the text it was for, and what it would have inserted.
type Refused = BTreeSet<(RuleId, String, Vec<String>)>;

impl Engine {
    /// Applies the fixes that are at least as trustworthy as `least`.
    ///
    /// `parse` makes a document of the original text of a file. In each round the fixes that do not
    /// overlap are applied, the most trustworthy first, then the most severe, then in text order. A
    /// fix after which a rule finds what it did not find before is taken back, and left alone. What
    /// is suppressed is not fixed.
    pub fn fix(
        &self,
        original: &str,
        least: Applicability,
        circumstances: &Circumstances<'_>,
        parse: impl Fn(&str) -> Document,
    ) -> FixOutcome {
        let mut outcome =
            FixOutcome { text: original.to_owned(), applied: BTreeMap::new(), is_stable: true, checks: 1 };
        let mut refused = Refused::new();
        let mut document = parse(&outcome.text);
        let check = |document: &Document| self.review(document, circumstances, None).findings;
        let mut findings = check(&document);
        let mut attempts = most_attempts(original.len());
        let is_stopped = || circumstances.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        for _ in 0..ROUNDS {
            if is_stopped() {
                break;
            }
            let left = attempts;
            let chosen = choose(&document, &findings, least, &refused);
            if chosen.is_empty() {
                return outcome;
            }
            let mut round = Round {
                check: &check,
                document: &document,
                before: subjects(&document, &findings),
                stays: Stays::new(),
                parse: &parse,
                attempts: &mut attempts,
                kept: Vec::new(),
                refused: &mut refused,
            };
            let admitted = round.admit(chosen.iter().collect());
            let kept = round.kept;
            for candidate in kept {
                *outcome.applied.entry(candidate.finding.rule.clone()).or_default() += 1;
            }
            outcome.checks += left - attempts;
            let Some(text) = admitted else {
                if attempts == 0 {
                    break;
                }
                continue;
            };
            document = parse(&text);
            findings = check(&document);
            outcome.checks += 1;
            outcome.text = text;
            // What did harm in the old text may be right in the new one.
            refused.clear();
        }
        outcome.is_stable = choose(&document, &findings, least, &refused).is_empty();
        outcome
    }

    /// Applies the fixes that a person has chosen among these findings of a document, and no others. One that would
    /// destroy markup, that changes the same place as one before it, or after which a rule finds what it did not find
    /// before, is left alone. That a finding which stays has another text then is no harm: its text was to change.
    pub fn fix_chosen(
        &self,
        document: &Document,
        findings: &[Finding],
        chosen: &[(&Finding, &Fix)],
        circumstances: &Circumstances<'_>,
        parse: impl Fn(&str) -> Document,
    ) -> ChosenOutcome {
        // Of those that make the same change, each stands where the first does.
        let mut firsts: BTreeMap<Vec<Edit>, usize> = BTreeMap::new();
        let mut taken: BTreeMap<(u32, u32), ()> = BTreeMap::new();
        let mut candidates: Vec<(usize, Candidate<'_>)> = Vec::new();
        let mut first_of: Vec<Option<usize>> = Vec::with_capacity(chosen.len());
        for (index, &(finding, fix)) in chosen.iter().enumerate() {
            let first = original_edits(document, fix).and_then(|edits| {
                if let Some(first) = firsts.get(&edits) {
                    return Some(*first);
                }
                edits.iter().all(|edit| is_free(&taken, edit)).then(|| {
                    taken.extend(edits.iter().map(|edit| ((edit.span.start, edit.span.end), ())));
                    firsts.insert(edits.clone(), index);
                    candidates.push((index, Candidate { finding, fix, edits }));
                    index
                })
            });
            first_of.push(first);
        }
        let check = |document: &Document| self.review(document, circumstances, None).findings;
        let place = |finding: &Finding| document.to_original(finding.span).start;
        let mut attempts = most_attempts(document.original().len());
        let mut refused = Refused::new();
        let mut round = Round {
            check: &check,
            document,
            before: subjects(document, findings),
            stays: findings.iter().map(|finding| (finding.rule.clone(), place(finding))).collect(),
            parse: &parse,
            attempts: &mut attempts,
            kept: Vec::new(),
            refused: &mut refused,
        };
        let text = round.admit(candidates.iter().map(|(_, candidate)| candidate).collect());
        let is_kept = |first: usize| {
            let mut own = candidates.iter().filter(|(index, _)| *index == first);
            own.any(|(_, candidate)| round.kept.iter().any(|kept| std::ptr::eq(*kept, candidate)))
        };
        let applied = first_of.into_iter().map(|first| first.is_some_and(is_kept)).collect();
        ChosenOutcome { text: text.unwrap_or_else(|| document.original().to_owned()), applied }
    }
}

/// A round of fixing: finds out which candidates do no harm.
struct Round<'c, 'f, P, C> {
    check: &'c C,
    document: &'c Document,
    before: Subjects,
    /// Where rules find something that may stay with another text, without being something new.
    stays: Stays,
    parse: &'c P,
    /// How often the text may still be checked.
    attempts: &'c mut usize,
    kept: Vec<&'c Candidate<'f>>,
    refused: &'c mut Refused,
}

impl<'c, 'f, P, C> Round<'c, 'f, P, C>
where
    P: Fn(&str) -> Document,
    C: Fn(&Document) -> Vec<Finding>,
{
    /// Keeps those candidates that do no harm on top of the ones kept: all of them if they do none;
    /// else first those away from the harm, then the others by halves, so that a harmful one among
    /// thousands is found in few attempts. The harmful ones are noted as refused. Returns the text
    /// after all that is kept, if anything is added.
    fn admit(&mut self, candidates: Vec<&'c Candidate<'f>>) -> Option<String> {
        if candidates.is_empty() || *self.attempts == 0 {
            return None;
        }
        *self.attempts -= 1;
        let harm = match self.attempt(&candidates) {
            Ok(text) => {
                self.kept.extend(candidates);
                return Some(text);
            }
            Err(harm) => harm,
        };
        if let [candidate] = candidates[..] {
            self.refused.insert(candidate.key(self.document));
            return None;
        }
        let suspects = nearest(&candidates, &harm);
        let (first, second): (Vec<_>, Vec<_>) = match suspects.len() {
            0 => halves(candidates),
            count if count == candidates.len() => halves(candidates),
            _ => {
                let indices = candidates.iter().copied().enumerate();
                let (near, far): (Vec<_>, Vec<_>) = indices.partition(|(index, _)| suspects.contains(index));
                let plain =
                    |list: Vec<(usize, &'c Candidate<'f>)>| list.into_iter().map(|(_, it)| it).collect();
                (plain(far), plain(near))
            }
        };
        let text = self.admit(first);
        self.admit(second).or(text)
    }

    /// The text after the candidates and those kept. When a rule finds more in it than before: where
    /// that is, in bytes of the original text as it was before.
    fn attempt(&self, candidates: &[&Candidate<'_>]) -> Result<String, Vec<u32>> {
        let all = self.kept.iter().chain(candidates);
        let mut edits: Vec<Edit> = all.flat_map(|candidate| candidate.edits.iter().cloned()).collect();
        edits.sort_by_key(|edit| edit.span);
        let text = apply_edits(self.document.original(), &edits).map_err(|_| Vec::new())?;
        let after = (self.parse)(&text);
        let findings = (self.check)(&after);
        let mut harm = Vec::new();
        let mut is_harmful = false;
        for (subject, places) in subjects(&after, &findings) {
            let known = self.before.get(&subject).map_or(&[][..], Vec::as_slice);
            if places.len() <= known.len() {
                continue;
            }
            let original =
                |document: &Document, place: u32| document.to_original(Span::at(place as usize)).start;
            let known: BTreeSet<u32> = known.iter().map(|place| original(self.document, *place)).collect();
            let places = places.iter().map(|place| original(&after, *place));
            let new: Vec<u32> =
                before_edits(&edits, places).into_iter().filter(|place| !known.contains(place)).collect();
            let stays = |place: &u32| self.stays.contains(&(subject.0.clone(), *place));
            if new.is_empty() || !new.iter().all(stays) {
                is_harmful = true;
                harm.extend(new);
            }
        }
        if is_harmful { Err(harm) } else { Ok(text) }
    }
}

fn halves<T>(mut list: Vec<T>) -> (Vec<T>, Vec<T>) {
    let second = list.split_off(list.len() / 2);
    (list, second)
}

/// Where places of a text lay before the edits, which are sorted; so are the places.
fn before_edits(edits: &[Edit], places: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut edits = edits.iter().peekable();
    // How much longer the text has become up to the place.
    let mut grown: i64 = 0;
    places
        .map(|place| {
            while let Some(edit) = edits.next_if(|edit| i64::from(edit.span.end) + grown <= i64::from(place))
            {
                grown += edit.insert.len() as i64 - edit.span.len() as i64;
            }
            u32::try_from(i64::from(place) - grown).unwrap_or(0)
        })
        .collect()
}

/// The indices of the candidates that change the text nearest to the places, on either side.
fn nearest(candidates: &[&Candidate<'_>], places: &[u32]) -> BTreeSet<usize> {
    let mut starts: Vec<(u32, usize)> = candidates
        .iter()
        .enumerate()
        .flat_map(|(index, candidate)| candidate.edits.iter().map(move |edit| (edit.span.start, index)))
        .collect();
    starts.sort_unstable();
    let mut found = BTreeSet::new();
    for &place in places {
        let after = starts.partition_point(|(start, _)| *start <= place);
        found.extend(after.checked_sub(1).map(|index| starts[index].1));
        found.extend(starts.get(after).map(|(_, index)| *index));
    }
    found
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

fn subjects(document: &Document, findings: &[Finding]) -> Subjects {
    let mut subjects = Subjects::new();
    for finding in findings {
        let subject = (finding.rule.clone(), document.slice(finding.span).to_owned());
        subjects.entry(subject).or_default().push(finding.span.start);
    }
    subjects
}
