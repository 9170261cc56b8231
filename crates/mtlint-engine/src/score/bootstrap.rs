//! Whether the difference between two systems is more than chance: the paired bootstrap.
//!
//! Philipp Koehn, “Statistical Significance Tests for Machine Translation Evaluation”, EMNLP 2004:
//! draw as many texts as there are, with replacement, from those that both systems translated, and
//! look which system comes out better on the draw; do so many times. Here a draw is scored as the
//! whole is: penalty points per 1,000 words over all its texts. The share of draws in which the
//! better system is not better is the p-value of one side, and is doubled for two.

use std::cmp::Ordering;

/// How many draws are made.
pub const SAMPLES: usize = 10_000;

/// What the draws begin with, so that they are the same every time.
pub const SEED: u64 = 2004;

/// One text in the two versions: penalty points and words of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub points: [f64; 2],
    pub words: [usize; 2],
}

/// How two systems differ, in penalty points per 1,000 words; below 0 when the second is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub mean: f64,
    /// What 95 of 100 draws lie between.
    pub low: f64,
    pub high: f64,
    /// How likely such a difference is when there is none, from 0 to 1.
    pub p: f64,
}

impl Difference {
    /// Whether it is more than chance, at the usual level of 0.05.
    pub fn is_significant(&self) -> bool {
        self.p < 0.05
    }
}

/// Compares two systems on the texts that both translated. `None` without any.
pub fn compare(pairs: &[Pair], samples: usize, seed: u64) -> Option<Difference> {
    if pairs.is_empty() || samples == 0 {
        return None;
    }
    let mean = difference(pairs.iter());
    let mut random = SplitMix(seed);
    let mut drawn: Vec<f64> = (0..samples)
        .map(|_| difference((0..pairs.len()).map(|_| &pairs[random.below(pairs.len())])))
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn[((samples - 1) as f64 * share).round() as usize];
    let not_better = match mean.partial_cmp(&0.0) {
        Some(Ordering::Less) => drawn.iter().filter(|drawn| **drawn >= 0.0).count(),
        Some(Ordering::Greater) => drawn.iter().filter(|drawn| **drawn <= 0.0).count(),
        _ => samples,
    };
    // One draw more that says no: no number of draws makes it certain.
    let p = (2.0 * (not_better + 1) as f64 / (samples + 1) as f64).min(1.0);
    Some(Difference { mean, low: at(0.025), high: at(0.975), p })
}

/// What the second system has more of, per 1,000 words.
fn difference<'p>(pairs: impl Iterator<Item = &'p Pair>) -> f64 {
    let (mut points, mut words) = ([0.0; 2], [0usize; 2]);
    for pair in pairs {
        for side in 0..2 {
            points[side] += pair.points[side];
            words[side] += pair.words[side];
        }
    }
    let rate = |side: usize| 1000.0 * points[side] / words[side].max(1) as f64;
    rate(1) - rate(0)
}

/// Sebastiano Vigna's SplitMix64 (public domain), whose numbers are the same on every machine and in
/// every version.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, each as likely as the others but for one part in 2⁶⁴ / `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(points: impl Fn(usize) -> [f64; 2]) -> Vec<Pair> {
        (0..60).map(|index| Pair { points: points(index), words: [400, 400] }).collect()
    }

    #[test]
    fn a_system_does_not_differ_from_itself() {
        let same = compare(&pairs(|index| [(index % 7) as f64; 2]), 1000, SEED).unwrap();
        assert_eq!((same.mean, same.low, same.high, same.p), (0.0, 0.0, 0.0, 1.0));
        assert!(!same.is_significant());
    }

    #[test]
    fn a_steady_difference_is_more_than_chance_and_noise_is_not() {
        let better =
            compare(&pairs(|index| [5.0 + (index % 7) as f64, (index % 7) as f64]), 1000, SEED).unwrap();
        assert!(better.mean < 0.0 && better.is_significant(), "{better:?}");
        assert!(better.low <= better.mean && better.mean <= better.high);
        let mut random = SplitMix(7);
        let noise: Vec<[f64; 2]> =
            (0..60).map(|_| [random.below(9) as f64, random.below(9) as f64]).collect();
        let noise = compare(&pairs(|index| noise[index]), 1000, SEED).unwrap();
        assert!(!noise.is_significant(), "{noise:?}");
    }

    #[test]
    fn the_draws_are_the_same_every_time() {
        let pairs = pairs(|index| [(index % 5) as f64, (index % 3) as f64]);
        assert_eq!(compare(&pairs, 500, 1), compare(&pairs, 500, 1));
        assert_ne!(compare(&pairs, 500, 1), compare(&pairs, 500, 2));
        assert_eq!(compare(&[], 500, 1), None);
    }

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut random = SplitMix(1234567);
        assert_eq!(random.next(), 6457827717110365317);
        assert_eq!(random.next(), 3203168211198807973);
    }
}
