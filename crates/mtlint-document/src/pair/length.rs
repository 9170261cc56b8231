//! How long a translation is against its source. May use `lang`.

use mtlint_lang::Language;
use std::collections::BTreeMap;

/// How many characters of a language stand for one of English, and how much that varies.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expansion {
    /// Characters for one of English.
    pub from_english: f64,
    /// The standard deviation of a text's length, for the square root of one character.
    pub from_english_spread: f64,
    /// Characters of English for one of the language.
    pub to_english: f64,
    pub to_english_spread: f64,
}

/// How long a translation from one language to another is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// Characters for one of the source.
    pub ratio: f64,
    /// The standard deviation, for the square root of one character of the source.
    pub spread: f64,
}

impl Usual {
    /// How much longer or shorter than expected a translation of `target` characters is for a source
    /// of `source` characters, in standard deviations.
    pub fn deviation(self, source: f64, target: f64) -> f64 {
        (target - self.ratio * source) / (self.spread * source.max(1.0).sqrt())
    }
}

/// How long a translation is between two languages; `None` where one is not known.
pub fn usual(table: &BTreeMap<Language, Expansion>, (from, to): (Language, Language)) -> Option<Usual> {
    let is_english = |language: Language| language.as_str() == "en";
    let (ratio, spread) = match (is_english(from), is_english(to)) {
        (true, true) => return None,
        (true, false) => table.get(&to).map(|it| (it.from_english, it.from_english_spread))?,
        (false, true) => table.get(&from).map(|it| (it.to_english, it.to_english_spread))?,
        (false, false) => {
            let (first, second) = (table.get(&from)?, table.get(&to)?);
            let spreads = (
                first.to_english_spread * second.from_english,
                second.from_english_spread * first.to_english.sqrt(),
            );
            // By way of English, whose own part of the spread counts once.
            (first.to_english * second.from_english, 1.1 * spreads.0.max(spreads.1))
        }
    };
    Some(Usual { ratio, spread })
}
