//! Small classes of words that the file of a rule names in its parameters, and that a check asks for at every token: one
//! look tells all classes of a word. Word lists that several rules share are those of the language packs.

use mtlint_text::{BuildWordHasher, word_hash};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// A set of classes, a bit for each.
pub type ClassSet = u32;

/// Words by their classes: `do = ["do", "does"]`. An apostrophe stands for a curly one as well.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>")]
pub struct WordClasses {
    names: Vec<String>,
    classes: HashMap<u32, ClassSet, BuildWordHasher>,
}

impl From<BTreeMap<String, Vec<String>>> for WordClasses {
    fn from(words: BTreeMap<String, Vec<String>>) -> Self {
        let mut made = Self::default();
        for (at, (name, words)) in words.into_iter().take(ClassSet::BITS as usize).enumerate() {
            made.names.push(name);
            for word in words {
                *made.classes.entry(word_hash(&word)).or_default() |= 1 << at;
                *made.classes.entry(word_hash(&word.replace('\'', "’"))).or_default() |= 1 << at;
            }
        }
        made
    }
}

impl WordClasses {
    /// The set that holds this class alone; empty if the rule names none of that name.
    pub fn class(&self, name: &str) -> ClassSet {
        self.names.iter().position(|known| known == name).map_or(0, |at| 1 << at)
    }

    /// The classes of a word, given by its [`word_hash`].
    pub fn of(&self, hash: u32) -> ClassSet {
        self.classes.get(&hash).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_its_classes() {
        let words: WordClasses = toml::from_str("lead = [\"do\", \"don't\"]\nnot = [\"don't\"]").unwrap();
        let (lead, not) = (words.class("lead"), words.class("not"));
        assert_eq!(words.of(word_hash("do")), lead);
        assert_eq!(words.of(word_hash("don’t")), lead | not);
        assert_eq!((words.of(word_hash("mill")), words.class("other")), (0, 0));
    }
}
