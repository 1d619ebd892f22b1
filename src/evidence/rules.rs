//! `rules.json`: the rules that ran, in the words of the declaration file, so that runs can be compared without their projects.

use serde_json::{Map, Value, json};

use crate::domain::calendar::{Day, DayOff};
use crate::domain::commitment::{Cohort, Commitment, CountFrom, EventId, FieldCondition, ReceivedWhenClosed, Treatment, Unit};
use crate::domain::project::Project;
use crate::domain::source::{EventOrigin, Layout, Source, TimeColumns, TimestampFormat};

/// Every rule that the verdict on a case can depend on: period and knowledge date, days off, how exports are read, and each
/// commitment whole, with what the declaration leaves out.
pub fn rules(project: &Project) -> Value {
    let off = project.calendar.days_off();
    let english = project.languages.iter().find(|language| *language == "en");
    let language = english.or(project.languages.first()).map_or("", String::as_str);
    let named = |day: &DayOff| (date(day.day), day.name.in_language(language).into());
    let days =
        |closures: bool| -> Map<String, Value> { off.days.values().filter(|day| day.closure == closures).map(named).collect() };
    let weekend: Vec<String> = off.weekend.iter().map(|day| format!("{day:?}").to_lowercase()).collect();
    json!({
        "schema": "bilan.rules/1",
        "period": {
            "label": project.period.label, "first": date(project.period.first), "last": date(project.period.last),
            "as-of": date(project.as_of),
        },
        "time-zone": project.time_zone,
        "earliest": date(project.quality.earliest),
        "calendar": { "weekend": weekend, "holidays": days(false), "closures": days(true) },
        "sources": project.sources.iter().map(source).collect::<Vec<_>>(),
        "commitments": project.commitments.iter().map(|commitment| rule(project, commitment)).collect::<Vec<_>>(),
    })
}

fn date(day: Day) -> String {
    day.date().to_string()
}

fn source(source: &Source) -> Value {
    let fields: Map<String, Value> =
        source.fields.iter().map(|field| (field.name.clone(), field.column.clone().into())).collect();
    let (layout, reading) = match &source.layout {
        Layout::Events { event, at, codes, ignored } => {
            let codes = codes.as_ref().map(|codes| named(source, codes.iter().map(|codes| json!(codes))));
            ("events", json!({ "event": event, "at": columns(at), "events": codes, "ignore-events": ignored }))
        }
        Layout::Records { events } => {
            ("records", json!({ "events": named(source, events.iter().map(|event| origin(source, event))) }))
        }
    };
    // Files are read in the order of their names, whichever pattern finds them.
    let mut patterns = source.files.clone();
    patterns.sort_unstable();
    json!({
        "id": source.id,
        "files": patterns,
        "layout": layout,
        "case": source.id_column,
        "reading": reading,
        "fields": fields,
        "encoding": source.encoding.as_deref().unwrap_or("auto"),
        "delimiter": source.delimiter.map_or_else(|| "auto".to_owned(), |byte| char::from(byte).to_string()),
        "timestamp": match &source.timestamp {
            TimestampFormat::Auto => json!("auto"),
            TimestampFormat::Patterns(patterns) => json!(patterns),
        },
        "nulls": source.nulls,
        "multiline": source.multiline,
    })
}

fn named(source: &Source, values: impl Iterator<Item = Value>) -> Value {
    Value::Object(source.events.iter().cloned().zip(values).collect())
}

fn columns(at: &TimeColumns) -> Value {
    match at {
        TimeColumns::One(column) => json!(column),
        TimeColumns::DateAndTime(date, time) => json!([date, time]),
    }
}

fn origin(source: &Source, origin: &EventOrigin) -> Value {
    match origin {
        EventOrigin::Columns(at) => columns(at),
        EventOrigin::Derived { after, seconds, when } => {
            let when: Map<String, Value> = when.iter().map(|(column, values)| (column.clone(), json!(values))).collect();
            json!({ "after": source.events.get(*after), "seconds": seconds, "when": when })
        }
    }
}

fn rule(project: &Project, commitment: &Commitment) -> Value {
    let source = &project.sources[commitment.source];
    let clock = &commitment.clock;
    let event = |id: &EventId| source.events.get(id.0 as usize).map_or("", String::as_str);
    let events = |ids: &[EventId]| ids.iter().map(event).collect::<Vec<_>>();
    let field = |place: &usize| source.fields[*place].name.as_str();
    let conditions = |conditions: &[FieldCondition]| -> Map<String, Value> {
        conditions.iter().map(|condition| (field(&condition.field).to_owned(), json!(condition.values))).collect()
    };
    json!({
        "id": commitment.id,
        "source": source.id,
        "where": conditions(&commitment.condition),
        "unit": match clock.unit {
            Unit::BusinessDays => "business-days",
            Unit::CalendarDays => "calendar-days",
            Unit::Minutes => "minutes",
        },
        "within": clock.limits.iter().map(|version| json!({
            "limit": version.limit, "from": version.from.map(date), "until": version.until.map(date),
        })).collect::<Vec<_>>(),
        "start": events(&clock.start),
        "stop": events(&clock.stop),
        "pauses": clock.pauses.iter().map(|pause| json!({ "from": event(&pause.from), "until": event(&pause.until) })).collect::<Vec<_>>(),
        "restarts": events(&clock.restarts),
        "exits": clock.exits.iter().map(|exit| json!({
            "name": event(&exit.event),
            "treatment": match exit.treatment {
                Treatment::Exclude => "exclude",
                Treatment::Missed => "missed",
                Treatment::ByWait => "by-wait",
            },
        })).collect::<Vec<_>>(),
        "exclude": commitment.exclude.iter().map(|rule| json!({ "name": rule.name, "where": conditions(&rule.condition) })).collect::<Vec<_>>(),
        "counted-by": match commitment.counted_by {
            Cohort::Stop => "stop",
            Cohort::Due => "due",
            Cohort::Start => "start",
        },
        "count-from": match clock.count_from {
            CountFrom::NextDay => "next-day",
            CountFrom::SameDay => "same-day",
        },
        "received-when-closed": match clock.received_when_closed {
            ReceivedWhenClosed::AsReceived => "as-received",
            ReceivedWhenClosed::NextBusinessDay => "next-business-day",
        },
    })
}
