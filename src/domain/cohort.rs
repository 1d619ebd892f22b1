//! Which period a case belongs to, and as what it is counted there (specification, section 4).

use std::cell::OnceCell;

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

/// A clock with what is reckoned from it, each once, however often the case is placed.
pub struct Reckoned<'a> {
    clock: &'a Clock,
    /// At the end of the clock: days, or seconds for minutes.
    elapsed: i64,
    /// Whether elapsed exceeds the limit.
    late: bool,
    due: OnceCell<Option<Day>>,
}

impl<'a> Reckoned<'a> {
    /// Reckons with a clock; `clockwork` is the one that it runs by.
    pub fn new(clockwork: &Clockwork<'_>, clock: &'a Clock) -> Reckoned<'a> {
        let elapsed = clockwork.elapsed(clock);
        Reckoned { clock, elapsed, late: elapsed > clockwork.limit(clock), due: OnceCell::new() }
    }

    fn due_day(&self, clockwork: &Clockwork<'_>) -> Option<Day> {
        *self.due.get_or_init(|| clockwork.due_day(self.clock))
    }
}

impl Placement<'_> {
    /// Places a case.
    pub fn place(&self, course: &Course) -> Standing {
        match course {
            Course::NotStarted => Standing::NotStarted,
            Course::Unusable { reason, last_stop, .. } if self.period.contains(*last_stop) => Standing::Unusable(*reason),
            Course::Unusable { .. } => Standing::Outside,
            Course::Running(clock) => self.place_running(&Reckoned::new(&self.clockwork, clock)),
        }
    }

    /// Places a case that started; its clock was reckoned with by the clockwork of this placement.
    pub fn place_running(&self, reckoned: &Reckoned<'_>) -> Standing {
        match self.cohort {
            Cohort::Stop => self.by_stop(reckoned),
            Cohort::Due => self.by_due(reckoned),
            Cohort::Start => self.by_start(reckoned),
        }
    }

    fn by_stop(&self, reckoned: &Reckoned<'_>) -> Standing {
        match reckoned.clock.end.day() {
            Some(day) if self.period.contains(day) => self.ended(reckoned, day),
            _ => self.pending_or_outside(reckoned.clock),
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

    fn by_due(&self, reckoned: &Reckoned<'_>) -> Standing {
        let clock = reckoned.clock;
        let Some(due) = reckoned.due_day(&self.clockwork) else {
            return self.pending_or_outside(clock);
        };
        let decided_by_exit = exit_by(clock, due);
        let day = decided_by_exit.unwrap_or(due);
        if !self.period.contains(day) {
            return if due > self.period.last { self.pending_or_outside(clock) } else { Standing::Outside };
        }
        match clock.end {
            End::Exited(..) if decided_by_exit.is_none() => Standing::Counted { met: false, day, elapsed: None },
            End::Open(_) => open(reckoned, day),
            End::Stopped(_) | End::Exited(..) => self.ended(reckoned, day),
        }
    }

    fn by_start(&self, reckoned: &Reckoned<'_>) -> Standing {
        let clock = reckoned.clock;
        let day = clock.start.day;
        if self.period.contains(day) {
            return match clock.end {
                End::Open(_) => open(reckoned, day),
                End::Stopped(_) | End::Exited(..) => self.ended(reckoned, day),
            };
        }
        // A case of an earlier period that ended, or was late when last seen, has its place there; any other is still pending.
        let settled_earlier = day < self.period.first && (!matches!(clock.end, End::Open(_)) || reckoned.late);
        if settled_earlier { Standing::Outside } else { self.pending_or_outside(clock) }
    }

    /// A case that ended, in the period that `day` puts it in.
    fn ended(&self, reckoned: &Reckoned<'_>, day: Day) -> Standing {
        let late = reckoned.late;
        match reckoned.clock.end {
            End::Exited(place, _) => match self.treatment(place) {
                Treatment::Missed => Standing::Counted { met: false, day, elapsed: None },
                Treatment::ByWait if late => Standing::Counted { met: false, day, elapsed: None },
                Treatment::ByWait | Treatment::Exclude => Standing::ExcludedByExit(place),
            },
            End::Stopped(_) | End::Open(_) => Standing::Counted { met: !late, day, elapsed: Some(reckoned.elapsed) },
        }
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
}

/// A case still open, in the period that `day` puts it in.
fn open(reckoned: &Reckoned<'_>, day: Day) -> Standing {
    if reckoned.late { Standing::Counted { met: false, day, elapsed: None } } else { Standing::Pending }
}

/// The day of an exit that ended the case not after its due day.
fn exit_by(clock: &Clock, due: Day) -> Option<Day> {
    match clock.end {
        End::Exited(_, exit) if exit.day <= due => Some(exit.day),
        _ => None,
    }
}
