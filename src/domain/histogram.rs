//! How many cases have each elapsed time: exact, and added to without a search.

use std::collections::BTreeMap;

/// Elapsed times below this, in days or seconds, have a place each.
const PLACES: i64 = 1 << 13;

/// Elapsed times (days, or seconds for minutes) with how many cases have each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    /// By elapsed time, up to the longest that has a case.
    short: Vec<u64>,
    long: BTreeMap<i64, u64>,
}

impl Histogram {
    /// Counts so many more cases.
    pub fn count(&mut self, elapsed: i64, cases: u64) {
        match usize::try_from(elapsed) {
            Ok(place) if elapsed < PLACES => {
                if place >= self.short.len() {
                    self.short.resize(place + 1, 0);
                }
                self.short[place] += cases;
            }
            _ => *self.long.entry(elapsed).or_default() += cases,
        }
    }

    /// Adds the cases of another.
    pub fn add(&mut self, other: &Histogram) {
        other.iter().for_each(|(elapsed, cases)| self.count(elapsed, cases));
    }

    /// Every elapsed time that has a case, in order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        let below = self.long.range(..0).map(|(&elapsed, &cases)| (elapsed, cases));
        let short = (0..).zip(&self.short).filter(|(_, cases)| **cases > 0).map(|(elapsed, &cases)| (elapsed, cases));
        below.chain(short).chain(self.long.range(0..).map(|(&elapsed, &cases)| (elapsed, cases)))
    }

    /// All cases.
    pub fn cases(&self) -> u64 {
        self.iter().map(|(_, cases)| cases).sum()
    }
}

impl FromIterator<(i64, u64)> for Histogram {
    fn from_iter<I: IntoIterator<Item = (i64, u64)>>(times: I) -> Histogram {
        let mut histogram = Histogram::default();
        times.into_iter().for_each(|(elapsed, cases)| histogram.count(elapsed, cases));
        histogram
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_order_wherever_they_are_kept() {
        let times = [(8191, 1), (-2, 1), (3, 4), (9000, 2), (8192, 5), (0, 7), (3, 1)];
        let histogram: Histogram = times.into_iter().collect();
        let told: Vec<(i64, u64)> = histogram.iter().collect();
        assert_eq!(told, [(-2, 1), (0, 7), (3, 5), (8191, 1), (8192, 5), (9000, 2)]);
        assert_eq!(histogram.cases(), 21);
        let mut sum = Histogram::from_iter([(3, 1)]);
        sum.add(&Histogram::from_iter(times.into_iter().filter(|time| *time != (3, 1))));
        assert_eq!(sum, histogram);
    }
}
