//! The key `within`: a limit, or its versions over time.

use super::document::Value;
use super::keys;
use crate::diagnostic::Code;
use crate::domain::calendar::Day;
use crate::domain::commitment::{LimitVersion, Unit};

const HELP: &str = "write a number of at least 1 and its unit: \"20 business days\", \"30 calendar days\" or \"3 minutes\"";

/// The unit and the versions of a limit, in order of time.
pub fn limits(value: &Value<'_>) -> Option<(Unit, Vec<LimitVersion>)> {
    if !value.is_list() {
        let (limit, unit) = limit(value)?;
        return Some((unit, vec![LimitVersion { from: None, until: None, limit }]));
    }
    let items = value.items()?;
    if items.is_empty() {
        value.problem(Code::BadLimit, "`within` is an empty list", HELP);
        return None;
    }
    let versions: Vec<Option<Version<'_>>> = items.into_iter().map(version).collect();
    // A version that can't be read was reported: without it gaps and overlaps mean nothing.
    let mut versions: Vec<Version<'_>> = versions.into_iter().collect::<Option<_>>()?;
    versions.sort_by_key(|version| version.from);
    check_units(&versions);
    check_days(&versions);
    let unit = versions.first()?.unit;
    Some((
        unit,
        versions.iter().map(|version| LimitVersion { from: version.from, until: version.until, limit: version.limit }).collect(),
    ))
}

struct Version<'a> {
    value: Value<'a>,
    unit: Unit,
    limit: u32,
    from: Option<Day>,
    until: Option<Day>,
}

fn version(item: Value<'_>) -> Option<Version<'_>> {
    let table = item.table("a version of `within`", &keys::LIMIT_VERSION)?;
    let limit = table.need("limit").and_then(|value| limit(&value));
    let day = |key| match table.get(key) {
        Some(value) => value.day().map(Some),
        None => Some(None),
    };
    let (from, until) = (day("from"), day("until"));
    let (limit, unit) = limit?;
    Some(Version { unit, limit, from: from?, until: until?, value: item })
}

/// Reads `20 business days`.
fn limit(value: &Value<'_>) -> Option<(u32, Unit)> {
    let word = value.word()?;
    let parsed = parse(word.text);
    if parsed.is_none() {
        word.problem(Code::BadLimit, format!("\"{}\" is no limit", word.text), HELP);
    }
    parsed
}

fn parse(text: &str) -> Option<(u32, Unit)> {
    let (number, unit) = text.trim().split_once(' ')?;
    let unit = match unit.trim_start() {
        "business day" | "business days" => Unit::BusinessDays,
        "calendar day" | "calendar days" => Unit::CalendarDays,
        "minute" | "minutes" => Unit::Minutes,
        _ => return None,
    };
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|number| digits && *number >= 1)?;
    Some((number, unit))
}

fn check_units(versions: &[Version<'_>]) {
    for pair in versions.windows(2) {
        if let [earlier, later] = pair
            && earlier.unit != later.unit
        {
            later.value.problem(
                Code::BadLimit,
                "the versions of `within` have different units",
                "a new unit is a new commitment: give it an id of its own",
            );
        }
    }
}

/// Every day must be covered exactly once (measurement.md, section 3).
fn check_days(versions: &[Version<'_>]) {
    for version in versions {
        if let (Some(from), Some(until)) = (version.from, version.until)
            && until < from
        {
            let message = format!("this version ends on {}, before it begins on {}", until.date(), from.date());
            version.value.problem(Code::BadLimit, message, "exchange `from` and `until`, or check the years");
        }
    }
    if let Some((first, from)) = versions.first().and_then(|first| first.from.map(|from| (first, from))) {
        let message = format!("no limit is in force before {}", from.date());
        first.value.problem(Code::BadLimit, message, "take `from` out of the first version: it holds for all earlier days");
    }
    if let Some((last, until)) = versions.last().and_then(|last| last.until.map(|until| (last, until))) {
        let message = format!("no limit is in force after {}", until.date());
        last.value.problem(Code::BadLimit, message, "take `until` out of the last version: it holds for all later days");
    }
    for pair in versions.windows(2) {
        let [earlier, later] = pair else { continue };
        let report = |message: String| {
            later.value.problem(
                Code::BadLimit,
                message,
                "let each version begin on the day after the one before it ends; both days are inclusive",
            )
        };
        match (earlier.until, later.from) {
            (None, _) => report("the version before this one has no last day: both are in force".to_owned()),
            (Some(until), Some(from)) if from.0 == until.0 + 2 => {
                report(format!("no limit is in force on {}", Day(until.0 + 1).date()))
            }
            (Some(until), Some(from)) if from.0 > until.0 + 2 => {
                report(format!("no limit is in force from {} to {}", Day(until.0 + 1).date(), Day(from.0 - 1).date()))
            }
            (Some(until), from) if from.is_none_or(|from| from <= until) => {
                report(format!("two limits are in force on {}", from.unwrap_or(until).date()))
            }
            _ => {}
        }
    }
}
