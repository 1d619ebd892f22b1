//! Where errors are looked for first: the kinds of cases that an audit sample is drawn from.

use super::clock::{Clock, Clockwork, Course};
use super::cohort::Standing;
use super::commitment::{ReceivedWhenClosed, Unit};
use super::judge::Verdict;

/// A kind of case. Each case of a period is in the first that applies, in this order; cases not started or outside are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stratum {
    /// Counted, and of the longest elapsed times of all.
    Longest,
    /// Counted, with an elapsed time so close to the limit that a small error would turn the verdict.
    AtLimit,
    /// Counted, with a clock that stood still for a while or began again.
    Paused,
    /// Counted, late.
    Missed,
    /// Counted, on time.
    Met,
    /// Taken out by an exit or a rule.
    Excluded,
    Pending,
    Unusable,
}

impl Stratum {
    /// All of them, in order of precedence.
    pub const ALL: [Stratum; 8] = [
        Stratum::Longest,
        Stratum::AtLimit,
        Stratum::Paused,
        Stratum::Missed,
        Stratum::Met,
        Stratum::Excluded,
        Stratum::Pending,
        Stratum::Unusable,
    ];

    /// The stratum's name in `sample.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Stratum::Longest => "longest",
            Stratum::AtLimit => "at-limit",
            Stratum::Paused => "paused",
            Stratum::Missed => "missed",
            Stratum::Met => "met",
            Stratum::Excluded => "excluded",
            Stratum::Pending => "pending",
            Stratum::Unusable => "unusable",
        }
    }

    /// Whether its cases stand in the published rate.
    pub fn is_counted(self) -> bool {
        self <= Stratum::Met
    }

    /// The stratum of a case. Which cases are the longest only shows when all are known: it is never `Longest`.
    pub fn of(clockwork: &Clockwork<'_>, course: &Course, verdict: Verdict) -> Option<Stratum> {
        let met = match verdict {
            Verdict::ExcludedByRule(_) | Verdict::Standing(Standing::ExcludedByExit(_)) => return Some(Stratum::Excluded),
            Verdict::Standing(Standing::Pending) => return Some(Stratum::Pending),
            Verdict::Standing(Standing::Unusable(_)) => return Some(Stratum::Unusable),
            Verdict::Standing(Standing::NotStarted | Standing::Outside) => return None,
            Verdict::Standing(Standing::Counted { met, .. }) => met,
        };
        Some(match course {
            Course::Running(clock) if is_at_limit(clockwork, clock) => Stratum::AtLimit,
            Course::Running(clock) if clockwork.paused(clock) > 0 || began_again(clockwork, clock) => Stratum::Paused,
            _ if met => Stratum::Met,
            _ => Stratum::Missed,
        })
    }
}

/// How close to a limit is "at the limit": a day; in minutes, a twentieth of the limit, in seconds, rounded up.
pub fn margin(unit: Unit, limit: i64) -> i64 {
    match unit {
        Unit::BusinessDays | Unit::CalendarDays => 1,
        Unit::Minutes => (limit + 19) / 20,
    }
}

/// Limit - margin < elapsed <= limit + margin: the last that were on time and the first that were not.
fn is_at_limit(clockwork: &Clockwork<'_>, clock: &Clock) -> bool {
    let (elapsed, limit) = (clockwork.elapsed(clock), clockwork.limit(clock));
    let margin = margin(clockwork.rule.unit, limit);
    limit - margin < elapsed && elapsed <= limit + margin
}

/// Whether a restart made the clock count from another point than its first start.
pub fn began_again(clockwork: &Clockwork<'_>, clock: &Clock) -> bool {
    match (clockwork.rule.unit, clockwork.rule.received_when_closed) {
        (Unit::BusinessDays | Unit::CalendarDays, ReceivedWhenClosed::NextBusinessDay) => {
            let open = clockwork.calendar.business_day_from(clock.first_start.day);
            open.is_some_and(|day| day != clock.start.day)
        }
        _ => clock.start != clock.first_start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cohort::{Exits, Placement};
    use crate::domain::commitment::{ClockRule, Cohort, EventId};
    use crate::domain::may::*;

    fn stratum_under(rule: &ClockRule, events: &[(EventId, u32)]) -> Option<&'static str> {
        let (calendar, period) = (calendar(), month());
        let clockwork = Clockwork { rule, calendar: &calendar, zone: &Greenwich, as_of: may(31) };
        let course = clockwork.course(&in_may(events));
        let placement = Placement { clockwork, period: &period, cohort: Cohort::Stop, exits: Exits::AsDeclared };
        Stratum::of(&clockwork, &course, Verdict::Standing(placement.place(&course))).map(Stratum::name)
    }

    /// Within 5 business days: what is received on Monday 5 is due on Monday 12.
    fn stratum(events: &[(EventId, u32)]) -> &'static str {
        stratum_under(&rule(Unit::BusinessDays, 5), events).unwrap_or("none")
    }

    #[test]
    fn the_last_day_and_the_day_after_are_at_the_limit() {
        for (day, expected) in [(5, "met"), (9, "met"), (12, "at-limit"), (13, "at-limit"), (14, "missed"), (30, "missed")] {
            assert_eq!(stratum(&[(RECEIVED, 5), (DECIDED, day)]), expected, "decided on {day} May");
        }
    }

    #[test]
    fn a_clock_that_stood_still_or_began_again_comes_before_its_outcome_and_after_the_limit() {
        let paused =
            |notice, complete, decided| stratum(&[(RECEIVED, 5), (NOTICE, notice), (COMPLETE, complete), (DECIDED, decided)]);
        // Wednesday 7 and Thursday 8 do not count: Monday 12 is the third day, Friday 16 the seventh, Wednesday 14 the fifth.
        assert_eq!([paused(6, 8, 12), paused(6, 8, 16), paused(6, 8, 14)], ["paused", "paused", "at-limit"]);
        // From the 6th until the 6th no day is left out.
        assert_eq!(paused(6, 6, 9), "met");
        assert_eq!(stratum(&[(RECEIVED, 5), (POSTPONED, 7), (DECIDED, 9)]), "paused");
        assert_eq!(stratum(&[(RECEIVED, 5), (POSTPONED, 5), (DECIDED, 9)]), "met");
    }

    #[test]
    fn to_be_received_on_a_closed_day_is_not_to_begin_again() {
        let waits = ClockRule { received_when_closed: ReceivedWhenClosed::NextBusinessDay, ..rule(Unit::BusinessDays, 5) };
        // Saturday 3 is as if received on Monday 5.
        assert_eq!(stratum_under(&waits, &[(RECEIVED, 3), (DECIDED, 9)]), Some("met"));
        assert_eq!(stratum_under(&waits, &[(RECEIVED, 3), (POSTPONED, 7), (DECIDED, 9)]), Some("paused"));
    }

    #[test]
    fn what_does_not_count_is_in_the_stratum_of_its_state() {
        assert_eq!(stratum(&[(RECEIVED, 5), (WITHDRAWN, 7)]), "excluded");
        assert_eq!(stratum(&[(RECEIVED, 5)]), "pending");
        assert_eq!(stratum(&[(DECIDED, 5)]), "unusable");
        assert_eq!(stratum(&[(NOTICE, 5)]), "none");
        assert_eq!(Stratum::ALL.map(Stratum::is_counted), [true, true, true, true, true, false, false, false]);
        assert_eq!(Stratum::Longest.name(), "longest");
    }

    // Of 40 minutes 2, of 41 minutes 2 minutes and 3 seconds.
    #[test]
    fn the_margin_is_a_day_or_a_twentieth() {
        let limits = [1, 20, 21, 2400, 2460, 2461];
        assert_eq!(limits.map(|limit| margin(Unit::Minutes, limit)), [1, 1, 2, 120, 123, 124]);
        assert_eq!([Unit::BusinessDays, Unit::CalendarDays].map(|unit| margin(unit, 60)), [1, 1]);
    }
}
