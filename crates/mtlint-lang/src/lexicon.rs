//! The words of all word lists of a language, numbered, so that a token is looked up once and every
//! list is then asked by its bit.

use super::word_list::lower;
use mtlint_text::{WordKey, same_word};
use std::borrow::Cow;

/// The first two words of all entries of word lists.
#[derive(Debug)]
pub struct Lexicon {
    /// An open table: at the place of a word's hash or behind it, the word's number; 0 where none is.
    slots: Box<[u16]>,
    /// The keys of the words, by their numbers; the first stands for all words that are in no list. What every
    /// token is looked up in is kept small, and all else apart.
    keys: Vec<u64>,
    /// The same for the words in lower case.
    texts: Vec<Cow<'static, str>>,
    /// The same for their lists.
    lists: Vec<Lists>,
}

/// Which lists a word belongs to.
#[derive(Clone, Copy, Debug, Default)]
struct Lists {
    /// A bit for each list that holds the word by itself.
    alone: ListSet,
    /// A bit for each list an entry of which is the word or begins with it.
    first: ListSet,
    /// A bit for each list an entry of which has it as its second word.
    second: ListSet,
}

/// A bit for each word list, by its number: a language has no more of them than this has bits, which a
/// test holds.
pub type ListSet = u128;

impl Lexicon {
    /// Takes the entries of all lists, with the number of the list.
    pub(super) fn new(entries: impl Iterator<Item = (usize, &'static str)> + Clone) -> Self {
        // An entry numbers two words at most, so that a slot is always free; as a rule most of them are.
        let slots = (2 * entries.clone().count() + 1).next_power_of_two();
        let mut lexicon = Self {
            slots: vec![0; slots].into(),
            keys: vec![0],
            texts: vec![Cow::default()],
            lists: vec![Lists::default()],
        };
        for (list, entry) in entries {
            let mut parts = entry.split_whitespace();
            let Some(first) = parts.next() else { continue };
            let Some(number) = lexicon.number_of(first) else { break };
            lexicon.lists[number].first |= 1 << list;
            let Some(second) = parts.next() else {
                lexicon.lists[number].alone |= 1 << list;
                continue;
            };
            let Some(number) = lexicon.number_of(second) else { break };
            lexicon.lists[number].second |= 1 << list;
        }
        lexicon
    }

    /// The number of a word, a new one if need be; `None` when there are too many.
    fn number_of(&mut self, text: &'static str) -> Option<usize> {
        let key = WordKey::of(text);
        let (place, known) = self.look_up(key, || text);
        if known != 0 {
            return Some(usize::from(known));
        }
        let number = u16::try_from(self.keys.len()).ok()?;
        self.slots[place] = number;
        self.keys.push(key.number());
        self.texts.push(lower(text));
        self.lists.push(Lists::default());
        Some(usize::from(number))
    }

    /// The number of a word, whatever its case; 0 for one in no list. The word itself is asked for where
    /// its key does not tell enough.
    #[inline]
    pub fn find<'t>(&self, key: WordKey, word: impl Fn() -> &'t str) -> u16 {
        self.look_up(key, word).1
    }

    /// The number of a word, or 0 and the free place for it.
    #[inline]
    fn look_up<'t>(&self, key: WordKey, text: impl Fn() -> &'t str) -> (usize, u16) {
        let mask = self.slots.len() - 1;
        let mut place = key.hash() as usize & mask;
        loop {
            let number = self.slots[place];
            if number == 0 {
                return (place, 0);
            }
            let is_same_key = self.keys[usize::from(number)] == key.number();
            if is_same_key && (key.is_whole() || same_word(&self.texts[usize::from(number)], text())) {
                return (place, number);
            }
            place = (place + 1) & mask;
        }
    }

    /// All words in lower case, by their numbers; that of number 0 is empty.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(AsRef::as_ref)
    }

    /// The lists that hold the word with this number by itself.
    #[inline]
    pub fn alone(&self, number: u16) -> ListSet {
        self.lists[usize::from(number)].alone
    }

    /// The lists an entry of which is the word with this number or begins with it.
    #[inline]
    pub fn first(&self, number: u16) -> ListSet {
        self.lists[usize::from(number)].first
    }

    /// The lists an entry of which has the word with this number as its second.
    #[inline]
    pub fn second(&self, number: u16) -> ListSet {
        self.lists[usize::from(number)].second
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Packs;

    #[test]
    fn every_word_of_every_list_is_known() {
        let packs = Packs::builtin();
        assert!(packs.lists().len() <= ListSet::BITS as usize);
        for language in packs.languages() {
            let pack = packs.get(Some(language));
            for list in packs.lists() {
                let list = pack.words(list);
                let alone =
                    |word: &str| pack.lexicon().alone(pack.lexicon().find(WordKey::of(word), || word));
                assert!(list.words().all(|word| alone(word) & list.bit() != 0));
            }
        }
    }

    #[test]
    fn words_know_their_lists() {
        let entries = [(0, "in"), (0, "in front of"), (1, "On"), (7, "по"), (1, "in front")];
        let lexicon = Lexicon::new(entries.into_iter());
        let find = |word: &str| lexicon.find(WordKey::of(word), || word);
        let holds = |list: u32, word: &str| lexicon.alone(find(word)) >> list & 1 != 0;
        let begins = |list: u32, word: &str| lexicon.first(find(word)) >> list & 1 != 0;
        assert!(holds(0, "In") && begins(0, "in"));
        assert!(!holds(1, "in") && begins(1, "IN"));
        assert!(holds(1, "on") && !begins(0, "on"));
        assert!(holds(7, "По"));
        assert_eq!(lexicon.second(find("Front")), 0b11);
        assert_eq!((find("of"), lexicon.first(0)), (0, 0));
    }
}
