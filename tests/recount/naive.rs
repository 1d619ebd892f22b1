//! The measurement rules once more, naively: days are walked one by one, seconds piece by piece between events, and nothing is
//! looked up that could be counted. No code of `src/domain` runs here; its types only carry what goes in.

use super::world::{RandomCalendar, RandomCase, World};
use bilan::domain::calendar::Day;
use bilan::domain::clock::{Event, Zone};
use bilan::domain::commitment::{ClockRule, Cohort, CountFrom, EventId, ReceivedWhenClosed, Treatment, Unit};

/// What is counted: a world with the options that a reading may change.
#[derive(Clone)]
pub struct Recount<'a> {
    pub world: &'a World,
    pub calendar: &'a RandomCalendar,
    pub rule: ClockRule,
    pub cohort: Cohort,
    pub as_of: i32,
    /// Every exit treated so, instead of as declared.
    pub every_exit: Option<Treatment>,
}

/// A point with its day: the day itself in a commitment in days, the instant in one in minutes.
#[derive(Debug, Clone, Copy)]
struct Point {
    at: i64,
    day: i32,
}

/// What a case is, before it belongs to a period.
#[derive(Debug, Clone)]
pub enum Fate {
    NotStarted,
    /// 0 is stop-before-start, 1 is stop-without-start.
    Unusable {
        reason: usize,
        last_stop: i32,
    },
    Started(Life),
}

/// A case that started.
#[derive(Debug, Clone)]
pub struct Life {
    pub first_start: i32,
    pub start: i32,
    pub stopped: Option<i32>,
    pub exited: Option<(usize, i32)>,
    /// At the stop, the exit, or the knowledge date.
    pub elapsed: i64,
    /// Units between the start and that point which did not count because of a pause.
    pub paused: i64,
    pub limit: i64,
    pub due: Option<i32>,
}

/// What a case is in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Counted { met: bool, day: i32, elapsed: Option<i64> },
    Pending,
    ExcludedByExit(usize),
    ExcludedByRule(usize),
    Unusable(usize),
    NotStarted,
    Outside,
}

/// The pauses of one case: from a point to a point, or to no end.
type Pauses = Vec<(i64, Option<i64>)>;

impl<'a> Recount<'a> {
    /// The commitment as declared.
    pub fn declared(world: &'a World, calendar: &'a RandomCalendar) -> Recount<'a> {
        let (rule, cohort) = (world.commitment.clock.clone(), world.commitment.counted_by);
        Recount { world, calendar, rule, cohort, as_of: world.as_of.0, every_exit: None }
    }

    /// Section 3, points 1 to 8.
    pub fn fate(&self, case: &RandomCase) -> Fate {
        let events: Vec<Event> = case.events.iter().copied().filter(|event| event.moment.day.0 <= self.as_of).collect();
        let starts = self.points(&events, &self.rule.start);
        let stops = self.points(&events, &self.rule.stop);
        let last_stop = stops.iter().map(|stop| stop.day).max();
        let Some(&first_start) = starts.first() else {
            return match last_stop {
                Some(last_stop) => Fate::Unusable { reason: 1, last_stop },
                None => Fate::NotStarted,
            };
        };
        let stop = stops.iter().copied().find(|stop| stop.at >= first_start.at);
        let mut exit: Option<(usize, Point)> = None;
        for (place, declared) in self.rule.exits.iter().enumerate() {
            let found = self.points(&events, &[declared.event]).into_iter().find(|point| point.at >= first_start.at);
            if let Some(point) = found
                && exit.is_none_or(|(_, earliest)| point.at < earliest.at)
                && stop.is_none_or(|stop| point.at < stop.at)
            {
                exit = Some((place, point));
            }
        }
        let stop = if exit.is_some() { None } else { stop };
        if let (None, None, Some(last_stop)) = (stop, exit, last_stop) {
            return Fate::Unusable { reason: 0, last_stop };
        }
        let end = match (stop, exit) {
            (Some(stop), _) => stop.at,
            (None, Some((_, exit))) => exit.at,
            (None, None) => self.knowledge_ends(),
        };
        let start = self.start(first_start, end, &events);
        let limit = self.limit(start.day);
        let pauses = self.pauses(&events);
        let is_open = stop.is_none() && exit.is_none();
        Fate::Started(Life {
            first_start: first_start.day,
            start: start.day,
            stopped: stop.map(|stop| stop.day),
            exited: exit.map(|(place, exit)| (place, exit.day)),
            elapsed: self.elapsed(start, end, &pauses),
            paused: self.elapsed(start, end, &Vec::new()) - self.elapsed(start, end, &pauses),
            limit,
            due: self.due(start, end, is_open, limit, &pauses),
        })
    }

    /// Section 4, with the exclude rules.
    pub fn outcome(&self, case: &RandomCase) -> Outcome {
        match (self.before_rules(&self.fate(case)), case.exclude_rule) {
            (Outcome::Counted { .. }, Some(rule)) => Outcome::ExcludedByRule(rule),
            (outcome, _) => outcome,
        }
    }

    fn before_rules(&self, fate: &Fate) -> Outcome {
        let (first, last) = (self.world.period.first.0, self.world.period.last.0);
        let life = match fate {
            Fate::NotStarted => return Outcome::NotStarted,
            Fate::Unusable { reason, last_stop } if first <= *last_stop && *last_stop <= last => {
                return Outcome::Unusable(*reason);
            }
            Fate::Unusable { .. } => return Outcome::Outside,
            Fate::Started(life) => life,
        };
        if let Some((day, outcome)) = self.place(life) {
            if first <= day && day <= last {
                return outcome;
            }
            if day < first && outcome != Outcome::Pending {
                return Outcome::Outside;
            }
        }
        let ended = life.stopped.or(life.exited.map(|(_, day)| day)).is_some_and(|day| day <= last);
        let due_later = self.cohort != Cohort::Due || life.due.is_none_or(|due| due > last);
        if life.first_start <= last && !ended && due_later { Outcome::Pending } else { Outcome::Outside }
    }

    /// The day whose period the case belongs to, and as what.
    fn place(&self, life: &Life) -> Option<(i32, Outcome)> {
        let late = life.elapsed > life.limit;
        let missed = |day| Outcome::Counted { met: false, day, elapsed: None };
        if let Some(stopped) = life.stopped {
            let day = match self.cohort {
                Cohort::Stop => stopped,
                Cohort::Due => life.due?,
                Cohort::Start => life.start,
            };
            return Some((day, Outcome::Counted { met: !late, day, elapsed: Some(life.elapsed) }));
        }
        if let Some((exit, left)) = life.exited {
            let day = match self.cohort {
                Cohort::Start => life.start,
                Cohort::Due if left > life.due? => return Some((life.due?, missed(life.due?))),
                Cohort::Due | Cohort::Stop => left,
            };
            return Some((
                day,
                match self.every_exit.unwrap_or(self.rule.exits[exit].treatment) {
                    Treatment::Exclude => Outcome::ExcludedByExit(exit),
                    Treatment::Missed => missed(day),
                    Treatment::ByWait if late => missed(day),
                    Treatment::ByWait => Outcome::ExcludedByExit(exit),
                },
            ));
        }
        let day = match self.cohort {
            Cohort::Stop => return None,
            Cohort::Due => life.due?,
            Cohort::Start => life.start,
        };
        Some((day, if late { missed(day) } else { Outcome::Pending }))
    }

    /// Events of these kinds in order of time.
    fn points(&self, events: &[Event], kinds: &[EventId]) -> Vec<Point> {
        let in_days = self.rule.unit != Unit::Minutes;
        let mut points = Vec::new();
        for event in events {
            if kinds.contains(&event.kind) {
                let day = event.moment.day.0;
                points.push(Point { at: if in_days { i64::from(day) } else { event.moment.seconds }, day });
            }
        }
        points.sort_by_key(|point| point.at);
        points
    }

    fn knowledge_ends(&self) -> i64 {
        match self.rule.unit {
            Unit::Minutes => self.world.zone.start_of(Day(self.as_of + 1)),
            Unit::BusinessDays | Unit::CalendarDays => i64::from(self.as_of),
        }
    }

    fn start(&self, first_start: Point, end: i64, events: &[Event]) -> Point {
        let mut start = first_start;
        for restart in self.points(events, &self.rule.restarts) {
            if first_start.at < restart.at && restart.at <= end {
                start = restart;
            }
        }
        if self.rule.received_when_closed == ReceivedWhenClosed::NextBusinessDay {
            while !self.is_open(start.day) {
                start = Point { at: i64::from(start.day + 1), day: start.day + 1 };
            }
        }
        start
    }

    /// Day 0 of the calendar, 1 January 1970, was a Thursday.
    fn is_open(&self, day: i32) -> bool {
        let weekday = (day + 3).rem_euclid(7) as u32;
        let weekend = self.calendar.weekend.iter().any(|closed| closed.num_days_from_monday() == weekday);
        !weekend && !self.calendar.days_off.contains(&day)
    }

    fn counts(&self, day: i64) -> bool {
        self.rule.unit == Unit::CalendarDays || self.is_open(day as i32)
    }

    fn limit(&self, day: i32) -> i64 {
        let in_force =
            self.rule.limits.iter().find(|version| {
                version.from.is_none_or(|from| from.0 <= day) && version.until.is_none_or(|until| day <= until.0)
            });
        let limit = i64::from(in_force.expect("limits cover every day").limit);
        if self.rule.unit == Unit::Minutes { limit * 60 } else { limit }
    }

    /// Point 5, read word for word: a `from` inside an open interval of the same rule opens nothing new.
    fn pauses(&self, events: &[Event]) -> Pauses {
        let mut pauses: Pauses = Vec::new();
        for rule in &self.rule.pauses {
            let ends = self.points(events, &[rule.until]);
            let mut open_until: Option<Option<i64>> = None;
            for from in self.points(events, &[rule.from]) {
                let inside = match open_until {
                    None => false,
                    Some(None) => true,
                    Some(Some(until)) => from.at < until,
                };
                if !inside {
                    let until = ends.iter().map(|end| end.at).find(|&end| end >= from.at);
                    pauses.push((from.at, until));
                    open_until = Some(until);
                }
            }
        }
        pauses
    }

    /// Whether the day or the piece of time that ends at `until` and begins after or at `after` lies in a pause.
    fn is_paused(pauses: &Pauses, after: i64, until: i64) -> bool {
        pauses.iter().any(|&(from, to)| from <= after && to.is_none_or(|to| until <= to))
    }

    fn elapsed(&self, start: Point, until: i64, pauses: &Pauses) -> i64 {
        if self.rule.unit == Unit::Minutes {
            let pieces = pieces(start.at, until, pauses);
            return pieces.into_iter().filter(|&(from, to)| !Self::is_paused(pauses, from, to)).map(|(from, to)| to - from).sum();
        }
        let mut elapsed = 0;
        if self.rule.count_from == CountFrom::SameDay && until >= start.at && self.counts(start.at) {
            elapsed += 1;
        }
        for day in start.at + 1..=until {
            if self.counts(day) && !Self::is_paused(pauses, day - 1, day) {
                elapsed += 1;
            }
        }
        elapsed
    }

    /// Walks on until the limit is reached. After `end` nothing is paused, but for an open case in an open pause for ever.
    fn due(&self, start: Point, end: i64, is_open: bool, limit: i64, pauses: &Pauses) -> Option<i32> {
        let stands_still = is_open && pauses.iter().any(|(_, until)| until.is_none());
        if self.rule.unit == Unit::Minutes {
            let mut elapsed = 0;
            for (from, to) in pieces(start.at, end, pauses) {
                if !Self::is_paused(pauses, from, to) {
                    elapsed += to - from;
                    if elapsed >= limit {
                        return Some(self.world.zone.day_of(to - (elapsed - limit)).0);
                    }
                }
            }
            return (!stands_still).then(|| self.world.zone.day_of(start.at.max(end) + limit - elapsed).0);
        }
        let mut elapsed = i64::from(self.rule.count_from == CountFrom::SameDay && self.counts(start.at));
        let mut day = start.at;
        while elapsed < limit {
            day += 1;
            if day > end && stands_still {
                return None;
            }
            let paused = day <= end && Self::is_paused(pauses, day - 1, day);
            elapsed += i64::from(self.counts(day) && !paused);
        }
        Some(day as i32)
    }
}

/// The time between two instants, cut wherever a pause begins or ends.
fn pieces(from: i64, until: i64, pauses: &Pauses) -> Vec<(i64, i64)> {
    let mut cuts = vec![from, until];
    cuts.extend(pauses.iter().map(|&(from, _)| from));
    cuts.extend(pauses.iter().filter_map(|&(_, until)| until));
    cuts.retain(|&cut| from <= cut && cut <= until);
    cuts.sort_unstable();
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}
