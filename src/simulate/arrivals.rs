//! When cases arrive: the rhythm of the year, of the week and of the day.

use chrono::{Datelike, Duration, NaiveDateTime, NaiveTime, Weekday};

use crate::domain::calendar::{Calendar, Day};

use super::random::Random;
use super::scenario::Scenario;

/// Weights of the months, January first: applications build up to the start of the school year.
const MONTHS: [u64; 12] = [9, 9, 10, 10, 11, 12, 13, 12, 10, 9, 8, 6];
/// Weights of the days of the week, Monday first.
const WEEKDAYS: [u64; 7] = [132, 108, 96, 92, 78, 60, 50];
/// The weight of a day on which the offices are closed: what is written by e-mail or online.
const CLOSED: u64 = 14;
/// The weight of a closed day for a line that nobody answers: messages only.
const CLOSED_LINE: u64 = 2;
/// In thousandths, the calls of a business day that come outside opening hours.
const OUTSIDE_HOURS: u32 = 11;
/// How many days after the period cases still arrive in the export.
const AFTERWARDS: i32 = 7;

/// Weights of the half hours from 8:00 to 16:30.
const HALF_HOURS: [u64; 17] = [8, 11, 13, 14, 14, 13, 11, 9, 7, 7, 9, 11, 12, 11, 9, 7, 4];
/// Weights of the hours from 0:00, for what people write when they like.
const HOURS: [u64; 24] = [1, 1, 0, 0, 0, 1, 3, 6, 12, 16, 17, 15, 11, 13, 15, 14, 12, 8, 6, 6, 6, 5, 4, 2];
/// Hours at which somebody calls a closed office.
const EARLY_AND_LATE: [u64; 24] = [0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 6, 4, 3, 2, 0, 0];

/// The first half hour of service on a day of the week: 8:00, on Wednesdays 10:30 (Declaration, "To reach us").
fn opening(weekday: Weekday) -> usize {
    if weekday == Weekday::Wed { 5 } else { 0 }
}

/// How one arrival came in.
pub struct Arrival {
    pub at: NaiveDateTime,
    /// Nobody was there to answer.
    pub outside_hours: bool,
}

/// The days on which the cases of a source arrive, each with its weight summed up to its end.
pub struct Arrivals {
    days: Vec<(Day, u64)>,
    total: u64,
}

impl Arrivals {
    /// From the first day of the earliest profile until shortly after the period, never after as-of.
    /// `takes_messages` tells whether a closed line still takes something.
    pub fn new(random: &mut Random, scenario: &Scenario, takes_messages: bool) -> Arrivals {
        let project = scenario.project;
        let first = scenario.profiles.iter().map(|profile| profile.from).min().unwrap_or(project.period.first);
        let last = Day(project.period.last.0.saturating_add(AFTERWARDS).min(project.as_of.0));
        let closed = match (scenario.is_a_queue(), takes_messages) {
            (false, _) => CLOSED,
            (true, true) => CLOSED_LINE,
            (true, false) => 0,
        };
        let mut total = 0;
        let days = (first.0..=last.0).map(|number| {
            let day = Day(number);
            let present: u64 = scenario.profiles.iter().filter(|profile| profile.from <= day).map(|profile| profile.weight).sum();
            // No two Mondays are alike.
            let mood = random.between(84, 116);
            total += present * weight(&project.calendar, day, closed) * mood;
            (day, total)
        });
        let days = days.collect();
        Arrivals { days, total }
    }

    /// Each day with how many of `cases` arrive on it; they add up to `cases` exactly, where any day has a weight.
    pub fn spread(&self, cases: u64) -> impl Iterator<Item = (Day, u64)> + '_ {
        let until = move |sum: u64| (u128::from(cases) * u128::from(sum) / u128::from(self.total.max(1))) as u64;
        let mut before = 0;
        self.days.iter().map(move |&(day, sum)| {
            let count = until(sum) - before;
            before = until(sum);
            (day, count)
        })
    }
}

fn weight(calendar: &Calendar, day: Day, closed: u64) -> u64 {
    let date = day.date();
    let month = MONTHS[date.month0() as usize];
    if !calendar.is_business_day(day) {
        return month * closed;
    }
    let weight = month * WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    // What was not asked on a holiday is asked on the day after; a Monday has its weekend in its weight already.
    let after_holiday = !calendar.is_business_day(Day(day.0 - 1)) && date.weekday() != Weekday::Mon;
    if after_holiday { weight * 13 / 10 } else { weight }
}

/// One arrival on `day`.
pub fn arrival(random: &mut Random, scenario: &Scenario, takes_messages: bool, day: Day) -> Arrival {
    let open = scenario.project.calendar.is_business_day(day);
    if scenario.is_a_log() && open {
        // Files are opened by somebody, also those that came in overnight.
        return Arrival { at: working_moment(random, day), outside_hours: false };
    }
    if !scenario.is_a_queue() {
        let hour = random.weighted(HOURS.into_iter());
        return Arrival { at: within(random, day, hour as u64 * 3600, 3600), outside_hours: !open };
    }
    if takes_messages && (!open || random.permille(OUTSIDE_HOURS)) {
        let hours = if open { EARLY_AND_LATE } else { HOURS };
        let hour = random.weighted(hours.into_iter());
        return Arrival { at: within(random, day, hour as u64 * 3600, 3600), outside_hours: true };
    }
    Arrival { at: working_moment(random, day), outside_hours: false }
}

/// A moment of `day` during opening hours.
pub fn working_moment(random: &mut Random, day: Day) -> NaiveDateTime {
    let first = opening(day.date().weekday());
    let half_hour = first + random.weighted(HALF_HOURS[first..].iter().copied());
    within(random, day, 8 * 3600 + half_hour as u64 * 1800, 1800)
}

fn within(random: &mut Random, day: Day, second: u64, length: u64) -> NaiveDateTime {
    day.date().and_time(NaiveTime::MIN) + Duration::seconds((second + random.below(length)) as i64)
}
