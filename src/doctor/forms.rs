//! The forms of timestamps, and which of them read the values of a column.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Spot;
use crate::domain::calendar::Day;
use crate::domain::source::TimestampFormat;
use crate::intake::{LocalTime, Timestamps};

/// Which part of a date is written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    Year,
    Day,
    Month,
}

impl Order {
    /// Every order.
    pub const ALL: [Order; 3] = [Order::Year, Order::Day, Order::Month];

    /// The order in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Order::Year => "year first",
            Order::Day => "day first",
            Order::Month => "month first",
        }
    }

    fn dates(self) -> &'static [&'static str] {
        match self {
            Order::Year => &["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%y-%m-%d", "%y/%m/%d"],
            Order::Day => &["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"],
            Order::Month => &["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%m-%d-%y"],
        }
    }
}

const TIMES: [&str; 9] = ["", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", " %I:%M:%S %p", " %I:%M %p", " %H h %M", "%H%M%S"];
const FRACTIONS: [&str; 2] = ["", "%.f"];
const ZONES: [&str; 5] = ["", "%:z", " %:z", "Z", " UTC"];

/// Every form of an order, the plainest first.
static PATTERNS: LazyLock<[Vec<String>; 3]> = LazyLock::new(|| {
    Order::ALL.map(|order| {
        let mut patterns = Vec::new();
        for zone in ZONES {
            for fraction in FRACTIONS {
                for time in TIMES.into_iter().filter(|time| fraction.is_empty() || time.ends_with("%S")) {
                    let with_time = |date: &&str| format!("{date}{time}{fraction}{zone}");
                    patterns.extend(order.dates().iter().filter(|_| !time.is_empty() || zone.is_empty()).map(with_time));
                }
            }
        }
        patterns
    })
});
static FORMATS: LazyLock<[Vec<TimestampFormat>; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|order| PATTERNS[order].iter().map(|pattern| TimestampFormat::Patterns(vec![pattern.clone()])).collect())
});
static ZONE: LazyLock<LocalTime> = LazyLock::new(|| LocalTime::new(chrono_tz::UTC));
/// What reads each pattern, taken apart once.
static READERS: LazyLock<[Vec<Timestamps<'static>>; 3]> =
    LazyLock::new(|| [0, 1, 2].map(|order| FORMATS[order].iter().map(reader).collect()));
static AUTOMATIC: LazyLock<Timestamps<'static>> = LazyLock::new(|| reader(&TimestampFormat::Auto));

fn reader(format: &'static TimestampFormat) -> Timestamps<'static> {
    Timestamps::new(format, &ZONE, Day::from_ymd(1900, 1, 1).unwrap_or(Day(0)))
}

/// A value so long or so wordy is no timestamp.
const LONGEST: usize = 40;
/// After so many values without a timestamp the column is taken for another thing.
const PATIENCE: u64 = 50;

/// A value and where it stands.
pub type Example = (Spot, String);

/// What the forms make of the values of a column so far.
#[derive(Debug, Default)]
pub struct Forms {
    values: u64,
    unread: u64,
    first_unread: Option<Example>,
    first: Option<Example>,
    automatic: u64,
    dates_alone: u64,
    /// By order: how many values each pattern was the first to read.
    credit: [BTreeMap<usize, u64>; 3],
    /// By order: a value that no other order reads.
    only: [Option<Example>; 3],
}

/// One way to read a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub order: Order,
    /// The patterns, the commonest first.
    pub patterns: Vec<String>,
    /// A value that no other order reads.
    pub proof: Option<Example>,
}

/// A column of timestamps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    /// Whether `auto` reads every value that can be read.
    pub automatic: bool,
    /// The orders that read as many values as any: more than one is a question.
    pub choices: Vec<Choice>,
    /// Values that are no timestamps: their rows would be rejected.
    pub unread: u64,
    pub first_unread: Option<Example>,
    pub first: Example,
    /// No value has a time.
    pub dates_alone: bool,
}

impl Forms {
    /// Takes one value that is not null.
    pub fn take(&mut self, value: &str, spot: Spot) {
        self.values += 1;
        if self.unread >= PATIENCE && self.unread == self.values - 1 {
            self.unread += 1;
            return;
        }
        let mut read_by = Vec::new();
        if value.len() <= LONGEST && value.bytes().any(|byte| byte.is_ascii_digit()) {
            self.automatic += u64::from(AUTOMATIC.read(value).is_some());
            read_by.extend((0..3).filter_map(|order| Some((order, self.pattern_for(order, value)?))));
        }
        if read_by.is_empty() {
            self.unread += 1;
            self.first_unread.get_or_insert_with(|| (spot, value.to_owned()));
            return;
        }
        self.first.get_or_insert_with(|| (spot, value.to_owned()));
        self.dates_alone += u64::from(read_by.iter().all(|&(_, (_, has_time))| !has_time));
        if let [(order, _)] = read_by[..] {
            self.only[order].get_or_insert_with(|| (spot, value.to_owned()));
        }
        for (order, (pattern, _)) in read_by {
            *self.credit[order].entry(pattern).or_default() += 1;
        }
    }

    /// The first pattern of an order that reads a value, those that have read others before the rest; and whether it reads a time.
    fn pattern_for(&self, order: usize, value: &str) -> Option<(usize, bool)> {
        let reads = |&pattern: &usize| Some((pattern, READERS[order][pattern].read(value)?.has_time));
        let known = self.credit[order].keys().find_map(reads);
        known.or_else(|| (0..READERS[order].len()).find_map(|pattern| reads(&pattern)))
    }

    /// The column as timestamps, when at least nine values in ten are some.
    pub fn finish(&self) -> Option<Stamps> {
        let read = self.values - self.unread;
        let first = self.first.clone().filter(|_| read * 10 >= self.values * 9)?;
        let reads: Vec<u64> = self.credit.iter().map(|credit| credit.values().sum()).collect();
        let most = reads.iter().copied().max()?;
        let automatic = self.automatic == read;
        let choice = |(place, order): (usize, Order)| {
            let mut patterns: Vec<(u64, usize)> = self.credit[place].iter().map(|(&pattern, &count)| (count, pattern)).collect();
            patterns.sort_by_key(|&(count, pattern)| (std::cmp::Reverse(count), pattern));
            let patterns = patterns.into_iter().map(|(_, pattern)| PATTERNS[place][pattern].clone()).collect();
            Choice { order, patterns, proof: self.only[place].clone() }
        };
        let best = Order::ALL.into_iter().enumerate().filter(|&(place, _)| reads[place] == most);
        let choices: Vec<Choice> = best.map(choice).collect();
        Some(Stamps {
            automatic,
            choices,
            // Values that only another order reads are as lost as those that none reads.
            unread: self.values - most,
            first_unread: self.first_unread.clone(),
            first,
            dates_alone: self.dates_alone == read,
        })
    }
}

/// Whether a text is a time of day alone.
pub fn is_time_of_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let two_digits = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len())
        && parts.iter().all(two_digits)
        && parts[0] < "24"
        && parts[1..].iter().all(|part| *part < "60")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamps(values: &[&str]) -> Option<Stamps> {
        let mut forms = Forms::default();
        for (line, value) in (2..).zip(values) {
            forms.take(value, Spot { file: 0, line, column: 1 });
        }
        forms.finish()
    }

    fn patterns(stamps: &Stamps) -> Vec<(Order, &[String])> {
        stamps.choices.iter().map(|choice| (choice.order, &choice.patterns[..])).collect()
    }

    #[test]
    fn a_day_that_is_no_month_proves_the_order() {
        let found = stamps(&["05/04/2025 09:30:00", "31/03/2025 10:00:00"]).unwrap();
        assert_eq!(patterns(&found), [(Order::Day, &["%d/%m/%Y %H:%M:%S".to_owned()][..])]);
        assert_eq!(found.choices[0].proof, Some((Spot { file: 0, line: 3, column: 1 }, "31/03/2025 10:00:00".to_owned())));
    }

    #[test]
    fn without_a_proof_both_orders_are_left_open() {
        let found = stamps(&["05/04/2025", "06/04/2025"]).unwrap();
        assert_eq!(found.choices.iter().map(|choice| choice.order).collect::<Vec<_>>(), [Order::Day, Order::Month]);
        assert!(found.dates_alone);
    }

    #[test]
    fn iso_is_read_without_a_pattern_and_words_are_no_timestamps() {
        assert!(stamps(&["2025-04-05", "2025-04-05T10:00:00.5-04:00"]).unwrap().automatic);
        assert_eq!(stamps(&["alpha", "2025-04-05"]), None);
        let mostly = stamps(&["20250405"; 30].iter().copied().chain(["hier"]).collect::<Vec<_>>()).unwrap();
        assert_eq!((mostly.unread, mostly.automatic), (1, false));
    }

    #[test]
    fn times_of_day() {
        assert!(["09:30", "23:59:59"].into_iter().all(is_time_of_day));
        assert!(!["9:30", "24:00", "12:60", "12", "2025-04-05"].into_iter().any(is_time_of_day));
    }
}
