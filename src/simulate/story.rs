//! What happens to one case, from its arrival to its end.

use chrono::{Datelike, Duration, NaiveDateTime, Timelike, Weekday};

use crate::domain::calendar::{BusinessDays, Day};
use crate::domain::commitment::{CountFrom, EventId, ReceivedWhenClosed, Unit};

use super::arrivals::{self, Arrival};
use super::delays;
use super::random::{Random, fingerprint};
use super::scenario::{ALWAYS, Promise, Scenario};

/// In thousandths: cases that end by an exit, that are never closed, that are suspended, that stay suspended once they
/// are, whose client postpones, that meet an event which no commitment uses.
const WITHDRAWN: u32 = 26;
const FORGOTTEN: u32 = 6;
const SUSPENDED: u32 = 115;
const NEVER_COMPLETED: u32 = 50;
const POSTPONED: u32 = 90;
const BESIDES: u32 = 25;
/// In thousandths: people who leave a queue before the limit, and after it.
const LEFT_EARLY: u32 = 55;
const LEFT_LATE: u32 = 360;
/// One case in so many has a stop without a start, or before it.
const ONE_ODD_IN: u64 = 1500;

/// An event of a case: its place in the source's vocabulary, and its moment.
pub struct Happening {
    pub event: usize,
    pub at: NaiveDateTime,
}

/// Whether a commitment starts with something that ends another: then a case can begin there too, as a message left
/// when nobody can answer.
pub fn is_entered_by_exit(scenario: &Scenario, place: usize) -> bool {
    let starts = &scenario.promises[place].commitment.clock.start;
    let mut others = scenario.promises.iter().enumerate().filter(|(other, _)| *other != place);
    others.any(|(_, other)| other.commitment.clock.exits.iter().any(|exit| starts.contains(&exit.event)))
}

/// The events of one case with these field values, in order of time.
pub fn tell(scenario: &Scenario, random: &mut Random, arrival: &Arrival, values: &[String]) -> Vec<Happening> {
    let concerned = |promise: &Promise| {
        promise.commitment.condition.iter().all(|condition| condition.values.contains(&values[condition.field]))
    };
    let concerned = scenario.promises.iter().map(concerned).collect();
    let mut story = Story { scenario, random, values, concerned, happenings: Vec::new(), ended: false };
    let beginnings = story.beginnings(arrival.outside_hours);
    for &place in &beginnings {
        if let Some(&start) = scenario.promises[place].commitment.clock.start.first() {
            story.happens(start, arrival.at);
            story.run(place, arrival.at);
        }
    }
    if !scenario.is_a_queue() && story.random.below(ONE_ODD_IN) == 0 {
        story.make_odd(&beginnings);
    }
    let mut happenings = story.happenings;
    happenings.sort_by_key(|happening| happening.at);
    happenings.retain(|happening| Day::from_date(happening.at.date()) <= scenario.project.as_of);
    happenings
}

struct Story<'a> {
    scenario: &'a Scenario<'a>,
    random: &'a mut Random,
    values: &'a [String],
    /// By promise: whether it is made to this case and has not been told yet.
    concerned: Vec<bool>,
    happenings: Vec<Happening>,
    /// The client is gone.
    ended: bool,
}

impl Story<'_> {
    /// The promises with which the case begins, the shortest first: those that no other one leads to.
    fn beginnings(&self, outside_hours: bool) -> Vec<usize> {
        let promises = &self.scenario.promises;
        let made: Vec<usize> = (0..promises.len()).filter(|&place| self.concerned[place]).collect();
        if outside_hours && self.scenario.is_a_queue() {
            return made.into_iter().filter(|&place| is_entered_by_exit(self.scenario, place)).take(1).collect();
        }
        let leads_to = |other: usize, start: &EventId| {
            let clock = &promises[other].commitment.clock;
            clock.stop.contains(start) || clock.exits.iter().any(|exit| exit.event == *start)
        };
        let is_first = |place: usize| {
            let starts = &promises[place].commitment.clock.start;
            !made.iter().any(|&other| other != place && starts.iter().any(|start| leads_to(other, start)))
        };
        let mut first: Vec<usize> = made.iter().copied().filter(|&place| is_first(place)).collect();
        if first.is_empty() {
            first.extend(made.first());
        }
        first.sort_by_key(|&place| promises[place].commitment.clock.limit_on(self.scenario.project.period.first));
        first
    }

    fn happens(&mut self, event: EventId, at: NaiveDateTime) {
        self.happens_in_place(event.0 as usize, at);
    }

    fn happens_in_place(&mut self, event: usize, at: NaiveDateTime) {
        if self.happenings.iter().all(|happening| happening.event != event || happening.at != at) {
            self.happenings.push(Happening { event, at });
        }
    }

    /// Keeps or breaks one promise, then those that begin where it ends.
    fn run(&mut self, place: usize, start: NaiveDateTime) {
        if self.ended || !std::mem::take(&mut self.concerned[place]) {
            return;
        }
        let scenario = self.scenario;
        let promise = &scenario.promises[place];
        let stops = &promise.commitment.clock.stop;
        if self.happenings.iter().any(|happening| stops.iter().any(|stop| happening.event == stop.0 as usize)) {
            return;
        }
        let end = match promise.commitment.clock.unit {
            Unit::Minutes => self.wait(promise, start),
            Unit::BusinessDays | Unit::CalendarDays => self.work(promise, start),
        };
        let Some((event, at)) = end else { return };
        self.happens(event, at);
        for (next, other) in scenario.promises.iter().enumerate() {
            if other.commitment.clock.start.contains(&event) {
                self.ended = false;
                self.run(next, at);
            }
        }
    }

    /// The end of a promise in minutes.
    fn wait(&mut self, promise: &Promise, start: NaiveDateTime) -> Option<(EventId, NaiveDateTime)> {
        let clock = &promise.commitment.clock;
        let limit = u64::from(clock.limit_on(Day::from_date(start.date()))) * 60;
        let on_time = self.is_on_time(promise, start);
        let seconds = match on_time {
            true => delays::seconds_on_time(self.random, limit),
            false => delays::seconds_late(self.random, limit),
        };
        let at = start + Duration::seconds(seconds as i64);
        let leaves = self.random.permille(if on_time { LEFT_EARLY } else { LEFT_LATE });
        if leaves && !clock.exits.is_empty() {
            // Of several ways out, the first declared is the usual one.
            let usual = (0..clock.exits.len()).map(|exit| if exit == 0 { 3 } else { 1 });
            let exit = self.random.weighted(usual);
            self.ended = true;
            return Some((clock.exits[exit].event, at));
        }
        Some((*clock.stop.first()?, at))
    }

    /// The end of a promise in days, and what happens on the way.
    fn work(&mut self, promise: &Promise, start: NaiveDateTime) -> Option<(EventId, NaiveDateTime)> {
        let clock = &promise.commitment.clock;
        let unit = clock.unit;
        let mut from = Day::from_date(start.date());
        let limit = u64::from(clock.limit_on(from));
        if !clock.exits.is_empty() && self.random.permille(WITHDRAWN) {
            let exit = self.random.below(clock.exits.len() as u64) as usize;
            let day = later(self.scenario, unit, from, 1 + self.random.below(limit));
            self.ended = true;
            return Some((clock.exits[exit].event, self.moment(day)));
        }
        let on_time = self.is_on_time(promise, start);
        let mut days = match on_time {
            true => delays::days_on_time(self.random, limit),
            false => delays::days_late(self.random, limit),
        };
        if let Some(&restart) = clock.restarts.first()
            && self.random.permille(POSTPONED)
        {
            from = later(self.scenario, unit, from, self.random.between(1, limit));
            let at = self.moment(from);
            self.happens(restart, at);
        }
        if clock.received_when_closed == ReceivedWhenClosed::NextBusinessDay {
            from = self.scenario.project.calendar.business_day_from(from).unwrap_or(from);
        }
        if clock.count_from == CountFrom::SameDay && self.counts(unit, from) {
            days = days.saturating_sub(1);
        }
        self.something_else(promise, from, days);
        if !clock.pauses.is_empty() && days > 1 && self.random.permille(SUSPENDED) {
            let pause = clock.pauses[self.random.below(clock.pauses.len() as u64) as usize];
            let worked = self.random.between(1, (days - 1).min(limit / 2 + 1));
            let notice = later(self.scenario, unit, from, worked);
            let at = self.moment(notice);
            self.happens(pause.from, at);
            if promise.on_time < ALWAYS && self.random.permille(NEVER_COMPLETED) {
                return None;
            }
            from = later(self.scenario, unit, notice, self.random.between(2, 24));
            days -= worked;
            let at = self.moment(from);
            self.happens(pause.until, at);
        }
        if promise.on_time < ALWAYS && self.random.permille(FORGOTTEN) {
            return None;
        }
        let day = self.last_day(unit, from, days, on_time);
        Some((*clock.stop.first()?, self.moment(day)))
    }

    /// Now and then an event that the export knows and no commitment uses, such as an appointment that we postpone
    /// ourselves: where clients postpone, if they do anywhere.
    fn something_else(&mut self, promise: &Promise, from: Day, days: u64) {
        let has_appointments = |promise: &Promise| !promise.commitment.clock.restarts.is_empty();
        let appointments = self.scenario.promises.iter().any(has_appointments);
        if days < 2 || (appointments && !has_appointments(promise)) || !self.random.permille(BESIDES) {
            return;
        }
        let unused = self.scenario.unused_events();
        if !unused.is_empty() {
            let event = unused[self.random.below(unused.len() as u64) as usize];
            let day = later(self.scenario, promise.commitment.clock.unit, from, self.random.between(1, days - 1));
            let at = self.moment(day);
            self.happens_in_place(event, at);
        }
    }

    /// The day of the stop: `days` after `from`, a day on which somebody works.
    fn last_day(&self, unit: Unit, from: Day, days: u64, on_time: bool) -> Day {
        let calendar = &self.scenario.project.calendar;
        let open_still =
            |day: Day| self.happenings.last().is_none_or(|last| Day::from_date(last.at.date()) < day || !is_after_hours(last.at));
        if days == 0 && !(calendar.is_business_day(from) && open_still(from)) {
            return later(self.scenario, unit, from, 1);
        }
        let mut day = later(self.scenario, unit, from, days);
        // In calendar days the limit may fall on a day off: a case on time is done before, a late one after.
        while unit == Unit::CalendarDays && !calendar.is_business_day(day) && (!on_time || day > from) {
            day = Day(if on_time { day.0 - 1 } else { day.0 + 1 });
        }
        day
    }

    fn counts(&self, unit: Unit, day: Day) -> bool {
        unit == Unit::CalendarDays || self.scenario.project.calendar.is_business_day(day)
    }

    /// A moment of `day`, after everything that has happened on it.
    fn moment(&mut self, day: Day) -> NaiveDateTime {
        let at = arrivals::working_moment(self.random, day);
        let latest = self.happenings.iter().map(|happening| happening.at).max();
        match latest {
            Some(latest) if at <= latest => latest + Duration::seconds(self.random.between(240, 5400) as i64),
            _ => at,
        }
    }

    /// Drawn around the promise's share: worse in summer, in some regions, and for a queue on a day after days off.
    fn is_on_time(&mut self, promise: &Promise, start: NaiveDateTime) -> bool {
        if promise.on_time >= ALWAYS {
            return true;
        }
        let mut share = promise.on_time as i32;
        share += if (6..=8).contains(&start.month()) { -54 } else { 18 };
        share += self.segment_effect(promise);
        if promise.commitment.clock.unit == Unit::Minutes {
            let day = Day::from_date(start.date());
            let eve_was_off = !self.scenario.project.calendar.is_business_day(Day(day.0 - 1));
            share += if eve_was_off || start.weekday() == Weekday::Mon { -90 } else { 27 };
        }
        self.random.permille(share.clamp(0, 996) as u32)
    }

    /// By the value of the first field that the commitment is broken down by: nothing for the commonest value, a
    /// little better or worse for the others, always the same.
    fn segment_effect(&self, promise: &Promise) -> i32 {
        let Some(&field) = promise.commitment.breakdown.first() else { return 0 };
        let value = &self.values[field];
        let commonest = self.scenario.choices[field].iter().rev().max_by_key(|choice| choice.weight);
        if commonest.is_some_and(|choice| choice.value == *value) {
            return 0;
        }
        [-45, -18, 0, 12, 24][(fingerprint(value) % 5) as usize]
    }

    /// A stop that has no start, or one that precedes it: what happens when a file is entered twice or by hand.
    fn make_odd(&mut self, beginnings: &[usize]) {
        let Some(&place) = beginnings.first() else { return };
        let clock = &self.scenario.promises[place].commitment.clock;
        let is_stop = |happening: &Happening| clock.stop.iter().any(|stop| happening.event == stop.0 as usize);
        let Some(start) = clock.start.first().map(|start| start.0 as usize) else { return };
        let Some(received) = self.happenings.iter().find(|happening| happening.event == start).map(|happening| happening.at)
        else {
            return;
        };
        if !self.happenings.iter().any(is_stop) {
            return;
        }
        if self.random.below(2) == 0 {
            self.happenings.retain(|happening| happening.event != start);
        } else {
            let earlier = received - Duration::days(self.random.between(1, 4) as i64);
            self.happenings.iter_mut().filter(|happening| is_stop(happening)).for_each(|stop| stop.at = earlier);
        }
    }
}

/// Whether nothing more is done on the day of `at`.
fn is_after_hours(at: NaiveDateTime) -> bool {
    at.hour() >= 15
}

/// The day that lies `count` days of the unit after `day`.
fn later(scenario: &Scenario, unit: Unit, day: Day, count: u64) -> Day {
    let count = count as i64;
    match unit {
        Unit::BusinessDays if count > 0 => scenario.project.calendar.nth_after(day, BusinessDays(count)).unwrap_or(day),
        Unit::CalendarDays => Day(day.0.saturating_add(count as i32)),
        Unit::BusinessDays | Unit::Minutes => day,
    }
}
