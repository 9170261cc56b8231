//! The lexicon of word forms: which tags a form may bear, how usual it is, how often writing capitalises it, and how
//! often it tells what somebody says.
//!
//! Written by `cargo xtask train tagger` from a treebank and from text that the tagger has tagged.

use super::tag::{Tag, TagSet};
use mtlint_text::word_hash;

/// What the file begins with.
pub const MAGIC: &[u8; 8] = b"mtforms1";

/// The bytes that an entry takes behind the hashes: see [`WordForm`].
const ENTRY: usize = 8;

/// What is known of a form, whatever its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordForm {
    /// The tags it bears, but those that it hardly ever does.
    pub tags: TagSet,
    /// The tag it bears most.
    pub usual: Tag,
    /// How often it occurs: the logarithm of the count to the base 2, in quarters.
    pub frequency: u8,
    /// How often it has a capital inside a sentence, in 255ths; `None` where it was hardly met there.
    pub capital: Option<u8>,
    /// Of the times it is a verb, how often it stands beside a quotation or before `that`, in 255ths.
    pub reporting: u8,
}

impl WordForm {
    /// A form that is not in the lexicon, with the one tag that the tagger gave it.
    pub fn of_tag(tag: Tag) -> Self {
        let mut tags = TagSet::default();
        tags.insert(tag);
        Self { tags, usual: tag, frequency: 0, capital: None, reporting: 0 }
    }

    /// The entry as it is written.
    fn to_bytes(self) -> [u8; ENTRY] {
        let [a, b, c, d] = self.tags.bits().to_le_bytes();
        let capital = self.capital.map_or(0, |share| share.saturating_add(1));
        [a, b, c, d, self.usual.index() as u8, self.frequency, self.reporting, capital]
    }

    fn from_bytes([a, b, c, d, usual, frequency, reporting, capital]: [u8; ENTRY]) -> Option<Self> {
        Some(Self {
            tags: TagSet::from_bits(u32::from_le_bytes([a, b, c, d])),
            usual: Tag::from_index(usize::from(usual))?,
            frequency,
            capital: capital.checked_sub(1),
            reporting,
        })
    }
}

/// The word forms of a language.
#[derive(Debug)]
pub struct WordForms {
    /// The hashes of the forms, ascending, as little-endian numbers.
    hashes: &'static [u8],
    /// An entry for each of them.
    entries: &'static [u8],
    /// How many hashes lie below each of [`PARTS`] equal parts of all numbers, and at the end how many there are:
    /// the hashes are spread evenly, so that a few are left to be looked at.
    starts: Box<[u32]>,
}

/// Into how many parts the hashes are cut, as a power of two.
const PARTS: u32 = 12;

impl WordForms {
    /// Reads what [`WordForms::write`] wrote; `None` for anything else.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        // Their numbers begin with 1.
        u16::try_from(count).ok()?;
        let (hashes, entries) = rest.split_at_checked(count.checked_mul(4)?)?;
        if entries.len() != count.checked_mul(ENTRY)? {
            return None;
        }
        let mut starts = vec![0_u32; (1 << PARTS) + 1].into_boxed_slice();
        hashes.as_chunks::<4>().0.iter().for_each(|bytes| starts[part(u32::from_le_bytes(*bytes)) + 1] += 1);
        for part in 1..starts.len() {
            starts[part] += starts[part - 1];
        }
        Some(Self { hashes, entries, starts })
    }

    /// The file that holds these forms, given by the hashes of [`form_hash`] in ascending order.
    pub fn write(forms: &[(u32, WordForm)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((forms.len() as u32).to_le_bytes());
        forms.iter().for_each(|(hash, _)| bytes.extend(hash.to_le_bytes()));
        forms.iter().for_each(|(_, form)| bytes.extend(form.to_bytes()));
        bytes
    }

    /// What is known of a word, whatever its case; `None` for one that was not met.
    pub fn find(&self, word: &str) -> Option<WordForm> {
        self.find_hashed(form_hash(word))
    }

    /// The same for a word whose [`form_hash`] is known.
    pub fn find_hashed(&self, hash: u32) -> Option<WordForm> {
        self.get(self.number_of_hash(hash))
    }

    /// By which number [`WordForms::get`] knows a word; 0 for one that was not met.
    pub fn number(&self, word: &str) -> u16 {
        self.number_of_hash(form_hash(word))
    }

    /// The same for a word whose [`form_hash`] is known.
    pub fn number_of_hash(&self, hash: u32) -> u16 {
        let [start, end] = [0, 1].map(|next| self.starts[part(hash) + next] as usize);
        let known = self.hashes.as_chunks::<4>().0.get(start..end).unwrap_or_default();
        let place = known.iter().position(|bytes| *bytes == hash.to_le_bytes());
        place.map_or(0, |place| (start + place + 1) as u16)
    }

    /// What is known of a word, by its number.
    pub fn get(&self, number: u16) -> Option<WordForm> {
        let entry = self.entries.as_chunks::<ENTRY>().0.get(usize::from(number).checked_sub(1)?)?;
        WordForm::from_bytes(*entry)
    }
}

/// Which of the parts a hash lies in.
fn part(hash: u32) -> usize {
    (hash >> (u32::BITS - PARTS)) as usize
}

/// By what a form is known: the hash of its lower case, with straight apostrophes.
pub fn form_hash(word: &str) -> u32 {
    if !word.is_ascii() && word.contains('’') {
        word_hash(&word.replace('’', "'"))
    } else {
        word_hash(word)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::{PartOfSpeech, VerbForm};
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let usual = Tag::new(PartOfSpeech::Verb, Some(VerbForm::PresentParticiple)).unwrap();
        let mut tags = TagSet::default();
        tags.insert(usual);
        tags.insert(Tag::new(PartOfSpeech::Adjective, None).unwrap());
        let forms: Vec<_> = [None, Some(0), Some(254)]
            .into_iter()
            .enumerate()
            .map(|(at, capital)| (at as u32, WordForm { tags, usual, frequency: 9, capital, reporting: 7 }))
            .collect();
        let read = WordForms::read(WordForms::write(&forms).leak()).unwrap();
        for (hash, form) in forms {
            assert_eq!(read.find_hashed(hash), Some(form));
        }
        assert_eq!(read.find_hashed(3), None);
        assert!(WordForms::read(b"mtforms1\x01\0\0\0").is_none());
    }

    #[test]
    fn apostrophes_are_alike() {
        assert_eq!(form_hash("Don’t"), form_hash("don't"));
    }
}
