//! The ledger as lines for people: days that are alike in one line, unless every day is wanted.

use chrono::{DateTime, NaiveDate};
use std::collections::BTreeMap;

use super::{ClockNote, DayNote, Ledger, PauseNote, StretchNote};

/// One line of a printed ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A day, days or moments.
    pub span: String,
    /// What it adds to the elapsed time; nothing where it adds nothing.
    pub adds: Option<i64>,
    /// Elapsed at its end.
    pub elapsed: i64,
    pub says: String,
    pub after_end: bool,
}

/// The lines of a clock.
pub fn entries(ledger: &Ledger, clock: &ClockNote, all_days: bool) -> Vec<Entry> {
    if clock.days.is_empty() {
        return clock.stretches.iter().map(|stretch| moments(ledger, clock, stretch)).collect();
    }
    let told = told_by_day(ledger);
    let mut entries = Vec::new();
    let mut run: Vec<&DayNote> = Vec::new();
    for (place, day) in clock.days.iter().enumerate() {
        let stands_alone = |day: &DayNote| {
            all_days || told.contains_key(day.day.as_str()) || clock.due_day.as_deref() == Some(&day.day) || day.day == clock.end
        };
        let joins = run.last().is_some_and(|last| {
            !stands_alone(last) && !stands_alone(day) && last.after_end == day.after_end && kind(last) == kind(day)
        });
        if !joins && !run.is_empty() {
            entries.push(of_days(clock, &run, &told));
            run.clear();
        }
        // Day 0 is like no other.
        let is_start = place == 0;
        run.push(day);
        if is_start {
            entries.push(of_days(clock, &run, &told));
            run.clear();
        }
    }
    if !run.is_empty() {
        entries.push(of_days(clock, &run, &told));
    }
    entries
}

/// What events that the clock takes notice of say, by local day.
fn told_by_day(ledger: &Ledger) -> BTreeMap<&str, Vec<String>> {
    let mut told: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for event in ledger.events.iter().filter(|event| event.counts) {
        told.entry(&event.day).or_default().push(format!("{} {}", event.event, event.roles.join(", ")));
    }
    told
}

#[derive(PartialEq, Eq)]
enum Kind<'a> {
    Counted,
    Paused(usize),
    Weekend,
    Off(&'a str),
    Nothing,
}

fn kind(day: &DayNote) -> Kind<'_> {
    let off = day.holiday.as_deref().or(day.closure.as_deref());
    match (day.pause, off) {
        (Some(pause), _) => Kind::Paused(pause),
        (None, Some(name)) => Kind::Off(name),
        (None, None) if day.weekend => Kind::Weekend,
        (None, None) if day.counted => Kind::Counted,
        (None, None) => Kind::Nothing,
    }
}

fn of_days(clock: &ClockNote, run: &[&DayNote], told: &BTreeMap<&str, Vec<String>>) -> Entry {
    let (first, last) = (run[0], run[run.len() - 1]);
    let counted = run.iter().filter(|day| day.counted).count() as i64;
    let mut says = Vec::new();
    match kind(first) {
        Kind::Counted => {}
        Kind::Paused(pause) => says.push(paused(&clock.pauses[pause], run)),
        Kind::Weekend => says.push("weekend".to_owned()),
        Kind::Off(name) if first.closure.is_some() => says.push(format!("closure: {name}")),
        Kind::Off(name) if first.weekend => says.push(format!("weekend, holiday: {name}")),
        Kind::Off(name) => says.push(format!("holiday: {name}")),
        Kind::Nothing => says.push("day 0".to_owned()),
    }
    if run.len() == 1 {
        says.extend(told.get(first.day.as_str()).into_iter().flatten().filter(|_| !first.after_end).cloned());
        if clock.ended == "open" && first.day == clock.end {
            says.push("still open".to_owned());
        }
        if clock.due_day.as_deref() == Some(&first.day) {
            says.push("the due day".to_owned());
        }
    }
    Entry {
        span: if run.len() == 1 { with_weekday(&first.day) } else { days(&first.day, &last.day) },
        adds: (counted > 0).then_some(counted),
        elapsed: last.elapsed,
        says: says.join("; "),
        after_end: first.after_end,
    }
}

/// The pause of some days, and how many of them it takes from the count.
fn paused(pause: &PauseNote, run: &[&DayNote]) -> String {
    let taken = run.iter().filter(|day| !day.weekend && day.holiday.is_none() && day.closure.is_none()).count();
    let opened = &pause.opened_by;
    let why = match (run, run[0].holiday.as_ref().or(run[0].closure.as_ref())) {
        ([_], Some(name)) => format!(" ({name})"),
        ([day], None) if day.weekend => " (weekend)".to_owned(),
        ([_], None) => String::new(),
        _ => format!(", {taken} taken off"),
    };
    format!("paused by {} of {}{why}, {}", opened.event, opened.at, opened.place())
}

fn moments(ledger: &Ledger, clock: &ClockNote, stretch: &StretchNote) -> Entry {
    let at = |moment: &str| ledger.events.iter().filter(|event| event.counts && event.at == moment).collect::<Vec<_>>();
    let mut says: Vec<String> = stretch
        .pause
        .map(|pause| &clock.pauses[pause].opened_by)
        .map(|opened| format!("paused by {}, {}", opened.event, opened.place()))
        .into_iter()
        .collect();
    says.extend(at(&stretch.until).iter().map(|event| format!("{} {}", event.event, event.roles.join(", "))));
    Entry {
        span: between(&stretch.from, &stretch.until),
        adds: stretch.pause.is_none().then_some(stretch.seconds),
        elapsed: stretch.elapsed,
        says: says.join("; "),
        after_end: false,
    }
}

fn between(from: &str, until: &str) -> String {
    let read = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let (Some(from), Some(until)) = (read(from), read(until)) else { return format!("{from} – {until}") };
    let form = if from.date_naive() == until.date_naive() { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
    // Offsets only where they differ: the night on which clocks are changed.
    let offset = if from.offset() == until.offset() { "" } else { "%:z" };
    let start = from.format(&format!("%Y-%m-%d %H:%M:%S{offset}")).to_string();
    format!("{start} – {}", until.format(&format!("{form}{offset}")))
}

/// `Mon 2025-05-05`.
pub fn with_weekday(day: &str) -> String {
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d");
    date.map_or_else(|_| day.to_owned(), |date| date.format("%a %Y-%m-%d").to_string())
}

fn days(first: &str, last: &str) -> String {
    format!("{} – {}", with_weekday(first), with_weekday(last))
}
