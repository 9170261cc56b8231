//! What was measured: how many findings of each rule fall on human writing and on marked damage.
//!
//! `rules/precision.toml` holds the counts, and no text. `scripts/evaluate` writes it from sets of
//! texts that are no part of the project; `docs/evaluation.md` says which.

use super::registry::Rule;
use mtlint_lang::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// The counts of all rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Precision {
    /// How many words of human writing were read, by language code.
    human_words: BTreeMap<String, usize>,
    /// The same of texts that nobody has looked at.
    #[serde(default)]
    first_words: BTreeMap<String, usize>,
    /// By rule id. A rule that is not here has not been measured.
    rules: BTreeMap<String, Counts>,
    /// By rule id, where nobody had looked before. A rule that is not here has found nothing there.
    #[serde(default)]
    first: BTreeMap<String, FirstContact>,
}

/// How many findings of one rule fall where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// On careful human writing: nearly all of them false alarms, the others slips of the writers.
    pub human: usize,
    /// On damaged texts whose damage is marked.
    pub damaged: usize,
    /// Those of the latter that are at a marked damage.
    pub marked: usize,
}

/// How many findings of one rule fall where on texts that nobody has looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FirstContact {
    /// On human writing of any quality: false alarms, and slips of the writers.
    pub human: usize,
    /// On damaged texts whose damage is marked.
    pub damaged: usize,
    /// Those of the latter that are at a marked damage.
    pub marked: usize,
    /// Injected damages of the kinds that the rule is for.
    pub injected: usize,
    /// Those of them that it found.
    pub found: usize,
}

/// What was measured of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    pub counts: Counts,
    /// Words of human writing in the languages that the rule holds for.
    pub words: usize,
    /// Where nobody had looked before.
    pub first: FirstContact,
    /// Words of human writing there, in the languages that the rule holds for.
    pub first_words: usize,
}

impl Precision {
    /// The most findings in 100,000 words of human writing that a rule on by default may have.
    pub const MOST_ON_HUMAN: f64 = 4.0;

    /// The least share of its findings on damaged texts that must be marked damage.
    pub const LEAST_MARKED: f64 = 0.8;

    /// How many findings a share needs to be held against a rule, on damaged texts and on human
    /// writing alike: fewer may be chance.
    pub const FEWEST: usize = 4;

    /// The table that is built in.
    ///
    /// # Panics
    /// When it cannot be read, which a test rules out.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Precision> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            serde_json::from_str(mtlint_data::precision()).expect("rules/precision.toml is as it was written")
        })
    }

    /// An empty table, to be filled with `count_words` and `rule_mut`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds words of human writing in a language.
    pub fn count_words(&mut self, language: &str, words: usize) {
        *self.human_words.entry(language.to_owned()).or_default() += words;
    }

    /// Adds words of human writing in a language that nobody has looked at.
    pub fn count_first_words(&mut self, language: &str, words: usize) {
        *self.first_words.entry(language.to_owned()).or_default() += words;
    }

    /// The counts of a rule where nobody had looked before, to be added to.
    pub fn first_mut(&mut self, id: &str) -> &mut FirstContact {
        self.first.entry(id.to_owned()).or_default()
    }

    /// The counts of a rule, to be added to.
    pub fn rule_mut(&mut self, id: &str) -> &mut Counts {
        self.rules.entry(id.to_owned()).or_default()
    }

    /// What was measured of the rule, if it was.
    pub fn of(&self, rule: &Rule) -> Option<Measured> {
        let counts = *self.rules.get(rule.id.as_str())?;
        let speaks = |code: &str| rule.speaks(Language::parse(code).ok());
        let words_of = |all: &BTreeMap<String, usize>| {
            all.iter().filter(|(code, _)| speaks(code)).map(|(_, words)| words).sum()
        };
        Some(Measured {
            counts,
            words: words_of(&self.human_words),
            first: self.first.get(rule.id.as_str()).copied().unwrap_or_default(),
            first_words: words_of(&self.first_words),
        })
    }

    /// The ids of all rules that were measured.
    pub fn measured(&self) -> impl Iterator<Item = &str> {
        self.rules.keys().map(String::as_str)
    }
}

impl Measured {
    /// Findings in 100,000 words of human writing.
    pub fn on_human(&self) -> f64 {
        self.counts.human as f64 * 100_000.0 / self.words.max(1) as f64
    }

    /// Whether enough was found to hold the counts against a promise.
    pub fn is_telling(&self) -> bool {
        self.counts.human.max(self.counts.damaged) >= Precision::FEWEST
    }

    /// The share of its findings on damaged texts that are at marked damage; 1 where there are none.
    pub fn share_marked(&self) -> f64 {
        match self.counts.damaged {
            0 => 1.0,
            damaged => self.counts.marked as f64 / damaged as f64,
        }
    }

    /// Whether the counts allow the rule to be on by default.
    pub fn allows_default(&self) -> bool {
        let Counts { human, damaged, marked } = self.counts;
        let is_quiet = human < Precision::FEWEST || self.on_human() <= Precision::MOST_ON_HUMAN;
        let is_true =
            damaged - marked < Precision::FEWEST || marked as f64 >= Precision::LEAST_MARKED * damaged as f64;
        is_quiet && is_true
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { human, damaged, marked } = self.counts;
        let plural = if human == 1 { "" } else { "s" };
        write!(f, "{human} finding{plural} in {} words of human writing", rounded(self.words))?;
        match damaged {
            0 => write!(f, "; none on damaged texts")?,
            _ => write!(f, "; on damaged texts {marked} of {damaged} at a marked damage")?,
        }
        if self.first_words == 0 {
            return Ok(());
        }
        let FirstContact { human, damaged, marked, injected, found } = self.first;
        write!(f, ". Where nobody had looked before: {human} in {} words", rounded(self.first_words))?;
        if injected > 0 {
            let (low, high) = wilson(found, injected);
            write!(f, ", {found} of {injected} injected damages found (95 %: {low:.2} to {high:.2})")?;
        }
        if damaged > 0 {
            let (low, high) = wilson(marked, damaged);
            write!(f, ", {marked} of {damaged} at a marked damage (95 %: {low:.2} to {high:.2})")?;
        }
        Ok(())
    }
}

/// The bounds between which a share lies with 95 % certainty, of which `hits` of `total` were seen: the
/// score interval of Wilson. 0 to 1 where nothing was seen.
pub fn wilson(hits: usize, total: usize) -> (f64, f64) {
    if total == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.96;
    let (hits, total) = (hits as f64, total as f64);
    let share = hits / total;
    let scale = 1.0 + Z * Z / total;
    let middle = (share + Z * Z / (2.0 * total)) / scale;
    let half = Z / scale * (share * (1.0 - share) / total + Z * Z / (4.0 * total * total)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// A number of words as people say it: `12,000`, `0.9 million`.
fn rounded(words: usize) -> String {
    match words {
        950_000.. => format!("{:.1} million", words as f64 / 1e6),
        10_000.. => format!("{},000", (words + 500) / 1000),
        _ => words.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(human: usize, damaged: usize, marked: usize) -> bool {
        Measured { counts: Counts { human, damaged, marked }, words: 1_000_000, ..Measured::default() }
            .allows_default()
    }

    #[test]
    fn noise_turns_a_rule_off_and_a_few_findings_do_not() {
        assert!(allows(40, 0, 0));
        assert!(!allows(41, 0, 0));
        assert!(allows(0, 3, 0), "three may be chance");
        assert!(allows(0, 20, 16));
        assert!(!allows(0, 20, 15));
        let few = Counts { human: 3, damaged: 0, marked: 0 };
        assert!(
            Measured { counts: few, words: 1_000, ..Measured::default() }.allows_default(),
            "three may be chance"
        );
    }

    #[test]
    fn the_bounds_hold_the_share_and_get_narrower() {
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        let (low, high) = wilson(0, 10);
        assert!(low == 0.0 && (0.27..0.29).contains(&high), "{low} {high}");
        let (low, high) = wilson(80, 100);
        assert!((0.71..0.72).contains(&low) && (0.86..0.87).contains(&high), "{low} {high}");
        let (narrow, _) = wilson(800, 1000);
        assert!(narrow > low);
    }

    #[test]
    fn words_are_those_of_the_languages_of_the_rule() {
        let mut table = Precision::new();
        table.count_words("en", 100);
        table.count_words("de", 10);
        let registry = crate::rule::Registry::builtin();
        for rule in registry.rules() {
            assert_eq!(table.of(rule), None, "not measured");
            table.rule_mut(rule.id.as_str()).human += 1;
            let expected = match rule.languages.is_empty() {
                true => 110,
                false => {
                    100 * usize::from(rule.speaks(Language::parse("en").ok()))
                        + 10 * usize::from(rule.speaks(Language::parse("de").ok()))
                }
            };
            assert_eq!(table.of(rule).unwrap().words, expected, "{}", rule.id);
        }
    }
}
