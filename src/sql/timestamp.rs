//! Timestamp patterns (strftime) as regular expressions that read what chrono reads with them.

use chrono::format::{Fixed, Item, Numeric, StrftimeItems};
use serde::Serialize;

use crate::domain::source::TimestampFormat;

/// A pattern, and how the script reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// As the declaration writes it.
    pub written: String,
    pub regex: String,
    /// The parts of the moment that the groups of the expression hold, in order.
    pub parts: Vec<&'static str>,
    /// What the parts make: an expression of the script.
    pub stamp: String,
}

/// The patterns of a source; none for `auto`. An error names the pattern that the script can't read.
pub fn patterns(format: &TimestampFormat) -> Result<Vec<Pattern>, String> {
    match format {
        TimestampFormat::Auto => Ok(Vec::new()),
        TimestampFormat::Patterns(patterns) => {
            patterns.iter().map(|written| pattern(written).ok_or_else(|| written.clone())).collect()
        }
    }
}

fn pattern(written: &str) -> Option<Pattern> {
    let items: Vec<Item<'_>> = StrftimeItems::new(written).collect();
    let (mut regex, mut parts) = ("^".to_owned(), Vec::new());
    for (place, item) in items.iter().enumerate() {
        let number_follows = matches!(items.get(place + 1), Some(Item::Numeric(..)));
        match item {
            Item::Literal(text) => regex.push_str(&escaped(text)),
            Item::Space(_) => regex.push_str(" *"),
            Item::Numeric(numeric, _) => {
                let (part, width) = number(numeric)?;
                parts.push(part);
                regex.push_str(&digits(width, part == "year", number_follows));
            }
            Item::Fixed(Fixed::Nanosecond) => regex.push_str(r"(?:\.\d+)?"),
            Item::Fixed(Fixed::UpperAmPm | Fixed::LowerAmPm) => {
                parts.push("half");
                regex.push_str("([AaPp])[Mm]");
            }
            Item::Fixed(
                Fixed::TimezoneOffset
                | Fixed::TimezoneOffsetColon
                | Fixed::TimezoneOffsetDoubleColon
                | Fixed::TimezoneOffsetTripleColon,
            ) => {
                parts.push("zone");
                regex.push_str(r" *([+\-−]\d\d[: ]*[0-5]\d)");
            }
            _ => return None,
        }
    }
    regex.push('$');
    let stamp = stamp(&parts)?;
    Some(Pattern { written: written.to_owned(), regex, parts, stamp })
}

/// The part that a number is of, and how many digits it has at most.
fn number(numeric: &Numeric) -> Option<(&'static str, usize)> {
    Some(match numeric {
        Numeric::Year => ("year", 4),
        Numeric::Month => ("month", 2),
        Numeric::Day => ("day", 2),
        Numeric::Hour => ("hour", 2),
        Numeric::Hour12 => ("hour12", 2),
        Numeric::Minute => ("minute", 2),
        Numeric::Second => ("second", 2),
        _ => return None,
    })
}

/// A number may have blanks before it and fewer digits than its width. Reading never takes fewer digits than there are: before
/// another number it stops early only at a blank.
fn digits(width: usize, is_year: bool, number_follows: bool) -> String {
    let short = if number_follows { format!(r"\d{{{width}}}|\d{{1,{}}} ", width - 1) } else { format!(r"\d{{1,{width}}}") };
    // A year with a sign may have any number of digits.
    if is_year && !number_follows { format!(r" *({short}|\+\d+)") } else { format!(" *({short})") }
}

/// Each part once, a day, and a time that is whole.
fn stamp(parts: &[&str]) -> Option<String> {
    let has = |part: &str| parts.contains(&part);
    let mut seen = parts.to_vec();
    seen.sort_unstable();
    seen.dedup();
    let sound = seen.len() == parts.len()
        && has("year")
        && has("month")
        && has("day")
        && (has("hour") || has("hour12")) == has("minute")
        && has("hour12") == has("half")
        && !(has("hour") && has("hour12"))
        && (has("minute") || !has("second"));
    let part = |name: &str| if has(name) { format!("parts.{name}") } else { "''".to_owned() };
    let hour = if has("hour12") { "hour_of_half(parts.hour12, parts.half)".to_owned() } else { part("hour") };
    let [year, month, day, minute, second, zone] = ["year", "month", "day", "minute", "second", "zone"].map(part);
    sound.then(|| format!("stamp({year}, {month}, {day}, {hour}, {minute}, {second}, {zone})"))
}

fn escaped(text: &str) -> String {
    let escape =
        |character: char| if r"\.+*?()|[]{}^$".contains(character) { format!("\\{character}") } else { character.to_string() };
    text.chars().map(escape).collect()
}
