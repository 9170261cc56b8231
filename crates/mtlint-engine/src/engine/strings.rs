//! Thousands of strings looked for in one pass.
//!
//! Of a string, four bytes are looked for, those that texts hold least often. Whether any such bytes
//! begin at a place is asked at every byte of the text, and no answer waits for the one before, as in
//! an automaton; nearly always it is no. May use nothing of the crate.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

/// How many bytes are looked for.
const WINDOW: usize = 4;

/// Strings of two bytes and more, known by their numbers.
pub struct Strings {
    /// A bit for each two bytes that are looked for of a string shorter than a window.
    pairs: Box<[u64; 1 << 10]>,
    /// A bit for what the windows are hashed to: of others, one in fifty seems to be one.
    windows: Box<[u64; 1 << 11]>,
    of_pair: HashMap<u32, Vec<Short>, FixedState>,
    of_window: HashMap<u32, Vec<Long>, FixedState>,
}

/// A string of two or three bytes, of which two are looked for.
struct Short {
    number: usize,
    /// The byte before them.
    first: Option<u8>,
    /// The byte behind them.
    last: Option<u8>,
}

/// A string that holds a window.
struct Long {
    number: usize,
    /// How many bytes lie before the window.
    before: usize,
    bytes: Box<[u8]>,
}

impl Strings {
    /// Takes strings of two bytes and more; their numbers are their places.
    pub fn new(strings: impl Iterator<Item = String>) -> Self {
        let mut made = Self {
            pairs: Box::new([0; 1 << 10]),
            windows: Box::new([0; 1 << 11]),
            of_pair: HashMap::default(),
            of_window: HashMap::default(),
        };
        for (number, string) in strings.enumerate() {
            match *string.as_bytes() {
                [] | [_] => {}
                [a, b] => made.add_short([a, b], Short { number, first: None, last: None }),
                // Those at the end with the rarer byte: quotation marks begin alike.
                [a, b, c] if rarity(&[c]) >= rarity(&[a]) => {
                    made.add_short([b, c], Short { number, first: Some(a), last: None });
                }
                [a, b, c] => made.add_short([a, b], Short { number, first: None, last: Some(c) }),
                _ => made.add_long(number, string.into_bytes().into()),
            }
        }
        made
    }

    fn add_short(&mut self, [a, b]: [u8; 2], short: Short) {
        let pair = u32::from_le_bytes([a, b, 0, 0]);
        self.pairs[pair as usize / 64] |= 1 << (pair % 64);
        self.of_pair.entry(pair).or_default().push(short);
    }

    fn add_long(&mut self, number: usize, bytes: Box<[u8]>) {
        let (before, window) = rarest_window(&bytes);
        let bit = hash(window);
        self.windows[bit / 64] |= 1 << (bit % 64);
        self.of_window.entry(window).or_default().push(Long { number, before, bytes });
    }

    /// Calls `found` with the number of every string that stands in `text`, and the bytes it stands in; in
    /// no certain order.
    #[inline]
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, Range<usize>)) {
        let bytes = text.as_bytes();
        for (at, window) in bytes.array_windows::<WINDOW>().enumerate() {
            let window = u32::from_le_bytes(*window);
            // Asked together: each by itself would be guessed wrong more often.
            if self.is_pair(window) | self.is_window(window) {
                self.look(bytes, at, window, &mut found);
            }
        }
        // No string holds the zeros that stand for what is not there.
        for at in bytes.len().saturating_sub(WINDOW - 1)..bytes.len() {
            let rest = bytes[at..].iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
            self.look(bytes, at, rest, &mut found);
        }
    }

    /// Whether the first two of these four bytes, the first being the lowest, are looked for.
    #[inline(always)]
    fn is_pair(&self, window: u32) -> bool {
        let pair = window & 0xFFFF;
        self.pairs[pair as usize / 64] >> (pair % 64) & 1 != 0
    }

    /// Whether these four bytes seem to be looked for.
    #[inline(always)]
    fn is_window(&self, window: u32) -> bool {
        let bit = hash(window);
        self.windows[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// Looks whether strings stand where the four bytes at `at` are looked for.
    #[inline(never)]
    fn look(&self, bytes: &[u8], at: usize, window: u32, found: &mut impl FnMut(usize, Range<usize>)) {
        if self.is_pair(window) {
            self.short(bytes, at, window & 0xFFFF, found);
        }
        if self.is_window(window) {
            self.long(bytes, at, window, found);
        }
    }

    fn short(&self, bytes: &[u8], at: usize, pair: u32, found: &mut impl FnMut(usize, Range<usize>)) {
        for Short { number, first, last } in self.of_pair.get(&pair).into_iter().flatten() {
            let before = first.is_none_or(|first| at > 0 && bytes[at - 1] == first);
            if before && last.is_none_or(|last| bytes.get(at + 2) == Some(&last)) {
                found(*number, at - usize::from(first.is_some())..at + 2 + usize::from(last.is_some()));
            }
        }
    }

    fn long(&self, bytes: &[u8], at: usize, window: u32, found: &mut impl FnMut(usize, Range<usize>)) {
        for Long { number, before, bytes: string } in self.of_window.get(&window).into_iter().flatten() {
            if let Some(start) = at.checked_sub(*before)
                && bytes[start..].starts_with(string)
            {
                found(*number, start..start + string.len());
            }
        }
    }
}

/// Fibonacci hashing: the upper bits of the product with 2³² divided by the golden ratio.
#[inline]
fn hash(window: u32) -> usize {
    (window.wrapping_mul(0x9E37_79B9) >> 15) as usize
}

/// The window that texts hold least often, of equals the first, and how many bytes lie before it. The
/// string is no shorter than one.
fn rarest_window(string: &[u8]) -> (usize, u32) {
    let windows = string.array_windows::<WINDOW>().enumerate().rev();
    windows
        .max_by_key(|(_, window)| rarity(*window))
        .map_or((0, 0), |(before, window)| (before, u32::from_le_bytes(*window)))
}

/// How seldom texts hold these bytes.
fn rarity(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| RARITY[usize::from(*byte)]).sum()
}

/// For each byte, how many are more frequent in English text.
const RARITY: [usize; 256] = {
    let frequent = b" etaoinsrhldcumfpgwybvk.,-'xjqz";
    let mut rarity = [frequent.len(); 256];
    let mut place = 0;
    while place < frequent.len() {
        rarity[frequent[place] as usize] = place;
        place += 1;
    }
    rarity
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(strings: &[String], text: &str) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        Strings::new(strings.iter().cloned()).each(text, |number, range| found.push((number, range)));
        found.sort_by_key(|(number, range)| (*number, range.start));
        found
    }

    proptest! {
        #[test]
        fn every_string_is_found_wherever_it_stands(
            strings in proptest::collection::btree_set("[abc .”]{1,7}", 0..12),
            text in "[abc .”]{0,40}",
        ) {
            let strings: Vec<String> = strings.into_iter().filter(|string| string.len() > 1).collect();
            let mut plain = Vec::new();
            for (number, string) in strings.iter().enumerate() {
                let starts =
                    (0..text.len()).filter(|at| text.as_bytes()[*at..].starts_with(string.as_bytes()));
                plain.extend(starts.map(|start| (number, start..start + string.len())));
            }
            prop_assert_eq!(all(&strings, &text), plain);
        }
    }

    #[test]
    fn a_string_at_either_end_is_found() {
        let strings = ["ab", "abc", ". ", "minister"].map(str::to_owned);
        assert_eq!(all(&strings, "abc"), [(0, 0..2), (1, 0..3)]);
        assert_eq!(all(&strings, "the minister"), [(3, 4..12)]);
        assert_eq!(all(&strings, ". "), [(2, 0..2)]);
        assert!(all(&strings, "").is_empty());
    }

    #[test]
    fn the_window_is_of_the_rarest_letters() {
        assert_eq!(rarest_window(b"against: "), (4, u32::from_le_bytes(*b"nst:")));
        assert_eq!(rarest_window(b"the quay"), (4, u32::from_le_bytes(*b"quay")));
    }
}
