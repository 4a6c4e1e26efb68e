//! Pseudorandom numbers: the same seed produces the same combinations on every machine.

/// A SplitMix64 generator.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    odd_text: bool,
}

impl Random {
    /// A generator for one combination. Each combination has its own, so that its seed and number
    /// suffice to generate it again.
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Self {
        let state = seed ^ number.wrapping_mul(0xd134_2543_de82_ef95);
        let mut random = Self { state, odd_text: false };
        random.odd_text = random.chance(40);
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    /// Returns true with a probability of `percent` percent.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Like [`chance`](Self::chance), but only in combinations whose files have an unusual form.
    pub fn odd_text(&mut self, percent: usize) -> bool {
        self.odd_text && self.chance(percent)
    }

    /// One of the items.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}
