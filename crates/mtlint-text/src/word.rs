//! Words without regard to case, compared by number before they are compared by letter.

use std::hash::{BuildHasherDefault, Hasher};

/// What words that differ in case alone share, and few others do: the bytes of the lower-case form, folded
/// into eight. Of a word of no more than seven it is all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordKey {
    bytes: u64,
    /// How many bytes were taken.
    length: u32,
}

impl WordKey {
    pub fn of(word: &str) -> Self {
        let mut key = Self::default();
        if word.is_ascii() {
            word.bytes().for_each(|byte| key.add(byte.to_ascii_lowercase()));
        } else {
            let mut buffer = [0; 4];
            let lower = word.chars().flat_map(char::to_lowercase);
            lower.for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(|byte| key.add(byte)));
        }
        key
    }

    /// Takes the next byte, one of a letter in lower case.
    #[inline]
    pub fn add(&mut self, byte: u8) {
        self.bytes = self.bytes.rotate_left(8) ^ u64::from(byte);
        self.length += 1;
    }

    /// Whether words of this key are the same but for their case.
    #[inline]
    pub fn is_whole(self) -> bool {
        self.length < u64::BITS / 8
    }

    /// The key as a number, which that of a whole word shares with no other.
    #[inline]
    pub fn number(self) -> u64 {
        // The upper byte of a whole word is zero.
        if self.is_whole() { self.bytes } else { self.bytes | 1 << (u64::BITS - 1) }
    }

    /// The product with 2⁶⁴ divided by the golden ratio, its two halves folded into one, so that every bit
    /// of the key reaches every bit of the hash.
    #[inline]
    pub fn hash(self) -> u32 {
        let product = u128::from(self.bytes) * 0x9E37_79B9_7F4A_7C15;
        ((product >> 64) as u64 ^ product as u64) as u32
    }
}

/// The number of a word, see [`WordKey::hash`].
#[inline]
pub fn word_hash(word: &str) -> u32 {
    WordKey::of(word).hash()
}

/// Whether two words differ in case alone.
#[inline]
pub fn same_word(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a == b || a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether a character is a letter or a digit. That quotation marks and dashes are neither is told without
/// the tables of Unicode: no letter stands among its general punctuation.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206F}') && c.is_alphanumeric()
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
    fn letters_and_digits_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
    }

    #[test]
    fn case_alone_makes_no_other_word() {
        for (a, b) in [("The", "the"), ("ÉTÉ", "été"), ("straße", "STRAßE"), ("ДОМ", "дом")] {
            assert!(same_word(a, b), "{a} {b}");
            assert_eq!(WordKey::of(a), WordKey::of(b), "{a} {b}");
        }
        assert!(!same_word("the", "then"));
        assert_ne!(word_hash("the"), word_hash("then"));
        assert!(WordKey::of("Harbour").is_whole() && !WordKey::of("harbours").is_whole());
        assert_ne!(WordKey::of("harbour").number(), WordKey::of("harbours").number());
    }
}
