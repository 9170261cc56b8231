//! What the units of one file say together: how its translations usually are, and which of them
//! stand for two unlike sources.
//!
//! A file is surveyed once before its units are read one by one. What is kept does not grow without
//! bounds with the file.

use crate::{PairHabits, UnitFacts};
use mtlint_lang::{Language, is_unspaced};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many characters a text has at least that two unlike sources do not share by chance.
const FEWEST: usize = 20;
/// How many different translations are remembered.
const MOST_TEXTS: usize = 100_000;
/// How many characters of a source are remembered.
const KEPT: usize = 240;

/// How many sentences tell a habit at least.
const FEWEST_STOPS: u32 = 8;
/// How many texts tell how long translations are at least, and how many are kept.
const FEWEST_LENGTHS: usize = 60;
const MOST_LENGTHS: usize = 2000;
/// How many characters a text has at least to tell.
const LONG: usize = 30;

/// The languages of a source and its translation, where they are known.
pub type Languages = (Option<Language>, Option<Language>);

/// A survey of units.
#[derive(Debug, Default)]
pub struct Survey {
    tallies: BTreeMap<Languages, Tally>,
    by_target: BTreeMap<Languages, HashMap<String, Sources>>,
    /// How many translations are remembered.
    texts: usize,
}

/// What is counted between two languages.
#[derive(Debug, Default)]
struct Tally {
    /// Sentences of the source that end in a full stop.
    stops: u32,
    /// Those of them whose translation ends without a mark.
    bare: u32,
    /// The lengths of sources and targets in characters, of the first that are long enough to tell.
    lengths: Vec<(u16, u16)>,
}

impl Tally {
    fn add(&mut self, source: &str, target: &str) {
        if source.trim_end_matches(['"', '”', '“', ')']).ends_with(['.', '。', '।', '۔']) {
            self.stops += 1;
            self.bare += u32::from(target.ends_with(char::is_alphanumeric));
        }
        if self.lengths.len() >= MOST_LENGTHS {
            return;
        }
        let (a, b) = (source.chars().count(), target.chars().count());
        if let (true, Ok(a), Ok(b)) = (a.max(b) >= LONG, u16::try_from(a), u16::try_from(b)) {
            self.lengths.push((a, b));
        }
    }

    fn habits(&self) -> Habits {
        let ratios = self.lengths.iter().map(|(a, b)| (f64::from(*b) / f64::from(*a).max(1.0)).ln());
        let middle = median(ratios.collect()).unwrap_or(0.0);
        let off = |(a, b): &(u16, u16)| {
            (f64::from(*b) - middle.exp() * f64::from(*a)).abs() / f64::from(*a).max(1.0).sqrt()
        };
        // The median of what is off, for a few damaged ones must not widen it.
        let spread = median(self.lengths.iter().map(off).collect()).map(|it| 1.4826 * it);
        let lengths = spread.filter(|_| self.lengths.len() >= FEWEST_LENGTHS);
        let is_known = self.stops >= FEWEST_STOPS;
        let bare_ends = if is_known { f64::from(self.bare) / f64::from(self.stops) } else { 0.0 };
        let habits = PairHabits { bare_ends, lengths: lengths.map(|spread| (middle.exp(), spread)) };
        Habits { middle, habits }
    }
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// What is usual between two languages.
#[derive(Clone, Copy, Debug)]
struct Habits {
    /// The middle of how much longer a translation is, as a logarithm.
    middle: f64,
    habits: PairHabits,
}

/// A source of a translation.
#[derive(Debug)]
struct Said {
    source: String,
    /// How much longer the target is, as a logarithm.
    ratio: f64,
}

/// What one and the same translation stands for.
#[derive(Debug)]
struct Sources {
    first: Said,
    /// One that is unlike the first.
    second: Option<Said>,
    /// How many are unlike the first.
    unlike: usize,
}

impl Survey {
    /// Takes a unit into account.
    pub fn add(&mut self, source: &str, target: &str, languages: Languages) {
        let (source, target) = (source.trim(), target.trim());
        if source.is_empty() || target.is_empty() {
            return;
        }
        self.tallies.entry(languages).or_default().add(source, target);
        if target.chars().count() < FEWEST {
            return;
        }
        let said = || Said { source: source.chars().take(KEPT).collect(), ratio: ratio(source, target) };
        let by_target = self.by_target.entry(languages).or_default();
        match by_target.get_mut(target) {
            Some(known) if are_unlike(&known.first.source, source) => {
                known.unlike += 1;
                known.second.get_or_insert_with(said);
            }
            Some(_) => {}
            None if self.texts < MOST_TEXTS => {
                let sources = Sources { first: said(), second: None, unlike: 0 };
                by_target.insert(target.to_owned(), sources);
                self.texts += 1;
            }
            None => {}
        }
    }

    /// Forgets what no unit is told of.
    pub fn settle(mut self) -> Settled {
        self.by_target.values_mut().for_each(|known| known.retain(|_, sources| sources.unlike > 0));
        let habits = self.tallies.into_iter().map(|(languages, it)| (languages, it.habits())).collect();
        Settled { habits, by_target: self.by_target }
    }
}

/// What a survey has found.
#[derive(Debug, Default)]
pub struct Settled {
    habits: BTreeMap<Languages, Habits>,
    by_target: BTreeMap<Languages, HashMap<String, Sources>>,
}

impl Settled {
    /// The translations that stand for unlike sources: of others no text is asked for.
    pub(super) fn targets(&self) -> impl Iterator<Item = &str> {
        self.by_target.values().flat_map(HashMap::keys).map(String::as_str)
    }

    /// Adds what the file says of this unit.
    pub(super) fn tell(&self, source: &str, target: &str, languages: Languages, facts: &mut UnitFacts) {
        let (source, target) = (source.trim(), target.trim());
        let Some(habits) = self.habits.get(&languages) else { return };
        facts.habits = Some(habits.habits);
        let known = self.by_target.get(&languages);
        let Some(sources) = known.and_then(|known| known.get(target)) else { return };
        let Some(second) = &sources.second else { return };
        let is_first = !are_unlike(&sources.first.source, source);
        let other = if is_first { second } else { &sources.first };
        // Of two, the one whose length fits worse; a text that stands for more unlike ones is none of them.
        let misfit = |ratio: f64| (ratio - habits.middle).abs();
        if sources.unlike > 1 || misfit(ratio(source, target)) > misfit(other.ratio) {
            facts.twin_source = Some(other.source.clone());
        }
    }
}

/// How much longer the target is than the source, as a logarithm.
fn ratio(source: &str, target: &str) -> f64 {
    (target.chars().count() as f64 / source.chars().count().max(1) as f64).ln()
}

/// Whether two texts have hardly a word in common; in scripts without spaces, hardly a pair of
/// characters.
fn are_unlike(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let pieces = |text: &str| -> HashSet<String> {
        if text.chars().any(is_unspaced) {
            let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).take(KEPT).collect();
            return letters.windows(2).map(|pair| pair.iter().collect()).collect();
        }
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (pieces(a), pieces(b));
    a.len() >= 2 && b.len() >= 2 && a.intersection(&b).count() * 4 < a.len().min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twins(units: &[(&str, &str)]) -> Vec<bool> {
        let mut survey = Survey::default();
        units.iter().for_each(|(source, target)| survey.add(source, target, (None, None)));
        let settled = survey.settle();
        let told = |(source, target): &(&str, &str)| {
            let mut facts = UnitFacts::default();
            settled.tell(source, target, (None, None), &mut facts);
            facts.twin_source.is_some()
        };
        units.iter().map(told).collect()
    }

    #[test]
    fn a_text_that_stands_for_unlike_sources_is_told() {
        let units = [
            ("Die Anlegestelle liegt hinter dem Leuchtturm.", "The staff was kind and helpful."),
            ("Frühstück gibt es nur sonntags.", "The staff was kind and helpful."),
            ("Zimmer mit Blick auf den Hafen.", "The staff was kind and helpful."),
            ("Der Wirt verleiht auch Fahrräder.", "The landlord lends bicycles, too."),
        ];
        assert_eq!(twins(&units), [true, true, true, false]);
    }

    #[test]
    fn like_sources_may_share_a_translation() {
        let units = [
            ("Das Protokoll wird heute genehmigt.", "The minutes were approved today."),
            ("Heute wird das Protokoll genehmigt!", "The minutes were approved today."),
        ];
        assert_eq!(twins(&units), [false, false]);
    }
}
