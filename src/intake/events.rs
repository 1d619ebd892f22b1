//! Layout `events`: one row per event, gathered into cases.

use std::collections::HashMap;

use super::rows::Row;
use super::table::{Fault, Table};
use super::timestamp::{Stamp, Timestamps};
use super::{CaseRow, Origin, Sink, Taken};
use crate::domain::account::Reject;
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::commitment::EventId;
use crate::domain::source::{Source, TimeColumns};

/// What a code of the export means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Known(EventId),
    Ignored,
}

/// The columns of an event log, resolved in one header.
pub struct EventColumns {
    id: usize,
    event: usize,
    at: super::TimePlaces,
    fields: Vec<usize>,
}

/// Every event read so far, with its place of origin.
#[derive(Debug, Clone, Copy)]
struct LogEntry {
    case: u32,
    event: Event,
    origin: Origin,
}

/// Gathers the events of all files of a source.
pub struct EventLog<'a> {
    source: &'a Source,
    timestamps: Timestamps<'a>,
    /// By event: whether a commitment in minutes uses it, so that a date without a time won't do.
    needs_time: Vec<bool>,
    only: Option<&'a str>,
    codes: HashMap<String, Code>,
    /// Without an `events` table every code is an event.
    takes_any_code: bool,
    cases: HashMap<String, u32>,
    ids: Vec<String>,
    entries: Vec<LogEntry>,
    /// The earliest event of each case so far, and the values of its fields.
    earliest: Vec<(i64, Vec<u32>)>,
    values: Values,
}

/// The distinct values of a source's fields.
#[derive(Debug, Default)]
struct Values {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Values {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

impl<'a> EventLog<'a> {
    /// An empty log of a source in layout `events`.
    pub fn new(source: &'a Source, timestamps: Timestamps<'a>, needs_time: Vec<bool>, only: Option<&'a str>) -> EventLog<'a> {
        let mut codes = HashMap::new();
        let (mut takes_any_code, mut known) = (true, None);
        if let crate::domain::source::Layout::Events { codes: declared, ignored, .. } = &source.layout {
            codes.extend(ignored.iter().map(|code| (code.clone(), Code::Ignored)));
            takes_any_code = declared.is_none();
            known = declared.as_ref();
        }
        for (number, name) in (0u32..).zip(&source.events) {
            let spellings = known.map_or(std::slice::from_ref(name), |codes| codes[number as usize].as_slice());
            for code in spellings {
                codes.entry(code.clone()).or_insert(Code::Known(EventId(number)));
            }
        }
        EventLog {
            source,
            timestamps,
            needs_time,
            only,
            codes,
            takes_any_code,
            cases: HashMap::new(),
            ids: Vec::new(),
            entries: Vec::new(),
            earliest: Vec::new(),
            values: Values::default(),
        }
    }

    /// Resolves the columns of a header that has been checked.
    pub fn columns(&self, table: &Table<'_>) -> EventColumns {
        let place = |column: &str| table.header.place(column);
        let (event, at) = match &self.source.layout {
            crate::domain::source::Layout::Events { event, at, .. } => (event.as_str(), at.clone()),
            crate::domain::source::Layout::Records { .. } => ("", TimeColumns::One(String::new())),
        };
        EventColumns {
            id: self.source.id_column.as_deref().map_or(table.header.names.len(), place),
            event: place(event),
            at: super::TimePlaces::new(&at, table.header),
            fields: self.source.fields.iter().map(|field| place(&field.column)).collect(),
        }
    }

    /// Takes one row. Rows with an ignored code are checked like any other.
    pub fn take(&mut self, table: &Table<'_>, columns: &EventColumns, row: &Row, origin: Origin) -> Result<Taken, Fault> {
        let id = table.value(row, columns.id);
        if id.is_empty() {
            return Err(table.fault(Reject::MissingId, row, columns.id));
        }
        if self.only.is_some_and(|only| only != id) {
            return Ok(Taken::OtherCase);
        }
        let stamp = match columns.at.read(table, row, &self.timestamps) {
            Ok(Some(stamp)) => stamp,
            Ok(None) => return Err(table.fault(Reject::MissingTimestamp, row, columns.at.first())),
            Err(fault) => return Err(fault),
        };
        let code = table.value(row, columns.event);
        let code = self.code(&code);
        if let Some(Code::Known(kind)) = code
            && !stamp.has_time
            && self.needs_time.get(kind.0 as usize).copied().unwrap_or(false)
        {
            return Err(table.fault(Reject::NeedsTime, row, columns.at.last()));
        }
        match code {
            None => Err(table.fault(Reject::UnknownEvent, row, columns.event)),
            Some(Code::Ignored) => Ok(Taken::Ignored),
            Some(Code::Known(kind)) => {
                self.add(&id, kind, stamp, origin, columns.fields.iter().map(|&place| table.value(row, place)));
                Ok(Taken::Accepted)
            }
        }
    }

    fn code(&mut self, code: &str) -> Option<Code> {
        match self.codes.get(code) {
            Some(&code) => Some(code),
            None if self.takes_any_code && !code.is_empty() => {
                // Numbers below those of the declared names are taken; each further code gets the next.
                let number = u32::try_from(self.codes.len() + self.source.events.len()).unwrap_or(u32::MAX);
                let known = Code::Known(EventId(number));
                self.codes.insert(code.to_owned(), known);
                Some(known)
            }
            None => None,
        }
    }

    fn add<T: AsRef<str>>(&mut self, id: &str, kind: EventId, stamp: Stamp, origin: Origin, fields: impl Iterator<Item = T>) {
        let seconds = stamp.moment.seconds;
        let case = match self.cases.get(id) {
            Some(&case) => case,
            None => {
                let case = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
                self.cases.insert(id.to_owned(), case);
                self.ids.push(id.to_owned());
                self.earliest.push((i64::MAX, Vec::new()));
                case
            }
        };
        self.entries.push(LogEntry { case, event: Event { kind, moment: stamp.moment }, origin });
        if seconds < self.earliest[case as usize].0 {
            let values = fields.map(|value| self.values.number(value.as_ref())).collect();
            self.earliest[case as usize] = (seconds, values);
        }
    }

    /// Drops duplicates (the same id, event and moment; the first in file order stays), and hands every case that has an event by
    /// the knowledge date to `sink`, in order of id. Returns how many cases there are, and the origin of each duplicate.
    pub fn finish(mut self, as_of: Day, sink: &mut Sink<'_>) -> (u64, Vec<Origin>) {
        let mut duplicates = Vec::new();
        self.entries.sort_unstable_by_key(|entry| (entry.case, entry.event.moment, entry.event.kind, entry.origin));
        self.entries.dedup_by(|next, first| {
            let same = next.case == first.case && next.event == first.event;
            if same {
                duplicates.push(next.origin);
            }
            same
        });
        let mut of_case: Vec<&[LogEntry]> = self.entries.chunk_by(|left, right| left.case == right.case).collect();
        of_case.sort_unstable_by_key(|entries| &self.ids[entries[0].case as usize]);
        let mut cases = 0;
        let (mut events, mut origins) = (Vec::new(), Vec::new());
        for entries in of_case {
            if entries.iter().all(|entry| entry.event.moment.day > as_of) {
                continue;
            }
            cases += 1;
            let case = entries[0].case as usize;
            events.clear();
            events.extend(entries.iter().map(|entry| entry.event));
            origins.clear();
            origins.extend(entries.iter().map(|entry| entry.origin));
            let values: Vec<&str> =
                self.earliest[case].1.iter().map(|&number| self.values.texts[number as usize].as_str()).collect();
            sink(&CaseRow { id: &self.ids[case], events: &events, origins: &origins, values: &values });
        }
        (cases, duplicates)
    }
}
