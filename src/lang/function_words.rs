//! The function words of every language that has a pack: the evidence that tells languages apart
//! where a text is short.

use super::Language;
use crate::text::word_hash;
use foldhash::fast::FixedState;
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
    /// For each word in lower case, the languages that use it, as indices.
    users: HashMap<Box<str>, Vec<u8>, FixedState>,
    /// For each language, which words others use and it does not: a bit for the lower half of each
    /// [`word_hash`].
    strangers: Vec<OnceLock<Vec<u64>>>,
}

/// Words of other languages, as a glance tells them.
#[derive(Clone, Copy, Debug)]
pub struct Strangers<'w> {
    /// `None` for a language that has no words here: any word may be a stranger to it.
    bits: Option<&'w [u64]>,
}

impl Strangers<'_> {
    /// Whether the word with this [`word_hash`] may be one of them.
    pub fn may_hold(&self, hash: u32) -> bool {
        let (word_of_bits, bit) = place(hash);
        self.bits.is_none_or(|bits| bits[word_of_bits] & bit != 0)
    }
}

/// Where the bit of a hash lies among 65,536.
fn place(hash: u32) -> (usize, u64) {
    let low = (hash & 0xFFFF) as usize;
    (low / 64, 1 << (low % 64))
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

impl FunctionWords {
    pub(super) fn new<'a>(lists: impl Iterator<Item = (Language, Vec<&'a str>)>) -> Self {
        let mut table = Self::default();
        for (index, (language, words)) in lists.enumerate() {
            table.languages.push(language);
            for word in words {
                let users = table.users.entry(word.to_lowercase().into()).or_default();
                if users.last() != Some(&(index as u8)) {
                    users.push(index as u8);
                }
            }
        }
        table.strangers = table.languages.iter().map(|_| OnceLock::new()).collect();
        table
    }

    /// Which words other languages use and `own` does not; cheaper to ask than
    /// [`FunctionWords::users`], and rarely wrong.
    pub fn strangers(&self, own: Option<Language>) -> Strangers<'_> {
        let index = self.languages.iter().position(|language| Some(*language) == own);
        Strangers {
            bits: index
                .map(|index| self.strangers[index].get_or_init(|| self.strangers_to(index as u8)).as_slice()),
        }
    }

    fn strangers_to(&self, own: u8) -> Vec<u64> {
        let mut bits = vec![0; 1 << 10];
        for (word, _) in self.users.iter().filter(|(_, users)| !users.contains(&own)) {
            let (word_of_bits, bit) = place(word_hash(word));
            bits[word_of_bits] |= bit;
        }
        bits
    }

    /// The languages that use `word`, given in lower case, as a function word.
    pub fn users(&self, word: &str) -> impl Iterator<Item = Language> + '_ {
        self.users.get(word).into_iter().flatten().map(|&index| self.languages[usize::from(index)])
    }

    /// Whether languages use `word`, given in lower case, and `own` is none of them.
    pub fn is_of_others(&self, word: &str, own: Option<Language>) -> bool {
        let mut users = self.users(word).peekable();
        users.peek().is_some() && users.all(|user| Some(user) != own)
    }

    /// What the words of a text say, or `None` when it holds no function word.
    pub fn evidence(&self, text: &str) -> Option<Evidence> {
        // The weight and the number of hits of every language.
        let mut weights = vec![(0.0_f32, 0_usize); self.languages.len()];
        let mut words = 0;
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let word = word.trim_matches(['\'', '’']);
            if word.is_empty() {
                continue;
            }
            words += 1;
            let users = if word.bytes().all(|b| b.is_ascii_lowercase()) {
                self.users.get(word)
            } else {
                lower.clear();
                lower.extend(
                    word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase),
                );
                self.users.get(lower.as_str())
            };
            for &user in users.into_iter().flatten() {
                let entry = &mut weights[usize::from(user)];
                entry.0 += 1.0 / users.map_or(1, Vec::len) as f32;
                entry.1 += 1;
            }
        }
        let heard = || weights.iter().enumerate().filter(|(_, (_, hits))| *hits > 0);
        let (best, &(weight, hits)) = heard().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        let second =
            heard().filter(|(index, _)| *index != best).map(|(_, (weight, _))| *weight).fold(0.0, f32::max);
        Some(Evidence { language: self.languages[best], weight, second, hits, words })
    }
}
