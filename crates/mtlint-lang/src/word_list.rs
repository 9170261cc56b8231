//! Word lists: words and phrases of one kind, looked up whatever their case.

use super::ListSet;
use super::word_bits::WordBits;
use mtlint_text::{BuildWordHasher, count_step, same_word, word_hash};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Words and phrases of one kind, whatever their case.
#[derive(Debug)]
pub struct WordList {
    /// Its bit in the [`super::Lexicon`] of its language; none for the list that holds nothing.
    bit: ListSet,
    /// All entries, those whose first words share a hash side by side: those of several words first, the longest
    /// at the head.
    entries: Box<[Entry]>,
    /// Where they lie, by the hash of their first word.
    places: HashMap<u32, Range<usize>, BuildWordHasher>,
    /// The first words for a glance: most words of a text are none of them.
    first_words: WordBits,
}

/// A word or a phrase.
#[derive(Debug)]
struct Entry {
    /// The hash of its first word.
    first: u32,
    /// The hash of its second word, where it has one.
    second: Option<u32>,
    /// How many words it has.
    length: usize,
    /// In lower case.
    text: Cow<'static, str>,
}

impl Entry {
    fn of(text: &'static str) -> Option<Self> {
        let text = lower(text.trim());
        let mut words = text.split_whitespace();
        let first = word_hash(words.next()?);
        let second = words.next().map(word_hash);
        let length = 1 + usize::from(second.is_some()) + words.count();
        Some(Self { first, second, length, text })
    }

    /// Its words, in lower case.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }
}

/// A text in lower case; one that is in ASCII and bears no capital is left where it is.
pub(super) fn lower(text: &'static str) -> Cow<'static, str> {
    match text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

impl WordList {
    fn new(bit: ListSet, entries: &[&'static str]) -> Self {
        let mut entries: Box<[Entry]> = entries.iter().filter_map(|text| Entry::of(text)).collect();
        entries.sort_by_key(|entry| (entry.first, Reverse(entry.length)));
        let mut places = HashMap::with_capacity_and_hasher(entries.len(), BuildWordHasher::default());
        let mut start = 0;
        for same in entries.chunk_by(|a, b| a.first == b.first) {
            let end = start + same.len();
            places.insert(same[0].first, start..end);
            start = end;
        }
        let first_words = WordBits::new(places.keys().copied());
        Self { bit, entries, places, first_words }
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
            .iter()
            .any(|entry| entry.second.is_none() && same_word(&entry.text, word))
    }

    /// Whether an entry may begin with this word; when not, none does.
    pub fn may_begin_with(&self, word: &str) -> bool {
        !self.beginning_with(word_hash(word)).is_empty()
    }

    /// The entries whose first word has this hash, the longest first.
    #[inline]
    fn beginning_with(&self, hash: u32) -> &[Entry] {
        let place = if self.first_words.may_hold(hash) { self.places.get(&hash) } else { None };
        place.map_or(&[], |place| &self.entries[place.clone()])
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
        let same = self.beginning_with(hash);
        if same.is_empty() {
            return 0;
        }
        let second = words.clone().next().map(|(hash, _)| hash);
        let fits = |entry: &&Entry| {
            let mut words = std::iter::once(first).chain(words.clone().map(|(_, word)| word));
            entry.second.is_none_or(|hash| second == Some(hash))
                && entry.words().all(|part| words.next().is_some_and(|word| same_word(part, word)))
        };
        same.iter().find(fits).map_or(0, |entry| entry.length)
    }

    /// Every single word of the list.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|entry| entry.second.is_none()).map(|entry| &*entry.text)
    }
}

/// A word list as it is written, and as it is looked up: a run needs few of all lists.
#[derive(Debug)]
pub(super) struct LazyWordList {
    number: u8,
    entries: Arc<[&'static str]>,
    list: OnceLock<WordList>,
}

impl LazyWordList {
    /// Takes the entries and the number by which the lexicon of the language knows the list.
    pub fn new(number: u8, entries: Arc<[&'static str]>) -> Self {
        Self { number, entries, list: OnceLock::new() }
    }

    pub fn number(&self) -> u8 {
        self.number
    }

    pub fn get(&self) -> &WordList {
        self.list.get_or_init(|| WordList::new(1 << self.number, &self.entries))
    }

    pub fn entries(&self) -> &[&'static str] {
        &self.entries
    }
}

/// The list that holds nothing.
pub(super) static NO_WORDS: std::sync::LazyLock<WordList> =
    std::sync::LazyLock::new(|| WordList::new(0, &[]));

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[&'static str]) -> WordList {
        WordList::new(0, entries)
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
        let leaked = |number: i32| -> &'static str { format!("w{number}").leak() };
        let entries: Vec<&str> = (0..5_000).map(leaked).collect();
        let list = WordList::new(0, &entries);
        assert!(entries.iter().all(|entry| list.contains(entry)));
        assert!(!list.contains("w5000"));
        assert!(!NO_WORDS.contains("w1"));
    }
}
