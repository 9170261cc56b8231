//! How bad a text is at least, given that it is short.
//!
//! One minor finding in a record of ten words makes 100 penalty points per 1,000 words, and says little:
//! the next ten words of the same hand may hold none. So short texts are judged by the least rate that
//! what was found is compatible with. Findings are counted as events of a Poisson process along the text,
//! and the points of a text are a weighted sum of such counts. The limit is that of Michael P. Fay and
//! Eric J. Feuer, “Confidence intervals for directly standardized rates: a method based on the gamma
//! distribution”, Statistics in Medicine 16 (1997), 791–801: with y the sum of the points and v the sum of
//! their squares, (v / 2y) χ²(α; 2y² / v). Where all findings weigh the same, it is the exact limit of
//! Frank Garwood (Biometrika 28, 1936, 437–442).

use statrs::distribution::{ContinuousCDF, Gamma};

/// How likely it is at most that findings of a text that is no worse than the limit come together by
/// chance: one side of a confidence of 95 in 100.
const CHANCE: f64 = 0.05;

/// The penalty points of the findings of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    sum: f64,
    squares: f64,
}

impl Points {
    /// Takes in those of one finding.
    pub fn add(&mut self, points: f64) {
        self.sum += points;
        self.squares += points * points;
    }

    /// All together.
    pub fn sum(self) -> f64 {
        self.sum
    }

    /// The penalty points per 1,000 words that a text of so many words has at least, with a confidence of
    /// 95 in 100, rounded to one decimal. It is 0 without findings, never more than the rate itself, and
    /// comes near it as the text grows.
    pub fn lower_bound_per_1000_words(self, words: usize) -> f64 {
        if self.sum <= 0.0 || self.squares <= 0.0 {
            return 0.0;
        }
        // χ² of twice as many degrees is twice this distribution.
        let Ok(gamma) = Gamma::new(self.sum * self.sum / self.squares, 1.0) else { return 0.0 };
        let least = self.squares / self.sum * gamma.inverse_cdf(CHANCE);
        super::one_decimal(1000.0 * least.clamp(0.0, self.sum) / words.max(1) as f64)
    }
}

impl FromIterator<f64> for Points {
    fn from_iter<I: IntoIterator<Item = f64>>(all: I) -> Self {
        let mut points = Self::default();
        all.into_iter().for_each(|one| points.add(one));
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(points: &[f64], words: usize) -> f64 {
        points.iter().copied().collect::<Points>().lower_bound_per_1000_words(words)
    }

    /// Of equal weights it is Garwood's: the printed tables have 0.0513, 0.3554, 0.8177, 5.4254 and 84.14
    /// for 1, 2, 3, 10 and 100 events.
    #[test]
    fn findings_of_one_weight_have_the_exact_limit() {
        for (count, limit) in [(1, 51.3), (2, 355.4), (3, 817.7), (10, 5425.4)] {
            assert_eq!(bound(&vec![1.0; count], 1), limit, "{count}");
            assert_eq!(bound(&vec![5.0; count], 5), limit, "{count}");
        }
        assert!((bound(&[1.0; 100], 1) - 84_139.0).abs() < 10.0);
    }

    #[test]
    fn one_finding_in_a_short_record_says_little_and_many_say_much() {
        assert_eq!(bound(&[], 5), 0.0);
        assert_eq!(bound(&[0.0], 5), 0.0);
        assert_eq!(bound(&[1.0], 5), 10.3);
        // The same rate, ever longer texts.
        let bounds: Vec<f64> = [1, 10, 100, 10_000, 1_000_000]
            .iter()
            .map(|times| bound(&vec![1.0; *times], 10 * times))
            .collect();
        assert!(
            bounds.is_sorted() && bounds[3] > 95.0 && bounds[4] > 99.0 && bounds[4] < 100.0,
            "{bounds:?}"
        );
    }

    #[test]
    fn the_limit_is_never_above_the_rate() {
        for points in [&[25.0][..], &[25.0, 1.0, 1.0], &[5.0, 5.0, 0.1], &[1e-9], &[1e9, 1.0]] {
            let rate = 1000.0 * points.iter().sum::<f64>() / 7.0;
            let bound = bound(points, 7);
            assert!(bound.is_finite() && bound >= 0.0 && bound <= rate + 0.05, "{points:?}: {bound}");
        }
    }
}
