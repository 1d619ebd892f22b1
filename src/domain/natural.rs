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
            let dividend = (rest << 64) | u128::from(*limb);
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
