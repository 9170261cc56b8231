//! How much speaks for and against a quotation mark in a place: weights of hashed observations, learned by
//! `cargo run -p xtask -- train marks` from paragraphs as people set them and from the same with a mark changed. May use
//! the catalogue.

use super::Language;
use std::sync::LazyLock;

/// The first bytes of a file of weights, which name its form.
const HEAD: &[u8; 8] = b"mtmarks1";

/// How many weights there are: a power of two.
pub const WEIGHTS: usize = 1 << 16;

/// How many kinds of changes have a threshold of their own.
pub const KINDS: usize = 7;

/// The weights of a language.
#[derive(Debug)]
pub struct MarkPlaces {
    /// From which score on a change of each kind is hardly ever an alarm.
    thresholds: [i32; KINDS],
    /// From which score on it is worth a hint.
    hints: [i32; KINDS],
    weights: &'static [u8],
}

impl MarkPlaces {
    /// The weights of a language, if they were learned.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static ALL: LazyLock<Vec<(Language, MarkPlaces)>> = LazyLock::new(|| {
            let read = |(code, bytes, _): &mtlint_data::Models| {
                Some((Language::parse(code).ok()?, MarkPlaces::read(bytes)?))
            };
            mtlint_data::marks().iter().filter_map(read).collect()
        });
        let language = language?;
        ALL.iter().find(|(of, _)| *of == language).map(|(_, places)| places)
    }

    /// Reads what [`MarkPlaces::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(HEAD)?;
        let (numbers, weights) = rest.split_at_checked(2 * KINDS * 4)?;
        let mut numbers = numbers.as_chunks::<4>().0.iter().map(|number| i32::from_le_bytes(*number));
        let mut next = || std::array::from_fn(|_| numbers.next().unwrap_or(i32::MAX));
        let (thresholds, hints) = (next(), next());
        (weights.len() == WEIGHTS).then_some(Self { thresholds, hints, weights })
    }

    /// The file of these thresholds and weights.
    pub fn write(thresholds: &[i32; KINDS], hints: &[i32; KINDS], weights: &[i8]) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        thresholds.iter().chain(hints).for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// What an observation counts, given by its hash.
    #[inline]
    pub fn weight(&self, observation: u32) -> i32 {
        let at = observation as usize & (WEIGHTS - 1);
        self.weights.get(at).map_or(0, |weight| i32::from(weight.cast_signed()))
    }

    /// From which score on a change of a kind is hardly ever an alarm.
    pub fn threshold(&self, kind: usize) -> i32 {
        self.thresholds.get(kind).copied().unwrap_or(i32::MAX)
    }

    /// From which score on it is worth a hint.
    pub fn hint(&self, kind: usize) -> i32 {
        self.hints.get(kind).copied().unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut weights = vec![0_i8; WEIGHTS];
        weights[5] = -7;
        let (thresholds, hints) = (std::array::from_fn(|kind| kind as i32 * 100), [-1; KINDS]);
        let places = MarkPlaces::read(MarkPlaces::write(&thresholds, &hints, &weights).leak()).unwrap();
        assert_eq!(places.weight(5 + WEIGHTS as u32), -7);
        assert_eq!((places.threshold(3), places.hint(0), places.threshold(KINDS)), (300, -1, i32::MAX));
        assert!(MarkPlaces::read(b"mtmarks1\x01\0").is_none());
    }

    #[test]
    fn every_file_can_be_read() {
        for (code, bytes, _) in mtlint_data::marks() {
            assert!(MarkPlaces::read(bytes).is_some(), "{code}");
        }
    }
}
