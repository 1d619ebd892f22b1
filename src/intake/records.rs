//! Layout `records`: one row per case, one column per event.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;

use super::columns::Header;
use super::pass::{Work, locked};
use super::repeated::{Repeated, is_after};
use super::rows::Row;
use super::table::{Fault, Table};
use super::times::TimePlaces;
use super::timestamp::{Stamp, Timestamps, read_seconds};
use super::{CaseRow, Origin, Sink, Taken, Taker};
use crate::domain::account::Reject;
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::commitment::EventId;
use crate::domain::source::{EventOrigin, Layout, Source};

/// So many fields of a source are handed over without a list being made for each row.
const FEW: usize = 8;

/// How an event is read from a row of one file.
enum Reading {
    Columns(TimePlaces),
    Derived { after: usize, seconds: usize, when: Vec<(usize, Vec<String>)> },
}

/// The columns of a table of records, resolved in one header.
struct RecordColumns {
    id: Option<usize>,
    events: Vec<Reading>,
    /// Places in `events`, a derived one after its base; one that is derived from itself is left out.
    order: Vec<usize>,
    fields: Vec<usize>,
}

/// What the records of all files of a source are read with.
pub struct Records<'a> {
    source: &'a Source,
    timestamps: Timestamps<'a>,
    /// By event: whether a commitment in minutes uses it, itself or through an event derived from it.
    needs_time: Vec<bool>,
    as_of: Day,
    only: Option<&'a str>,
    repeated: Option<&'a Repeated>,
    /// The mapped content of the first row of each id that stands twice.
    seen: Mutex<HashMap<String, String>>,
}

impl<'a> Records<'a> {
    /// `source` is in layout `records`; without `repeated`, its ids are taken to ascend.
    pub fn new(
        source: &'a Source,
        timestamps: Timestamps<'a>,
        mut needs_time: Vec<bool>,
        as_of: Day,
        only: Option<&'a str>,
        repeated: Option<&'a Repeated>,
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
        Records { source, timestamps, needs_time, as_of, only, repeated, seen: Mutex::default() }
    }

    /// Resolves the columns of a header that has been checked.
    fn columns(&self, header: &Header) -> RecordColumns {
        let place = |column: &str| header.place(column);
        let origins = match &self.source.layout {
            Layout::Records { events } => events.as_slice(),
            Layout::Events { .. } => &[],
        };
        let reading = |origin: &EventOrigin| match origin {
            EventOrigin::Columns(at) => Reading::Columns(TimePlaces::new(at, header)),
            EventOrigin::Derived { after, seconds, when } => Reading::Derived {
                after: *after,
                seconds: place(seconds),
                when: when.iter().map(|(column, values)| (place(column), values.clone())).collect(),
            },
        };
        let events: Vec<Reading> = origins.iter().map(reading).collect();
        let mut order: Vec<usize> = Vec::new();
        let is_ready = |place: &usize, order: &[usize]| match &events[*place] {
            Reading::Columns(_) => true,
            Reading::Derived { after, .. } => order.contains(after),
        };
        while let Some(next) = (0..events.len()).find(|place| !order.contains(place) && is_ready(place, &order)) {
            order.push(next);
        }
        RecordColumns {
            id: self.source.id_column.as_deref().map(place),
            events,
            order,
            fields: self.source.fields.iter().map(|field| place(&field.column)).collect(),
        }
    }
}

/// Takes the rows of one piece.
pub struct RecordTaker<'r, 't, S> {
    records: &'r Records<'r>,
    work: &'r Work<'t>,
    columns: RecordColumns,
    /// What the cases of the piece were handed to.
    pub sink: S,
    /// Cases of this run.
    pub cases: u64,
    /// The first and the last id.
    pub ids: Option<(Cow<'t, str>, Cow<'t, str>)>,
    /// Whether the ids did not ascend, which they were taken to do: the piece is good for nothing then.
    pub is_out_of_order: bool,
    // What is filled anew for every row.
    stamps: Vec<Option<Stamp>>,
    fields: Vec<Cow<'t, str>>,
    events: Vec<Event>,
    origins: Vec<Origin>,
}

impl<'r, 't, S: Sink> RecordTaker<'r, 't, S> {
    /// Nothing taken yet.
    pub fn new(records: &'r Records<'r>, work: &'r Work<'t>, sink: S) -> RecordTaker<'r, 't, S> {
        RecordTaker {
            records,
            work,
            columns: records.columns(&work.opened.header),
            sink,
            cases: 0,
            ids: None,
            is_out_of_order: false,
            stamps: Vec::new(),
            fields: Vec::new(),
            events: Vec::new(),
            origins: Vec::new(),
        }
    }

    fn hand_over(&mut self, id: Option<&str>, origin: Origin) {
        let event =
            |(kind, stamp): (u32, &Option<Stamp>)| stamp.map(|stamp| Event { kind: EventId(kind), moment: stamp.moment() });
        self.events.clear();
        self.events.extend((0u32..).zip(&self.stamps).filter_map(event));
        if !self.events.is_empty() && self.events.iter().all(|event| event.moment.day > self.records.as_of) {
            return;
        }
        self.cases += 1;
        self.origins.clear();
        self.origins.resize(self.events.len(), origin);
        let place;
        let id = match id {
            Some(id) => id,
            None => {
                place = format!("{}:{}", self.work.opened.name, origin.line);
                &place
            }
        };
        let (mut few, many);
        let values: &[&str] = if self.fields.len() <= FEW {
            few = [""; FEW];
            few.iter_mut().zip(&self.fields).for_each(|(slot, value)| *slot = value);
            &few[..self.fields.len()]
        } else {
            many = self.fields.iter().map(|value| &**value).collect::<Vec<&str>>();
            &many
        };
        self.sink.take(&CaseRow { id, events: &self.events, origins: &self.origins, values });
    }

    /// Reads the events of the row, in declaration order; a derived one after its base.
    fn read_stamps(&mut self, table: &Table<'t>, row: &Row) -> Result<(), Fault> {
        self.stamps.clear();
        self.stamps.resize(self.columns.events.len(), None);
        let timestamps = &self.records.timestamps;
        for &place in &self.columns.order {
            self.stamps[place] = match &self.columns.events[place] {
                Reading::Columns(at) => at.read(table, row, timestamps)?,
                Reading::Derived { after, seconds, when } => {
                    let holds = when.iter().all(|(place, values)| values.iter().any(|value| *value == table.value(row, *place)));
                    match self.stamps[*after] {
                        Some(base) if holds => derived(table, row, timestamps, base, *seconds)?,
                        _ => None,
                    }
                }
            };
        }
        Ok(())
    }

    fn check_times(&self, table: &Table<'t>, row: &Row) -> Result<(), Fault> {
        for (place, reading) in self.columns.events.iter().enumerate() {
            if let (Reading::Columns(at), Some(stamp)) = (reading, self.stamps[place])
                && self.records.needs_time[place]
                && !stamp.has_time
            {
                return Err(table.fault(Reject::NeedsTime, row, at.last()));
            }
        }
        Ok(())
    }

    /// Whether the id stood before: `Ok(false)` for a new one, and an error where it stood with other content.
    fn stood_before(&mut self, table: &Table<'t>, row: &Row, place: usize, id: Cow<'t, str>) -> Result<bool, Fault> {
        let Some(repeated) = self.records.repeated else {
            match &mut self.ids {
                Some((_, last)) if !is_after(&id, last) => self.is_out_of_order = true,
                Some((_, last)) => *last = id,
                None => self.ids = Some((id.clone(), id)),
            }
            return Ok(false);
        };
        if !repeated.holds(&id) {
            return Ok(false);
        }
        let mapped = mapped_content(table, &self.columns, row, &self.fields);
        // Which row is the first depends on all that stand before.
        self.work.wait_for_turn();
        let mut seen = locked(&self.records.seen);
        match seen.get(&*id) {
            Some(first) if *first == mapped => Ok(true),
            Some(_) => Err(table.fault(Reject::ConflictingId, row, place)),
            None => {
                seen.insert(id.into_owned(), mapped);
                Ok(false)
            }
        }
    }
}

impl<'t, S: Sink> Taker<'t> for RecordTaker<'_, 't, S> {
    /// Takes one row, and hands its case to the sink where it is one of this run.
    fn take(&mut self, table: &Table<'t>, row: &Row, origin: Origin) -> Result<Taken, Fault> {
        let id = self.columns.id.map(|place| (place, table.value(row, place)));
        if let Some((place, id)) = &id
            && id.is_empty()
        {
            return Err(table.fault(Reject::MissingId, row, *place));
        }
        let text = id.as_ref().map(|(_, id)| &**id);
        if self.records.only.is_some_and(|only| !is_case(only, text, &self.work.opened.name, origin.line)) {
            return Ok(Taken::OtherCase);
        }
        self.read_stamps(table, row)?;
        self.check_times(table, row)?;
        self.fields.clear();
        self.fields.extend(self.columns.fields.iter().map(|&place| table.value(row, place)));
        if let Some((place, id)) = &id
            && self.stood_before(table, row, *place, id.clone())?
        {
            return Ok(Taken::Duplicate);
        }
        self.hand_over(text, origin);
        Ok(Taken::Accepted)
    }

    fn is_done(&self) -> bool {
        self.is_out_of_order
    }
}

fn derived(table: &Table<'_>, row: &Row, timestamps: &Timestamps<'_>, base: Stamp, place: usize) -> Result<Option<Stamp>, Fault> {
    let seconds = table.value(row, place);
    if seconds.is_empty() {
        return Ok(None);
    }
    let stamp = read_seconds(&seconds).and_then(|seconds| timestamps.later(base, seconds));
    stamp.map(Some).ok_or_else(|| table.fault(Reject::BadTimestamp, row, place))
}

/// Whether `wanted` is the case of a row: its id, or where it has none its file and line.
fn is_case(wanted: &str, id: Option<&str>, file: &str, line: u32) -> bool {
    match id {
        Some(id) => id == wanted,
        None => wanted.rsplit_once(':').is_some_and(|(name, number)| name == file && number == line.to_string()),
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
