//! Whole numbers of any size, as far as counting draws needs them.

use std::cmp::Ordering;

/// A whole number: 64 bits a limb, the lowest first, no zero on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Natural(Vec<u64>);

impl Natural {
    /// 0.
    pub fn zero() -> Natural {
        Natural(Vec::new())
    }

    /// 1.
    pub fn one() -> Natural {
        Natural(vec![1])
    }

    /// Multiplies by `factor`.
    pub fn multiply(&mut self, factor: u64) {
        let mut carry = 0;
        for limb in &mut self.0 {
            let product = u128::from(*limb) * u128::from(factor) + carry;
            *limb = low(product);
            carry = product >> 64;
        }
        self.0.push(low(carry));
        self.trim();
    }

    /// Divides by `divisor`, which must be a factor of this number and not 0.
    pub fn divide(&mut self, divisor: u64) {
        let mut rest = 0;
        for limb in self.0.iter_mut().rev() {
            let dividend = (rest << 64) + u128::from(*limb);
            *limb = low(dividend / u128::from(divisor));
            rest = dividend % u128::from(divisor);
        }
        self.trim();
    }

    /// Adds `other`.
    pub fn add(&mut self, other: &Natural) {
        let mut carry = 0;
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (place, limb) in self.0.iter_mut().enumerate() {
            let sum = u128::from(*limb) + u128::from(other.0.get(place).copied().unwrap_or(0)) + carry;
            *limb = low(sum);
            carry = sum >> 64;
        }
        self.0.push(low(carry));
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Natural) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Natural) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn low(wide: u128) -> u64 {
    (wide & u128::from(u64::MAX)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(number: u128) -> Natural {
        let mut natural = Natural(vec![low(number), low(number >> 64)]);
        natural.trim();
        natural
    }

    // 25!, 30!, and 34! from a table of factorials.
    const FACTORIALS: [(u64, u128); 3] = [
        (25, 15_511_210_043_330_985_984_000_000),
        (30, 265_252_859_812_191_058_636_308_480_000_000),
        (34, 295_232_799_039_604_140_847_618_609_643_520_000_000),
    ];

    #[test]
    fn factorials_are_those_of_the_table() {
        let mut product = Natural::one();
        for (number, factorial) in (1..=34).map(|number| (number, FACTORIALS.iter().find(|known| known.0 == number))) {
            product.multiply(number);
            assert!(factorial.is_none_or(|known| product == natural(known.1)), "{number}! is {product:?}");
        }
        for number in (1..=34).rev() {
            let factorial = FACTORIALS.iter().find(|known| known.0 == number);
            assert!(factorial.is_none_or(|known| product == natural(known.1)), "{number}! is {product:?}");
            product.divide(number);
        }
        assert_eq!(product, Natural::one());
    }

    #[test]
    fn a_quotient_fills_two_limbs() {
        let mut quotient = natural(u128::MAX);
        quotient.divide(3);
        assert_eq!(quotient, natural(0x5555_5555_5555_5555_5555_5555_5555_5555));
    }

    #[test]
    fn sums_carry_and_numbers_are_in_order() {
        let mut sum = natural(u128::MAX);
        sum.add(&Natural::one());
        assert_eq!(sum, Natural(vec![0, 0, 1]));
        let mut sum = Natural::one();
        sum.add(&natural(u128::MAX));
        assert_eq!(sum, Natural(vec![0, 0, 1]));
        let mut sum = natural(3 << 64);
        sum.add(&natural((1 << 64) | 7));
        assert_eq!(sum, natural((4 << 64) | 7));
        let ascending =
            [Natural::zero(), Natural::one(), natural(2), natural(1 << 64), natural((1 << 64) | 1), natural(2 << 64), sum];
        assert!(ascending.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn nothing_times_anything_is_nothing() {
        let mut product = Natural::zero();
        product.multiply(7);
        assert_eq!(product, Natural::zero());
        let mut product = natural(u128::MAX);
        product.multiply(0);
        assert_eq!(product, Natural::zero());
    }
}
