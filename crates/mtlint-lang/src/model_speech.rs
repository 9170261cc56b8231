//! What language models say beside a translation, in the languages they answer in: they announce it,
//! ask for the text, apologise, and speak about what they did. Each pack holds the sentences of its
//! language; they are looked for in all languages at once, for a model answers in any.

use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The `[model-speech]` of a pack: beginnings of sentences in small letters with straight apostrophes,
/// in which `*` stands for a few words or none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelSpeechTable {
    #[serde(default)]
    assents: Vec<String>,
    #[serde(default)]
    announcements: Vec<String>,
    #[serde(default)]
    sentences: Vec<String>,
    #[serde(default)]
    courtesies: Vec<String>,
}

/// What a sentence of a model does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Says yes: `Sure!`
    Assent,
    /// Announces or heads the translation: `Here is the translation:`
    Announcement,
    /// Speaks of the translation or of itself, and asks for the text.
    Sentence,
    /// What people say as well, and models at the end: `I hope this helps!`
    Courtesy,
}

/// All sentences of all languages.
#[derive(Debug, Default)]
pub struct ModelSpeech {
    entries: Vec<(Speech, String)>,
    index: OnceLock<Index>,
}

#[derive(Debug)]
struct Index {
    /// The lengths, in characters, of the keys: most sentences are told by their first letters.
    lengths: Vec<usize>,
    /// From the first characters of an entry to the entries that begin so.
    by_key: HashMap<Key, Vec<usize>, FixedState>,
}

/// The first characters of an entry, and `\0` for those that it has not.
type Key = [char; KEY];

/// How many characters of an entry its key has at most.
const KEY: usize = 5;

/// How many bytes `*` stands for at most.
const REACH: usize = 60;

/// How many characters of a sentence are looked at.
const LONGEST: usize = 160;

impl ModelSpeech {
    pub(super) fn new<'t>(tables: impl Iterator<Item = &'t ModelSpeechTable>) -> Self {
        let mut entries = Vec::new();
        for table in tables {
            let kinds = [
                (Speech::Assent, &table.assents),
                (Speech::Announcement, &table.announcements),
                (Speech::Sentence, &table.sentences),
                (Speech::Courtesy, &table.courtesies),
            ];
            for (speech, list) in kinds {
                entries.extend(list.iter().map(|entry| (speech, entry.clone())));
            }
        }
        Self { entries, index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index { lengths: Vec::new(), by_key: HashMap::default() };
            for (place, (_, entry)) in self.entries.iter().enumerate() {
                let fixed = head_of(entry);
                index.lengths.push(fixed.chars().take(KEY).count());
                index.by_key.entry(key_of(fixed.chars())).or_default().push(place);
            }
            index.lengths.sort_unstable();
            index.lengths.dedup();
            index
        })
    }

    /// What the sentence that begins here says, and how many bytes of it the entry is: the longest that
    /// matches. `None` for all that a model does not say.
    pub fn of(&self, sentence: &str) -> Option<(Speech, usize)> {
        let index = self.index();
        // Most sentences are told to be none by their first letters.
        let key = key_of(sentence.chars().map(small));
        let shorter = |length: &usize| std::array::from_fn(|at| if at < *length { key[at] } else { '\0' });
        let begins = |place: &&usize| {
            let mut letters = sentence.chars().map(small);
            head_of(&self.entries[**place].1).chars().all(|c| letters.next() == Some(c))
        };
        let keys = index.lengths.iter().filter_map(|length| index.by_key.get(&shorter(length)));
        let mut places = keys.flatten().filter(begins).peekable();
        places.peek()?;
        let small: String = sentence.chars().take(LONGEST).map(small).collect();
        let matches = places.filter_map(|place| {
            let (speech, entry) = &self.entries[*place];
            Some((*speech, length_of(entry, &small)?))
        });
        let (speech, length) = matches.max_by_key(|(_, length)| *length)?;
        // The small letters may be of other lengths: the same number of characters.
        let characters = small[..length].chars().count();
        let bytes = sentence.char_indices().nth(characters).map_or(sentence.len(), |(at, _)| at);
        Some((speech, bytes))
    }
}

/// What a sentence begins with that an entry matches.
fn head_of(entry: &str) -> &str {
    entry.split('*').next().unwrap_or(entry).trim_end()
}

/// What entries are found by.
fn key_of(characters: impl Iterator<Item = char>) -> Key {
    let mut key = ['\0'; KEY];
    key.iter_mut().zip(characters).for_each(|(place, c)| *place = c);
    key
}

/// A character of a sentence as entries write it: in small letters, one for one, with straight apostrophes.
fn small(c: char) -> char {
    match c {
        '’' => '\'',
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// How many bytes of `text` the entry matches, from its beginning and to the end of a word where the entry
/// ends with a whole one.
fn length_of(entry: &str, text: &str) -> Option<usize> {
    let mut parts = entry.split('*');
    let head = parts.next()?;
    let mut at = text.strip_prefix(head.trim_end()).map(|rest| text.len() - rest.len())?;
    for part in parts {
        let part = part.trim();
        let mut end = (at + REACH).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let found = text[at..end].find(part)?;
        // It stays within the sentence.
        if text[at..at + found].contains(['.', '!', '?', '。', '！', '？', '\n']) {
            return None;
        }
        at += found + part.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_is_found() {
        let table = ModelSpeechTable {
            assents: vec!["sure".into()],
            announcements: vec!["here is * translat".into(), "以下是*译文".into()],
            sentences: vec!["i can't translate".into()],
            courtesies: Vec::new(),
        };
        let speech = ModelSpeech::new([&table].into_iter());
        assert_eq!(speech.of("Here is the English translation:"), Some((Speech::Announcement, 28)));
        assert_eq!(speech.of("Here is a mill. I had a translation"), None);
        assert_eq!(speech.of("I can’t translate it").map(|(speech, _)| speech), Some(Speech::Sentence));
        assert_eq!(speech.of("以下是您要的译文："), Some((Speech::Announcement, 24)));
        assert_eq!(speech.of("The mill"), None);
    }
}
