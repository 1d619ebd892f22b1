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
mod tests {
    use super::*;

    fn read(text: &str, format: &TimestampFormat) -> Option<(String, bool)> {
        let zone = LocalTime::new(chrono_tz::UTC);
        let earliest = Day::from_ymd(1900, 1, 1).unwrap();
        let stamp = Timestamps::new(format, &zone, earliest).read(text)?;
        let moment = chrono::DateTime::from_timestamp(stamp.seconds, 0)?;
        Some((moment.naive_utc().to_string(), stamp.has_time))
    }

    fn iso(text: &str) -> Option<(String, bool)> {
        read(text, &TimestampFormat::Auto)
    }

    // The forms of section 7, and what is none of them.
    #[test]
    fn iso_forms_are_read_and_others_refused() {
        assert_eq!(iso("2025-05-02"), Some(("2025-05-02 00:00:00".into(), false)));
        for text in [
            "2025/05/02 16:00",
            "2025-05-02T16:00:00.999",
            "2025-05-02 12:00:00-04:00",
            "2025-05-02T20:00+0400",
            "2025-05-02 16:00Z",
        ] {
            assert_eq!(iso(text), Some(("2025-05-02 16:00:00".into(), true)), "{text}");
        }
        let wrong = [
            "",
            "hier",
            "2025-02-30",
            "05/05/2025",
            "2025-5-2",
            "2025-05/02",
            "1899-12-31",
            "2200-01-01",
            "2025-05-02 ",
            "2025-05-02 25:00",
            "2025-05-02 16",
            "2025-05-02 16:00:60",
            "2025-05-02 16:00:00.",
            "2025-05-02 16:00:00 Z",
            "2025-05-02Z",
            "2025-05-02 16:00+4",
            "2025-05-02 16:00:00+24:00",
            "2025-05-02\u{a0}16:00",
        ];
        for text in wrong {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    // Every text of nineteen characters that differs from a sound one in one place, or in one place and another digit.
    #[test]
    fn the_plain_form_is_read_as_the_general_reader_reads_it() {
        let bytes = *b"0123456789-/ T:.Z+\xff";
        for sound in ["2024-02-29 23:59:59", "1999-12-31 00:00:00", "0000-10-09 19:09:07"] {
            for (place, byte) in (0..sound.len()).flat_map(|place| bytes.map(|byte| (place, byte))) {
                for (other, digit) in (0..sound.len()).flat_map(|other| [b'0', b'3', b'9'].map(|digit| (other, digit))) {
                    let mut text = sound.as_bytes().to_vec();
                    text[place] = byte;
                    assert!(read_plain(&text).is_none_or(|plain| Some(plain) == read_iso(&text)), "{text:?}");
                    if text[other].is_ascii_digit() {
                        text[other] = digit;
                    }
                    assert!(read_plain(&text).is_none_or(|plain| Some(plain) == read_iso(&text)), "{text:?}");
                }
            }
            assert!(read_plain(sound.as_bytes()).is_some());
            assert!(read_plain(&sound.as_bytes()[1..]).is_none());
        }
    }

    #[test]
    fn patterns_are_tried_in_order() {
        let patterns = TimestampFormat::Patterns(vec!["%d/%m/%Y %H:%M:%S".into(), "%d/%m/%Y".into()]);
        assert_eq!(read("02/05/2025 16:00:01", &patterns), Some(("2025-05-02 16:00:01".into(), true)));
        assert_eq!(read("02/05/2025", &patterns), Some(("2025-05-02 00:00:00".into(), false)));
        assert_eq!(read("30/02/2025", &patterns), None);
        assert_eq!(read("2025-05-02", &patterns), None);
        let one = |pattern: &str| TimestampFormat::Patterns(vec![pattern.into()]);
        assert_eq!(read("1746460800", &one("%s")), Some(("2025-05-05 16:00:00".into(), true)));
        assert_eq!(read("2025-05-05 09", &one("%Y-%m-%d %H")), Some(("2025-05-05 09:00:00".into(), true)));
        assert_eq!(read("2025-05-05 9 PM", &one("%Y-%m-%d %I %p")), Some(("2025-05-05 21:00:00".into(), true)));
    }

    // Every text that differs from a sound one in one place, or in one place and another digit, or is shorter or longer.
    #[test]
    fn a_fixed_pattern_is_read_as_the_general_reader_reads_it() {
        let bytes = *b"0123456789-/ T:.+\tx";
        for (pattern, sound) in [
            ("%d/%m/%Y %H:%M:%S", "29/02/2024 23:59:59"),
            ("%Y%m%d%H%M", "199912310000"),
            ("%m-%d-%Y", "10-09-0007"),
            ("%F %T", "2025-05-02 16:00:01"),
            ("%Y-%m-%d  %R", "2025-05-02  07:30"),
        ] {
            let pattern = Pattern::new(pattern);
            let fixed = pattern.fixed.clone().unwrap();
            let agree = |text: &[u8]| {
                let read = read_fixed(text, &fixed);
                let text = std::str::from_utf8(text).unwrap();
                assert!(read.is_none_or(|read| Some(read) == read_pattern(text, &pattern.items)), "{text:?}");
                read.is_some()
            };
            let mut others = 0;
            for (place, byte) in (0..sound.len()).flat_map(|place| bytes.map(|byte| (place, byte))) {
                for (other, digit) in (0..sound.len()).flat_map(|other| [b'0', b'3', b'9'].map(|digit| (other, digit))) {
                    let mut text = sound.as_bytes().to_vec();
                    text[place] = byte;
                    if text[other].is_ascii_digit() {
                        text[other] = digit;
                    }
                    others += usize::from(agree(&text));
                }
            }
            assert!(agree(sound.as_bytes()) && others > 500, "{others}");
            for text in [&sound[1..], &sound[..sound.len() - 1], &format!("{sound} "), &format!(" {sound}"), &format!("{sound}0")]
            {
                agree(text.as_bytes());
            }
        }
        for other in ["%d/%m/%y", "%e/%m/%Y", "%d %B %Y", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m", "%H:%M", "%Y-%m-%d %H", "%d/%d/%m/%Y"] {
            assert_eq!(Pattern::new(other).fixed, None, "{other}");
        }
    }

    #[test]
    fn seconds_are_digits_with_an_optional_decimal_part() {
        assert_eq!(read_seconds("12.9"), Some(12));
        assert_eq!(read_seconds("0"), Some(0));
        for wrong in ["", "-1", "1,5", "1.", ".5", "1e3", "+1", "12 "] {
            assert_eq!(read_seconds(wrong), None, "{wrong}");
        }
    }
}
