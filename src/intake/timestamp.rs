//! Reads timestamps; nothing is guessed between day-month and month-day (specification, section 7).

use chrono::format::{Item, Numeric, Pad, Parsed, StrftimeItems, parse};

use super::zone::LocalTime;
use crate::domain::calendar::Day;
use crate::domain::clock::{Moment, Zone};
use crate::domain::source::TimestampFormat;

/// A timestamp as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    seconds: i64,
    day: Day,
    /// Whether a time stood beside the date.
    pub has_time: bool,
}

impl Stamp {
    /// The instant and its local day.
    pub fn moment(self) -> Moment {
        Moment { seconds: self.seconds, day: self.day }
    }
}

/// How the timestamps of a source are read.
pub struct Timestamps<'a> {
    format: Format<'a>,
    zone: &'a LocalTime,
    earliest: Day,
}

/// The declared format; patterns are taken apart once, not for every timestamp.
enum Format<'a> {
    Auto,
    Patterns(Vec<Pattern<'a>>),
}

/// A pattern of strftime.
struct Pattern<'a> {
    items: Vec<Item<'a>>,
    /// The same where nothing but numbers of a fixed width and what stands between them makes it up.
    fixed: Option<Vec<Fixed>>,
}

/// A part of a text that has one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fixed {
    /// Digits, so many, of the year, month, day, hour, minute or second, in this order.
    Number {
        place: usize,
        width: usize,
    },
    Byte(u8),
}

/// A date and perhaps a time as written, before the time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    /// Days and seconds as they would be at Greenwich.
    day: i64,
    /// `None` for a date alone.
    second_of_day: Option<i64>,
    /// Seconds east of Greenwich, where written.
    offset: Option<i64>,
}

impl<'a> Timestamps<'a> {
    /// Timestamps on days before `earliest` are errors in the export.
    pub fn new(format: &'a TimestampFormat, zone: &'a LocalTime, earliest: Day) -> Timestamps<'a> {
        let format = match format {
            TimestampFormat::Auto => Format::Auto,
            TimestampFormat::Patterns(patterns) => {
                Format::Patterns(patterns.iter().map(|pattern| Pattern::new(pattern)).collect())
            }
        };
        Timestamps { format, zone, earliest }
    }

    /// Reads a timestamp; `None` when it does not follow the format, is no real day or time, or lies outside the allowed days.
    pub fn read(&self, text: &str) -> Option<Stamp> {
        let written = match &self.format {
            Format::Auto => read_plain(text.as_bytes()).or_else(|| read_iso(text.as_bytes()))?,
            Format::Patterns(patterns) => patterns.iter().find_map(|pattern| pattern.read(text))?,
        };
        let wall = written.day * 86_400 + written.second_of_day.unwrap_or(0);
        let moment = match written.offset {
            Some(offset) => self.moment(wall - offset),
            None => self.zone.moment(wall),
        };
        self.stamp(moment, written.second_of_day.is_some())
    }

    /// The moment so many whole seconds after another.
    pub fn later(&self, base: Stamp, seconds: i64) -> Option<Stamp> {
        self.stamp(self.moment(base.seconds.checked_add(seconds)?), base.has_time)
    }

    fn moment(&self, seconds: i64) -> Moment {
        Moment { seconds, day: self.zone.day_of(seconds) }
    }

    fn stamp(&self, Moment { seconds, day }: Moment, has_time: bool) -> Option<Stamp> {
        const LAST: Day = Day(84_005); // 31 December 2199
        (self.earliest <= day && day <= LAST).then_some(Stamp { seconds, day, has_time })
    }
}

/// The form that nearly all exports have, `YYYY-MM-DD HH:MM:SS`, as `read_iso` reads it; `None` says nothing about a text.
fn read_plain(text: &[u8]) -> Option<Written> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2] = text else {
        return None;
    };
    let numbers = [[y1, y2], [y3, y4], [m1, m2], [d1, d2], [h1, h2], [n1, n2], [s1, s2]];
    if !numbers.as_flattened().iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [century, year, month, day, hour, minute, second] =
        numbers.map(|[tens, ones]| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'));
    let day = Day::from_ymd((century * 100 + year) as i32, month, day)?;
    (hour < 24 && minute < 60 && second < 60).then(|| Written {
        day: i64::from(day.0),
        second_of_day: Some(i64::from(hour * 3600 + minute * 60 + second)),
        offset: None,
    })
}

/// `YYYY-MM-DD` or `YYYY/MM/DD`, then optionally a space or `T` and `HH:MM[:SS[.fraction]]`, then optionally `Z`, `±HH:MM` or `±HHMM`.
fn read_iso(text: &[u8]) -> Option<Written> {
    let (date, rest) = text.split_at_checked(10)?;
    let separator = date[4];
    if !matches!(separator, b'-' | b'/') || date[7] != separator {
        return None;
    }
    let year = digits(&date[..4])?;
    let day = Day::from_ymd(year as i32, digits(&date[5..7])? as u32, digits(&date[8..])? as u32)?;
    let day = i64::from(day.0);
    let Some((mark, rest)) = rest.split_first() else {
        return Some(Written { day, second_of_day: None, offset: None });
    };
    if !matches!(mark, b' ' | b'T') {
        return None;
    }
    let (clock, rest) = rest.split_at_checked(5)?;
    if clock[2] != b':' {
        return None;
    }
    let (hour, minute) = (digits(&clock[..2])?, digits(&clock[3..])?);
    let (second, rest) = match rest {
        [b':', rest @ ..] => {
            let (second, rest) = rest.split_at_checked(2)?;
            (digits(second)?, skip_fraction(rest)?)
        }
        _ => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let second_of_day = Some(hour * 3600 + minute * 60 + second);
    Some(Written { day, second_of_day, offset: read_offset(rest)? })
}

/// `Some(None)` for no offset, `None` for anything that is not one.
fn read_offset(text: &[u8]) -> Option<Option<i64>> {
    let (sign, hours, minutes) = match text {
        [] => return Some(None),
        [b'Z'] => return Some(Some(0)),
        [sign, hours @ .., b':', tens, ones] if hours.len() == 2 => (sign, hours, [*tens, *ones]),
        [sign, hours @ .., tens, ones] if hours.len() == 2 => (sign, hours, [*tens, *ones]),
        _ => return None,
    };
    let (hours, minutes) = (digits(hours)?, digits(&minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    match sign {
        b'+' => Some(Some(seconds)),
        b'-' => Some(Some(-seconds)),
        _ => None,
    }
}

/// What stands after a fraction of a second, which is truncated; the text itself when there is none.
fn skip_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', rest @ ..] = text else {
        return Some(text);
    };
    let width = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (width > 0).then(|| &rest[width..])
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0i64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

impl<'a> Pattern<'a> {
    fn new(pattern: &'a str) -> Pattern<'a> {
        let items: Vec<Item<'a>> = StrftimeItems::new(pattern).collect();
        let fixed = Fixed::all(&items);
        Pattern { items, fixed }
    }

    fn read(&self, text: &str) -> Option<Written> {
        let fixed = self.fixed.as_ref().and_then(|fixed| read_fixed(text.as_bytes(), fixed));
        fixed.or_else(|| read_pattern(text, &self.items))
    }
}

impl Fixed {
    /// The parts of a pattern; `None` where one has no fixed width, or they are not a date with or without hour and minute.
    fn all(items: &[Item<'_>]) -> Option<Vec<Fixed>> {
        let mut parts = Vec::new();
        let mut found = [0; 6];
        for item in items {
            match item {
                Item::Literal(text) | Item::Space(text) if text.is_ascii() => parts.extend(text.bytes().map(Fixed::Byte)),
                Item::Numeric(kind, Pad::Zero) => {
                    let kinds = [Numeric::Year, Numeric::Month, Numeric::Day, Numeric::Hour, Numeric::Minute, Numeric::Second];
                    let place = kinds.iter().position(|known| known == kind)?;
                    found[place] += 1;
                    parts.push(Fixed::Number { place, width: if place == 0 { 4 } else { 2 } });
                }
                _ => return None,
            }
        }
        matches!(found, [1, 1, 1, 0, 0, 0] | [1, 1, 1, 1, 1, 0 | 1]).then_some(parts)
    }
}

/// A text that is written just like a pattern of fixed parts, as `read_pattern` reads it; `None` says nothing about a text.
fn read_fixed(text: &[u8], parts: &[Fixed]) -> Option<Written> {
    let (mut numbers, mut rest, mut has_time) = ([0; 6], text, false);
    for part in parts {
        match *part {
            Fixed::Byte(byte) => rest = rest.strip_prefix(&[byte])?,
            Fixed::Number { place, width } => {
                let (number, later) = rest.split_at_checked(width)?;
                (numbers[place], rest) = (digits(number)?, later);
                has_time |= place > 2;
            }
        }
    }
    let [year, month, day, hour, minute, second] = numbers;
    let day = Day::from_ymd(year as i32, month as u32, day as u32)?;
    (rest.is_empty() && hour < 24 && minute < 60 && second < 60).then(|| Written {
        day: i64::from(day.0),
        second_of_day: has_time.then_some(hour * 3600 + minute * 60 + second),
        offset: None,
    })
}

fn read_pattern(text: &str, pattern: &[Item<'_>]) -> Option<Written> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, pattern.iter()).ok()?;
    if let Some(seconds) = parsed.timestamp() {
        return Some(Written {
            day: seconds.div_euclid(86_400),
            second_of_day: Some(seconds.rem_euclid(86_400)),
            offset: Some(0),
        });
    }
    // An hour without minutes is a full hour.
    if parsed.hour_mod_12().is_some() && parsed.minute().is_none() {
        parsed.set_minute(0).ok()?;
    }
    let date = parsed.to_naive_date().ok()?;
    let has_time = parsed.hour_div_12().is_some() || parsed.hour_mod_12().is_some();
    let second_of_day = if has_time { Some(second_of_day(&parsed)?) } else { None };
    Some(Written { day: i64::from(Day::from_date(date).0), second_of_day, offset: parsed.offset().map(i64::from) })
}

fn second_of_day(parsed: &Parsed) -> Option<i64> {
    use chrono::Timelike;
    let time = parsed.to_naive_time().ok()?;
    // Chrono reads second 60 as a leap second, which no clock of these exports has.
    (time.nanosecond() < 1_000_000_000).then(|| i64::from(time.num_seconds_from_midnight()))
}

/// Whole seconds of `digits[.digits]`; `None` for anything else.
pub fn read_seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // More seconds than a number holds are more than any calendar: they end as a moment after 2199.
    Some(whole.parse().unwrap_or(i64::MAX / 2))
}

#[cfg(test)]
#[path = "timestamp_tests.rs"]
mod tests;
