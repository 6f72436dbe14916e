use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Chance that is the same for the same seed and stream, on every machine.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The chance of one stream: tickets have their own each.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number below `n`; 0 when `n` is.
    pub fn below(&mut self, n: u64) -> u64 {
        // A product of 32 bits by at most 32 bits, then its upper half: no modulo, no bias worth a word.
        (u64::from(self.0.next_u32()) * (n & 0xffff_ffff)) >> 32
    }

    /// A number from `low` up to but not including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0);
        low + i64::try_from(self.wide(width)).unwrap_or(0)
    }

    /// A number from `low` up to `high`, mostly a low one: the cube of an even chance.
    pub fn mostly_low(&mut self, low: i64, high: i64) -> i64 {
        let even = u128::from(self.0.next_u32());
        let width = u128::try_from(high - low).unwrap_or(0);
        low + i64::try_from((even * even * even * width) >> 96).unwrap_or(0)
    }

    /// True that often of a thousand times.
    pub fn per_mille(&mut self, often: u64) -> bool {
        self.below(1000) < often
    }

    /// A place in a list of that length.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// A place in a list of that length, mostly an early one: few busy ones, many rare ones.
    pub fn early(&mut self, len: usize) -> usize {
        let even = u64::from(self.0.next_u32());
        let skewed = (even * even) >> 32;
        usize::try_from((skewed * len as u64) >> 32).unwrap_or(0)
    }

    /// One of a list; none of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.index(list.len()))
    }

    /// 64 fresh bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn wide(&mut self, n: u64) -> u64 {
        if u32::try_from(n).is_ok() {
            self.below(n)
        } else {
            u64::try_from((u128::from(self.bits()) * u128::from(n)) >> 64).unwrap_or(0)
        }
    }
}
