//! Timestamps read once more: by regular grammar and by walking the years, without any code of `src/intake`.

use chrono::{NaiveDate, NaiveTime, TimeZone};
use chrono_tz::America::Toronto;

/// Instant, local day (from 1970-01-01) and whether a time was written.
type Read = (i64, i64, bool);

/// The forms of section 7 of the measurement rules.
pub fn iso(text: &str) -> Option<Read> {
    let letters: Vec<char> = text.chars().collect();
    let shape: String = letters.iter().map(|letter| if letter.is_ascii_digit() { '9' } else { *letter }).collect();
    if !shape.starts_with("9999-99-99") && !shape.starts_with("9999/99/99") {
        return None;
    }
    let number = |from: usize, to: usize| letters[from..to].iter().collect::<String>().parse::<u32>().ok();
    let date = NaiveDate::from_ymd_opt(number(0, 4)? as i32, number(5, 7)?, number(8, 10)?)?;
    if shape.len() == 10 {
        return moment(date, NaiveTime::MIN, None, false);
    }
    let rest: String = shape[10..].to_owned();
    if !rest.starts_with(" 99:99") && !rest.starts_with("T99:99") {
        return None;
    }
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let mut at = 16;
    let mut second = 0;
    if shape[at..].starts_with(":99") {
        second = number(17, 19)?;
        at = 19;
        if shape[at..].starts_with('.') {
            let digits = shape[at + 1..].chars().take_while(|letter| *letter == '9').count();
            if digits == 0 {
                return None;
            }
            at += 1 + digits;
        }
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let sign = |at: usize| if letters[at] == '-' { -1 } else { 1 };
    let offset = match shape[at..].replacen('+', "-", 1).as_str() {
        "" => None,
        "Z" => Some(0),
        "-99:99" if number(at + 1, at + 3)? < 24 && number(at + 4, at + 6)? < 60 => {
            Some(sign(at) * (i64::from(number(at + 1, at + 3)?) * 3600 + i64::from(number(at + 4, at + 6)?) * 60))
        }
        "-9999" if number(at + 1, at + 3)? < 24 && number(at + 3, at + 5)? < 60 => {
            Some(sign(at) * (i64::from(number(at + 1, at + 3)?) * 3600 + i64::from(number(at + 3, at + 5)?) * 60))
        }
        _ => return None,
    };
    moment(date, time, offset, true)
}

/// `31/03/2026`, with ` 09:30:00` after it where `timed`. The outer `None` is for texts of another shape, the inner for days that
/// don't exist.
pub fn day_first(text: &str, timed: bool) -> Option<Option<Read>> {
    let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '9' } else { letter }).collect();
    if shape != if timed { "99/99/9999 99:99:99" } else { "99/99/9999" } {
        return None;
    }
    let number = |from: usize| text[from..from + 2].parse::<u32>().unwrap_or(99);
    let year = text[6..10].parse().ok()?;
    let Some(date) = NaiveDate::from_ymd_opt(year, number(3), number(0)) else { return Some(None) };
    if !timed {
        return Some(moment(date, NaiveTime::MIN, None, false));
    }
    let Some(time) = NaiveTime::from_hms_opt(number(11), number(14), number(17)) else { return Some(None) };
    Some(moment(date, time, None, true))
}

/// Digits with an optional decimal part.
pub fn is_seconds(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit());
    let mut parts = text.splitn(2, '.');
    parts.next().is_some_and(digits) && parts.next().is_none_or(digits)
}

fn moment(date: NaiveDate, time: NaiveTime, offset: Option<i64>, timed: bool) -> Option<Read> {
    let wall = date.and_time(time);
    let utc = match offset {
        Some(offset) => wall.and_utc().timestamp() - offset,
        None => Toronto.from_local_datetime(&wall).earliest().map_or_else(|| before_gap(wall), |moment| moment.timestamp()),
    };
    let local = Toronto.timestamp_opt(utc, 0).single()?.date_naive();
    let allowed = NaiveDate::from_ymd_opt(1900, 1, 1)? <= local && local <= NaiveDate::from_ymd_opt(2199, 12, 31)?;
    let day = local.signed_duration_since(NaiveDate::from_ymd_opt(1970, 1, 1)?).num_days();
    allowed.then_some((utc, day, timed))
}

/// A wall time that does not occur has the offset of the last wall time before it that does.
fn before_gap(wall: chrono::NaiveDateTime) -> i64 {
    let earlier = (1..).map(|minutes| wall - chrono::TimeDelta::minutes(minutes));
    let last = earlier.filter_map(|wall| Some((wall, Toronto.from_local_datetime(&wall).earliest()?))).next();
    last.map_or(0, |(earlier, moment)| wall.and_utc().timestamp() - earlier.and_utc().timestamp() + moment.timestamp())
}
