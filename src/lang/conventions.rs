//! How a language writes numbers and money, after CLDR: decimal and grouping marks, currencies.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How numbers are written: `1,234.5` in English, `1.234,5` in German.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberStyle {
    /// The mark before the fraction.
    pub decimal: char,
    /// The marks that may part groups of three digits, the usual one first.
    pub grouping: Vec<char>,
    /// Whether the sign of a currency stands before the amount, `$5`, and not behind it, `5 €`.
    #[serde(default)]
    pub currency_first: bool,
    /// What stands between the goals of either side: `-` in `3-1`.
    #[serde(default)]
    pub score: Option<char>,
    /// Whether a full stop after digits makes them an ordinal number, as in `3. Oktober`.
    #[serde(default)]
    pub ordinal_stop: bool,
    /// What is written behind the digits of an ordinal number instead, by their last digit from 0
    /// on; the last of fewer than ten holds for the others, and the first for 11, 12 and 13.
    #[serde(default)]
    pub ordinal_endings: Vec<String>,
}

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
pub type CurrencyTable = BTreeMap<String, Currency>;

/// What a language calls each currency, and what is known of the currency whatever the language.
pub(super) fn merged(own: CurrencyTable, base: &CurrencyTable) -> CurrencyTable {
    let mut table = base.clone();
    for (code, currency) in own {
        let entry = table.entry(code).or_default();
        entry.names.extend(currency.names);
        entry.places.extend(currency.places);
        entry.signs.extend(currency.signs);
    }
    table
}
