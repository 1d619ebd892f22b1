//! The ledger of one clock: each of its days, or stretches, so that the elapsed time can be added again by hand.
//!
//! It walks where `clock` subtracts: the two must come to the same.

use chrono::Datelike;

use super::calendar::{Day, DayOff};
use super::clock::{Clock, Clockwork};
use super::commitment::{CountFrom, Unit};

/// One day of a clock in days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine<'a> {
    pub day: Day,
    /// Whether it is one of the days that the commitment counts, pauses apart.
    pub open: bool,
    pub weekend: bool,
    /// The holiday or closure, on a weekend too; `None` for calendar days, which no day off shortens.
    pub off: Option<&'a DayOff>,
    /// Whether the clock stands still.
    pub paused: bool,
    /// Whether it adds one to the elapsed time.
    pub counted: bool,
    /// Elapsed at the end of this day, in days.
    pub elapsed: i64,
}

/// A stretch `(from, until]` of a clock in minutes, in which it runs or stands still throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Instants, in seconds.
    pub from: i64,
    pub until: i64,
    pub paused: bool,
    /// Elapsed at its end, in seconds.
    pub elapsed: i64,
}

/// Every day of a clock in days, from its start to `last`, both inclusive. After the end of the clock it goes on as if it ran.
pub fn days<'a>(clockwork: &Clockwork<'a>, clock: &Clock, last: Day) -> Vec<DayLine<'a>> {
    let rule = clockwork.rule;
    let days_off = clockwork.calendar.days_off();
    let mut elapsed = 0;
    let line = |number: i32| {
        let day = Day(number);
        let is_business = rule.unit == Unit::BusinessDays;
        let weekend = is_business && days_off.weekend.contains(&day.date().weekday());
        let off = days_off.days.get(&day).filter(|_| is_business);
        let open = !weekend && off.is_none();
        let paused = clock.pauses.iter().any(|&(from, until)| from < i64::from(number) && i64::from(number) <= until);
        let is_start = day == clock.start.day;
        let counted = open && !paused && (!is_start || rule.count_from == CountFrom::SameDay);
        elapsed += i64::from(counted);
        DayLine { day, open, weekend, off, paused, counted, elapsed }
    };
    (clock.start.day.0..=last.0).map(line).collect()
}

/// Every stretch of a clock in minutes, from its start to its end.
pub fn stretches(clock: &Clock) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut from, mut elapsed) = (clock.start.point, 0);
    let mut add = |from: i64, until: i64, paused: bool| {
        if from < until {
            elapsed += if paused { 0 } else { until - from };
            stretches.push(Stretch { from, until, paused, elapsed });
        }
    };
    for &(pause, resumed) in &clock.pauses {
        add(from, pause, false);
        add(pause, resumed, true);
        from = resumed;
    }
    add(from, clock.end.point(), false);
    stretches
}
