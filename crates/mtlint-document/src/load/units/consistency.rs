//! What the units of one file say of each other: one source translated in two ways, and what a
//! survey tells.
//!
//! The texts are read when they are asked for and not kept: of each unit there are two hashes alone, so that a large file
//! takes little more memory than it has bytes.

use super::super::survey::Survey;
use super::{Source, Syntax, Unit, extract};
use mtlint_text::Span;
use std::collections::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64;

/// The texts of a file of units.
struct Texts<'t> {
    text: &'t str,
    /// The file of the sources.
    other: Option<&'t str>,
    syntax: Syntax,
}

impl Texts<'_> {
    fn source(&self, unit: &Unit) -> String {
        match &unit.source {
            Source::None => String::new(),
            Source::Here(span) => self.read(*span, self.text),
            Source::Elsewhere(span) => self.other.map_or_else(String::new, |other| self.read(*span, other)),
        }
    }

    fn target(&self, unit: &Unit) -> String {
        self.read(unit.target, self.text)
    }

    fn read(&self, span: Span, text: &str) -> String {
        let mut said = extract(self.syntax, span.of(text)).text;
        said.truncate(said.trim_end().len());
        said.drain(..said.len() - said.trim_start().len());
        said
    }
}

/// What a unit says, as hashes.
struct Hashes {
    source: u64,
    target: u64,
    /// Whether it has both.
    is_whole: bool,
}

pub(super) fn compare(units: &mut [Unit], text: &str, other: Option<&str>, syntax: Syntax) {
    let texts = Texts { text, other, syntax };
    let mut survey = Survey::default();
    let mut hashes: Vec<Hashes> = Vec::with_capacity(units.len());
    for unit in units.iter() {
        let (source, target) = (texts.source(unit), texts.target(unit));
        survey.add(&source, &target, (unit.source_language, unit.language));
        let is_whole = !source.is_empty() && !target.is_empty();
        let [source, target] = [source, target].map(|text| xxh3_64(text.as_bytes()));
        hashes.push(Hashes { source, target, is_whole });
    }
    let survey = survey.settle();
    let told: HashSet<u64> = survey.targets().map(|target| xxh3_64(target.as_bytes())).collect();
    for (unit, hashes) in units.iter_mut().zip(&hashes) {
        let is_told = told.contains(&hashes.target);
        let (source, target) =
            if is_told { (texts.source(unit), texts.target(unit)) } else { Default::default() };
        survey.tell(&source, &target, (unit.source_language, unit.language), &mut unit.facts);
    }
    tell_usual(units, &hashes, &texts);
}

/// Tells each unit how most of the file translates its source, where that is otherwise.
fn tell_usual(units: &mut [Unit], hashes: &[Hashes], texts: &Texts<'_>) {
    let mut times: HashMap<u64, usize> = HashMap::new();
    for hashes in hashes.iter().filter(|it| it.is_whole) {
        *times.entry(hashes.target).or_default() += 1;
    }
    // A memory may hold translations into several languages.
    let source = |unit: usize| (hashes[unit].source, units[unit].language);
    let key = |unit: usize| (source(unit), hashes[unit].target);
    let mut order: Vec<usize> = (0..units.len()).filter(|unit| hashes[*unit].is_whole).collect();
    order.sort_unstable_by_key(|unit| (key(*unit), *unit));
    let mut usual: Vec<(usize, String)> = Vec::new();
    for group in order.chunk_by(|a, b| source(*a) == source(*b)) {
        // The units of each translation.
        let targets: Vec<&[usize]> = group.chunk_by(|a, b| key(*a) == key(*b)).collect();
        if targets.len() < 2 {
            continue;
        }
        // How often a translation stands anywhere decides where it is one against one.
        let weight = |target: &[usize]| (target.len(), times.get(&hashes[target[0]].target).copied());
        let most = targets.iter().map(|target| weight(target)).max().unwrap_or_default();
        let (heaviest, lighter): (Vec<&[usize]>, _) =
            targets.into_iter().partition(|target| weight(target) == most);
        let said = heaviest.iter().map(|target| texts.target(&units[target[0]]));
        let Some(best) = said.min() else { continue };
        usual.extend(lighter.concat().into_iter().map(|unit| (unit, best.clone())));
    }
    for (unit, best) in usual {
        units[unit].facts.usual_target = Some(best);
    }
}
