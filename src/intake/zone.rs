//! The time zone of the report: wall times to instants and back (specification, section 2).

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};
use std::sync::OnceLock;

use crate::domain::calendar::Day;
use crate::domain::clock::{Moment, Zone};

const DAY: i64 = 86_400;
/// 31 December 1898 and 1 January 2301: a margin around the days that timestamps may have.
const FIRST: i32 = -25_933;
const LAST: i32 = 120_895;

/// So many days are looked up at a time.
const BLOCK: usize = 256;

/// A time zone with the instants at which local days begin, so that most conversions are one look-up.
pub struct LocalTime {
    zone: Tz,
    /// From `FIRST` to `LAST`, `BLOCK` days each and the first of the next, looked up when they are asked for.
    blocks: Vec<OnceLock<Vec<i64>>>,
}

impl LocalTime {
    /// Nothing looked up yet.
    pub fn new(zone: Tz) -> LocalTime {
        let days = (LAST - FIRST) as usize + 1;
        LocalTime { zone, blocks: (0..days.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect() }
    }

    /// When a day from `FIRST` to `LAST` begins, and the day after it.
    fn bounds(&self, day: i64) -> Option<(i64, i64)> {
        let place = usize::try_from(day - i64::from(FIRST)).ok()?;
        let block = self.blocks.get(place / BLOCK)?.get_or_init(|| {
            let first = day - (place % BLOCK) as i64;
            (first..=first + BLOCK as i64).map(|day| instant_of_wall(self.zone, day * DAY)).collect()
        });
        Some((block[place % BLOCK], block[place % BLOCK + 1]))
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
        match self.bounds(day) {
            // A day of 24 hours has one offset throughout: no look-up in the zone is needed.
            Some((start, end)) if end - start == DAY => Moment { seconds: start + wall.rem_euclid(DAY), day: Day(day as i32) },
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
        // No zone is a whole day from Greenwich: the local day is that of Greenwich or one beside it.
        let near = seconds.div_euclid(DAY);
        let day = match self.bounds(near) {
            Some((start, _)) if seconds < start => near - 1,
            Some((_, end)) if seconds >= end => near + 1,
            _ => near,
        };
        Day(day.clamp(i64::from(FIRST) - 1, i64::from(LAST)) as i32)
    }

    fn start_of(&self, day: Day) -> i64 {
        let day = i64::from(day.0.clamp(FIRST, LAST));
        self.bounds(day).map_or(day * DAY, |(start, _)| start)
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
            let starts: Vec<i64> = (FIRST..=LAST).map(|day| zone.start_of(Day(day))).collect();
            // East of Greenwich the first day begins before the days that are looked at.
            for &start in &starts[1..] {
                for seconds in [start - 1, start, start + 1, start + 43_200] {
                    let begun = starts.partition_point(|&start| start <= seconds) as i32;
                    assert_eq!(zone.day_of(seconds), Day(FIRST - 1 + begun));
                }
            }
        }
    }
}
