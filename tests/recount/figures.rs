//! Counts, statistics and masks once more, from lists of cases instead of sums.

use super::naive::{Fate, Outcome, Recount};
use super::random::Random;
use super::world::RandomCase;
use bilan::domain::commitment::{ClockRule, Cohort, CountFrom, Treatment, Unit};
use bilan::domain::masking::{Visibility, commitment_visibility, masked_cells};
use bilan::domain::rate::{Goal, Rate};
use bilan::domain::tally::{Share, Tally};
use std::collections::BTreeMap;

/// What the cases of one commitment come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    pub outcomes: Vec<Outcome>,
    /// Counted and met, in the order of section 6.
    pub readings: [(u64, u64); 8],
    /// Elapsed times of the open, and whether each is overdue.
    pub open: Vec<(i64, bool)>,
    /// For each field of the breakdown, the value of each counted case and whether it was met.
    pub fields: Vec<Vec<(String, bool)>>,
}

impl Expected {
    /// Nothing yet, with so many fields in the breakdown.
    pub fn new(fields: usize) -> Expected {
        Expected { fields: vec![Vec::new(); fields], ..Expected::default() }
    }

    /// Counts a case.
    pub fn add(&mut self, recount: &Recount<'_>, case: &RandomCase) {
        let outcome = recount.outcome(case);
        self.outcomes.push(outcome);
        for (place, read) in readings(recount, case, outcome).into_iter().enumerate() {
            if let Some(met) = read {
                self.readings[place].0 += 1;
                self.readings[place].1 += u64::from(met);
            }
        }
        let at_end = Recount { as_of: recount.world.period.last.0, ..recount.clone() };
        if let (None, Fate::Started(life)) = (case.exclude_rule, at_end.fate(case))
            && life.stopped.is_none()
            && life.exited.is_none()
        {
            self.open.push((life.elapsed, life.elapsed > life.limit));
        }
        if let Outcome::Counted { met, .. } = outcome {
            for (values, value) in self.fields.iter_mut().zip(&case.values) {
                values.push((value.clone(), met));
            }
        }
    }

    /// Adds the cases of another.
    pub fn append(&mut self, other: Expected) {
        self.outcomes.extend(other.outcomes);
        self.open.extend(other.open);
        for (mine, theirs) in self.readings.iter_mut().zip(other.readings) {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
        for (mine, theirs) in self.fields.iter_mut().zip(other.fields) {
            mine.extend(theirs);
        }
    }

    fn count(&self, wanted: impl Fn(&Outcome) -> bool) -> u64 {
        self.outcomes.iter().filter(|outcome| wanted(outcome)).count() as u64
    }

    fn elapsed(&self) -> Vec<i64> {
        let elapsed = |outcome: &Outcome| if let Outcome::Counted { elapsed, .. } = outcome { *elapsed } else { None };
        let mut list: Vec<i64> = self.outcomes.iter().filter_map(elapsed).collect();
        list.sort_unstable();
        list
    }

    /// Every count in which a tally differs.
    pub fn differences(&self, tally: &Tally) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |name: &str, expected: String, counted: String| {
            if expected != counted {
                found.push(format!("{name}: recounted {expected}, measured {counted}"));
            }
        };
        let met = |wanted| self.count(|outcome| matches!(outcome, Outcome::Counted { met, .. } if *met == wanted));
        compare("met", met(true).to_string(), tally.met.to_string());
        compare("missed", met(false).to_string(), tally.missed.to_string());
        compare("pending", self.count(|o| *o == Outcome::Pending).to_string(), tally.pending.to_string());
        compare("outside", self.count(|o| *o == Outcome::Outside).to_string(), tally.outside.to_string());
        compare("not started", self.count(|o| *o == Outcome::NotStarted).to_string(), tally.not_started.to_string());
        compare("in scope", self.outcomes.len().to_string(), tally.in_scope().to_string());
        let by_exit: Vec<u64> =
            (0..tally.excluded_by_exit.len()).map(|exit| self.count(|o| *o == Outcome::ExcludedByExit(exit))).collect();
        compare("excluded by exit", format!("{by_exit:?}"), format!("{:?}", tally.excluded_by_exit));
        let by_rule: Vec<u64> =
            (0..tally.excluded_by_rule.len()).map(|rule| self.count(|o| *o == Outcome::ExcludedByRule(rule))).collect();
        compare("excluded by rule", format!("{by_rule:?}"), format!("{:?}", tally.excluded_by_rule));
        let unusable = [0, 1].map(|reason| self.count(|o| *o == Outcome::Unusable(reason)));
        compare("unusable", format!("{unusable:?}"), format!("{:?}", tally.unusable));
        let counted: Vec<i64> = tally.histogram.iter().flat_map(|(elapsed, cases)| vec![elapsed; cases as usize]).collect();
        compare("elapsed", format!("{:?}", self.elapsed()), format!("{counted:?}"));
        let stock = (self.open.len() as u64, self.open.iter().filter(|(_, late)| *late).count() as u64);
        let oldest = self.open.iter().map(|(elapsed, _)| *elapsed).max();
        let tallied = (tally.stock.open, tally.stock.overdue, tally.stock.oldest);
        compare("stock", format!("{:?}", (stock.0, stock.1, oldest)), format!("{tallied:?}"));
        let mut months: BTreeMap<(i32, u32), (u64, u64)> = BTreeMap::new();
        for outcome in &self.outcomes {
            if let Outcome::Counted { met, day, .. } = outcome {
                let cell = months.entry(month(*day)).or_default();
                *cell = (cell.0 + 1, cell.1 + u64::from(*met));
            }
        }
        let tallied = tally.by_month.iter().map(|(month, share)| ((month.year, month.month), (share.counted, share.met)));
        compare("months", format!("{months:?}"), format!("{:?}", tallied.collect::<BTreeMap<_, _>>()));
        for (field, cells) in self.fields.iter().zip(&tally.by_field) {
            let mut values: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
            for (value, met) in field {
                let cell = values.entry(value).or_default();
                *cell = (cell.0 + 1, cell.1 + u64::from(*met));
            }
            let tallied = cells.iter().map(|(value, share)| (value.as_str(), (share.counted, share.met)));
            compare("field", format!("{values:?}"), format!("{:?}", tallied.collect::<BTreeMap<_, _>>()));
        }
        let readings = tally.readings.map(|share| (share.counted, share.met));
        compare("readings", format!("{:?}", self.readings), format!("{readings:?}"));
        found
    }

    /// Statistics and rates of a tally that holds the same counts.
    pub fn statistics(&self, tally: &Tally, random: &mut Random) -> Vec<String> {
        let mut found = Vec::new();
        let list = self.elapsed();
        let n = list.len() as u64;
        let at_most = |value: i64| list.iter().filter(|&&elapsed| elapsed <= value).count() as u64;
        for percent in [1, 50, 90, 100] {
            // ceil(p * n), by counting up.
            let rank = (0..=n).find(|rank| rank * 100 >= percent * n).unwrap_or(0);
            let expected = list.iter().copied().find(|&value| at_most(value) >= rank);
            if tally.elapsed().percentile(percent) != expected {
                found.push(format!("p{percent}: recounted {expected:?}, measured {:?}", tally.elapsed().percentile(percent)));
            }
        }
        let sum = list.iter().sum::<i64>() as u64 * 1000;
        let mean = (n > 0).then(|| sum / n + u64::from(sum % n * 2 >= n));
        if (tally.elapsed().n(), tally.elapsed().mean_thousandths(), tally.elapsed().max()) != (n, mean, list.last().copied()) {
            found.push(format!("n, mean, max: recounted {n}, {mean:?}, {:?}", list.last()));
        }
        let counted = tally.met + tally.missed;
        let bad = tally.unusable[0] + tally.unusable[1];
        let share = |part: u64, whole: u64| (part * 1_000_000) / whole + u64::from((part * 1_000_000) % whole * 2 >= whole);
        let rate = (counted > 0).then(|| share(tally.met, counted));
        let bounds = (counted > 0).then(|| (share(tally.met, counted + bad), share(tally.met + bad, counted + bad)));
        let measured = tally.bounds().map(|(low, high)| (low.millionths(), high.millionths()));
        if (tally.rate().map(Rate::millionths), measured) != (rate, bounds) {
            found.push(format!("rate and bounds: recounted {rate:?}, {bounds:?}, measured {:?}, {measured:?}", tally.rate()));
        }
        found.extend(display(random));
        found.extend(masks(random));
        found
    }
}

/// The eight readings: whether the case is counted, and if so met.
fn readings(declared: &Recount<'_>, case: &RandomCase, outcome: Outcome) -> [Option<bool>; 8] {
    let met = |outcome: Outcome| if let Outcome::Counted { met, .. } = outcome { Some(met) } else { None };
    let read = |changed: Recount<'_>| met(changed.outcome(case));
    let by = |cohort: Cohort| read(Recount { cohort, ..declared.clone() });
    let under = |rule: ClockRule| read(Recount { rule, ..declared.clone() });
    let treating = |treatment: Treatment| read(Recount { every_exit: Some(treatment), ..declared.clone() });
    let rule = &declared.rule;
    let count_from = if rule.unit == Unit::Minutes { rule.count_from } else { CountFrom::SameDay };
    [
        by(Cohort::Stop),
        by(Cohort::Due),
        by(Cohort::Start),
        under(ClockRule { count_from, ..rule.clone() }),
        under(ClockRule { pauses: Vec::new(), ..rule.clone() }),
        treating(Treatment::Exclude),
        treating(Treatment::Missed),
        if matches!(outcome, Outcome::Unusable(_)) { Some(false) } else { met(outcome) },
    ]
}

/// Year and month of a day, by taking away whole years and months since 1900 (day -25 567).
fn month(day: i32) -> (i32, u32) {
    let leap = |year: i32| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let (mut left, mut year, mut month) = (day + 25_567, 1900, 0);
    while left >= 365 + i32::from(leap(year)) {
        left -= 365 + i32::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + i32::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    (year, month as u32 + 1)
}

/// A displayed rate, found by looking for the tenth of a percent instead of dividing (section 5, display).
fn display(random: &mut Random) -> Vec<String> {
    let counted = random.pick(&[1, 3, 8, 999, 2_000, 10_000, 1_000_003]);
    let any = random.next() % (counted + 1);
    let met = random.pick(&[0, 1, counted - 1, counted, any]);
    let rate = Rate { met, counted };
    let mut found = Vec::new();
    let goals = ["1 %", "90 %", "92.5 %", "99.95%", "33.333 %", "100 %"];
    for goal in [None, Some(random.pick(&goals))] {
        // The largest k with k - 1/2 <= 1000 * met / counted.
        let nearest = (0..=1000).rev().find(|k| 2 * k * counted <= 2000 * met + counted).unwrap_or(0);
        let mut shown = nearest;
        if shown == 1000 && met < counted {
            shown = 999;
        }
        if shown == 0 && met > 0 {
            shown = 1;
        }
        if let Some(text) = goal {
            // In thousandths of a percent, which every goal above is a whole number of.
            let (whole, fraction) =
                text.trim_end_matches([' ', '%']).split_once('.').unwrap_or((text.trim_end_matches([' ', '%']), ""));
            let goal: u64 = format!("{whole}{fraction:0<3}").parse().expect("a goal");
            if met * 100_000 < goal * counted {
                while shown * 100 >= goal {
                    shown -= 1;
                }
            }
            if Goal::parse(text).is_none_or(|parsed| parsed.is_reached_by(met, counted) != (met * 100_000 >= goal * counted)) {
                found.push(format!("{met} of {counted} against {text}: reached or not"));
            }
        }
        let measured = rate.displayed_tenths(goal.and_then(Goal::parse));
        if measured != shown {
            found.push(format!("{met} of {counted} against {goal:?}: recounted {shown} tenths, measured {measured}"));
        }
    }
    found
}

/// The masks of one random breakdown (section 5, small numbers).
fn masks(random: &mut Random) -> Vec<String> {
    let minimum = random.pick(&[1, 2, 5, 10]);
    let cells: Vec<u64> = (0..random.below(9)).map(|_| random.pick(&[0, 0, 1, 2, 3, 4, 5, 6, 9, 9, 50])).collect();
    let mut masked: Vec<bool> = cells.iter().map(|&cell| cell > 0 && cell < minimum).collect();
    let any = masked.iter().any(|&masked| masked);
    loop {
        let hidden: Vec<u64> = cells.iter().zip(&masked).filter(|(_, masked)| **masked).map(|(cell, _)| *cell).collect();
        if !any || (hidden.len() >= 2 && hidden.iter().sum::<u64>() >= minimum) {
            break;
        }
        let mut smallest: Option<usize> = None;
        for place in 0..cells.len() {
            if !masked[place] && cells[place] > 0 && smallest.is_none_or(|smallest| cells[place] <= cells[smallest]) {
                smallest = Some(place);
            }
        }
        match smallest {
            Some(place) => masked[place] = true,
            None => break,
        }
    }
    let shares: Vec<Share> = cells.iter().map(|&counted| Share { counted, met: 0 }).collect();
    let mut found = Vec::new();
    if masked_cells(&shares, minimum) != masked {
        found.push(format!("masks of {cells:?} under {minimum}: recounted {masked:?}"));
    }
    let counted: u64 = cells.iter().sum();
    if (commitment_visibility(counted, minimum) == Visibility::Masked) != (counted > 0 && counted < minimum) {
        found.push(format!("a commitment with {counted} cases under {minimum}"));
    }
    found
}
