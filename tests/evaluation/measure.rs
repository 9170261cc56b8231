//! What is found in the sets, counted.

use crate::sets::{Kind, Mark, Sets, Text};
use mtlint::document::Document;
use mtlint::engine::{Engine, Selection};
use mtlint::rule::{Confidence, Finding, Precision, Registry, Rule};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was found, by rule and by set.
#[derive(Default)]
pub struct Measurement {
    pub precision: Precision,
    /// Human writing, by set.
    pub human: BTreeMap<String, Human>,
    /// Texts with marked damage, by set.
    pub damaged: BTreeMap<String, Damaged>,
}

/// What rules on by default find in a set of human writing.
#[derive(Default)]
pub struct Human {
    pub words: usize,
    pub findings: usize,
}

/// What rules on by default find in a set of texts with marked damage.
#[derive(Default)]
pub struct Damaged {
    pub damages: usize,
    /// Damages at which something is found.
    pub found: usize,
    pub findings: usize,
    /// Findings that are at a marked damage.
    pub marked: usize,
}

/// A finding and its place in characters.
struct Place {
    rule: String,
    is_default: bool,
    start: usize,
    end: usize,
}

impl Measurement {
    /// Lets every rule, also those of low confidence, read every text of the sets.
    pub fn of(sets: &Sets) -> Self {
        let selection = Selection { min_confidence: Confidence::Low, ..Selection::default() };
        let engine = Engine::new(Arc::new(Registry::builtin()), selection).expect("it names no rule");
        let mut measured = Self::default();
        for rule in engine.registry().rules() {
            measured.precision.rule_mut(rule.id.as_str());
        }
        let texts = sets.texts();
        let found: Vec<(Vec<Place>, Vec<Place>)> = texts
            .par_iter()
            .map(|text| match &text.kind {
                Kind::Twin { sound } => (check(&engine, &text.text), check(&engine, sound)),
                _ => (check(&engine, &text.text), Vec::new()),
            })
            .collect();
        for (text, (found, on_twin)) in texts.iter().zip(found) {
            match &text.kind {
                Kind::Human(slips) => measured.human(text, slips, &found),
                Kind::Marked(marks) => measured.marked(text, marks, &found),
                Kind::Twin { .. } => measured.twin(text, &found, &on_twin),
            }
        }
        measured
    }

    fn human(&mut self, text: &Text, slips: &[(usize, usize)], found: &[Place]) {
        let words = text.text.split_whitespace().count();
        self.precision.count_words(&text.language, words);
        let total = self.human.entry(text.set.clone()).or_default();
        total.words += words;
        for place in found {
            if !slips.iter().any(|&(start, end)| start < place.end && place.start < end) {
                self.precision.rule_mut(&place.rule).human += 1;
                total.findings += usize::from(place.is_default);
            }
        }
    }

    fn marked(&mut self, text: &Text, marks: &[Mark], found: &[Place]) {
        let total = self.damaged.entry(text.set.clone()).or_default();
        let sure: Vec<&Mark> = marks.iter().filter(|mark| !mark.is_unsure).collect();
        total.damages += sure.len();
        total.found += sure
            .iter()
            .filter(|mark| found.iter().any(|place| place.is_default && is_at(mark, place)))
            .count();
        for place in found {
            let is_marked = sure.iter().any(|mark| is_at(mark, place));
            if !is_marked && marks.iter().any(|mark| mark.is_unsure && touch(mark, place, 0)) {
                continue;
            }
            let counts = self.precision.rule_mut(&place.rule);
            counts.damaged += 1;
            counts.marked += usize::from(is_marked);
            total.findings += usize::from(place.is_default);
            total.marked += usize::from(place.is_default && is_marked);
        }
    }

    /// What a rule finds in the damaged sentence and not in the sound one is the damage; what it
    /// finds in both has been counted as human writing.
    fn twin(&mut self, text: &Text, found: &[Place], on_twin: &[Place]) {
        let total = self.damaged.entry(text.set.clone()).or_default();
        total.damages += 1;
        let is_new = |place: &&Place| !on_twin.iter().any(|twin| twin.rule == place.rule);
        total.found += usize::from(found.iter().filter(is_new).any(|place| place.is_default));
        for place in found.iter().filter(is_new) {
            let counts = self.precision.rule_mut(&place.rule);
            counts.damaged += 1;
            counts.marked += 1;
            total.findings += usize::from(place.is_default);
            total.marked += usize::from(place.is_default);
        }
    }
}

fn check(engine: &Engine, text: &str) -> Vec<Place> {
    let document = Document::plain(text, None, engine.registry().packs());
    // What is reported only when low confidence is asked for says nothing of a rule that is on.
    let is_asked_for = |finding: &Finding| {
        finding.confidence == Confidence::Low
            && engine.registry().rule(finding.rule.as_str()).is_some_and(Rule::is_on_by_default)
    };
    let place = |finding: Finding| {
        let chars = |at: usize| text[..at].chars().count();
        Place {
            is_default: finding.confidence > Confidence::Low,
            start: chars(finding.span.lo()),
            end: chars(finding.span.hi()),
            rule: finding.rule.to_string(),
        }
    };
    engine.check(&document).into_iter().filter(|finding| !is_asked_for(finding)).map(place).collect()
}

/// Whether a finding names a damage: it touches it and is not much longer, for whole sentences name
/// nothing.
fn is_at(mark: &Mark, place: &Place) -> bool {
    touch(mark, place, 1) && place.end - place.start <= 3 * (mark.end - mark.start) + 30
}

/// Whether two ranges overlap, or would with as many characters as `slack` more.
fn touch(mark: &Mark, place: &Place, slack: usize) -> bool {
    mark.start < place.end + slack && place.start < mark.end + slack
}
