//! Layout `events`: one row per event, gathered into cases.

use std::collections::HashMap;
use std::io;
use std::sync::Mutex;

use super::columns::Header;
use super::gathered::{Gathered, Whole, put_together};
use super::pass::locked;
use super::rows::Row;
use super::table::{Fault, Table};
use super::times::TimePlaces;
use super::timestamp::Timestamps;
use super::{CaseRow, Origin, Sink, Taken, Taker};
use crate::domain::account::Reject;
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::commitment::EventId;
use crate::domain::source::{Layout, Source, TimeColumns};

/// What a code of the export means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Known(EventId),
    Ignored,
}

/// The columns of an event log, resolved in one header.
struct EventColumns {
    id: usize,
    event: usize,
    at: TimePlaces,
    fields: Vec<usize>,
}

/// What the event logs of a source are read with.
pub struct EventLogs<'a> {
    source: &'a Source,
    timestamps: Timestamps<'a>,
    /// By event: whether a commitment in minutes uses it, so that a date without a time won't do.
    needs_time: Vec<bool>,
    only: Option<&'a str>,
    /// Codes that the declaration lists, or that have been met.
    codes: Mutex<HashMap<String, Code>>,
    /// Without an `events` table every code is an event.
    takes_any_code: bool,
}

/// One hand's part of an event log.
#[derive(Debug, Default)]
pub struct EventLog {
    /// Codes that this hand has met.
    codes: HashMap<String, Code>,
    cases: Gathered,
}

impl<'a> EventLogs<'a> {
    /// What is needed for a source in layout `events`.
    pub fn new(source: &'a Source, timestamps: Timestamps<'a>, needs_time: Vec<bool>, only: Option<&'a str>) -> EventLogs<'a> {
        let mut codes = HashMap::new();
        let (mut takes_any_code, mut known) = (true, None);
        if let Layout::Events { codes: declared, ignored, .. } = &source.layout {
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
        EventLogs { source, timestamps, needs_time, only, codes: Mutex::new(codes), takes_any_code }
    }

    /// Takes rows of a file with this header into a log.
    pub fn taker<'l>(&'l self, header: &Header, log: &'l mut EventLog) -> EventTaker<'l> {
        let place = |column: &str| header.place(column);
        let (event, at) = match &self.source.layout {
            Layout::Events { event, at, .. } => (event.as_str(), at.clone()),
            Layout::Records { .. } => ("", TimeColumns::One(String::new())),
        };
        let columns = EventColumns {
            id: self.source.id_column.as_deref().map_or(header.names.len(), place),
            event: place(event),
            at: TimePlaces::new(&at, header),
            fields: self.source.fields.iter().map(|field| place(&field.column)).collect(),
        };
        EventTaker { logs: self, log, columns }
    }

    /// What a code means to all hands.
    fn code(&self, code: &str) -> Option<Code> {
        let mut codes = locked(&self.codes);
        match codes.get(code) {
            Some(&code) => Some(code),
            None if self.takes_any_code && !code.is_empty() => {
                // Numbers below those of the declared names are taken; each further code gets the next.
                let number = u32::try_from(codes.len() + self.source.events.len()).unwrap_or(u32::MAX);
                let known = Code::Known(EventId(number));
                codes.insert(code.to_owned(), known);
                Some(known)
            }
            None => None,
        }
    }
}

impl EventLog {
    /// Puts what has been gathered into a temporary file once it takes more than so many bytes.
    pub fn make_room(&mut self, most: usize) -> io::Result<()> {
        if self.cases.size() > most { self.cases.write_down() } else { Ok(()) }
    }
}

/// Takes the rows of one piece into a log.
pub struct EventTaker<'l> {
    logs: &'l EventLogs<'l>,
    log: &'l mut EventLog,
    columns: EventColumns,
}

impl EventTaker<'_> {
    fn code(&mut self, code: &str) -> Option<Code> {
        if let Some(&code) = self.log.codes.get(code) {
            return Some(code);
        }
        let meaning = self.logs.code(code)?;
        self.log.codes.insert(code.to_owned(), meaning);
        Some(meaning)
    }
}

impl<'t> Taker<'t> for EventTaker<'_> {
    /// Takes one row. Rows with an ignored code are checked like any other.
    fn take(&mut self, table: &Table<'t>, row: &Row, origin: Origin) -> Result<Taken, Fault> {
        let id = table.value(row, self.columns.id);
        if id.is_empty() {
            return Err(table.fault(Reject::MissingId, row, self.columns.id));
        }
        if self.logs.only.is_some_and(|only| only != id) {
            return Ok(Taken::OtherCase);
        }
        let stamp = match self.columns.at.read(table, row, &self.logs.timestamps) {
            Ok(Some(stamp)) => stamp,
            Ok(None) => return Err(table.fault(Reject::MissingTimestamp, row, self.columns.at.first())),
            Err(fault) => return Err(fault),
        };
        let code = self.code(&table.value(row, self.columns.event));
        if let Some(Code::Known(kind)) = code
            && !stamp.has_time
            && self.logs.needs_time.get(kind.0 as usize).copied().unwrap_or(false)
        {
            return Err(table.fault(Reject::NeedsTime, row, self.columns.at.last()));
        }
        match code {
            None => Err(table.fault(Reject::UnknownEvent, row, self.columns.event)),
            Some(Code::Ignored) => Ok(Taken::Ignored),
            Some(Code::Known(kind)) => {
                let event = Event { kind, moment: stamp.moment() };
                self.log.cases.add(&id, event, origin, self.columns.fields.iter().map(|&place| table.value(row, place)));
                Ok(Taken::Accepted)
            }
        }
    }

    fn is_done(&self) -> bool {
        false
    }
}

/// Drops duplicates (the same id, event and moment; the first in file order stays), and hands every case that has an event by the
/// knowledge date to `sink`, in order of id. Returns how many cases there are, and the origin of each duplicate.
pub fn finish(logs: Vec<EventLog>, as_of: Day, sink: &mut impl Sink) -> io::Result<(u64, Vec<Origin>)> {
    let mut duplicates = Vec::new();
    let mut cases = 0;
    let (mut events, mut origins): (Vec<Event>, Vec<Origin>) = (Vec::new(), Vec::new());
    put_together(logs.into_iter().map(|log| log.cases).collect(), |Whole { id, events: all, fields }| {
        events.clear();
        origins.clear();
        for &(event, origin) in *all {
            if events.last() == Some(&event) {
                duplicates.push(origin);
            } else {
                events.push(event);
                origins.push(origin);
            }
        }
        if events.iter().all(|event| event.moment.day > as_of) {
            return;
        }
        cases += 1;
        sink.take(&CaseRow { id, events: &events, origins: &origins, values: fields });
    })?;
    Ok((cases, duplicates))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;

    #[test]
    fn room_is_made_once_more_is_kept_than_may_be() {
        let mut log = EventLog::default();
        let event = Event { kind: EventId(0), moment: Moment { seconds: 0, day: Day(0) } };
        log.cases.add("a", event, Origin { file: 0, line: 2 }, ["office"].into_iter());
        let kept = log.cases.size();
        assert!(kept > 0);
        log.make_room(kept).unwrap();
        assert_eq!(log.cases.size(), kept);
        log.make_room(kept - 1).unwrap();
        assert_eq!(log.cases.size(), 0);
    }
}
