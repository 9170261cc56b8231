//! A glance at whether a word may be one of many: most words of a text are told to be none.

/// Bits by the [`word_hash`](mtlint_text::word_hash) of each of some words.
#[derive(Debug)]
pub struct WordBits {
    bits: Box<[u64]>,
    /// How far the place of a bit is shifted, so that it lies among them.
    shift: u32,
}

/// How many bits there are for each word at least: of other words, one in so many seems to be there.
const ROOM: usize = 32;

impl WordBits {
    pub fn new(hashes: impl ExactSizeIterator<Item = u32>) -> Self {
        let number = (hashes.len() * ROOM).next_power_of_two().max(64);
        let mut made = Self { bits: vec![0; number / 64].into(), shift: u32::BITS - number.ilog2() };
        for hash in hashes {
            let (word_of_bits, bit) = made.place(hash);
            made.bits[word_of_bits] |= bit;
        }
        made
    }

    /// Whether the word with this hash may be one of them.
    #[inline]
    pub fn may_hold(&self, hash: u32) -> bool {
        let (word_of_bits, bit) = self.place(hash);
        self.bits[word_of_bits] & bit != 0
    }

    /// Where the bit of a hash lies: the upper bits of the product depend on all of the hash.
    #[inline]
    fn place(&self, hash: u32) -> (usize, u64) {
        let place = hash.wrapping_mul(0x9E37_79B9) >> self.shift;
        ((place / 64) as usize, 1 << (place % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::word_hash;

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
