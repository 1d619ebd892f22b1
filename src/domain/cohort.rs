//! Which period a case belongs to, and as what it is counted there (specification, section 4).

use super::calendar::Day;
use super::clock::{Clock, Clockwork, Course, End};
use super::commitment::{Cohort, Treatment};
use super::project::Period;
use super::tally::Unusable;

/// What a case is in one period of one commitment, before exclude rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Counted: whether it was met, the day that put it into the period, and elapsed at the stop where it stopped.
    Counted {
        met: bool,
        day: Day,
        elapsed: Option<i64>,
    },
    Pending,
    /// Left out by the exit at this place in `exits`.
    ExcludedByExit(usize),
    Unusable(Unusable),
    NotStarted,
    Outside,
}

/// What the exits of a commitment are taken for: as declared, or all alike (section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exits {
    AsDeclared,
    All(Treatment),
}

/// The rule by which a case is placed.
#[derive(Clone, Copy)]
pub struct Placement<'a> {
    pub clockwork: Clockwork<'a>,
    pub period: &'a Period,
    pub cohort: Cohort,
    pub exits: Exits,
}

impl Placement<'_> {
    /// Places a case.
    pub fn place(&self, course: &Course) -> Standing {
        match course {
            Course::NotStarted => Standing::NotStarted,
            Course::Unusable { reason, last_stop, .. } if self.period.contains(*last_stop) => Standing::Unusable(*reason),
            Course::Unusable { .. } => Standing::Outside,
            Course::Running(clock) => match self.cohort {
                Cohort::Stop => self.by_stop(clock),
                Cohort::Due => self.by_due(clock),
                Cohort::Start => self.by_start(clock),
            },
        }
    }

    fn by_stop(&self, clock: &Clock) -> Standing {
        match clock.end.day() {
            Some(day) if self.period.contains(day) => self.ended(clock, day),
            _ => self.pending_or_outside(clock),
        }
    }

    /// The day that places a case that started: that of its end, that on which it is due (or of an exit up to then), or that of its
    /// start. `None` where it has none.
    pub fn deciding_day(&self, clock: &Clock) -> Option<Day> {
        match self.cohort {
            Cohort::Stop => clock.end.day(),
            Cohort::Due => self.clockwork.due_day(clock).map(|due| exit_by(clock, due).unwrap_or(due)),
            Cohort::Start => Some(clock.start.day),
        }
    }

    fn by_due(&self, clock: &Clock) -> Standing {
        let Some(due) = self.clockwork.due_day(clock) else {
            return self.pending_or_outside(clock);
        };
        let decided_by_exit = exit_by(clock, due);
        let day = decided_by_exit.unwrap_or(due);
        if !self.period.contains(day) {
            return if due > self.period.last { self.pending_or_outside(clock) } else { Standing::Outside };
        }
        match clock.end {
            End::Exited(..) if decided_by_exit.is_none() => Standing::Counted { met: false, day, elapsed: None },
            End::Open(_) => self.open(clock, day),
            End::Stopped(_) | End::Exited(..) => self.ended(clock, day),
        }
    }

    fn by_start(&self, clock: &Clock) -> Standing {
        let day = clock.start.day;
        if self.period.contains(day) {
            return match clock.end {
                End::Open(_) => self.open(clock, day),
                End::Stopped(_) | End::Exited(..) => self.ended(clock, day),
            };
        }
        // A case of an earlier period that ended, or was late when last seen, has its place there; any other is still pending.
        let settled_earlier = day < self.period.first && (!matches!(clock.end, End::Open(_)) || self.is_late(clock));
        if settled_earlier { Standing::Outside } else { self.pending_or_outside(clock) }
    }

    /// A case that ended, in the period that `day` puts it in.
    fn ended(&self, clock: &Clock, day: Day) -> Standing {
        let late = self.is_late(clock);
        match clock.end {
            End::Exited(place, _) => match self.treatment(place) {
                Treatment::Missed => Standing::Counted { met: false, day, elapsed: None },
                Treatment::ByWait if late => Standing::Counted { met: false, day, elapsed: None },
                Treatment::ByWait | Treatment::Exclude => Standing::ExcludedByExit(place),
            },
            End::Stopped(_) | End::Open(_) => Standing::Counted { met: !late, day, elapsed: Some(self.clockwork.elapsed(clock)) },
        }
    }

    /// A case still open, in the period that `day` puts it in.
    fn open(&self, clock: &Clock, day: Day) -> Standing {
        if self.is_late(clock) { Standing::Counted { met: false, day, elapsed: None } } else { Standing::Pending }
    }

    /// A case counted in no period up to this one: pending when it started and had not ended by the period's last day.
    fn pending_or_outside(&self, clock: &Clock) -> Standing {
        let ended = clock.end.day().is_some_and(|day| day <= self.period.last);
        if clock.first_start.day <= self.period.last && !ended { Standing::Pending } else { Standing::Outside }
    }

    fn treatment(&self, place: usize) -> Treatment {
        match self.exits {
            Exits::AsDeclared => self.clockwork.rule.exits[place].treatment,
            Exits::All(treatment) => treatment,
        }
    }

    /// Whether elapsed exceeds the limit at the end of the clock.
    pub fn is_late(&self, clock: &Clock) -> bool {
        self.clockwork.elapsed(clock) > self.clockwork.limit(clock)
    }
}

/// The day of an exit that ended the case not after its due day.
fn exit_by(clock: &Clock, due: Day) -> Option<Day> {
    match clock.end {
        End::Exited(_, exit) if exit.day <= due => Some(exit.day),
        _ => None,
    }
}
