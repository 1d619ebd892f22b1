//! Integrity signs: patterns in the dates of cases that call for a question. None proves anything, and none changes a figure.

use super::calendar::{Calendar, Day};
use super::clock::{Clock, Clockwork, Course, End, Event};
use super::cohort::Standing;
use super::commitment::{ClockRule, EventId, Treatment, Unit};
use super::judge::Verdict;
use super::project::Period;

/// A pattern that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Of the counted cases that stopped on the last day of the limit, the day before or the day after, those on the last day.
    LastDay,
    /// Of the counted cases with a pause, those in which one opened when the limit was used up: on the due day, or after it.
    LatePause,
    /// Of the counted cases that stopped, those that did so on a day that is no business day.
    ClosedDay,
    /// Of the counted cases that stopped in the period, those that did so from its fifth last business day on.
    YearEnd,
    /// Of the cases that an exit left out, those whose elapsed time was over the limit then.
    LateExit,
    /// Of the counted cases with an event `received` and one `registered`, those registered two business days or more after.
    LateRegistration,
}

impl Sign {
    /// All six, in the order in which they are written.
    pub const ALL: [Sign; 6] =
        [Sign::LastDay, Sign::LatePause, Sign::ClosedDay, Sign::YearEnd, Sign::LateExit, Sign::LateRegistration];

    /// The sign's name in the evidence and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Sign::LastDay => "last-day",
            Sign::LatePause => "late-pause",
            Sign::ClosedDay => "closed-day",
            Sign::YearEnd => "year-end",
            Sign::LateExit => "late-exit",
            Sign::LateRegistration => "late-registration",
        }
    }
}

/// Fewer cases than this say nothing, whatever their share: chance alone moves them.
pub const FEWEST: u64 = 20;

/// Of a shorter limit, in days, the last day is one of a few, and crowded as a rule.
pub const SHORTEST_LIMIT: u32 = 5;

/// How many business days at the end of the period are looked at.
pub const LAST_DAYS: i64 = 5;

/// From how many business days on a registration is late.
pub const LATE_REGISTRATION: i64 = 2;

/// Where a case stands to a sign that concerns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It shows the sign.
    Found,
    /// It is one of those with which they are compared.
    Beside,
}

/// For each of `Sign::ALL`: where a case stands; `None` where the sign does not concern it.
pub type Sights = [Option<Sight>; 6];

/// The cases that show a sign, among those that could.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sighted {
    pub found: u64,
    /// `found` included.
    pub among: u64,
}

/// The cases of one commitment by sign, in the order of `Sign::ALL`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs([Sighted; 6]);

impl Signs {
    /// Counts one more case.
    pub fn count(&mut self, sights: &Sights) {
        for (sighted, sight) in self.0.iter_mut().zip(sights) {
            sighted.found += u64::from(*sight == Some(Sight::Found));
            sighted.among += u64::from(sight.is_some());
        }
    }

    /// What was counted for one sign.
    pub fn of(&self, sign: Sign) -> Sighted {
        self.0[sign as usize]
    }

    /// Adds what was counted over other cases of the same commitment.
    pub fn add(&mut self, other: &Signs) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            mine.found += theirs.found;
            mine.among += theirs.among;
        }
    }
}

/// A share of cases, `part` of `whole`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    pub part: u64,
    pub whole: u64,
}

impl Threshold {
    /// The share above which a sign says something: on the last day more than on both days beside it together; at the end of the
    /// period more than twice what its business days saw on average; of the others more than one in twenty.
    pub fn of(sign: Sign, period: &Period, calendar: &Calendar) -> Threshold {
        match sign {
            Sign::LastDay => Threshold { part: 1, whole: 2 },
            Sign::YearEnd => {
                let days = calendar.between(Day(period.first.0 - 1), period.last).0;
                Threshold { part: 2 * LAST_DAYS.unsigned_abs(), whole: days.unsigned_abs() }
            }
            Sign::LatePause | Sign::ClosedDay | Sign::LateExit | Sign::LateRegistration => Threshold { part: 1, whole: 20 },
        }
    }

    /// Whether so many cases say something: at least `FEWEST`, and a share above this one.
    pub fn is_passed_by(self, sighted: Sighted) -> bool {
        let (found, among) = (u128::from(sighted.found), u128::from(sighted.among));
        sighted.found >= FEWEST && found * u128::from(self.whole) > among * u128::from(self.part)
    }
}

/// The fifth last business day of the period; its first day where it has fewer.
pub fn year_end(period: &Period, calendar: &Calendar) -> Day {
    let days = (period.first.0..=period.last.0).rev().map(Day);
    let is_reached = |day: &Day| calendar.between(Day(day.0 - 1), period.last).0 >= LAST_DAYS;
    days.into_iter().find(is_reached).unwrap_or(period.first)
}

/// Looks at the cases of one commitment.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    clockwork: Clockwork<'a>,
    period: &'a Period,
    /// The first day of the end of the period.
    year_end: Day,
    /// `received` and `registered`, where the source has both.
    registration: Option<(EventId, EventId)>,
    /// In the order of `Sign::ALL`: whether the commitment can show the sign.
    concerned: [bool; 6],
}

impl<'a> Watch<'a> {
    /// Finds the end of the period once.
    pub fn new(clockwork: Clockwork<'a>, period: &'a Period, registration: Option<(EventId, EventId)>) -> Watch<'a> {
        let concerned = Sign::ALL.map(|sign| Watch::concerns(sign, clockwork.rule, registration));
        Watch { clockwork, period, year_end: year_end(period, clockwork.calendar), registration, concerned }
    }

    /// Whether a commitment with this rule can show the sign at all.
    pub fn concerns(sign: Sign, rule: &ClockRule, registration: Option<(EventId, EventId)>) -> bool {
        match sign {
            Sign::LastDay => rule.unit != Unit::Minutes && rule.limits.iter().any(|version| version.limit >= SHORTEST_LIMIT),
            Sign::LatePause => !rule.pauses.is_empty(),
            Sign::ClosedDay => rule.unit == Unit::BusinessDays,
            Sign::YearEnd => rule.unit != Unit::Minutes,
            Sign::LateExit => rule.exits.iter().any(|exit| exit.treatment == Treatment::Exclude),
            Sign::LateRegistration => registration.is_some(),
        }
    }

    /// Where a case stands to each sign.
    pub fn sights(&self, events: &[Event], course: &Course, verdict: Verdict) -> Sights {
        let Course::Running(clock) = course else { return [None; 6] };
        let is_counted = matches!(verdict, Verdict::Standing(Standing::Counted { .. }));
        let is_left_out = matches!(verdict, Verdict::Standing(Standing::ExcludedByExit(_)));
        let stop = match clock.end {
            End::Stopped(mark) if is_counted => Some(mark.day),
            _ => None,
        };
        let mut sights = [None; 6];
        for ((sight, sign), _) in sights.iter_mut().zip(Sign::ALL).zip(self.concerned).filter(|(_, concerned)| *concerned) {
            let found = match sign {
                Sign::LastDay => stop.and_then(|_| self.is_on_last_day(clock)),
                Sign::LatePause => is_counted.then(|| self.is_paused_late(clock)).flatten(),
                Sign::ClosedDay => stop.map(|day| !self.clockwork.calendar.is_business_day(day)),
                Sign::YearEnd => stop.filter(|day| self.period.contains(*day)).map(|day| day >= self.year_end),
                Sign::LateExit => is_left_out.then(|| self.clockwork.elapsed(clock) > self.clockwork.limit(clock)),
                Sign::LateRegistration => is_counted.then(|| self.is_registered_late(events)).flatten(),
            };
            *sight = found.map(|found| if found { Sight::Found } else { Sight::Beside });
        }
        sights
    }

    /// `None` where it stopped neither on the last day nor on a day beside it.
    fn is_on_last_day(&self, clock: &Clock) -> Option<bool> {
        let (elapsed, limit) = (self.clockwork.elapsed(clock), self.clockwork.limit(clock));
        (limit >= i64::from(SHORTEST_LIMIT) && (elapsed - limit).abs() <= 1).then_some(elapsed == limit)
    }

    /// `None` without a pause.
    fn is_paused_late(&self, clock: &Clock) -> Option<bool> {
        let limit = self.clockwork.limit(clock);
        let is_late = |&(from, _): &(i64, i64)| self.clockwork.elapsed_at(clock, from) >= limit;
        (!clock.pauses.is_empty()).then(|| clock.pauses.iter().any(is_late))
    }

    /// `None` where one of the two events is missing. The earliest of each counts, as known at the knowledge date.
    fn is_registered_late(&self, events: &[Event]) -> Option<bool> {
        let (received, registered) = self.registration?;
        let earliest = |kind: EventId| {
            let known = events.iter().filter(|event| event.kind == kind && event.moment.day <= self.clockwork.as_of);
            known.map(|event| event.moment.day).min()
        };
        let days = self.clockwork.calendar.between(earliest(received)?, earliest(registered)?).0;
        Some(days >= LATE_REGISTRATION)
    }
}

#[cfg(test)]
#[path = "signs_tests.rs"]
mod tests;
