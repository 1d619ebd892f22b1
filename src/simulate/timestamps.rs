//! Writes moments the way a source writes them.

use std::fmt::Write;
use std::io;

use chrono::format::{Item, StrftimeItems};
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use crate::domain::source::TimestampFormat;

/// The first pattern of a source, cut into a date and a time for sources with two columns.
pub struct Timestamps {
    zone: Tz,
    whole: Vec<Item<'static>>,
    date: Vec<Item<'static>>,
    time: Vec<Item<'static>>,
}

impl Timestamps {
    /// In `auto`, ISO with a space. Fails on a time zone or a pattern that does not exist.
    pub fn new(format: &TimestampFormat, zone: &str) -> io::Result<Timestamps> {
        let zone = zone.parse().map_err(|_| invalid(zone))?;
        let pattern = match format {
            TimestampFormat::Patterns(patterns) => patterns.first().map_or("%Y-%m-%d %H:%M:%S", String::as_str),
            TimestampFormat::Auto => "%Y-%m-%d %H:%M:%S",
        };
        // A pattern without a space keeps all in the date column: a null time is allowed, a null date is not.
        let (date, time) = pattern.split_once(' ').unwrap_or((pattern, ""));
        Ok(Timestamps { zone, whole: items(pattern)?, date: items(date)?, time: items(time)? })
    }

    /// In one column.
    pub fn whole(&self, at: NaiveDateTime) -> String {
        self.written(at, &self.whole)
    }

    /// In a column for the date and one for the time.
    pub fn parts(&self, at: NaiveDateTime) -> (String, String) {
        (self.written(at, &self.date), self.written(at, &self.time))
    }

    fn written(&self, at: NaiveDateTime, items: &[Item<'static>]) -> String {
        let mut text = String::with_capacity(25);
        // An hour that the change to daylight saving time skips did not happen: the next one did.
        let later = at + chrono::Duration::hours(1);
        let local = self.zone.from_local_datetime(&at).earliest().or_else(|| self.zone.from_local_datetime(&later).earliest());
        if let Some(local) = local {
            // Writing into a string fails only for patterns that `items` has refused.
            let _ = write!(text, "{}", local.format_with_items(items.iter()));
        }
        text
    }
}

fn items(pattern: &str) -> io::Result<Vec<Item<'static>>> {
    StrftimeItems::new(pattern).parse_to_owned().map_err(|_| invalid(pattern))
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon_in_july() -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2025, 7, 14).unwrap().and_hms_opt(12, 5, 9).unwrap()
    }

    #[test]
    fn a_pattern_with_an_offset_writes_that_of_the_day() {
        let pattern = TimestampFormat::Patterns(vec!["%Y-%m-%dT%H:%M:%S%:z".to_owned()]);
        let timestamps = Timestamps::new(&pattern, "America/Toronto").unwrap();
        assert_eq!(timestamps.whole(noon_in_july()), "2025-07-14T12:05:09-04:00");
    }

    #[test]
    fn two_columns_share_the_pattern() {
        let pattern = TimestampFormat::Patterns(vec!["%d/%m/%Y %H:%M".to_owned()]);
        let timestamps = Timestamps::new(&pattern, "America/Toronto").unwrap();
        assert_eq!(timestamps.parts(noon_in_july()), ("14/07/2025".to_owned(), "12:05".to_owned()));
    }
}
