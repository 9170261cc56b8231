//! How a language writes values in words: months, units, currencies, powers of ten, numbers
//! (`rules/values/xx.toml`, which `scripts/values` writes from CLDR). May use what is built in.

use super::Language;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

/// A decimal number, exact: `mantissa` times ten to the power of `exponent`, without zeros at the
/// mantissa's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    mantissa: u128,
    exponent: i32,
}

impl Amount {
    /// The number that decimal digits write, `decimals` of which stand behind the decimal mark.
    /// Of very many digits the first 30 count.
    pub fn of_digits(digits: impl IntoIterator<Item = u8>, decimals: usize) -> Self {
        let (mut mantissa, mut exponent, mut taken) = (0_u128, 0_i32, 0);
        for digit in digits {
            if taken < 30 {
                mantissa = mantissa * 10 + u128::from(digit);
                taken += usize::from(mantissa > 0);
            } else {
                exponent = exponent.saturating_add(1);
            }
        }
        let decimals = i32::try_from(decimals).unwrap_or(i32::MAX);
        Self { mantissa, exponent: exponent.saturating_sub(decimals) }.normal()
    }

    /// A small whole number.
    pub fn whole(number: u32) -> Self {
        Self { mantissa: u128::from(number), exponent: 0 }.normal()
    }

    fn normal(mut self) -> Self {
        if self.mantissa == 0 {
            return Self { mantissa: 0, exponent: 0 };
        }
        while self.mantissa.is_multiple_of(10) {
            self.mantissa /= 10;
            self.exponent = self.exponent.saturating_add(1);
        }
        self
    }

    /// Times a power of ten.
    #[must_use]
    pub fn scaled(self, power: i32) -> Self {
        Self { exponent: if self.mantissa == 0 { 0 } else { self.exponent.saturating_add(power) }, ..self }
    }

    /// Nearly: for comparing magnitudes.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 * 10_f64.powi(self.exponent)
    }

    /// The sum, where it can be said exactly.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |amount: Self| {
            let power = u32::try_from(amount.exponent.saturating_sub(exponent)).ok()?;
            amount.mantissa.checked_mul(10_u128.checked_pow(power)?)
        };
        Some(Self { mantissa: lift(self)?.checked_add(lift(other)?)?, exponent }.normal())
    }

    /// The whole number it is, if it is a small one.
    pub fn to_whole(self) -> Option<u32> {
        let power = u32::try_from(self.exponent).ok()?;
        u32::try_from(self.mantissa.checked_mul(10_u128.checked_pow(power)?)?).ok()
    }
}

/// A table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Table {
    months: Vec<Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    characters: BTreeMap<String, Vec<String>>,
    scales: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, Vec<String>>,
    eras: BTreeMap<String, u32>,
    plurals: Vec<String>,
    ordinals: Vec<String>,
}

/// How one language writes values in words.
#[derive(Debug, Default)]
pub struct ValueWords {
    months: HashMap<String, u32, FixedState>,
    units: HashMap<String, Vec<String>, FixedState>,
    characters: HashMap<char, i32, FixedState>,
    scales: HashMap<String, i32, FixedState>,
    numbers: HashMap<String, Vec<Amount>, FixedState>,
    /// What the words say that count: `two`, where `second` and `pair` are numbers as well.
    cardinals: HashMap<String, Amount, FixedState>,
    /// Whether the language has a table of its own.
    pub is_known: bool,
    /// Every name of per cent.
    percents: Vec<String>,
    /// How each unit, power of ten and month is usually named.
    unit_names: BTreeMap<String, String>,
    scale_names: BTreeMap<i32, String>,
    month_names: Vec<String>,
    /// The year before the first of each era.
    eras: BTreeMap<String, u32>,
    /// The plural forms of cardinal and of ordinal numbers, as CLDR calls them.
    plurals: Vec<String>,
    ordinals: Vec<String>,
}

/// How many characters the name of a unit has at most.
const LONGEST_UNIT: usize = 24;

/// What a word behind a number stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueMeaning {
    /// A unit, by its name in the tables: `kilometre`.
    Unit(String),
    /// A power of ten.
    Scale(i32),
    /// A month, from 1.
    Month(u32),
}

static TABLES: LazyLock<HashMap<&'static str, OnceLock<ValueWords>, FixedState>> = LazyLock::new(|| {
    mtlint_data::values().iter().map(|(language, _)| (*language, OnceLock::new())).collect()
});

impl ValueWords {
    /// What is known of a language; where that is nothing, the symbols that are used everywhere.
    ///
    /// # Panics
    /// When a table that is built in does not parse, which a test rules out.
    pub fn of(language: Option<Language>) -> &'static Self {
        static SYMBOLS: OnceLock<ValueWords> = OnceLock::new();
        let code = language.as_ref().map(Language::as_str);
        let json =
            |code: &str| mtlint_data::values().iter().find(|(known, _)| *known == code).map(|(_, it)| *it);
        let known = code.and_then(|code| Some((TABLES.get(code)?, json(code)?)));
        match known {
            Some((cell, json)) => cell.get_or_init(|| {
                Self::read(json)
                    .unwrap_or_else(|error| panic!("rules/values/{}.toml: {error}", code.unwrap_or_default()))
            }),
            None => SYMBOLS.get_or_init(|| {
                let mut all = Self::read(json("en").unwrap_or("{}")).unwrap_or_default();
                all.units.retain(|name, _| name.chars().count() <= 4);
                Self { units: all.units, percents: all.percents, ..Self::default() }
            }),
        }
    }

    fn read(json: &str) -> Result<Self, String> {
        let table: Table = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut words = Self { is_known: true, ..Self::default() };
        words.month_names = table.months.iter().map_while(|names| names.first().cloned()).collect();
        for (unit, names) in &table.units {
            words.unit_names.extend(names.first().map(|name| (unit.clone(), name.clone())));
        }
        for (number, names) in (1..).zip(&table.months) {
            words.months.extend(names.iter().map(|name| (name.clone(), number)));
            words.months.extend(names.iter().map(|name| (capitalised(name), number)));
        }
        words.percents = table.units.get("percent").cloned().unwrap_or_default();
        for (unit, names) in &table.units {
            for name in names {
                let units = words.units.entry(name.clone()).or_default();
                if !units.contains(unit) {
                    units.push(unit.clone());
                }
            }
        }
        let power = |text: &str| text.parse::<i32>().map_err(|_| format!("`{text}` is no power of ten"));
        words.eras = table.eras.clone();
        words.plurals = table.plurals.clone();
        words.ordinals = table.ordinals.clone();
        for (exponent, characters) in &table.characters {
            for character in characters.iter().flat_map(|text| text.chars()) {
                words.characters.insert(character, power(exponent)?);
            }
        }
        for (exponent, names) in &table.scales {
            for name in names {
                words.scales.insert(name.to_lowercase(), power(exponent)?);
            }
            if let Some(name) = names.first() {
                words.scale_names.insert(power(exponent)?, name.clone());
            }
        }
        for (number, names) in &table.numbers {
            let amount = parse(number).ok_or_else(|| format!("`{number}` is no number"))?;
            if let Some(name) = names.first() {
                words.cardinals.insert(name.to_lowercase(), amount);
            }
            for name in names {
                words.numbers.entry(name.to_lowercase()).or_default().push(amount);
            }
        }
        Ok(words)
    }

    /// The plural forms of numbers that count, as CLDR calls them; none where they are not known.
    pub fn plurals(&self) -> &[String] {
        &self.plurals
    }

    /// The plural forms of numbers that tell an order.
    pub fn ordinals(&self) -> &[String] {
        &self.ordinals
    }

    /// Which month a word names, from 1.
    pub fn month(&self, word: &str) -> Option<u32> {
        self.months.get(word).copied()
    }

    /// The year of our era that is the given one of the era which `before` ends with: `令和`.
    pub fn year_of_era(&self, before: &str, year: u32) -> Option<u32> {
        let era = self.eras.iter().find(|(name, _)| before.ends_with(name.as_str()))?;
        era.1.checked_add(year)
    }

    /// Which power of ten a word in lower case is: 6 of `million`.
    pub fn scale(&self, word: &str) -> Option<i32> {
        self.scales.get(word).copied()
    }

    /// Which power of ten a character is: 4 of `万`.
    pub fn character(&self, c: char) -> Option<i32> {
        self.characters.get(&c).copied()
    }

    /// What numbers a word in lower case may stand for.
    pub fn numbers(&self, word: &str) -> &[Amount] {
        self.numbers.get(word).map_or(&[], Vec::as_slice)
    }

    /// The number that a word in lower case counts: 2 of `two`, nothing of `second`.
    pub fn cardinal(&self, word: &str) -> Option<Amount> {
        self.cardinals.get(word).copied()
    }

    /// The units that the text begins with a name of, the longest one, and the name's length in bytes.
    pub fn unit_at_start(&self, text: &str) -> Option<(&[String], usize)> {
        let mut longest = None;
        let mut characters = text.char_indices().take(LONGEST_UNIT).peekable();
        while let Some((at, c)) = characters.next() {
            let end = at + c.len_utf8();
            let goes_on = |next: char| c.is_alphabetic() && next.is_alphabetic() && !is_unspaced(next);
            if characters.peek().is_some_and(|(_, next)| goes_on(*next)) {
                continue;
            }
            let name = &text[..end];
            let small = || if at < 3 { None } else { self.units.get(&name.to_lowercase()) };
            let units = self.units.get(name).or_else(small);
            if let Some(units) = units {
                longest = Some((units.as_slice(), end));
            }
        }
        longest
    }

    /// The units that the text ends with a name of: `$`, `時速`.
    pub fn unit_at_end(&self, text: &str) -> Option<&[String]> {
        let starts = text.char_indices().rev().take(4).map(|(at, _)| at);
        let mut longest = None;
        for start in starts {
            let before = text[..start].chars().next_back();
            let first = text[start..].chars().next();
            let joined = |a: char, b: char| a.is_alphabetic() && b.is_alphabetic() && !is_unspaced(b);
            if before.zip(first).is_some_and(|(a, b)| joined(a, b)) {
                continue;
            }
            if let Some(units) = self.units.get(&text[start..]) {
                longest = Some(units.as_slice());
            }
        }
        longest
    }
}

impl ValueWords {
    /// What a word behind a number means in some other language than `own`; where languages differ in that, the first
    /// of them by its code.
    pub fn meaning_elsewhere(own: Option<Language>, word: &str) -> Option<ValueMeaning> {
        let codes = mtlint_data::values().iter().map(|(code, _)| *code);
        let others = codes.filter_map(|code| Language::parse(code).ok()).filter(|other| Some(*other) != own);
        others.map(|other| Self::of(Some(other))).find_map(|words| words.meaning(word))
    }

    /// What a whole word behind a number means.
    fn meaning(&self, word: &str) -> Option<ValueMeaning> {
        if let Some(power) = self.scale(&word.to_lowercase()).filter(|power| *power >= 3) {
            return Some(ValueMeaning::Scale(power));
        }
        if let Some(month) = self.month(word) {
            return Some(ValueMeaning::Month(month));
        }
        let (units, length) = self.unit_at_start(word)?;
        let is_currency = |unit: &str| unit.bytes().all(|byte| byte.is_ascii_uppercase());
        let unit = units.first().filter(|unit| length == word.len() && !is_currency(unit))?;
        Some(ValueMeaning::Unit(unit.clone()))
    }

    /// How the language usually names it.
    pub fn name_of(&self, meaning: &ValueMeaning) -> Option<&str> {
        match meaning {
            ValueMeaning::Unit(unit) => self.unit_names.get(unit),
            ValueMeaning::Scale(power) => self.scale_names.get(power),
            ValueMeaning::Month(month) => self.month_names.get(*month as usize - 1),
        }
        .map(String::as_str)
    }

    /// Whether a text begins with a name of it in this language.
    pub fn says(&self, text: &str, meaning: &ValueMeaning) -> bool {
        let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
        match meaning {
            ValueMeaning::Unit(unit) => {
                self.unit_at_start(text).is_some_and(|(units, _)| units.contains(unit))
            }
            ValueMeaning::Scale(power) => self.scale(&word.to_lowercase()) == Some(*power),
            ValueMeaning::Month(month) => self.month(word) == Some(*month),
        }
    }

    /// How often a text says per cent, in a sign or a word.
    pub fn count_percents(&self, text: &str) -> usize {
        let starts_word = |at: usize| !text[..at].ends_with(|c: char| c.is_alphabetic() && !is_unspaced(c));
        let mut places: Vec<usize> = text.match_indices(['%', '％', '٪']).map(|(at, _)| at).collect();
        for name in &self.percents {
            places.extend(text.match_indices(name.as_str()).map(|(at, _)| at).filter(|at| starts_word(*at)));
        }
        places.sort_unstable();
        places.dedup();
        places.len()
    }
}

/// The word with a capital at its beginning.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether a character is of a script that sets no spaces between words, or joins endings to them.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{3ffff}')
}

/// A decimal number as a table writes it: `0.5`.
fn parse(text: &str) -> Option<Amount> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    let digits: Option<Vec<u8>> = digits.map(|byte| byte.is_ascii_digit().then_some(byte - b'0')).collect();
    Some(Amount::of_digits(digits?, fraction.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read() {
        for (language, json) in mtlint_data::values() {
            let words = ValueWords::read(json).unwrap_or_else(|error| panic!("{language}: {error}"));
            assert!(!words.units.is_empty(), "{language}");
        }
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(Amount::of_digits([1, 5], 1).scaled(6), Amount::of_digits([1, 5, 0], 0).scaled(4));
        assert_eq!(Amount::of_digits([0, 0, 7], 0).to_whole(), Some(7));
        assert_eq!(Amount::whole(20).plus(Amount::whole(5)), Some(Amount::whole(25)));
    }

    #[test]
    fn the_longest_unit_wins() {
        let english = ValueWords::of(Language::parse("en").ok());
        let (units, length) = english.unit_at_start("kilometers per hour or so").unwrap();
        assert_eq!((units[0].as_str(), length), ("kilometre-per-hour", 19));
        assert!(english.unit_at_start("mill").is_none());
    }
}
