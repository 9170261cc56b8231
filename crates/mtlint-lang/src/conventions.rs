//! How a language writes numbers, after CLDR: decimal and grouping marks, scores, ordinals.

use serde::Deserialize;

/// How numbers are written: `1,234.5` in English, `1.234,5` in German.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberStyle {
    /// The mark before the fraction.
    pub decimal: char,
    /// The mark that some countries which speak the language have there, as Mexico has the stop.
    #[serde(default)]
    pub regional_decimal: Option<char>,
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
