//! Words without regard to case, compared by number before they are compared by letter.

use std::hash::{BuildHasherDefault, Hasher};

/// A number that words which differ in case alone share, and few others: FNV-1a (Fowler, Noll and
/// Vo) over the bytes of the lower-case form, taken one after the other.
#[derive(Clone, Copy, Debug)]
pub struct WordHash(u32);

impl Default for WordHash {
    fn default() -> Self {
        Self(0x811C_9DC5)
    }
}

impl WordHash {
    /// Takes the next byte, one of a letter in lower case.
    #[inline]
    pub fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }

    #[inline]
    pub fn finish(self) -> u32 {
        self.0
    }
}

/// The [`WordHash`] of a word.
#[inline]
pub fn word_hash(word: &str) -> u32 {
    let mut hash = WordHash::default();
    if word.is_ascii() {
        word.bytes().for_each(|byte| hash.add(byte.to_ascii_lowercase()));
    } else {
        let mut buffer = [0; 4];
        let lower = word.chars().flat_map(char::to_lowercase);
        lower.for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(|byte| hash.add(byte)));
    }
    hash.finish()
}

/// Whether two words differ in case alone.
#[inline]
pub fn same_word(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a == b || a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// For maps whose keys are [`word_hash`]es, which need no hashing again.
pub type BuildWordHasher = BuildHasherDefault<WordHasher>;

/// Passes a [`word_hash`] through.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    fn write_u32(&mut self, hash: u32) {
        // The table takes its groups from the upper bits.
        self.0 = u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_alone_makes_no_other_word() {
        for (a, b) in [("The", "the"), ("ÉTÉ", "été"), ("straße", "STRAßE"), ("ДОМ", "дом")] {
            assert!(same_word(a, b), "{a} {b}");
            assert_eq!(word_hash(a), word_hash(b), "{a} {b}");
        }
        assert!(!same_word("the", "then"));
        assert_ne!(word_hash("the"), word_hash("then"));
    }
}
