//! What is declared besides the sources, as the script's tables have it.

use chrono::Weekday;
use serde::Serialize;

use super::zone::{self, Change};
use super::{text, texts};
use crate::domain::calendar::Day;
use crate::domain::commitment::{Cohort, CountFrom, EventId, FieldCondition, LimitVersion, ReceivedWhenClosed, Treatment, Unit};
use crate::domain::project::Project;
use crate::domain::source::Source;
use crate::domain::{commitment, project};

#[derive(Debug, Serialize)]
pub struct Declared {
    organization: String,
    title: String,
    period: Period,
    as_of: String,
    earliest: String,
    weekend: Vec<&'static str>,
    days_off: Vec<DayOff>,
    time_zone: String,
    zone: Vec<Change>,
    commitments: Vec<Commitment>,
}

#[derive(Debug, Serialize)]
struct Period {
    label: String,
    first: String,
    last: String,
}

#[derive(Debug, Serialize)]
struct DayOff {
    day: String,
    is_holiday: bool,
    name: String,
}

#[derive(Debug, Serialize)]
struct Commitment {
    id: String,
    title: String,
    source: String,
    unit: &'static str,
    counted_by: &'static str,
    count_from: &'static str,
    received_when_closed: &'static str,
    limits: Vec<Limit>,
    roles: Vec<Role>,
    pauses: Vec<Pause>,
    exits: Vec<Exit>,
    /// Further conditions on a case, each after ` AND `.
    condition: String,
    /// An expression: the name of the first exclude rule that fits.
    excluded_by: String,
}

#[derive(Debug, Serialize)]
struct Limit {
    first: String,
    last: String,
    limit: u32,
}

#[derive(Debug, Serialize)]
struct Role {
    role: &'static str,
    event: String,
}

#[derive(Debug, Serialize)]
struct Pause {
    from: String,
    until: String,
}

#[derive(Debug, Serialize)]
struct Exit {
    event: String,
    treatment: &'static str,
}

/// Everything that is declared but the sources, with the commitments at these places.
pub fn declared(project: &Project, commitments: &[usize]) -> Declared {
    let language = project.languages.first().map_or("", String::as_str);
    let days_off = project.calendar.days_off();
    let off = |off: &crate::domain::calendar::DayOff| DayOff {
        day: date(off.day),
        is_holiday: !off.closure,
        name: off.name.in_language(language).to_owned(),
    };
    Declared {
        organization: project.organization.in_language(language).to_owned(),
        title: project.title.in_language(language).to_owned(),
        period: period(&project.period),
        as_of: date(project.as_of),
        earliest: date(project.quality.earliest),
        weekend: days_off.weekend.iter().copied().map(name_of_weekday).collect(),
        days_off: days_off.days.values().map(off).collect(),
        time_zone: project.time_zone.clone(),
        zone: zone::changes(project),
        commitments: commitments.iter().map(|&place| one(project, &project.commitments[place], language)).collect(),
    }
}

fn period(period: &project::Period) -> Period {
    Period { label: period.label.clone(), first: date(period.first), last: date(period.last) }
}

fn one(project: &Project, commitment: &commitment::Commitment, language: &str) -> Commitment {
    let source = &project.sources[commitment.source];
    let clock = &commitment.clock;
    let event = |event: EventId| source.events[event.0 as usize].clone();
    let roles = [("start", &clock.start), ("stop", &clock.stop), ("restart", &clock.restarts)];
    let roles = roles.into_iter().flat_map(|(role, events)| events.iter().map(move |id| (role, *id)));
    Commitment {
        id: commitment.id.clone(),
        title: commitment.title.in_language(language).to_owned(),
        source: source.id.clone(),
        unit: match clock.unit {
            Unit::BusinessDays => "business-days",
            Unit::CalendarDays => "calendar-days",
            Unit::Minutes => "minutes",
        },
        counted_by: match commitment.counted_by {
            Cohort::Stop => "stop",
            Cohort::Due => "due",
            Cohort::Start => "start",
        },
        count_from: match clock.count_from {
            CountFrom::NextDay => "next-day",
            CountFrom::SameDay => "same-day",
        },
        received_when_closed: match clock.received_when_closed {
            ReceivedWhenClosed::AsReceived => "as-received",
            ReceivedWhenClosed::NextBusinessDay => "next-business-day",
        },
        limits: clock.limits.iter().map(limit).collect(),
        roles: roles.map(|(role, id)| Role { role, event: event(id) }).collect(),
        pauses: clock.pauses.iter().map(|rule| Pause { from: event(rule.from), until: event(rule.until) }).collect(),
        exits: clock.exits.iter().map(|exit| Exit { event: event(exit.event), treatment: treatment(exit.treatment) }).collect(),
        condition: commitment.condition.iter().map(|field| format!(" AND {}", one_condition(source, field))).collect(),
        excluded_by: excluded_by(source, &commitment.exclude),
    }
}

fn limit(version: &LimitVersion) -> Limit {
    Limit {
        first: version.from.map_or("-infinity".to_owned(), date),
        last: version.until.map_or("infinity".to_owned(), date),
        limit: version.limit,
    }
}

fn treatment(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Exclude => "exclude",
        Treatment::Missed => "missed",
        Treatment::ByWait => "by-wait",
    }
}

fn one_condition(source: &Source, condition: &FieldCondition) -> String {
    format!("fields[{}] IN ({})", text(&source.fields[condition.field].name), texts(&condition.values))
}

fn excluded_by(source: &Source, rules: &[commitment::ExcludeRule]) -> String {
    let when = |rule: &commitment::ExcludeRule| {
        let all: Vec<String> = rule.condition.iter().map(|field| one_condition(source, field)).collect();
        let all = if all.is_empty() { "TRUE".to_owned() } else { all.join(" AND ") };
        format!("WHEN {all} THEN {}", text(&rule.name))
    };
    if rules.is_empty() {
        "NULL".to_owned()
    } else {
        format!("CASE {} END", rules.iter().map(when).collect::<Vec<_>>().join(" "))
    }
}

/// A day as SQL writes it.
pub fn date(day: Day) -> String {
    day.date().to_string()
}

fn name_of_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
