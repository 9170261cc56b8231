//! Numbers that look random and are the same on every machine. Uses nothing of the crate.

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

/// A row of numbers that its seed decides.
#[derive(Clone, Debug)]
pub struct Random {
    seed: u64,
    drawn: u64,
}

impl Random {
    /// The row that belongs to a seed and to what it is drawn for: the parts are told apart by their ends.
    pub fn new(seed: u64, parts: &[&str]) -> Self {
        let mut hash = Xxh3::with_seed(seed);
        for part in parts {
            hash.update(part.as_bytes());
            hash.update(&[0xFF]);
        }
        Self { seed: hash.digest(), drawn: 0 }
    }

    /// The next number of the row.
    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        xxh3_64_with_seed(&self.drawn.to_le_bytes(), self.seed)
    }

    /// A number from 0 up to, but without, `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.draw()) * limit as u128) >> 64) as usize
    }

    /// One of `items`; `None` where there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Puts `items` in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers themselves: a library that changes them would change every set that was ever made.
    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::new(1, &["a", "b"]);
        let drawn: Vec<usize> = (0..8).map(|_| random.below(100)).collect();
        let mut again = Random::new(1, &["a", "b"]);
        assert_eq!(drawn, (0..8).map(|_| again.below(100)).collect::<Vec<_>>());
        assert_ne!(Random::new(1, &["ab", ""]).draw(), Random::new(1, &["a", "b"]).draw());
        assert_ne!(Random::new(2, &["a", "b"]).draw(), Random::new(1, &["a", "b"]).draw());
    }

    #[test]
    fn every_number_below_the_limit_comes() {
        let mut random = Random::new(0, &[]);
        let mut seen = [0; 5];
        (0..1000).for_each(|_| seen[random.below(5)] += 1);
        assert!(seen.iter().all(|&count| count > 150), "{seen:?}");
        let mut order: Vec<usize> = (0..50).collect();
        random.shuffle(&mut order);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }
}
