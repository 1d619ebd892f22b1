//! The changes of a time zone, as a table.

use chrono::{DateTime, Datelike, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;
use serde::Serialize;

use crate::domain::project::Project;

/// A distance from Greenwich and since when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The instant, at Greenwich.
    pub since: String,
    /// The later of the two readings of the clock at the change.
    pub since_wall: String,
    /// Seconds east of Greenwich.
    pub offset: i64,
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The changes that moments of the project can meet: from before the first allowed day until the year after as-of, since the time of
/// day of later events matters no more than that of events after as-of; and the distance that holds on the last allowed day.
pub fn changes(project: &Project) -> Vec<Change> {
    let zone: Tz = project.time_zone.parse().unwrap_or(Tz::UTC);
    let offset = |seconds: i64| {
        let instant = DateTime::from_timestamp(seconds, 0).map(|moment| moment.naive_utc()).unwrap_or_default();
        i64::from(zone.offset_from_utc_datetime(&instant).fix().local_minus_utc())
    };
    let first = i64::from(project.quality.earliest.0.min(project.period.first.0)) * DAY - 2 * DAY;
    let end_of_year = |year: i32| chrono::NaiveDate::from_ymd_opt(year + 1, 1, 1).map_or(0, |date| seconds_of(date.into()));
    let last = end_of_year(project.as_of.date().year() + 1);
    let mut before = offset(first);
    let mut found = vec![Change { since: "-infinity".to_owned(), since_wall: "-infinity".to_owned(), offset: before }];
    let mut add = |since: i64, before: i64, after: i64| {
        found.push(Change { since: written(since), since_wall: written(since + before.max(after)), offset: after });
    };
    // No zone changes twice within an hour.
    for hour in (first..last).step_by(HOUR as usize) {
        let after = offset(hour + HOUR);
        if after != before {
            let (mut old, mut new) = (hour, hour + HOUR);
            while new - old > 1 {
                let middle = old + (new - old) / 2;
                *(if offset(middle) == before { &mut old } else { &mut new }) = middle;
            }
            add(new, before, after);
            before = after;
        }
    }
    let at_the_end = offset(end_of_year(2199) - DAY);
    if at_the_end != before {
        add(end_of_year(2199) - 2 * DAY, before, at_the_end);
    }
    found
}

fn seconds_of(moment: NaiveDateTime) -> i64 {
    moment.and_utc().timestamp()
}

fn written(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or(String::new(), |moment| moment.naive_utc().to_string())
}
