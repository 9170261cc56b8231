//! The function words of every language that has a pack: the evidence that tells languages apart
//! where a text is short.

use super::Language;
use super::word_bits::WordBits;
use super::word_list::lower;
use foldhash::fast::FixedState;
use mtlint_text::{is_alphanumeric, word_hash};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The name of the word list that holds a language's function words.
pub const LIST: &str = "function-words";

/// The word lists whose words tell a language even where one stands alone.
pub const TELLING: [&str; 4] = [LIST, "reporting-verb.past", "leftovers", "frequent-words"];

/// Which languages use which function words.
#[derive(Debug, Default)]
pub struct FunctionWords {
    languages: Vec<Language>,
    /// For each word in lower case, the languages that use it.
    users: HashMap<Cow<'static, str>, Users, FixedState>,
    /// For each language, which words others use and it does not.
    strangers: Vec<OnceLock<WordBits>>,
}

/// Languages, a bit for each by its index; there are packs for fewer, which a test holds.
type Users = u32;

/// Some of the words, as a glance tells them.
#[derive(Clone, Copy, Debug)]
pub struct Glance<'w> {
    /// `None` for a language that has no words here: any word may be one of them.
    bits: Option<&'w WordBits>,
}

impl Glance<'_> {
    /// Whether the word with this [`word_hash`] may be one of them.
    pub fn may_hold(&self, hash: u32) -> bool {
        self.bits.is_none_or(|bits| bits.may_hold(hash))
    }
}

/// How much of a text speaks for its likeliest language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub language: Language,
    /// Function words of that language; one that other languages use too counts less.
    pub weight: f32,
    /// The same for the language that comes second.
    pub second: f32,
    /// How many words of the text are function words of the language.
    pub hits: usize,
    /// How many words the text has.
    pub words: usize,
}

impl Evidence {
    /// Whether it weighs `weight` at least, `lead` times what speaks for any other language, and one word
    /// in `every` or more is a function word.
    pub fn tells(&self, weight: f32, lead: f32, every: usize) -> bool {
        self.weight >= weight && self.weight >= lead * self.second && self.hits * every >= self.words
    }
}

impl FunctionWords {
    pub(super) fn new(lists: impl Iterator<Item = (Language, Vec<&'static str>)>) -> Self {
        let mut table = Self::default();
        for (index, (language, words)) in lists.enumerate() {
            table.languages.push(language);
            for word in words {
                *table.users.entry(lower(word)).or_default() |= 1 << index;
            }
        }
        table.strangers = table.languages.iter().map(|_| OnceLock::new()).collect();
        table
    }

    /// Which words other languages use and `own` does not; cheaper to ask than
    /// [`FunctionWords::users`], and rarely wrong.
    pub fn strangers(&self, own: Option<Language>) -> Glance<'_> {
        let bits =
            self.index(own).map(|index| self.strangers[index].get_or_init(|| self.unused_by(1 << index)));
        Glance { bits }
    }

    /// Whether `own` is the only language that uses `word`, given in lower case, as a function word.
    pub fn is_of_alone(&self, word: &str, own: Language) -> bool {
        self.users.get(word).is_some_and(|users| *users == self.bit(Some(own)))
    }

    /// The words that none of these languages uses.
    fn unused_by(&self, languages: Users) -> WordBits {
        let words = self.users.iter().filter(|(_, users)| **users & languages == 0);
        WordBits::new(words.map(|(word, _)| word_hash(word)).collect::<Vec<u32>>().into_iter())
    }

    /// Whether anything is known of a language.
    pub fn knows(&self, language: Language) -> bool {
        self.languages.contains(&language)
    }

    /// The languages that use `word`, given in lower case, as a function word.
    pub fn users(&self, word: &str) -> impl Iterator<Item = Language> + '_ {
        let users = self.users.get(word).copied().unwrap_or_default();
        self.languages.iter().enumerate().filter(move |(index, _)| users >> index & 1 != 0).map(|(_, it)| *it)
    }

    /// Whether languages use `word`, given in lower case, and `own` is none of them.
    pub fn is_of_others(&self, word: &str, own: Option<Language>) -> bool {
        self.users.get(word).is_some_and(|users| users & self.bit(own) == 0)
    }

    /// The bit of a language; none where it has no words here.
    fn bit(&self, language: Option<Language>) -> Users {
        self.index(language).map_or(0, |index| 1 << index)
    }

    fn index(&self, language: Option<Language>) -> Option<usize> {
        self.languages.iter().position(|known| Some(*known) == language)
    }

    /// What the words of a text say, or `None` when it holds no function word.
    pub fn evidence(&self, text: &str) -> Option<Evidence> {
        // The weight and the number of hits of every language.
        let mut weights = vec![(0.0_f32, 0_usize); self.languages.len()];
        let mut words = 0;
        let mut lower = String::new();
        each_word(text, |word| {
            words += 1;
            let users = if word.bytes().all(|b| b.is_ascii_lowercase()) {
                self.users.get(word)
            } else if word.is_ascii() {
                lower.clear();
                lower.push_str(word);
                lower.make_ascii_lowercase();
                self.users.get(lower.as_str())
            } else {
                lower.clear();
                lower.extend(
                    word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase),
                );
                self.users.get(lower.as_str())
            };
            let Some(&users) = users else { return };
            let weight = 1.0 / users.count_ones() as f32;
            for (index, entry) in weights.iter_mut().enumerate() {
                if users >> index & 1 != 0 {
                    entry.0 += weight;
                    entry.1 += 1;
                }
            }
        });
        let heard = || weights.iter().enumerate().filter(|(_, (_, hits))| *hits > 0);
        let (best, &(weight, hits)) = heard().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        let second =
            heard().filter(|(index, _)| *index != best).map(|(_, (weight, _))| *weight).fold(0.0, f32::max);
        Some(Evidence { language: self.languages[best], weight, second, hits, words })
    }
}

/// Calls `found` with every run of letters and digits, and of apostrophes between them.
fn each_word<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    const APOSTROPHES: [char; 2] = ['\'', '’'];
    let mut end_word = |word: &'t str| {
        let bare = match word.as_bytes() {
            // Few begin or end with anything else.
            [b'a'..=b'z', .., b'a'..=b'z'] => word,
            _ => word.trim_matches(APOSTROPHES),
        };
        if !bare.is_empty() {
            found(bare);
        }
    };
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (goes_on, width) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric() || byte == b'\'', 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            (c == '’' || is_alphanumeric(c), c.len_utf8())
        };
        if !goes_on {
            end_word(&text[start..at]);
            start = at + width;
        }
        at += width;
    }
    end_word(&text[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Packs;

    #[test]
    fn every_language_has_a_bit() {
        assert!(Packs::builtin().languages().count() <= Users::BITS as usize);
    }

    #[test]
    fn a_word_knows_who_uses_it() {
        let [english, german, dutch] = ["en", "de", "nl"].map(|code| Language::parse(code).unwrap());
        let lists = [(english, vec!["in", "the"]), (german, vec!["in", "der", "In"]), (dutch, vec!["de"])];
        let words = FunctionWords::new(lists.into_iter());
        assert_eq!(words.users("in").collect::<Vec<_>>(), [english, german]);
        assert!(words.is_of_alone("der", german) && !words.is_of_alone("in", german));
        assert!(words.is_of_others("de", Some(german)) && !words.is_of_others("in", Some(german)));
        let evidence = words.evidence("In der Tat").unwrap();
        assert_eq!(
            (evidence.language, evidence.weight, evidence.second, evidence.hits),
            (german, 1.5, 0.5, 2)
        );
    }
}
