//! Counts of one commitment. Two tallies merge by addition, so that no order, thread or file leaves a trace.

use std::collections::BTreeMap;

use super::calendar::Month;
use super::histogram::Histogram;
use super::rate::{Rate, divide_rounded};
use super::signs::Signs;

/// Counted cases, and those of them that were on time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub counted: u64,
    pub met: u64,
}

impl Share {
    /// Counts one more case.
    pub fn count(&mut self, met: bool) {
        self.counted += 1;
        self.met += u64::from(met);
    }

    /// The rate; `None` without cases.
    pub fn rate(self) -> Option<Rate> {
        Rate::new(self.met, self.counted)
    }

    fn add(&mut self, other: Share) {
        self.counted += other.counted;
        self.met += other.met;
    }
}

/// Cases open on the last day of the period, whatever the cohort (section 4, stock).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stock {
    pub open: u64,
    /// Open with elapsed over the limit.
    pub overdue: u64,
    /// The largest elapsed among the open, in days or seconds.
    pub oldest: Option<i64>,
}

impl Stock {
    /// Counts one more open case.
    pub fn count(&mut self, elapsed: i64, overdue: bool) {
        self.open += 1;
        self.overdue += u64::from(overdue);
        self.oldest = self.oldest.max(Some(elapsed));
    }
}

/// Why a case cannot be judged (section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unusable {
    StopBeforeStart,
    StopWithoutStart,
}

impl Unusable {
    /// Both reasons, in order of name.
    pub const ALL: [Unusable; 2] = [Unusable::StopBeforeStart, Unusable::StopWithoutStart];

    /// The reason's name in `results.json` and in the evidence.
    pub fn name(self) -> &'static str {
        match self {
            Unusable::StopBeforeStart => "stop-before-start",
            Unusable::StopWithoutStart => "stop-without-start",
        }
    }
}

/// The other defensible readings, in the order of section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    ByStop,
    ByDue,
    ByStart,
    StartDayCounts,
    PausesIgnored,
    ExitsExcluded,
    ExitsMissed,
    UnusableMissed,
}

impl Reading {
    /// All eight, in order.
    pub const ALL: [Reading; 8] = [
        Reading::ByStop,
        Reading::ByDue,
        Reading::ByStart,
        Reading::StartDayCounts,
        Reading::PausesIgnored,
        Reading::ExitsExcluded,
        Reading::ExitsMissed,
        Reading::UnusableMissed,
    ];

    /// The reading's name in `results.json`.
    pub fn name(self) -> &'static str {
        match self {
            Reading::ByStop => "by-stop",
            Reading::ByDue => "by-due",
            Reading::ByStart => "by-start",
            Reading::StartDayCounts => "start-day-counts",
            Reading::PausesIgnored => "pauses-ignored",
            Reading::ExitsExcluded => "exits-excluded",
            Reading::ExitsMissed => "exits-missed",
            Reading::UnusableMissed => "unusable-missed",
        }
    }
}

/// The counts of one commitment in one period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub met: u64,
    pub missed: u64,
    pub pending: u64,
    pub outside: u64,
    pub not_started: u64,
    /// By the place of the exit in the commitment's `exits`.
    pub excluded_by_exit: Vec<u64>,
    /// By the place of the rule in the commitment's `exclude`.
    pub excluded_by_rule: Vec<u64>,
    /// In the order of `Unusable::ALL`.
    pub unusable: [u64; 2],
    /// Elapsed times (days, or seconds for minutes) of counted cases that stopped, with how many cases have each.
    pub histogram: Histogram,
    pub stock: Stock,
    /// Only months with counted cases; the report adds the empty ones.
    pub by_month: BTreeMap<Month, Share>,
    /// For each field of `breakdown`, its values with counted cases, by code point.
    pub by_field: Vec<BTreeMap<String, Share>>,
    /// In the order of `Reading::ALL`.
    pub readings: [Share; 8],
    pub signs: Signs,
}

impl Tally {
    /// An empty tally for a commitment with so many exits, exclude rules and breakdown fields.
    pub fn new(exits: usize, rules: usize, fields: usize) -> Tally {
        Tally {
            excluded_by_exit: vec![0; exits],
            excluded_by_rule: vec![0; rules],
            by_field: vec![BTreeMap::new(); fields],
            ..Tally::default()
        }
    }

    /// Cases that entered the rate.
    pub fn counted(&self) -> u64 {
        self.met + self.missed
    }

    /// Cases left out by an exit or a rule.
    pub fn excluded(&self) -> u64 {
        self.excluded_by_exit.iter().chain(&self.excluded_by_rule).sum()
    }

    /// Cases that could not be judged.
    pub fn unusable(&self) -> u64 {
        self.unusable.iter().sum()
    }

    /// Cases that match the commitment: the identity of section 4.
    pub fn in_scope(&self) -> u64 {
        self.counted() + self.pending + self.excluded() + self.unusable() + self.not_started + self.outside
    }

    /// Totals that were accumulated beside the whole (the months, each breakdown, the elapsed times), and how many of them differ
    /// from it: none, or the arithmetic is at fault.
    pub fn cross_totals(&self) -> (u64, u64) {
        let whole = Share { counted: self.counted(), met: self.met };
        let sum = |shares: &mut dyn Iterator<Item = &Share>| {
            shares.fold(Share::default(), |sum, share| Share { counted: sum.counted + share.counted, met: sum.met + share.met })
        };
        let by_field = self.by_field.iter().filter(|values| sum(&mut values.values()) != whole).count() as u64;
        let by_month = u64::from(sum(&mut self.by_month.values()) != whole);
        // A case that ended without the service counts as missed and has no elapsed time; no case has two.
        let by_time = u64::from(self.histogram.cases() > whole.counted);
        (self.by_field.len() as u64 + 2, by_field + by_month + by_time)
    }

    /// Met over counted; `None` without cases.
    pub fn rate(&self) -> Option<Rate> {
        Rate::new(self.met, self.counted())
    }

    /// What the rate would be if every unusable case were missed, and if every one were met.
    pub fn bounds(&self) -> Option<(Rate, Rate)> {
        let whole = self.counted() + self.unusable();
        let bound = |met| Rate::new(met, whole);
        self.rate().and(bound(self.met).zip(bound(self.met + self.unusable())))
    }

    /// Statistics of the elapsed times.
    pub fn elapsed(&self) -> Elapsed<'_> {
        Elapsed(&self.histogram)
    }

    /// Adds the counts of `other`, a tally of the same commitment over other cases.
    pub fn add(&mut self, other: &Tally) {
        self.met += other.met;
        self.missed += other.missed;
        self.pending += other.pending;
        self.outside += other.outside;
        self.not_started += other.not_started;
        let pairs = self.excluded_by_exit.iter_mut().zip(&other.excluded_by_exit);
        let pairs = pairs.chain(self.excluded_by_rule.iter_mut().zip(&other.excluded_by_rule));
        for (mine, theirs) in pairs.chain(self.unusable.iter_mut().zip(&other.unusable)) {
            *mine += theirs;
        }
        self.histogram.add(&other.histogram);
        self.stock.open += other.stock.open;
        self.stock.overdue += other.stock.overdue;
        self.stock.oldest = self.stock.oldest.max(other.stock.oldest);
        for (&month, &share) in &other.by_month {
            self.by_month.entry(month).or_default().add(share);
        }
        for (mine, theirs) in self.by_field.iter_mut().zip(&other.by_field) {
            for (value, &share) in theirs {
                mine.entry(value.clone()).or_default().add(share);
            }
        }
        for (mine, &theirs) in self.readings.iter_mut().zip(&other.readings) {
            mine.add(theirs);
        }
        self.signs.add(&other.signs);
    }
}

/// An exact histogram of elapsed times (section 5).
#[derive(Debug, Clone, Copy)]
pub struct Elapsed<'a>(&'a Histogram);

impl Elapsed<'_> {
    /// Counted cases that stopped.
    pub fn n(self) -> u64 {
        self.0.cases()
    }

    /// The mean in thousandths of a day or second, half away from zero; `None` without cases.
    pub fn mean_thousandths(self) -> Option<u64> {
        let sum: i128 = self.0.iter().map(|(elapsed, cases)| i128::from(elapsed) * i128::from(cases)).sum();
        let n = u128::from(self.n());
        (n > 0).then(|| divide_rounded(sum.unsigned_abs() * 1000, n))
    }

    /// The smallest value v such that at least ceil(`percent` * n / 100) cases have elapsed <= v; `None` without cases.
    pub fn percentile(self, percent: u64) -> Option<i64> {
        let rank = (u128::from(self.n()) * u128::from(percent)).div_ceil(100);
        let mut seen = 0u128;
        self.0.iter().find_map(|(elapsed, cases)| {
            seen += u128::from(cases);
            (seen >= rank).then_some(elapsed)
        })
    }

    /// The largest elapsed time; `None` without cases.
    pub fn max(self) -> Option<i64> {
        self.0.iter().last().map(|(elapsed, _)| elapsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(histogram: &[(i64, u64)]) -> Tally {
        Tally { histogram: histogram.iter().copied().collect(), ..Tally::default() }
    }

    // Worked by hand: 0, 1, 1, 2 -> mean 1; median rank ceil(2) -> 1; p90 rank ceil(3.6) = 4 -> 2.
    #[test]
    fn percentiles_are_nearest_rank() {
        let tally = tally(&[(0, 1), (1, 2), (2, 1)]);
        assert_eq!(tally.elapsed().n(), 4);
        assert_eq!(tally.elapsed().mean_thousandths(), Some(1000));
        assert_eq!(tally.elapsed().percentile(50), Some(1));
        assert_eq!(tally.elapsed().percentile(90), Some(2));
        assert_eq!(tally.elapsed().max(), Some(2));
    }

    #[test]
    fn without_cases_there_is_no_statistic() {
        let tally = tally(&[]);
        assert_eq!(tally.elapsed().percentile(50), None);
        assert_eq!(tally.elapsed().mean_thousandths(), None);
        assert_eq!(tally.rate(), None);
        assert_eq!(tally.bounds(), None);
    }

    // The names of sections 3 and 6, in their order.
    #[test]
    fn reasons_and_readings_bear_the_names_of_the_specification() {
        assert_eq!(Unusable::ALL.map(Unusable::name), ["stop-before-start", "stop-without-start"]);
        let readings = "by-stop by-due by-start start-day-counts pauses-ignored exits-excluded exits-missed unusable-missed";
        assert_eq!(Reading::ALL.map(Reading::name).join(" "), readings);
    }

    #[test]
    fn a_share_without_cases_has_no_rate() {
        assert_eq!(Share { counted: 4, met: 1 }.rate(), Some(Rate { met: 1, counted: 4 }));
        assert_eq!(Share::default().rate(), None);
    }

    #[test]
    fn bounds_hold_the_unusable_on_either_side() {
        let tally = Tally { met: 2, unusable: [0, 1], ..Tally::default() };
        let (low, high) = tally.bounds().unwrap();
        assert_eq!((low.millionths(), high.millionths()), (666_667, 1_000_000));
    }

    /// Five cases, three of them met, told by two months, two fields and the elapsed times of those that stopped.
    fn in_all() -> Tally {
        let share = |counted, met| Share { counted, met };
        let month = |month| Month { year: 2025, month };
        Tally {
            met: 3,
            missed: 2,
            by_month: BTreeMap::from([(month(4), share(2, 2)), (month(5), share(3, 1))]),
            by_field: vec![
                BTreeMap::from([("a".to_owned(), share(1, 1)), ("b".to_owned(), share(4, 2))]),
                BTreeMap::from([("c".to_owned(), share(5, 3))]),
            ],
            histogram: [(1, 2), (7, 2)].into_iter().collect(),
            ..Tally::default()
        }
    }

    #[test]
    fn a_total_that_is_off_shows() {
        assert_eq!(in_all().cross_totals(), (4, 0));
        assert_eq!(Tally::default().cross_totals(), (2, 0));
        // Every counted case may have stopped; no more can have.
        for (cases, off) in [(3, 0), (4, 1)] {
            let histogram = [(1, 2), (7, cases)].into_iter().collect();
            assert_eq!(Tally { histogram, ..in_all() }.cross_totals(), (4, off), "2 and {cases} elapsed times");
        }
        assert_eq!(Tally { by_month: BTreeMap::new(), ..in_all() }.cross_totals(), (4, 1));
        let mut wrong = Tally { met: 2, missed: 3, ..in_all() };
        assert_eq!(wrong.cross_totals(), (4, 3));
        wrong.missed = 1;
        assert_eq!(wrong.cross_totals(), (4, 4));
    }
}
