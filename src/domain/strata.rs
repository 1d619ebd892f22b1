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
