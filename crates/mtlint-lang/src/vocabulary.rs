//! The vocabulary of a language: which words, written small, are its own, and how much the letters
//! of a word that is not speak for another language.
//!
//! Both are in `rules/words`, written by `scripts/words`, and packed by mtlint-data: nothing is read at
//! a start. May use `text` and what is built in.

use super::Language;
use mtlint_text::word_hash;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use xorf::{BinaryFuse8, BinaryFuse8Ref, DmaSerializable, Filter, FilterRef};

/// How many letters a group has whose weight counts.
const GROUPS: std::ops::RangeInclusive<usize> = 2..=5;

/// The weights are whole numbers, in this part of one.
const UNIT: f32 = 32.0;

/// The words of a language.
#[derive(Debug)]
pub struct Vocabulary {
    filter: BinaryFuse8Ref<'static>,
    intercept: i32,
    /// The weight of each group of letters at its [`place`].
    weights: &'static [u8],
}

impl Vocabulary {
    /// The vocabulary of a language; `None` where none is known.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static ALL: LazyLock<BTreeMap<Language, Vocabulary>> = LazyLock::new(|| {
            let entries = mtlint_data::words().iter();
            entries.filter_map(|(code, filter, letters)| Vocabulary::read(code, filter, letters)).collect()
        });
        ALL.get(&language?)
    }

    fn read(code: &str, filter: &'static [u8], letters: &'static [u8]) -> Option<(Language, Self)> {
        let (descriptor, fingerprints) = filter.split_at_checked(BinaryFuse8::DESCRIPTOR_LEN)?;
        let (intercept, weights) = letters.split_first_chunk()?;
        let vocabulary = Self {
            filter: BinaryFuse8Ref::from_dma(descriptor, fingerprints),
            intercept: i32::from_le_bytes(*intercept),
            weights,
        };
        (weights.len() == 1 << 16).then_some((Language::parse(code).ok()?, vocabulary))
    }

    /// Whether the language has the word with this [`word_hash`]. Of the words that it has not, it
    /// seems to have one in 250.
    pub fn may_hold(&self, hash: u32) -> bool {
        self.filter.contains(&u64::from(hash))
    }

    /// Whether the language has the word, or seems to; see [`Vocabulary::may_hold`].
    pub fn has(&self, word: &str) -> bool {
        self.may_hold(word_hash(word))
    }

    /// How much the letters of a word speak for another language, as log odds: 0 speaks for neither.
    /// The word is given in lower case and in ASCII; of a word of the language itself it says nothing.
    pub fn strangeness(&self, word: &str) -> f32 {
        let marked: Vec<u8> = [b"^", word.as_bytes(), b"$"].concat();
        let groups = GROUPS.flat_map(|size| marked.windows(size));
        let weights = groups.map(|group| i32::from(self.weights[place(group)].cast_signed()));
        (self.intercept + weights.sum::<i32>()) as f32 / UNIT
    }
}

/// Where the weight of a group of letters lies: FNV-1a of its bytes (Fowler, Noll and Vo), folded to
/// 16 bits.
fn place(group: &[u8]) -> usize {
    let hash =
        group.iter().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    ((hash ^ (hash >> 16)) & 0xFFFF) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> &'static Vocabulary {
        Vocabulary::of(Language::parse("en").ok()).expect("it is built in")
    }

    #[test]
    fn a_vocabulary_has_all_its_words() {
        let text = include_str!("../../../rules/words/en.txt");
        assert!(text.lines().count() > 100_000);
        assert!(text.lines().all(|word| english().has(word)));
        assert!(Vocabulary::of(Language::parse("fr").ok()).is_none());
    }

    #[test]
    fn few_words_are_had_by_mistake() {
        let made = (0..10_000).map(|number| format!("qx{number:05}zv"));
        assert!(made.filter(|word| english().has(word)).count() < 100);
    }

    #[test]
    fn letters_tell_another_language() {
        let foreign = ["wahrscheinlich", "gobernadores", "raccontava", "publiczne", "fabrikalar", "rychlost"];
        for word in foreign {
            assert!(english().strangeness(word) > 2.0, "{word}: {}", english().strangeness(word));
        }
        for word in ["smartwatches", "recieved", "dronelike", "bioreactors", "unfriendable", "goverment"] {
            assert!(english().strangeness(word) < 0.0, "{word}: {}", english().strangeness(word));
        }
    }
}
