//! How many cases to look at, and what may be said of all cases after looking at some (attribute sampling).
//!
//! Of N cases K are in error, and n are drawn without replacement. The number found in error is then hypergeometric:
//!
//! ```text
//! P(X <= k) = sum over i = 0..k of C(K, i) * C(N - K, n - i) / C(N, n)
//! ```
//!
//! Both sides are multiplied by n! and N!/(N-n)! here, so that every comparison is one of whole numbers. For large N the figures
//! are those of the binomial tables that auditors carry (95 %, 5 % tolerable, none expected: 59).

use super::natural::Natural;

/// A share of one, in millionths: 950 000 is 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u32);

impl Share {
    /// The whole.
    pub const ONE: Share = Share(1_000_000);

    /// This share of `whole`, rounded up.
    fn of(self, whole: u64) -> u64 {
        let part = (u128::from(self.0) * u128::from(whole)).div_ceil(u128::from(Share::ONE.0));
        u64::try_from(part).unwrap_or(u64::MAX)
    }
}

/// What a sample is to prove: with `confidence`, that fewer than `tolerable` of all cases are in error, where `expected` of those
/// drawn may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    pub confidence: Share,
    pub tolerable: Share,
    pub expected: Share,
}

/// The largest sample: nobody looks through more cases by hand.
pub const MOST_CASES: u64 = 2_000;

impl Aim {
    /// The smallest sample n of `population` cases such that ceil(`expected` * n) errors in it still prove the aim.
    ///
    /// All cases, where nothing less will do. `None` where that takes more than [`MOST_CASES`], or more errors are expected than tolerated.
    pub fn size(&self, population: u64) -> Option<u64> {
        if self.expected >= self.tolerable {
            return None;
        }
        let (intolerable, bound) = (self.tolerable.of(population), population.min(MOST_CASES));
        let mut least = 0;
        loop {
            // Among `least` to `most` cases the same number of errors is expected.
            let errors = self.expected.of(least);
            let most = self.most_expecting(errors).min(bound);
            let proves = |drawn: u64| is_unlikely(errors, drawn, intolerable, population, self.confidence);
            // The more are drawn, the less likely it is that so few errors are among them.
            if proves(most) {
                return Some(first(least, most, proves));
            }
            if most == bound {
                return (bound == population).then_some(population);
            }
            least = most + 1;
        }
    }

    /// The largest n of which ceil(`expected` * n) is at most `errors`.
    fn most_expecting(&self, errors: u64) -> u64 {
        let expected = u64::from(self.expected.0);
        (errors * u64::from(Share::ONE.0)).checked_div(expected).unwrap_or(u64::MAX)
    }
}

/// The most errors in `population` cases that `confidence` does not exclude after `found` errors among `drawn` cases.
///
/// "At most so many cases are in error" is what the sample proves. `None` where it proves nothing: every case drawn was in error.
pub fn at_most(found: u64, drawn: u64, population: u64, confidence: Share) -> Option<u64> {
    let excluded = |errors: u64| is_unlikely(found, drawn, errors, population, confidence);
    // As many as were found are never excluded.
    (found < drawn).then(|| first(found + 1, population, excluded) - 1)
}

/// Whether at most `found` errors among `drawn` of `population` cases would have a chance of at most 1 - `confidence`, if
/// `errors` of the population were in error.
fn is_unlikely(found: u64, drawn: u64, errors: u64, population: u64, confidence: Share) -> bool {
    let mut at_most = ways(found, drawn, errors, population);
    at_most.multiply(u64::from(Share::ONE.0));
    let mut all = falling(population, drawn);
    all.multiply(u64::from(Share::ONE.0 - confidence.0));
    at_most <= all
}

/// The sum over i <= `found` of C(n, i) * K(K-1)…(K-i+1) * M(M-1)…(M-n+i+1), with n = `drawn`, K = `errors`, M = the others: out of
/// N(N-1)…(N-n+1) ordered draws, those with at most `found` errors.
fn ways(found: u64, drawn: u64, errors: u64, population: u64) -> Natural {
    let others = population - errors;
    let mut sum = Natural::zero();
    // With fewer others than cases drawn, so many errors are drawn in any case.
    let least = drawn.saturating_sub(others);
    if least > found.min(errors) {
        return sum;
    }
    let mut term = falling(others, drawn - least);
    for i in 0..least {
        term.multiply(drawn - i);
        term.multiply(errors - i);
        term.divide(i + 1);
    }
    for i in least..=found.min(errors).min(drawn) {
        sum.add(&term);
        term.multiply(drawn - i);
        term.multiply(errors - i);
        term.divide(i + 1);
        term.divide(others + i + 1 - drawn);
    }
    sum
}

/// `whole` * (`whole` - 1) * …, `factors` of them.
fn falling(whole: u64, factors: u64) -> Natural {
    let mut product = Natural::one();
    for i in 0..factors {
        product.multiply(whole - i);
    }
    product
}

/// The smallest number in `low..=high` of which `holds` is true, if it is true of every larger one and of `high`.
fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
#[path = "sampling_tests.rs"]
mod tests;
