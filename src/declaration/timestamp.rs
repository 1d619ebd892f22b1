//! The key `timestamp`: `auto`, or strftime patterns that determine a day.

use std::fmt::Write as _;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{FixedOffset, NaiveDate};

use super::document::Value;
use crate::diagnostic::Code;
use crate::domain::source::TimestampFormat;

/// Reads one pattern or a list of them.
pub fn format(value: &Value<'_>) -> TimestampFormat {
    let words = value.one_or_more().unwrap_or_default();
    if !value.is_list() && words.iter().any(|word| word.text == "auto") {
        return TimestampFormat::Auto;
    }
    for word in &words {
        if let Some(fault) = fault(word.text) {
            word.problem(
                Code::BadValue,
                format!("the timestamp pattern \"{}\" {fault}", word.text),
                "write a pattern like \"%d/%m/%Y %H:%M\", or \"auto\" for ISO dates",
            );
        }
    }
    TimestampFormat::Patterns(words.iter().map(|word| word.text.to_owned()).collect())
}

/// Why a pattern can't read a timestamp; found by writing a moment with it and reading that back.
fn fault(pattern: &str) -> Option<&'static str> {
    let items: Vec<Item<'_>> = StrftimeItems::new(pattern).collect();
    if items.contains(&Item::Error) {
        return Some("holds a `%` that means nothing");
    }
    let moment = NaiveDate::from_ymd_opt(2025, 11, 23)?
        .and_hms_opt(14, 5, 9)?
        .and_local_timezone(FixedOffset::west_opt(5 * 3600)?)
        .single()?;
    let mut written = String::new();
    let mut parsed = Parsed::new();
    let read = write!(written, "{}", moment.format_with_items(items.iter())).is_ok()
        && parse(&mut parsed, &written, items.iter()).is_ok();
    let day = parsed.to_naive_date().or_else(|_| parsed.to_naive_datetime_with_offset(0).map(|moment| moment.date()));
    (!read || day.is_err()).then_some("does not determine a day")
}
