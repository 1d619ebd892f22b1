//! The table `[calendar]` and the holiday file that it names.

use std::collections::BTreeMap;

use chrono::Weekday;

use super::document::{Document, Problems, Value, in_range};
use super::files::Files;
use super::keys;
use super::lines::{Line, Lines};
use super::table::Table;
use super::texts::text;
use crate::diagnostic::Code;
use crate::domain::calendar::{Day, DayOff, DaysOff};
use crate::domain::text::{Language, Text};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Reads `[calendar]` and its holiday file.
pub fn days_off(root: &Table<'_>, languages: &[Language], files: &Files<'_>, problems: &Problems) -> DaysOff {
    let mut off = DaysOff { weekend: Vec::new(), days: BTreeMap::new() };
    let table = root.need("calendar").and_then(|value| value.table("[calendar]", &keys::CALENDAR));
    let Some(table) = table else { return off };
    if let Some(value) = table.need("weekend") {
        off.weekend = value.items().unwrap_or_default().iter().filter_map(|day| day.choice(&WEEKDAYS)).collect();
        if WEEKDAYS.iter().all(|(_, weekday)| off.weekend.contains(weekday)) {
            value.problem(
                Code::BadValue,
                "`weekend` holds all seven days: no business day is left",
                "keep the days on which the ministry is closed every week",
            );
        }
    }
    closures(&table, languages, &mut off);
    if let Some(word) = table.need("holidays").and_then(|value| value.filled())
        && let Some(holidays) = files.text(word.text, Some(&word))
    {
        // A day that is a holiday and a closure is kept as a holiday.
        off.days.extend(holiday_file(Document { name: word.text, text: &holidays, problems }));
    }
    off
}

fn closures(table: &Table<'_>, languages: &[Language], off: &mut DaysOff) {
    for item in table.get("closures").and_then(|value| value.items()).unwrap_or_default() {
        let Some(closure) = item.table("a closure", &keys::CLOSURE) else { continue };
        let name = closure.need("name").map(|value| text(&value, languages)).unwrap_or_default();
        let Some((value, day)) = closure.need("date").and_then(|value: Value<'_>| value.day().map(|day| (value, day))) else {
            continue;
        };
        if off.days.insert(day, DayOff { day, name, source: String::new(), closure: true }).is_some() {
            value.problem(Code::DuplicateId, format!("{} stands twice in `closures`", day.date()), "take one of them out");
        }
    }
}

/// The holidays of a file with the columns `date` and, optionally, `name_…` and `source`.
fn holiday_file(document: Document<'_>) -> BTreeMap<Day, DayOff> {
    let mut days = BTreeMap::new();
    let mut lines_of = BTreeMap::new();
    let Some(lines) = Lines::read(document, &["date"]) else { return days };
    for line in lines.iter() {
        let Some(day) = holiday_date(&line) else { continue };
        if let Some(earlier) = lines_of.insert(day, line.number_in_file()) {
            line.problem(
                "date",
                format!("the holiday {} stands twice, first on line {earlier}", day.date()),
                "take one of the lines out",
            );
        }
        let name = Text::new(line.texts("name"));
        days.insert(day, DayOff { day, name, source: line.value("source").to_owned(), closure: false });
    }
    days
}

fn holiday_date(line: &Line<'_>) -> Option<Day> {
    let written = line.filled("date")?;
    let day = parse_day(written).filter(|day| in_range(*day));
    if day.is_none() {
        line.problem("date", format!("\"{written}\" is no day from 1900 to 2199"), "write year-month-day: 2025-12-25");
    }
    day
}

/// A day written `2025-04-01`.
pub fn parse_day(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    let is_digit = |place: usize| bytes[place].is_ascii_digit();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' || ![0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit) {
        return None;
    }
    Day::from_ymd(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}
