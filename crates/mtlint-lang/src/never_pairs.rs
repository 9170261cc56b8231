//! Small words that a language never sets side by side, though both are so frequent that they would meet by chance:
//! counted by `cargo run -p xtask -- train pairs`. May use `text` and the catalogue.

use super::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The first bytes of a file of pairs, which name its form.
const HEAD: &[u8; 8] = b"mtpairs1";

/// Which of its frequent words a language never sets side by side.
#[derive(Debug)]
pub struct NeverPairs {
    /// The number of each word, by its hash.
    numbers: HashMap<u32, usize, mtlint_text::BuildWordHasher>,
    /// A bit for each pair, the first word by rows.
    bits: &'static [u8],
}

impl NeverPairs {
    /// The pairs of a language, if they were counted.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static ALL: LazyLock<Vec<(Language, NeverPairs)>> = LazyLock::new(|| {
            let read = |(code, bytes, _): &mtlint_data::Models| {
                Some((Language::parse(code).ok()?, NeverPairs::read(bytes)?))
            };
            mtlint_data::pairs().iter().filter_map(read).collect()
        });
        let language = language?;
        ALL.iter().find(|(of, _)| *of == language).map(|(_, pairs)| pairs)
    }

    /// Reads what [`NeverPairs::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let (count, rest) = bytes.strip_prefix(HEAD)?.split_first_chunk::<2>()?;
        let count = usize::from(u16::from_le_bytes(*count));
        let (hashes, bits) = rest.split_at_checked(count * 4)?;
        let hashes = hashes.as_chunks::<4>().0.iter().map(|hash| u32::from_le_bytes(*hash));
        let numbers = hashes.zip(0..).collect();
        (bits.len() == (count * count).div_ceil(8)).then_some(Self { numbers, bits })
    }

    /// The file of these words, given by their [`mtlint_text::word_hash`]es, and of the pairs among them.
    pub fn write(words: &[u32], is_never: impl Fn(usize, usize) -> bool) -> Vec<u8> {
        let count = words.len();
        let mut bytes = HEAD.to_vec();
        bytes.extend((count as u16).to_le_bytes());
        words.iter().for_each(|hash| bytes.extend(hash.to_le_bytes()));
        let mut bits = vec![0_u8; (count * count).div_ceil(8)];
        for pair in (0..count * count).filter(|pair| is_never(pair / count, pair % count)) {
            bits[pair / 8] |= 1 << (pair % 8);
        }
        bytes.extend(bits);
        bytes
    }

    /// The number of a word, if it is among those that were counted.
    pub fn number(&self, hash: u32) -> Option<usize> {
        self.numbers.get(&hash).copied()
    }

    /// Whether the words of these numbers are never set side by side in this order.
    pub fn hold(&self, first: usize, second: usize) -> bool {
        let pair = first * self.numbers.len() + second;
        self.bits.get(pair / 8).is_some_and(|byte| byte >> (pair % 8) & 1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::word_hash;

    #[test]
    fn what_is_written_is_read() {
        let words = ["a", "b", "c"].map(word_hash);
        let pairs = NeverPairs::read(NeverPairs::write(&words, |a, b| a == 2 && b == 0).leak()).unwrap();
        let number = |word| pairs.number(word_hash(word)).unwrap();
        assert!(pairs.hold(number("c"), number("a")));
        assert!(!pairs.hold(number("a"), number("c")) && !pairs.hold(number("b"), number("b")));
        assert_eq!(pairs.number(word_hash("d")), None);
        assert!(NeverPairs::read(b"mtpairs1\x01\0").is_none());
    }

    #[test]
    fn every_file_can_be_read() {
        for (code, bytes, _) in mtlint_data::pairs() {
            assert!(NeverPairs::read(bytes).is_some(), "{code}");
        }
    }
}
