//! Currencies: their ISO 4217 codes, signs and names, after CLDR, and looking them up in a text.

use super::word_bits::WordBits;
use foldhash::fast::FixedState;
use mtlint_text::word_hash;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// A currency, and what one language calls it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Currency {
    /// Its signs, the usual one first; one sign may stand for several currencies: `$`.
    #[serde(default)]
    pub signs: Vec<String>,
    /// Whether its sign stands behind the amount where it is used, so that people write it so in
    /// other languages, too.
    #[serde(default)]
    pub sign_behind: bool,
    /// Its names in the language, in lower case, all forms of them.
    #[serde(default)]
    pub names: Vec<String>,
    /// Names that tell of where it is used: countries, peoples, capitals.
    #[serde(default)]
    pub places: Vec<String>,
}

/// The currencies of a pack file by their ISO 4217 codes.
pub(super) type CurrencyTable = BTreeMap<String, Currency>;

/// The currencies that a language has names for.
#[derive(Debug)]
pub struct Currencies {
    table: CurrencyTable,
    /// The codes that each sign stands for.
    signs: Vec<(String, Vec<String>)>,
    /// The signs that begin with a character, the longest first, and those that end with one.
    signs_from: SignsBy,
    signs_to: SignsBy,
    /// The codes that each name stands for.
    names: HashMap<String, Vec<String>, FixedState>,
    /// The names for a glance: few words are one.
    name_bits: WordBits,
}

/// Signs by one of their characters.
#[derive(Debug, Default)]
struct SignsBy {
    signs: HashMap<char, Vec<usize>, FixedState>,
    /// The characters of ASCII among them, a bit each: most text is of others.
    ascii: u128,
}

impl SignsBy {
    fn add(&mut self, c: char, sign: usize) {
        self.signs.entry(c).or_default().push(sign);
        if c.is_ascii() {
            self.ascii |= 1 << u32::from(c);
        }
    }

    fn get(&self, c: char) -> Option<&Vec<usize>> {
        let may_be = !c.is_ascii() || self.ascii >> u32::from(c) & 1 == 1;
        if may_be { self.signs.get(&c) } else { None }
    }
}

impl Currencies {
    /// What a language calls each currency, and what is known of the currency whatever the language.
    pub(super) fn new(own: CurrencyTable, base: &CurrencyTable) -> Self {
        let mut table = base.clone();
        for (code, currency) in own {
            let entry = table.entry(code).or_default();
            entry.names.extend(currency.names);
            entry.places.extend(currency.places);
            entry.signs.extend(currency.signs);
        }
        let mut signs: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut names: HashMap<String, Vec<String>, FixedState> = HashMap::default();
        for (code, currency) in &table {
            for sign in &currency.signs {
                signs.entry(sign).or_default().push(code.clone());
            }
            for name in &currency.names {
                names.entry(name.clone()).or_default().push(code.clone());
            }
        }
        let mut signs: Vec<(String, Vec<String>)> =
            signs.into_iter().map(|(sign, codes)| (sign.to_owned(), codes)).collect();
        signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        let (mut signs_from, mut signs_to) = (SignsBy::default(), SignsBy::default());
        for (index, (sign, _)) in signs.iter().enumerate() {
            let mut chars = sign.chars();
            let Some(first) = chars.next() else { continue };
            signs_from.add(first, index);
            signs_to.add(chars.next_back().unwrap_or(first), index);
        }
        let hashes: Vec<u32> = names.keys().map(|name| word_hash(name)).collect();
        let name_bits = WordBits::new(hashes.into_iter());
        Self { table, signs, signs_from, signs_to, names, name_bits }
    }

    /// The currency with this code.
    pub fn get(&self, code: &str) -> Option<&Currency> {
        self.table.get(code)
    }

    /// All currencies by their codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Currency)> {
        self.table.iter().map(|(code, currency)| (code.as_str(), currency))
    }

    /// The longest sign that `text` begins with, and the codes it may stand for.
    pub fn sign_at_start(&self, text: &str) -> Option<(&str, &[String])> {
        let signs = self.signs_from.get(text.chars().next()?)?;
        signs.iter().map(|&index| self.sign(index)).find(|(sign, _)| text.starts_with(sign))
    }

    /// The longest sign that `text` ends with, and the codes it may stand for.
    pub fn sign_at_end(&self, text: &str) -> Option<(&str, &[String])> {
        let signs = self.signs_to.get(text.chars().next_back()?)?;
        signs.iter().map(|&index| self.sign(index)).find(|(sign, _)| text.ends_with(sign))
    }

    fn sign(&self, index: usize) -> (&str, &[String]) {
        let (sign, codes) = &self.signs[index];
        (sign, codes)
    }

    /// The codes of the currencies that have this name, whatever its case: `dollars`.
    pub fn named(&self, name: &str) -> &[String] {
        if name.is_ascii() && !self.name_bits.may_hold(word_hash(name)) {
            return &[];
        }
        self.names.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currencies() -> Currencies {
        let currency = |signs: &[&str], names: &[&str]| Currency {
            signs: signs.iter().map(|sign| (*sign).to_owned()).collect(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Currency::default()
        };
        let base = [("AUD", currency(&["A$", "$"], &[])), ("USD", currency(&["$", "US$"], &[]))];
        let own = [("AUD", currency(&[], &["dollar"])), ("USD", currency(&[], &["dollar"]))];
        let table = |rows: [(&str, Currency); 2]| rows.map(|(code, row)| (code.to_owned(), row)).into();
        Currencies::new(table(own), &table(base))
    }

    #[test]
    fn the_longest_sign_counts() {
        let currencies = currencies();
        let codes =
            |found: Option<(&str, &[String])>| found.map(|(sign, codes)| (sign.to_owned(), codes.to_vec()));
        let found = |sign: &str, codes: &[&str]| {
            Some((sign.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect()))
        };
        assert_eq!(codes(currencies.sign_at_end("for US$")), found("US$", &["USD"]));
        assert_eq!(codes(currencies.sign_at_end("for $")), found("$", &["AUD", "USD"]));
        assert_eq!(codes(currencies.sign_at_start("A$ each")), found("A$", &["AUD"]));
        assert_eq!(codes(currencies.sign_at_start("each")), None);
        assert_eq!(codes(currencies.sign_at_end("")), None);
    }

    #[test]
    fn a_name_may_be_of_several() {
        assert_eq!(currencies().named("dollar"), ["AUD", "USD"]);
        assert!(currencies().named("yen").is_empty());
        assert!(currencies().get("USD").is_some());
    }
}
