//! The time zone of the report: wall times to instants and back (specification, section 2).

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};

use crate::domain::calendar::Day;
use crate::domain::clock::{Moment, Zone};

const DAY: i64 = 86_400;
/// 31 December 1898 and 1 January 2301: a margin around the days that timestamps may have.
const FIRST: i32 = -25_933;
const LAST: i32 = 120_895;

/// A time zone with the instant at which every local day begins, so that most conversions are one look-up.
pub struct LocalTime {
    zone: Tz,
    /// `starts[i]` is the instant at which the day `FIRST + i` begins.
    starts: Vec<i64>,
}

impl LocalTime {
    /// Looks up the beginning of every day from 1898 to 2300.
    pub fn new(zone: Tz) -> LocalTime {
        let starts = (FIRST..=LAST).map(|day| instant_of_wall(zone, i64::from(day) * DAY)).collect();
        LocalTime { zone, starts }
    }

    /// The instant of a wall time, given as the seconds that its date and time would be at Greenwich.
    ///
    /// A wall time that occurs twice is the first; one that does not occur uses the offset in force before the change.
    pub fn instant(&self, wall: i64) -> i64 {
        self.moment(wall).seconds
    }

    /// The instant of a wall time, with the local day on which it falls.
    pub fn moment(&self, wall: i64) -> Moment {
        let day = wall.div_euclid(DAY);
        match usize::try_from(day - i64::from(FIRST)) {
            // A day of 24 hours has one offset throughout: no look-up in the zone is needed.
            Ok(place) if place + 1 < self.starts.len() && self.starts[place + 1] - self.starts[place] == DAY => {
                Moment { seconds: self.starts[place] + wall.rem_euclid(DAY), day: Day(day as i32) }
            }
            _ => {
                let seconds = instant_of_wall(self.zone, wall);
                Moment { seconds, day: self.day_of(seconds) }
            }
        }
    }

    /// An instant as local date and time, with the offset in force.
    pub fn local(&self, seconds: i64) -> DateTime<FixedOffset> {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH);
        let offset = self.zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
        instant.with_timezone(&offset)
    }
}

impl Zone for LocalTime {
    fn day_of(&self, seconds: i64) -> Day {
        // No zone is a whole day from Greenwich: the day begins at one of two places.
        let near = usize::try_from(seconds.div_euclid(DAY) - i64::from(FIRST)).ok();
        let place = match near.and_then(|near| self.starts.get(near..near + 2).map(|starts| (near, starts))) {
            Some((near, starts)) => near + starts.iter().filter(|&&start| start <= seconds).count(),
            None => self.starts.partition_point(|&start| start <= seconds),
        };
        let place = i32::try_from(place).unwrap_or(i32::MAX);
        Day((FIRST - 1).saturating_add(place))
    }

    fn start_of(&self, day: Day) -> i64 {
        let place = usize::try_from(i64::from(day.0) - i64::from(FIRST)).unwrap_or(0);
        self.starts[place.min(self.starts.len() - 1)]
    }
}

fn instant_of_wall(zone: Tz, wall: i64) -> i64 {
    let Some(local) = DateTime::from_timestamp(wall, 0).map(|moment| moment.naive_utc()) else {
        return wall;
    };
    match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) => wall - i64::from(offset.fix().local_minus_utc()),
        MappedLocalTime::Ambiguous(first, _) => wall - i64::from(first.fix().local_minus_utc()),
        MappedLocalTime::None => wall - offset_before_gap(zone, &local),
    }
}

fn offset_before_gap(zone: Tz, local: &NaiveDateTime) -> i64 {
    let before = GapInfo::new(local, &zone).and_then(|gap| gap.begin);
    before.map_or(0, |(_, offset)| i64::from(offset.fix().local_minus_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn wall(month: u32, day: u32, hour: u32, minute: u32) -> i64 {
        NaiveDate::from_ymd_opt(2025, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap().and_utc().timestamp()
    }

    // Toronto 2025: 02:00 -> 03:00 on 9 March; 02:00 -> 01:00 on 2 November. EST is -5 h, EDT -4 h.
    #[test]
    fn walls_that_occur_twice_or_never_follow_the_rule() {
        let toronto = LocalTime::new(chrono_tz::America::Toronto);
        assert_eq!(toronto.instant(wall(3, 9, 1, 59)) - wall(3, 9, 1, 59), 5 * 3600);
        assert_eq!(toronto.instant(wall(3, 9, 2, 30)) - wall(3, 9, 2, 30), 5 * 3600);
        assert_eq!(toronto.instant(wall(11, 2, 1, 59)) - wall(11, 2, 1, 59), 4 * 3600);
        assert_eq!(toronto.instant(wall(11, 2, 2, 0)) - wall(11, 2, 2, 0), 5 * 3600);
        assert_eq!(toronto.instant(wall(7, 1, 12, 0)) - wall(7, 1, 12, 0), 4 * 3600);
    }

    #[test]
    fn a_local_day_ends_at_local_midnight() {
        let toronto = LocalTime::new(chrono_tz::America::Toronto);
        let day = Day::from_ymd(2025, 7, 1).unwrap();
        let midnight = toronto.start_of(day);
        assert_eq!(midnight - wall(7, 1, 0, 0), 4 * 3600);
        assert_eq!(toronto.day_of(midnight), day);
        assert_eq!(toronto.day_of(midnight - 1), Day(day.0 - 1));
    }

    // Every day is looked for in the whole list of beginnings, from one side of Greenwich to the other, where days are left out too.
    #[test]
    fn the_day_of_an_instant_is_the_last_one_that_has_begun() {
        use chrono_tz::{America::Toronto, Asia::Manila, Pacific::Apia, Pacific::Kiritimati, Pacific::Niue, UTC};
        for zone in [Toronto, Manila, Apia, Kiritimati, Niue, UTC].map(LocalTime::new) {
            for &start in &zone.starts {
                for seconds in [start - 1, start, start + 1, start + 43_200] {
                    let begun = zone.starts.partition_point(|&start| start <= seconds) as i32;
                    assert_eq!(zone.day_of(seconds), Day(FIRST - 1 + begun));
                }
            }
        }
    }
}
