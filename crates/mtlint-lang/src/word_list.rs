//! Word lists: words and phrases of one kind, looked up whatever their case.

use super::ListSet;
use super::word_bits::WordBits;
use mtlint_text::{BuildWordHasher, count_step, same_word, word_hash};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words and phrases of one kind, whatever their case.
#[derive(Debug)]
pub struct WordList {
    /// Its bit in the [`super::Lexicon`] of its language; none for the list that holds nothing.
    bit: ListSet,
    /// Entries by the hash of their first word.
    entries: HashMap<u32, Entries, BuildWordHasher>,
    /// The first words for a glance: most words of a text are none of them.
    first_words: WordBits,
}

/// The entries whose first words share a hash.
#[derive(Debug, Default)]
struct Entries {
    words: Vec<String>,
    /// Those of several words, each with the hash of its second, the longest first.
    phrases: Vec<(u32, Vec<String>)>,
}

impl WordList {
    fn new(bit: ListSet, entries: &[String]) -> Self {
        let mut by_first: HashMap<u32, Entries, _> =
            HashMap::with_capacity_and_hasher(entries.len(), BuildWordHasher::default());
        for entry in entries {
            let mut parts: Vec<String> = entry.split_whitespace().map(str::to_lowercase).collect();
            let Some(first) = parts.first() else { continue };
            let same = by_first.entry(word_hash(first)).or_default();
            match parts.get(1) {
                Some(second) => same.phrases.push((word_hash(second), parts)),
                None => same.words.extend(parts.pop()),
            }
        }
        for same in by_first.values_mut() {
            same.phrases.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.len()));
        }
        let first_words = WordBits::new(by_first.keys().copied());
        Self { bit, entries: by_first, first_words }
    }

    /// Its bit in the [`super::Lexicon`] of its language; none for the list that holds nothing.
    #[inline]
    pub fn bit(&self) -> ListSet {
        self.bit
    }

    /// Whether the list holds this one word.
    pub fn contains(&self, word: &str) -> bool {
        count_step();
        self.beginning_with(word_hash(word))
            .is_some_and(|same| same.words.iter().any(|known| same_word(known, word)))
    }

    /// Whether an entry may begin with this word; when not, none does.
    pub fn may_begin_with(&self, word: &str) -> bool {
        self.beginning_with(word_hash(word)).is_some()
    }

    #[inline]
    fn beginning_with(&self, hash: u32) -> Option<&Entries> {
        if self.first_words.may_hold(hash) { self.entries.get(&hash) } else { None }
    }

    /// How many of `words` the longest entry takes that they begin with; 0 when none does.
    pub fn prefix_of<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> usize {
        count_step();
        self.prefix_of_hashed(words.map(|word| (word_hash(word), word)))
    }

    /// The same for words whose [`word_hash`] is known.
    #[inline]
    pub fn prefix_of_hashed<'a>(&self, mut words: impl Iterator<Item = (u32, &'a str)> + Clone) -> usize {
        let Some((hash, first)) = words.next() else { return 0 };
        let Some(same) = self.beginning_with(hash) else { return 0 };
        if !same.phrases.is_empty()
            && let Some((hash, _)) = words.clone().next()
        {
            let fits = |parts: &[String]| {
                let mut words = words.clone();
                same_word(&parts[0], first)
                    && parts[1..]
                        .iter()
                        .all(|part| words.next().is_some_and(|(_, word)| same_word(part, word)))
            };
            let phrases = same.phrases.iter().filter(|(second, _)| *second == hash);
            if let Some((_, parts)) = phrases.into_iter().find(|(_, parts)| fits(parts)) {
                return parts.len();
            }
        }
        usize::from(same.words.iter().any(|known| same_word(known, first)))
    }

    /// Every single word of the list.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.values().flat_map(|same| same.words.iter().map(String::as_str))
    }
}

/// A word list as it is written, and as it is looked up: a run needs few of all lists.
#[derive(Debug)]
pub(super) struct LazyWordList {
    number: u8,
    entries: Vec<String>,
    list: OnceLock<WordList>,
}

impl LazyWordList {
    /// Takes the entries and the number by which the lexicon of the language knows the list.
    pub fn new(number: u8, entries: Vec<String>) -> Self {
        Self { number, entries, list: OnceLock::new() }
    }

    pub fn number(&self) -> u8 {
        self.number
    }

    pub fn get(&self) -> &WordList {
        self.list.get_or_init(|| WordList::new(1 << self.number, &self.entries))
    }

    pub fn entries(&self) -> &[String] {
        &self.entries
    }
}

/// The list that holds nothing.
pub(super) static NO_WORDS: std::sync::LazyLock<WordList> =
    std::sync::LazyLock::new(|| WordList::new(0, &[]));

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[&str]) -> WordList {
        WordList::new(0, &entries.iter().map(|entry| (*entry).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_longest_entry_counts() {
        let list = list(&["in", "in front", "in front of", "On", "по"]);
        let taken = |text: &str| list.prefix_of(text.split(' '));
        assert_eq!(taken("In Front of it"), 3);
        assert_eq!(taken("in front it"), 2);
        assert_eq!(taken("in fronts of"), 1);
        assert_eq!(taken("ON"), 1);
        assert_eq!(taken("По пути"), 1);
        assert_eq!(taken("at in front"), 0);
        assert_eq!(taken(""), 0);
    }

    #[test]
    fn phrases_are_no_words() {
        let list = list(&["in front", "on"]);
        assert!(list.contains("ON") && !list.contains("in") && !list.contains("in front"));
        assert_eq!(list.words().collect::<Vec<_>>(), ["on"]);
    }

    #[test]
    fn a_great_list_finds_all_its_words() {
        let entries: Vec<String> = (0..5_000).map(|number| format!("w{number}")).collect();
        let list = WordList::new(0, &entries);
        assert!(entries.iter().all(|entry| list.contains(entry)));
        assert!(!list.contains("w5000"));
        assert!(!NO_WORDS.contains("w1"));
    }
}
