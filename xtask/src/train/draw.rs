//! Numbers for training that look drawn by chance, and are the same on every machine.

/// Numbers that look drawn by chance, the same each time.
pub struct Draw(pub u64);

impl Draw {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ number >> 31
    }

    /// A number below `count`; 0 where that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        (self.number() % count.max(1) as u64) as usize
    }

    /// The index of one of the shares, as often as it is large.
    pub fn weighed(&mut self, shares: &[u32]) -> usize {
        let mut left = self.below(shares.iter().sum::<u32>() as usize) as u32;
        shares
            .iter()
            .position(|share| {
                let is_it = left < *share;
                left = left.saturating_sub(*share);
                is_it
            })
            .unwrap_or(0)
    }

    /// Puts the indices into another order.
    pub fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.below(at + 1));
        }
    }
}
