//! The clock of one case: from its events to its end, its elapsed time and its due day (specification, section 3).
//!
//! A commitment in days works on days alone, a commitment in minutes on instants. Both are numbers on one line here, called
//! points: day numbers, or seconds. "Before", "same" and "after" compare points.

use super::calendar::{BusinessDays, Calendar, Day};
use super::commitment::{ClockRule, CountFrom, EventId, ReceivedWhenClosed, Unit};
use super::tally::Unusable;

/// An instant, in whole seconds since 1970-01-01T00:00Z, with the local day on which it falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    pub seconds: i64,
    pub day: Day,
}

/// Something that happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    pub kind: EventId,
    pub moment: Moment,
}

/// How local days and instants correspond: the door through which a time zone comes in.
pub trait Zone: Sync {
    /// The local day of an instant in seconds.
    fn day_of(&self, seconds: i64) -> Day;
    /// The instant, in seconds, at which a local day begins.
    fn start_of(&self, day: Day) -> i64;
}

/// A point of the clock, and the local day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// A day number, or seconds for a commitment in minutes.
    pub point: i64,
    pub day: Day,
}

/// How a case ended by the knowledge date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The service was given.
    Stopped(Mark),
    /// An exit ended the case, by its place in `exits`.
    Exited(usize, Mark),
    /// Still open at the knowledge date, which is the point.
    Open(i64),
}

/// What the events of a case make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    NotStarted,
    /// With the day of its last stop event. `first_start` is `s0`, where there is one.
    Unusable {
        reason: Unusable,
        last_stop: Day,
        first_start: Option<Day>,
    },
    Running(Clock),
}

/// The clock of a case that started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// `s0`, the earliest start event.
    pub first_start: Mark,
    /// `s`, after restarts and the rule for closed days.
    pub start: Mark,
    pub end: End,
    /// United intervals `(from, until]` during which the clock stands still, clipped to the clock.
    pub pauses: Vec<(i64, i64)>,
    /// Where the pause that is still open at the knowledge date began; only for a case still open.
    pub open_pause: Option<i64>,
}

/// What one `from` event of a pause rule opens, before the intervals of all rules are united.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The place of the rule in `pauses`.
    pub rule: usize,
    /// The point of the `from` event, which may lie before the clock.
    pub opened: i64,
    /// The point of the earliest `until` event at or after it; `None` while there is none.
    pub closed: Option<i64>,
    /// `(from, until]`, clipped to the clock; empty where `until` is not after `from`.
    pub from: i64,
    pub until: i64,
}

/// A rule with what it needs to count: the calendar, the zone and the knowledge date.
#[derive(Clone, Copy)]
pub struct Clockwork<'a> {
    pub rule: &'a ClockRule,
    pub calendar: &'a Calendar,
    pub zone: &'a dyn Zone,
    /// A whole day, to 24:00.
    pub as_of: Day,
}

impl Clockwork<'_> {
    /// Reads the events of a case, those after the knowledge date left out. Their order does not matter.
    pub fn course(&self, events: &[Event]) -> Course {
        let known = || events.iter().filter(|event| event.moment.day <= self.as_of);
        let stops = || known().filter(|event| self.rule.stop.contains(&event.kind));
        let last_stop = stops().map(|event| event.moment.day).max();
        let starts = known().filter(|event| self.rule.start.contains(&event.kind));
        let Some(first_start) = starts.map(|event| self.mark(event.moment)).min_by_key(|mark| mark.point) else {
            return match last_stop {
                None => Course::NotStarted,
                Some(last_stop) => Course::Unusable { reason: Unusable::StopWithoutStart, last_stop, first_start: None },
            };
        };
        let from_start = |event: &&Event| self.mark(event.moment).point >= first_start.point;
        let stop = stops().filter(from_start).map(|event| self.mark(event.moment)).min_by_key(|mark| mark.point);
        let exit = self.exit(known().filter(from_start));
        let end = match (stop, exit) {
            (Some(stop), Some((place, exit))) if exit.point < stop.point => End::Exited(place, exit),
            (Some(stop), _) => End::Stopped(stop),
            (None, Some((place, exit))) => End::Exited(place, exit),
            (None, None) => End::Open(self.as_of_point()),
        };
        if let (End::Open(_), Some(last_stop)) = (end, last_stop) {
            let first_start = Some(first_start.day);
            return Course::Unusable { reason: Unusable::StopBeforeStart, last_stop, first_start };
        }
        let start = self.start(first_start, end.point(), known());
        let (pauses, open_pause) = self.pauses(start, end, || known());
        Course::Running(Clock { first_start, start, end, pauses, open_pause })
    }

    /// Elapsed time at the end of the clock: days, or seconds for minutes.
    pub fn elapsed(&self, clock: &Clock) -> i64 {
        self.elapsed_at(clock, clock.end.point())
    }

    /// Elapsed time at a point of the clock that is not after its end: days, or seconds for minutes.
    pub fn elapsed_at(&self, clock: &Clock, point: i64) -> i64 {
        let paused: i64 = clock.pauses.iter().map(|&(from, until)| self.between(from, until.min(point))).sum();
        self.between(clock.start.point, point) - paused + self.start_day(clock, point)
    }

    /// Time paused within the clock: days, or seconds for minutes.
    pub fn paused(&self, clock: &Clock) -> i64 {
        clock.pauses.iter().map(|&(from, until)| self.between(from, until)).sum()
    }

    /// The limit that this case is held against, in elapsed units.
    pub fn limit(&self, clock: &Clock) -> i64 {
        i64::from(self.rule.limit_on(clock.start.day)) * self.rule.unit.scale()
    }

    /// The first day on which elapsed reaches the limit, as if the case went on running after its end.
    ///
    /// `None` for a case still open inside an open pause that began before that. A due day beyond 2299 is the last day there is.
    pub fn due_day(&self, clock: &Clock) -> Option<Day> {
        let mut missing = self.limit(clock) - self.start_day(clock, clock.start.point);
        if missing <= 0 {
            return Some(clock.start.day);
        }
        let mut from = clock.start.point;
        let standing = clock.pauses.iter().copied().chain(clock.open_pause.map(|since| (since, i64::MAX)));
        for (pause, resumed) in standing {
            let run = self.between(from, pause);
            if run >= missing {
                return Some(self.day_of_nth(from, missing));
            }
            missing -= run;
            from = resumed;
        }
        clock.open_pause.is_none().then(|| self.day_of_nth(from, missing))
    }

    /// The earliest exit, ties in the order of `exits`.
    fn exit<'e>(&self, events: impl Iterator<Item = &'e Event>) -> Option<(usize, Mark)> {
        let place = |event: &Event| self.rule.exits.iter().position(|exit| exit.event == event.kind);
        let exits = events.filter_map(|event| Some((place(event)?, self.mark(event.moment))));
        exits.min_by_key(|&(place, mark)| (mark.point, place))
    }

    /// The latest restart after `s0` and not after the end; `events` are those known at the knowledge date.
    fn restart<'e>(&self, first_start: Mark, end: i64, events: impl Iterator<Item = &'e Event>) -> Option<Mark> {
        let restarts = events.filter(|event| self.rule.restarts.contains(&event.kind)).map(|event| self.mark(event.moment));
        restarts.filter(|mark| first_start.point < mark.point && mark.point <= end).max_by_key(|mark| mark.point)
    }

    /// `s`: the chosen restart, else `s0`, moved to a business day where the declaration says so.
    fn start<'e>(&self, first_start: Mark, end: i64, events: impl Iterator<Item = &'e Event>) -> Mark {
        let start = self.restart(first_start, end, events).unwrap_or(first_start);
        if self.rule.unit == Unit::Minutes || self.rule.received_when_closed == ReceivedWhenClosed::AsReceived {
            return start;
        }
        let day = self.calendar.business_day_from(start.day).unwrap_or(start.day);
        Mark { point: i64::from(day.0), day }
    }

    /// The restart that a running clock began with, if any: where it lies before `start`, the start was moved to a business day.
    pub fn chosen_restart(&self, clock: &Clock, events: &[Event]) -> Option<Mark> {
        self.restart(clock.first_start, clock.end.point(), events.iter().filter(|event| event.moment.day <= self.as_of))
    }

    /// What every `from` event of every pause rule opens, rule by rule, empty intervals included.
    pub fn intervals(&self, clock: &Clock, events: &[Event]) -> Vec<Interval> {
        let mut intervals = Vec::new();
        let known = || events.iter().filter(|event| event.moment.day <= self.as_of);
        self.each_interval(clock.start, clock.end, known, |interval| intervals.push(interval));
        intervals
    }

    fn each_interval<'e, I>(&self, start: Mark, end: End, events: impl Fn() -> I, mut take: impl FnMut(Interval))
    where
        I: Iterator<Item = &'e Event>,
    {
        for (place, rule) in self.rule.pauses.iter().enumerate() {
            let points =
                |kind: EventId| events().filter(move |event| event.kind == kind).map(|event| self.mark(event.moment).point);
            for opened in points(rule.from) {
                let closed = points(rule.until).filter(|&until| until >= opened).min();
                let until = closed.unwrap_or(i64::MAX).min(end.point());
                take(Interval { rule: place, opened, closed, from: opened.max(start.point), until });
            }
        }
    }

    /// The united pauses clipped to `[start, end]`, and where the pause that is open at the knowledge date began.
    ///
    /// Every `from` event opens an interval of its own: one inside an open interval of its rule ends where that ends, so the union is
    /// the same as if it had opened nothing.
    fn pauses<'e, I>(&self, start: Mark, end: End, events: impl Fn() -> I) -> (Vec<(i64, i64)>, Option<i64>)
    where
        I: Iterator<Item = &'e Event>,
    {
        let mut intervals = Vec::new();
        let mut open_since: Option<i64> = None;
        self.each_interval(start, end, events, |interval| {
            intervals.push((interval.from, interval.until));
            if interval.closed.is_none() && matches!(end, End::Open(_)) {
                open_since = Some(open_since.map_or(interval.opened, |earliest| earliest.min(interval.opened)));
            }
        });
        intervals.retain(|&(from, until)| from < until);
        intervals.sort_unstable();
        let mut united: Vec<(i64, i64)> = Vec::new();
        for (from, until) in intervals {
            match united.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => united.push((from, until)),
            }
        }
        (united, open_since)
    }

    /// 1 when the day of the start counts at `point` (section 3, point 6: `B(s - 1, x]`), else 0.
    fn start_day(&self, clock: &Clock, point: i64) -> i64 {
        let counts = match self.rule.unit {
            Unit::Minutes => false,
            Unit::CalendarDays => true,
            Unit::BusinessDays => self.calendar.is_business_day(clock.start.day),
        };
        i64::from(counts && self.rule.count_from == CountFrom::SameDay && point >= clock.start.point)
    }

    /// Units d with `after` < d <= `until`, 0 when `until` <= `after`.
    fn between(&self, after: i64, until: i64) -> i64 {
        match self.rule.unit {
            Unit::BusinessDays => self.calendar.between(day(after), day(until)).0,
            Unit::CalendarDays | Unit::Minutes => until.saturating_sub(after).max(0),
        }
    }

    /// The day of the `count`-th unit after `after`, `count` >= 1.
    fn day_of_nth(&self, after: i64, count: i64) -> Day {
        match self.rule.unit {
            Unit::BusinessDays => self.calendar.nth_after(day(after), BusinessDays(count)).unwrap_or(Day(i32::MAX)),
            Unit::CalendarDays => day(after.saturating_add(count)),
            Unit::Minutes => self.zone.day_of(after.saturating_add(count)),
        }
    }

    /// A moment as a point of this clock.
    pub fn mark(&self, moment: Moment) -> Mark {
        let point = match self.rule.unit {
            Unit::Minutes => moment.seconds,
            Unit::BusinessDays | Unit::CalendarDays => i64::from(moment.day.0),
        };
        Mark { point, day: moment.day }
    }

    /// The knowledge date as a point: the day, or the instant at which it ends.
    fn as_of_point(&self) -> i64 {
        match self.rule.unit {
            Unit::Minutes => self.zone.start_of(Day(self.as_of.0 + 1)),
            Unit::BusinessDays | Unit::CalendarDays => i64::from(self.as_of.0),
        }
    }
}

impl End {
    /// The point at which the clock ends.
    pub fn point(self) -> i64 {
        match self {
            End::Stopped(mark) | End::Exited(_, mark) => mark.point,
            End::Open(point) => point,
        }
    }

    /// The day on which the case ended; `None` for an open one.
    pub fn day(self) -> Option<Day> {
        match self {
            End::Stopped(mark) | End::Exited(_, mark) => Some(mark.day),
            End::Open(_) => None,
        }
    }
}

fn day(point: i64) -> Day {
    Day(i32::try_from(point).unwrap_or(i32::MAX))
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
