//! What unit tests count on: May 2025, with Thursday 1, Friday 2, Monday 5, Monday 12, Monday 19 (holiday), Monday 26 and Friday 30.

use chrono::Weekday;
use std::collections::BTreeMap;

use super::calendar::{Calendar, Day, DayOff, DaysOff};
use super::clock::{Event, Moment, Zone};
use super::commitment::{ClockRule, CountFrom, EventId, Exit, LimitVersion, PauseRule, ReceivedWhenClosed, Treatment, Unit};
use super::project::Period;
use super::text::Text;

pub const RECEIVED: EventId = EventId(0);
pub const DECIDED: EventId = EventId(1);
pub const NOTICE: EventId = EventId(2);
pub const COMPLETE: EventId = EventId(3);
pub const POSTPONED: EventId = EventId(4);
pub const WITHDRAWN: EventId = EventId(5);
pub const REGISTERED: EventId = EventId(6);

/// Local time is Greenwich time.
pub struct Greenwich;

impl Zone for Greenwich {
    fn day_of(&self, seconds: i64) -> Day {
        Day(seconds.div_euclid(86_400) as i32)
    }
    fn start_of(&self, day: Day) -> i64 {
        i64::from(day.0) * 86_400
    }
}

/// A day of May 2025.
pub fn may(day: u32) -> Day {
    Day::from_ymd(2025, 5, day).unwrap()
}

/// The whole month.
pub fn month() -> Period {
    Period { label: "May".to_owned(), first: may(1), last: may(31) }
}

/// Each event at the beginning of a day of May 2025.
pub fn in_may(events: &[(EventId, u32)]) -> Vec<Event> {
    let event =
        |&(kind, day): &(EventId, u32)| Event { kind, moment: Moment { seconds: Greenwich.start_of(may(day)), day: may(day) } };
    events.iter().map(event).collect()
}

/// Weekends, and National Patriots' Day.
pub fn calendar() -> Calendar {
    let off = DayOff { day: may(19), name: Text::default(), source: String::new(), closure: false };
    Calendar::new(DaysOff { weekend: vec![Weekday::Sat, Weekday::Sun], days: BTreeMap::from([(may(19), off)]) })
}

/// From `received` to `decided`, with a pause, a restart and an exit that is excluded.
pub fn rule(unit: Unit, limit: u32) -> ClockRule {
    ClockRule {
        unit,
        limits: vec![LimitVersion { from: None, until: None, limit }],
        start: vec![RECEIVED],
        stop: vec![DECIDED],
        restarts: vec![POSTPONED],
        pauses: vec![PauseRule { from: NOTICE, until: COMPLETE }],
        exits: vec![Exit { event: WITHDRAWN, treatment: Treatment::Exclude }],
        count_from: CountFrom::NextDay,
        received_when_closed: ReceivedWhenClosed::AsReceived,
    }
}
