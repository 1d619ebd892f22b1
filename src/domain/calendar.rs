//! Days, and which of them are business days (specification, section 2).

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use std::collections::BTreeMap;

use super::text::Text;

/// A local calendar day, counted from 1 January 1970 (day 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A number of business days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BusinessDays(pub i64);

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

impl Day {
    /// The day of a date of the proleptic Gregorian calendar.
    pub fn from_date(date: NaiveDate) -> Day {
        Day(i32::try_from((date - EPOCH).num_days()).unwrap_or(i32::MAX))
    }

    /// The day of a year, month and day of month; `None` when there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        if !(1..=length).contains(&day) || !(-9999..=9999).contains(&year) {
            return None;
        }
        // Years that begin in March end with their leap day, so that the days before each month are (153 m + 2) / 5.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let of_year = (153 * month + 2) / 5 + day;
        Some(Day(365 * year + leap_days + of_year as i32 - 719_469))
    }

    /// The date of this day.
    pub fn date(self) -> NaiveDate {
        EPOCH.checked_add_signed(Duration::days(i64::from(self.0))).unwrap_or(NaiveDate::MAX)
    }

    /// The calendar year of this day.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// The month of this day.
    pub fn month(self) -> Month {
        let date = self.date();
        Month { year: date.year(), month: date.month() }
    }
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month after this one.
    pub fn next(self) -> Month {
        if self.month == 12 { Month { year: self.year + 1, month: 1 } } else { Month { year: self.year, month: self.month + 1 } }
    }
}

/// A day off of the holiday file, or a closure of the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    pub day: Day,
    pub name: Text,
    /// Where the date comes from, as the holiday file says; empty for a closure.
    pub source: String,
    /// Whether it stands in `calendar.closures` rather than in the holiday file.
    pub closure: bool,
}

/// What the declaration says of days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysOff {
    pub weekend: Vec<Weekday>,
    /// Holidays and closures by day. A day that is both is kept as a holiday.
    pub days: BTreeMap<Day, DayOff>,
}

/// The business-day index: for every day from 1899 to 2299, how many business days there were up to and including it.
///
/// Specification, section 2: a business day is neither in the weekend, nor a closure, nor a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days_off: DaysOff,
    first: Day,
    /// `index[i]` is the number of business days from `first` to `first + i`, inclusive.
    index: Vec<u32>,
}

impl Calendar {
    /// Counts every day once.
    pub fn new(days_off: DaysOff) -> Calendar {
        let first = Day(-25_933); // 31 December 1898
        let last = Day(120_529); // 31 December 2299
        let mut calendar = Calendar { days_off, first, index: Vec::new() };
        let mut count = 0;
        let mut weekday = first.date().weekday();
        calendar.index.reserve((last.0 - first.0) as usize + 1);
        for number in first.0..=last.0 {
            let day = Day(number);
            let off = calendar.days_off.weekend.contains(&weekday) || calendar.days_off.days.contains_key(&day);
            count += u32::from(!off);
            calendar.index.push(count);
            weekday = weekday.succ();
        }
        calendar
    }

    /// Whether `day` is a business day; no day outside 1899 to 2299 is.
    pub fn is_business_day(&self, day: Day) -> bool {
        self.between(Day(day.0 - 1), day).0 == 1
    }

    /// The days off that the declaration lists.
    pub fn days_off(&self) -> &DaysOff {
        &self.days_off
    }

    /// `B(after, until]`: the business days d with `after` < d <= `until`; 0 when `until` <= `after`.
    pub fn between(&self, after: Day, until: Day) -> BusinessDays {
        BusinessDays((self.up_to(until) - self.up_to(after)).max(0))
    }

    /// The `count`-th business day after `after`; `None` when it lies beyond 2299.
    pub fn nth_after(&self, after: Day, count: BusinessDays) -> Option<Day> {
        let wanted = self.up_to(after) + count.0;
        let place = |from: usize, until: usize| from + self.index[from..until].partition_point(|&n| i64::from(n) < wanted);
        // It mostly lies within the next so many weeks, in a part of the index that the processor has at hand.
        let from = self.place(after).min(self.index.len());
        let until = from.saturating_add(usize::try_from(count.0).unwrap_or(0).saturating_mul(2) + 16).min(self.index.len());
        let near = place(from, until);
        let position = if from < near && near < until { near } else { place(0, self.index.len()) };
        (position < self.index.len()).then(|| Day(self.first.0 + position as i32))
    }

    /// `day` itself when it is a business day, else the next one; `None` beyond 2299.
    pub fn business_day_from(&self, day: Day) -> Option<Day> {
        self.nth_after(Day(day.0 - 1), BusinessDays(1))
    }

    /// The place of a day in the index; 0 for one before it.
    fn place(&self, day: Day) -> usize {
        usize::try_from(i64::from(day.0) - i64::from(self.first.0)).unwrap_or(0)
    }

    fn up_to(&self, day: Day) -> i64 {
        if day < self.first { 0 } else { i64::from(self.index[self.place(day).min(self.index.len() - 1)]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::may::{calendar, may};

    // May 2025: Friday 2, Saturday 3, Sunday 4, Monday 5. Monday 19 is National Patriots' Day.
    #[test]
    fn from_friday_to_monday_is_one_business_day() {
        assert_eq!(calendar().between(may(2), may(5)).0, 1);
        assert_eq!(calendar().between(may(3), may(5)).0, 1);
        assert_eq!(calendar().between(may(2), may(4)).0, 0);
        assert_eq!(calendar().between(may(5), may(2)).0, 0);
    }

    #[test]
    fn a_holiday_is_not_counted() {
        assert_eq!(calendar().between(may(16), may(20)).0, 1);
        assert!(!calendar().is_business_day(may(19)));
        assert!(calendar().is_business_day(may(20)));
    }

    #[test]
    fn the_fifth_business_day_after_monday_the_twelfth_is_tuesday_the_twentieth() {
        assert_eq!(calendar().nth_after(may(12), BusinessDays(5)), Some(may(20)));
        assert_eq!(calendar().business_day_from(may(17)), Some(may(20)));
        assert_eq!(calendar().business_day_from(may(16)), Some(may(16)));
    }

    // The wall calendar: 29 February 2024 is day 19 782; the last day of 1969 is the one before day 0.
    #[test]
    fn a_day_knows_its_date() {
        let leap_day = Day::from_ymd(2024, 2, 29).unwrap();
        assert_eq!((leap_day, leap_day.year(), leap_day.month()), (Day(19_782), 2024, Month { year: 2024, month: 2 }));
        assert_eq!((Day(-1).year(), Day(-1).month()), (1969, Month { year: 1969, month: 12 }));
        assert_eq!(Day::from_ymd(2025, 2, 29), None);
    }

    // 31 December 2299 is a Sunday, so Friday 29 is the last business day there is; 1 January 1899 was a Sunday.
    #[test]
    fn no_day_before_1899_or_after_2299_is_a_business_day() {
        let [friday, later] = [(2299, 12, 29), (2400, 1, 1)].map(|(year, month, day)| Day::from_ymd(year, month, day).unwrap());
        assert_eq!(calendar().between(Day(friday.0 - 1), later).0, 1);
        assert_eq!(calendar().nth_after(Day(friday.0 - 1), BusinessDays(1)), Some(friday));
        assert_eq!(calendar().nth_after(friday, BusinessDays(1)), None);
        let [earlier, monday] = [(1800, 1, 1), (1899, 1, 2)].map(|(year, month, day)| Day::from_ymd(year, month, day).unwrap());
        assert_eq!(calendar().between(earlier, monday).0, 1);
        assert!(!calendar().is_business_day(later) && !calendar().is_business_day(earlier));
    }

    // Every day of the years that exports can write, and no other, as chrono counts them.
    #[test]
    fn a_date_is_the_day_of_the_gregorian_calendar() {
        for year in (0..=9999).chain([-9999, -400, -1]) {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let expected = NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date);
                assert_eq!(Day::from_ymd(year, month, day), expected, "{year}-{month}-{day}");
            }
        }
    }

    #[test]
    fn months_follow_one_another_over_the_year() {
        assert_eq!(Day::from_ymd(2025, 12, 31).unwrap().month().next(), Month { year: 2026, month: 1 });
    }
}
