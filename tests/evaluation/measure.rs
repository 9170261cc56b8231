//! What is found in the sets, counted.

use crate::injected::{self, Outcome};
use crate::roles::{Role, Sources};
use crate::sets::{Kind, LargeText, Mark, Sets, Text};
use mtlint_document::Document;
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::{Confidence, Finding, Precision, Registry, Rule};
use mtlint_lang::Language;
use mtlint_text::Edit;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was found, by rule and by set.
#[derive(Default)]
pub struct Measurement {
    pub precision: Precision,
    /// Human writing, by set.
    pub human: BTreeMap<String, Human>,
    /// Texts with marked damage, by set and role.
    pub damaged: BTreeMap<(String, Role), Damaged>,
    /// Human writing of any quality, by role, language and genre.
    pub large: BTreeMap<(Role, String, String), Human>,
    /// What became of each injected damage.
    pub injected: Vec<Outcome>,
    /// The findings of rules on by default in large human writing in English, each with its rule and its
    /// probability, if it says so.
    pub alarms: Vec<(Role, String, Option<f64>)>,
    /// Damage of every set at which a rule has a finding, by rule.
    pub met: BTreeMap<String, usize>,
    pub sources: Option<Sources>,
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

/// A finding of a rule that is on by default, its place in characters.
pub struct Found {
    pub rule: String,
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub probability: Option<f64>,
    /// Of each fix the edits.
    pub fixes: Vec<Vec<Edit>>,
}

/// What rules that are on by default find in a text, as anybody who runs mtlint sees it.
pub fn check_default(engine: &Engine, text: &str, language: Language) -> Vec<Found> {
    let document = Document::plain(text, Some(language), engine.registry().packs());
    let found = engine.check(&document).into_iter().map(|finding| {
        let chars = |at: usize| text[..at].chars().count();
        let start = chars(finding.span.lo());
        Found {
            rule: finding.rule.to_string(),
            start,
            end: start + document.slice(finding.span).chars().count(),
            text: document.slice(finding.span).to_owned(),
            probability: finding.probability.map(|probability| probability.as_f64()),
            fixes: finding.fixes.into_iter().map(|fix| fix.edits).collect(),
        }
    });
    found.collect()
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
        let sources = Sources::read();
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
            let role = sources.role(&text.source());
            match &text.kind {
                Kind::Human(slips) => measured.human(text, slips, &found),
                Kind::Marked(marks) => measured.marked(text, role, marks, &found),
                Kind::Twin { .. } => measured.twin(text, &found, &on_twin),
            }
        }
        let engine = Engine::new(engine.registry().clone(), Selection::default()).expect("it names no rule");
        measured.large(&sets.large(|_| true), &sources, &engine);
        measured.injected = injected::measure(sets, &sources, &engine);
        measured.count_injected(engine.registry());
        measured.sources = Some(sources);
        measured
    }

    /// What each rule finds of the injected damages, and of those that it is for.
    fn count_injected(&mut self, registry: &Registry) {
        for outcome in &self.injected {
            let found: BTreeSet<&str> = outcome.hits.iter().map(|hit| hit.rule.as_str()).collect();
            for rule in &found {
                *self.met.entry((*rule).to_owned()).or_default() += 1;
            }
            if outcome.role == Role::First && outcome.language == "en" {
                for rule in registry.rules().iter().filter(|rule| rule.finds.contains(&outcome.kind)) {
                    let first = self.precision.first_mut(rule.id.as_str());
                    first.injected += 1;
                    first.found += usize::from(found.contains(rule.id.as_str()));
                }
            }
        }
    }

    /// What rules on by default find in human writing of any quality.
    fn large(&mut self, texts: &[LargeText], sources: &Sources, engine: &Engine) {
        let found: Vec<(usize, Vec<Finding>)> = texts
            .par_iter()
            .map(|text| {
                let language = Language::parse(&text.language).ok();
                let document = Document::new(text.extract(), language, engine.registry().packs());
                (document.word_count(), engine.check(&document))
            })
            .collect();
        for (text, (words, found)) in texts.iter().zip(found) {
            let role = sources.role(&text.source);
            let key = (role, text.language.clone(), text.genre().to_owned());
            let total = self.large.entry(key).or_default();
            total.words += words;
            total.findings += found.len();
            if role == Role::First {
                self.precision.count_first_words(&text.language, words);
            }
            for finding in found {
                let rule = finding.rule.to_string();
                if role == Role::First {
                    self.precision.first_mut(&rule).human += 1;
                }
                if text.language == "en" {
                    self.alarms.push((
                        role,
                        rule,
                        finding.probability.map(|probability| probability.as_f64()),
                    ));
                }
            }
        }
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

    fn marked(&mut self, text: &Text, role: Role, marks: &[Mark], found: &[Place]) {
        let total = self.damaged.entry((text.set.clone(), role)).or_default();
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
            *self.met.entry(place.rule.clone()).or_default() += usize::from(is_marked);
            if role == Role::First {
                let first = self.precision.first_mut(&place.rule);
                first.damaged += 1;
                first.marked += usize::from(is_marked);
            }
            total.findings += usize::from(place.is_default);
            total.marked += usize::from(place.is_default && is_marked);
        }
    }

    /// What a rule finds in the damaged sentence and not in the sound one is the damage; what it
    /// finds in both has been counted as human writing.
    fn twin(&mut self, text: &Text, found: &[Place], on_twin: &[Place]) {
        let total = self.damaged.entry((text.set.clone(), Role::LookedAt)).or_default();
        total.damages += 1;
        let is_new = |place: &&Place| !on_twin.iter().any(|twin| twin.rule == place.rule);
        total.found += usize::from(found.iter().filter(is_new).any(|place| place.is_default));
        for place in found.iter().filter(is_new) {
            let counts = self.precision.rule_mut(&place.rule);
            counts.damaged += 1;
            counts.marked += 1;
            *self.met.entry(place.rule.clone()).or_default() += 1;
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
