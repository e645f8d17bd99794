//! Chance that repeats: the same seed gives the same draws, on every machine and for ever.

use std::ops::RangeInclusive;

/// A generator of pseudo-random numbers (`SplitMix64`). Nothing secret comes from it: a demonstration
/// must repeat, and the generators of `rand` may change with its versions.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

/// The golden ratio, on 64 bits.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// The dice of one case: no two seeds or cases share their draws.
    pub(super) fn of(seed: u64, case: i64) -> Self {
        let mut dice = Self(seed);
        let salt = dice.next();
        Self(salt ^ u64::from_ne_bytes(case.to_ne_bytes()).wrapping_mul(STEP))
    }

    /// 64 bits.
    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 when `bound` is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or_default()
    }

    /// A number of the range.
    pub(super) fn within(&mut self, range: RangeInclusive<u32>) -> u32 {
        let (low, high) = range.into_inner();
        let span = u64::from(high.saturating_sub(low)).saturating_add(1);
        low.saturating_add(u32::try_from(self.below(span)).unwrap_or_default())
    }

    /// True in `percent` cases of a hundred.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the items; none when there is none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(items.len()).unwrap_or_default());
        items.get(usize::try_from(place).unwrap_or_default())
    }

    /// One of the values, each as often as its weight says.
    pub(super) fn weigh<T: Copy>(&mut self, first: T, others: &[(u64, T)]) -> T {
        let mut roll = self.below(100);
        for (percent, value) in others {
            if roll < *percent {
                return *value;
            }
            roll = roll.saturating_sub(*percent);
        }
        first
    }

    /// 32 bytes.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for part in bytes.chunks_exact_mut(8) {
            part.copy_from_slice(&self.next().to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_repeat_and_never_leave_their_range() {
        let draws = |seed, case| {
            let mut dice = Dice::of(seed, case);
            std::array::from_fn::<u32, 50, _>(|_| dice.within(3..=9))
        };
        assert_eq!(draws(1, 7), draws(1, 7));
        assert_ne!(draws(1, 7), draws(1, 8));
        assert_ne!(draws(1, 7), draws(2, 7));
        assert!(draws(1, 7).iter().all(|drawn| (3..=9).contains(drawn)));
    }

    #[test]
    fn the_first_draw_is_that_of_the_reference_implementation() {
        assert_eq!(Dice(1_234_567).next(), 6_457_827_717_110_365_317);
    }

    #[test]
    fn weights_are_parts_of_a_hundred() {
        let mut dice = Dice::of(1, 1);
        let mut counts = [0_u32; 3];
        for _ in 0..10_000 {
            counts[dice.weigh(0, &[(20, 1), (5, 2)])] += 1;
        }
        assert!((7_200..7_800).contains(&counts[0]), "{counts:?}");
        assert!((1_800..2_200).contains(&counts[1]), "{counts:?}");
        assert!((400..600).contains(&counts[2]), "{counts:?}");
    }
}
