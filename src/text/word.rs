//! Words without regard to case, compared by number before they are compared by letter.

use std::hash::{BuildHasherDefault, Hasher};

/// A number that words which differ in case alone share, and few others: FNV-1a (Fowler, Noll and
/// Vo) over the lower-case form.
#[inline]
pub fn word_hash(word: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    const START: u32 = 0x811C_9DC5;
    if word.is_ascii() {
        return word.bytes().fold(START, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(START, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, step))
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
