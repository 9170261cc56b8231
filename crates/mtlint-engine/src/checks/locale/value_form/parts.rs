//! The parts of a value: digits with their marks, and what stands behind them.

use super::super::{SPACES, word_at_start};
use mtlint_lang::{Amount, ValueWords};

/// Digits with the marks between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral<'t> {
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
}

impl<'t> Numeral<'t> {
    /// The numeral whose first digit is at a place; `None` where it is a part of a longer sign.
    pub fn at(text: &'t str, start: usize) -> Option<Self> {
        let joins = |c: char| {
            c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | ':' | '_' | '#' | '-' | '–' | '@' | '+')
        };
        if text[..start].ends_with(joins) {
            return None;
        }
        let bytes = text.as_bytes();
        let mut end = start;
        loop {
            while bytes.get(end).is_some_and(u8::is_ascii_digit) {
                end += 1;
            }
            let goes_on = matches!(bytes.get(end), Some(b'.' | b','))
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !goes_on {
                break;
            }
            end += 1;
        }
        Some(Self { text: &text[start..end], start, end })
    }

    /// Whether it has no mark.
    pub fn is_whole(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// What it counts, where it is a whole number that is no year.
    pub fn whole(&self) -> Option<u32> {
        let digits: String = self.text.chars().filter(|c| *c != ',').collect();
        digits.parse().ok()
    }
}

/// The text behind one space or a hyphen, or the text itself where it goes on at once.
pub(super) fn behind_joint(text: &str) -> &str {
    text.strip_prefix(SPACES).or_else(|| text.strip_prefix('-')).unwrap_or(text)
}

/// The number in words that a text begins with, and its length in bytes: `twenty-four`, `ten`.
pub(super) fn spelt(values: &ValueWords, text: &str) -> Option<(u32, usize)> {
    let word = word_at_start(text);
    let number = |word: &str| values.cardinal(&word.to_lowercase()).and_then(Amount::to_whole);
    let first = number(word)?;
    let rest = &text[word.len()..];
    let joined = rest.strip_prefix(['-', ' ']).map(word_at_start).unwrap_or_default();
    match number(joined) {
        Some(second) if first >= 20 && first % 10 == 0 && (1..10).contains(&second) => {
            Some((first + second, word.len() + 1 + joined.len()))
        }
        _ => Some((first, word.len())),
    }
}

/// A whole number with the mark of thousands that the language has.
pub(super) fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::Language;

    #[test]
    fn numbers_in_words_are_read() {
        let english = ValueWords::of(Language::parse("en").ok());
        assert_eq!(spelt(english, "twenty-four beds"), Some((24, 11)));
        assert_eq!(spelt(english, "three in"), Some((3, 5)));
        assert_eq!(spelt(english, "beds"), None);
    }

    #[test]
    fn a_numeral_takes_its_marks() {
        assert_eq!(Numeral::at("41,5p", 0).map(|it| it.text), Some("41,5"));
        assert_eq!(Numeral::at("in 2014, and", 3).map(|it| it.text), Some("2014"));
        assert!(Numeral::at("A4", 1).is_none());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(600_000, ","), "600,000");
        assert_eq!(grouped(42, ","), "42");
    }
}
