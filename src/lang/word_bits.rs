//! A glance at whether a word may be one of many: most words of a text are told to be none.

/// Bits by the [`word_hash`](crate::text::word_hash) of each of some words.
#[derive(Debug)]
pub struct WordBits {
    /// Their number is a power of two.
    bits: Box<[u64]>,
}

/// How many bits there are for each word at least: of other words, one in so many seems to be there.
const ROOM: usize = 32;

impl WordBits {
    pub fn new(hashes: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut bits = vec![0; (hashes.len() * ROOM / 64).next_power_of_two()].into_boxed_slice();
        for hash in hashes {
            let (word_of_bits, bit) = place(&bits, hash);
            bits[word_of_bits] |= bit;
        }
        Self { bits }
    }

    /// Whether the word with this hash may be one of them.
    #[inline]
    pub fn may_hold(&self, hash: u32) -> bool {
        let (word_of_bits, bit) = place(&self.bits, hash);
        self.bits[word_of_bits] & bit != 0
    }
}

/// Where the bit of a hash lies.
#[inline]
fn place(bits: &[u64], hash: u32) -> (usize, u64) {
    ((hash >> 6) as usize & (bits.len() - 1), 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_hash;

    #[test]
    fn all_words_are_there_and_few_others() {
        let hashes = |from: usize, to: usize| {
            (from..to).map(|number| word_hash(&format!("w{number}"))).collect::<Vec<u32>>()
        };
        let bits = WordBits::new(hashes(0, 1_000).into_iter());
        assert!(hashes(0, 1_000).into_iter().all(|hash| bits.may_hold(hash)));
        assert!(hashes(1_000, 2_000).into_iter().filter(|hash| bits.may_hold(*hash)).count() < 60);
        assert!(!WordBits::new([].into_iter()).may_hold(word_hash("w1")));
    }
}
