//! Layout `records`: one row per case, one column per event.

use std::borrow::Cow;
use std::collections::HashMap;

use super::rows::Row;
use super::table::{Fault, Table};
use super::timestamp::{Stamp, Timestamps, read_seconds};
use super::{CaseRow, Origin, Sink, Taken, TimePlaces};
use crate::domain::account::Reject;
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::commitment::EventId;
use crate::domain::source::{EventOrigin, Layout, Source};

/// How an event is read from a row of one file.
enum Reading {
    Columns(TimePlaces),
    Derived { after: usize, seconds: usize, when: Vec<(usize, Vec<String>)> },
}

/// The columns of a table of records, resolved in one header.
pub struct RecordColumns {
    id: Option<usize>,
    events: Vec<Reading>,
    fields: Vec<usize>,
}

/// Reads the records of all files of a source.
pub struct Records<'a> {
    source: &'a Source,
    timestamps: Timestamps<'a>,
    /// By event: whether a commitment in minutes uses it, itself or through an event derived from it.
    needs_time: Vec<bool>,
    as_of: Day,
    only: Option<&'a str>,
    /// The mapped content of the first row of each id.
    seen: HashMap<String, String>,
    cases: u64,
}

impl<'a> Records<'a> {
    /// No rows yet; `source` is in layout `records`.
    pub fn new(
        source: &'a Source,
        timestamps: Timestamps<'a>,
        mut needs_time: Vec<bool>,
        as_of: Day,
        only: Option<&'a str>,
    ) -> Records<'a> {
        // The base of a derived event counts as used with it; chains are followed until nothing changes.
        if let Layout::Records { events } = &source.layout {
            for _ in events {
                for (place, origin) in events.iter().enumerate() {
                    if let EventOrigin::Derived { after, .. } = origin {
                        needs_time[*after] |= needs_time[place];
                    }
                }
            }
        }
        Records { source, timestamps, needs_time, as_of, only, seen: HashMap::new(), cases: 0 }
    }

    /// Cases so far.
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// Resolves the columns of a header that has been checked.
    pub fn columns(&self, table: &Table<'_>) -> RecordColumns {
        let place = |column: &str| table.header.place(column);
        let origins: &[EventOrigin] = match &self.source.layout {
            Layout::Records { events } => events,
            Layout::Events { .. } => &[],
        };
        let reading = |origin: &EventOrigin| match origin {
            EventOrigin::Columns(at) => Reading::Columns(TimePlaces::new(at, table.header)),
            EventOrigin::Derived { after, seconds, when } => Reading::Derived {
                after: *after,
                seconds: place(seconds),
                when: when.iter().map(|(column, values)| (place(column), values.clone())).collect(),
            },
        };
        RecordColumns {
            id: self.source.id_column.as_deref().map(place),
            events: origins.iter().map(reading).collect(),
            fields: self.source.fields.iter().map(|field| place(&field.column)).collect(),
        }
    }

    /// Takes one row, and hands its case to `sink` where it is one of this run.
    pub fn take(
        &mut self,
        table: &Table<'_>,
        columns: &RecordColumns,
        row: &Row,
        origin: Origin,
        file: &str,
        sink: &mut Sink<'_>,
    ) -> Result<Taken, Fault> {
        let id = columns.id.map(|place| table.value(row, place));
        if let (Some(place), Some("")) = (columns.id, id.as_deref()) {
            return Err(table.fault(Reject::MissingId, row, place));
        }
        if self.only.is_some_and(|only| !is_case(only, id.as_deref(), file, origin.line)) {
            return Ok(Taken::OtherCase);
        }
        let stamps = self.stamps(table, columns, row)?;
        self.check_times(table, columns, row, &stamps)?;
        let fields: Vec<Cow<'_, str>> = columns.fields.iter().map(|&place| table.value(row, place)).collect();
        if let (Some(place), Some(id)) = (columns.id, id.as_deref()) {
            let mapped = mapped_content(table, columns, row, &fields);
            match self.seen.get(id) {
                Some(first) if *first == mapped => return Ok(Taken::Duplicate),
                Some(_) => return Err(table.fault(Reject::ConflictingId, row, place)),
                None => self.seen.insert(id.to_owned(), mapped),
            };
        }
        self.hand_over(id.as_deref(), &stamps, origin, file, &fields, sink);
        Ok(Taken::Accepted)
    }

    fn hand_over(
        &mut self,
        id: Option<&str>,
        stamps: &[Option<Stamp>],
        origin: Origin,
        file: &str,
        fields: &[Cow<'_, str>],
        sink: &mut Sink<'_>,
    ) {
        let event = |(kind, stamp): (u32, &Option<Stamp>)| stamp.map(|stamp| Event { kind: EventId(kind), moment: stamp.moment });
        let events: Vec<Event> = (0u32..).zip(stamps).filter_map(event).collect();
        if !events.is_empty() && events.iter().all(|event| event.moment.day > self.as_of) {
            return;
        }
        self.cases += 1;
        let values: Vec<&str> = fields.iter().map(|value| &**value).collect();
        let origins = vec![origin; events.len()];
        match id {
            Some(id) => sink(&CaseRow { id, events: &events, origins: &origins, values: &values }),
            None => {
                let id = format!("{file}:{}", origin.line);
                sink(&CaseRow { id: &id, events: &events, origins: &origins, values: &values });
            }
        }
    }

    /// The events of the row, in declaration order; a derived one after its base.
    fn stamps(&self, table: &Table<'_>, columns: &RecordColumns, row: &Row) -> Result<Vec<Option<Stamp>>, Fault> {
        let mut stamps: Vec<Option<Option<Stamp>>> = vec![None; columns.events.len()];
        // Each pass reads what can be read; a chain of derived events needs as many passes as it is long.
        while let Some(place) =
            (0..stamps.len()).find(|&place| stamps[place].is_none() && is_ready(&columns.events[place], &stamps))
        {
            stamps[place] = Some(match &columns.events[place] {
                Reading::Columns(at) => at.read(table, row, &self.timestamps)?,
                Reading::Derived { after, seconds, when } => {
                    let holds = when.iter().all(|(place, values)| values.iter().any(|value| *value == table.value(row, *place)));
                    match stamps[*after].flatten() {
                        Some(base) if holds => self.derived(table, row, base, *seconds)?,
                        _ => None,
                    }
                }
            });
        }
        Ok(stamps.into_iter().map(Option::flatten).collect())
    }

    fn derived(&self, table: &Table<'_>, row: &Row, base: Stamp, place: usize) -> Result<Option<Stamp>, Fault> {
        let seconds = table.value(row, place);
        if seconds.is_empty() {
            return Ok(None);
        }
        let stamp = read_seconds(&seconds).and_then(|seconds| self.timestamps.later(base, seconds));
        stamp.map(Some).ok_or_else(|| table.fault(Reject::BadTimestamp, row, place))
    }

    fn check_times(&self, table: &Table<'_>, columns: &RecordColumns, row: &Row, stamps: &[Option<Stamp>]) -> Result<(), Fault> {
        for (place, reading) in columns.events.iter().enumerate() {
            if let (Reading::Columns(at), Some(stamp)) = (reading, stamps[place])
                && self.needs_time[place]
                && !stamp.has_time
            {
                return Err(table.fault(Reject::NeedsTime, row, at.last()));
            }
        }
        Ok(())
    }
}

/// Whether `wanted` is the case of a row: its id, or where it has none its file and line.
fn is_case(wanted: &str, id: Option<&str>, file: &str, line: u32) -> bool {
    match id {
        Some(id) => id == wanted,
        None => wanted.rsplit_once(':').is_some_and(|(name, number)| name == file && number == line.to_string()),
    }
}

fn is_ready(reading: &Reading, stamps: &[Option<Option<Stamp>>]) -> bool {
    match reading {
        Reading::Columns(_) => true,
        Reading::Derived { after, .. } => stamps[*after].is_some(),
    }
}

/// The mapped values as text after trimming, all nulls alike, in the order of the declaration.
fn mapped_content(table: &Table<'_>, columns: &RecordColumns, row: &Row, fields: &[Cow<'_, str>]) -> String {
    let mut mapped = String::new();
    let mut push = |value: &str| {
        // With its length before it, so that no value can pass for two.
        mapped.push_str(&value.len().to_string());
        mapped.push(':');
        mapped.push_str(value);
    };
    fields.iter().for_each(|value| push(value));
    for reading in &columns.events {
        match reading {
            Reading::Columns(at) => at.places().for_each(|place| push(&table.value(row, place))),
            Reading::Derived { seconds, when, .. } => {
                push(&table.value(row, *seconds));
                when.iter().for_each(|(place, _)| push(&table.value(row, *place)));
            }
        }
    }
    mapped
}
