//! Words that have two forms, of which the sound of the next word chooses one, as `a` and `an`: how much the letters of
//! the next word speak for the second, counted by `cargo run -p xtask -- train forms`. May use the tables of
//! `expectation` and the catalogue.

use super::Language;
use super::expectation::{PARTS, Table, feature_hash};
use std::sync::{LazyLock, OnceLock};

/// The first bytes of a model, which name its form.
const HEAD: &[u8; 8] = b"mtforms2";

/// How many letters of the next word are looked at, at most; and then at all of them.
const MOST_LETTERS: usize = 5;

/// The two forms of a word, and what chooses between them.
#[derive(Debug)]
pub struct TwoForms<'m> {
    /// Both forms, in lower case.
    pub forms: [&'m str; 2],
    /// From which sum on hardly any human writing does otherwise, in thousandths.
    threshold: i32,
    weights: Table<'m, 1>,
}

impl TwoForms<'static> {
    /// The model of a language, if there is one.
    ///
    /// # Panics
    /// When a model built in cannot be read, which a test rules out.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static MODELS: LazyLock<Vec<OnceLock<TwoForms<'static>>>> =
            LazyLock::new(|| mtlint_data::two_forms().iter().map(|_| OnceLock::new()).collect());
        let models = mtlint_data::two_forms();
        let index = models.iter().position(|(code, ..)| Language::parse(code).ok() == language)?;
        Some(
            MODELS[index].get_or_init(|| Self::read(models[index].1).expect("it was written by the trainer")),
        )
    }
}

impl<'m> TwoForms<'m> {
    /// Reads what [`TwoForms::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (threshold, rest) = bytes.strip_prefix(HEAD)?.split_first_chunk::<4>()?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        let (first, second) = std::str::from_utf8(&rest[..end]).ok()?.split_once(' ')?;
        Some(Self {
            forms: [first, second],
            threshold: i32::from_le_bytes(*threshold),
            weights: Table::read(&rest[end + 1..])?,
        })
    }

    /// The bytes of a model.
    pub fn write(forms: [&str; 2], threshold: i32, table: &[u8]) -> Vec<u8> {
        let names = format!("{} {}\0", forms[0], forms[1]);
        [HEAD.as_slice(), &threshold.to_le_bytes(), names.as_bytes(), table].concat()
    }

    /// The index of the form that must stand before a word; `None` where both may.
    pub fn before(&self, word: &str) -> Option<usize> {
        let sum = self.sum(word);
        (sum.abs() >= self.threshold).then_some(usize::from(sum > 0))
    }

    /// How much the letters of a word speak for the second form, in thousandths.
    pub fn sum(&self, word: &str) -> i32 {
        let mut sum = 0;
        each_feature(word, |feature| {
            sum += self.weights.get(feature).map_or(0, |[weight]| i32::from(weight));
        });
        sum * 1000 / PARTS
    }
}

/// Calls `found` with the hash of every feature of a word.
pub fn each_feature(word: &str, mut found: impl FnMut(u32)) {
    let letters: Vec<u32> = word.chars().flat_map(char::to_lowercase).map(u32::from).take(64).collect();
    let is_capital = u32::from(word.starts_with(char::is_uppercase));
    found(feature_hash(0, &[]));
    for count in 1..=MOST_LETTERS.min(letters.len()) {
        found(feature_hash(1, &letters[..count]));
    }
    found(feature_hash(2, &letters));
    found(feature_hash(3, &[is_capital, letters.first().copied().unwrap_or(0)]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_read_and_is_small() {
        for (code, bytes, _) in mtlint_data::two_forms() {
            assert!(TwoForms::read(bytes).is_some(), "{code}");
            assert!(bytes.len() <= 1 << 16, "{code}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn the_sound_chooses() {
        let model = TwoForms::of(Language::parse("en").ok()).unwrap();
        for (word, expected) in [
            ("orchard", "an"),
            ("hour", "an"),
            ("honest", "an"),
            ("mill", "a"),
            ("university", "a"),
            ("one", "a"),
        ] {
            let sum = model.sum(word);
            assert_eq!(model.forms[usize::from(sum > 0)], expected, "{word}: {sum}");
        }
        assert_eq!(model.before("example"), Some(1));
    }
}
