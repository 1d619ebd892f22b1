//! Lays the events of a case out in the columns of its source.

use std::io;

use crate::domain::calendar::Day;
use crate::domain::project::Project;
use crate::domain::source::{EventOrigin, Layout, Source, TimeColumns};

use super::random::Random;
use super::story::Happening;
use super::timestamps::Timestamps;

/// The cells of a row, in the order of the header.
pub type Row = Vec<String>;

/// The header of a source's export, and which of its cells plays which part.
pub struct Columns<'a> {
    source: &'a Source,
    timestamps: Timestamps,
    pub names: Vec<String>,
    pub id: Option<usize>,
    /// By field of the source.
    pub fields: Vec<usize>,
    /// The cell of the event's code, in a log.
    pub code: Option<usize>,
    /// A cell that holds a timestamp, in a log always, in records when the event happened.
    pub time: Option<usize>,
}

impl<'a> Columns<'a> {
    /// The id first, then, in a log, the event with its moment and the fields; in records, the fields and the events.
    pub fn new(project: &Project, source: &'a Source) -> io::Result<Columns<'a>> {
        let timestamps = Timestamps::new(&source.timestamp, &project.time_zone)?;
        let mut names = Vec::new();
        let id = source.id_column.as_ref().map(|name| place(&mut names, name));
        let (mut code, mut time) = (None, None);
        if let Layout::Events { event, at, .. } = &source.layout {
            code = Some(place(&mut names, event));
            time = Some(place_time(&mut names, at));
        }
        let fields = source.fields.iter().map(|field| place(&mut names, &field.column)).collect();
        if let Layout::Records { events } = &source.layout {
            for origin in events {
                match origin {
                    EventOrigin::Columns(columns) => {
                        let cell = place_time(&mut names, columns);
                        time = time.or(Some(cell));
                    }
                    EventOrigin::Derived { seconds, when, .. } => {
                        place(&mut names, seconds);
                        when.iter().for_each(|(column, _)| _ = place(&mut names, column));
                    }
                }
            }
        }
        Ok(Columns { source, timestamps, names, id, fields, code, time })
    }

    /// The rows of a case that arrives on `arrival`, each with the day in whose file it stands: in a log one for each
    /// event, on its own day; in records one for the case.
    pub fn rows(
        &self,
        random: &mut Random,
        id: &str,
        arrival: Day,
        values: &[String],
        happenings: &[Happening],
    ) -> Vec<(Day, Row)> {
        match &self.source.layout {
            Layout::Events { at, codes, ignored, .. } => {
                let row = |code: &str, happening: &Happening| {
                    let mut row = self.blank(id, values);
                    self.set(&mut row, self.code, code);
                    self.set_time(&mut row, at, happening);
                    (Day::from_date(happening.at.date()), row)
                };
                let mut rows = Vec::with_capacity(happenings.len());
                for happening in happenings {
                    let name = &self.source.events[happening.event];
                    rows.push(row(code_of(random, name, codes.as_ref().map(|codes| &codes[happening.event])), happening));
                    // A note is written right after something else has been done.
                    if !ignored.is_empty() && random.permille(30) {
                        rows.push(row(&ignored[random.below(ignored.len() as u64) as usize], happening));
                    }
                }
                rows
            }
            Layout::Records { events } => {
                let mut row = self.blank(id, values);
                for happening in happenings {
                    self.set_origin(&mut row, &events[happening.event], happening, happenings);
                }
                vec![(arrival, row)]
            }
        }
    }

    fn blank(&self, id: &str, values: &[String]) -> Row {
        let mut row = vec![String::new(); self.names.len()];
        self.set(&mut row, self.id, id);
        for (&cell, value) in self.fields.iter().zip(values) {
            self.set(&mut row, Some(cell), value);
        }
        row
    }

    fn set(&self, row: &mut Row, cell: Option<usize>, value: &str) {
        if let Some(cell) = cell {
            row[cell] = value.to_owned();
        }
    }

    fn cell(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column == name)
    }

    fn set_time(&self, row: &mut Row, columns: &TimeColumns, happening: &Happening) {
        match columns {
            TimeColumns::One(column) => self.set(row, self.cell(column), &self.timestamps.whole(happening.at)),
            TimeColumns::DateAndTime(date, time) => {
                let (day, clock) = self.timestamps.parts(happening.at);
                self.set(row, self.cell(date), &day);
                self.set(row, self.cell(time), &clock);
            }
        }
    }

    fn set_origin(&self, row: &mut Row, origin: &EventOrigin, happening: &Happening, happenings: &[Happening]) {
        match origin {
            EventOrigin::Columns(columns) => self.set_time(row, columns, happening),
            EventOrigin::Derived { after, seconds, when } => {
                // Without its base, or before it, the event cannot be told in this export.
                let base = happenings.iter().find(|base| base.event == *after && base.at <= happening.at);
                let Some(base) = base else { return };
                self.set(row, self.cell(seconds), &(happening.at - base.at).num_seconds().to_string());
                for (column, values) in when {
                    self.set(row, self.cell(column), values.first().map_or("", String::as_str));
                }
            }
        }
    }
}

fn place(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}

fn place_time(names: &mut Vec<String>, columns: &TimeColumns) -> usize {
    match columns {
        TimeColumns::One(column) => place(names, column),
        TimeColumns::DateAndTime(date, time) => {
            let cell = place(names, date);
            place(names, time);
            cell
        }
    }
}

/// The first code of an event; now and then, another one.
fn code_of<'a>(random: &mut Random, name: &'a str, codes: Option<&'a Vec<String>>) -> &'a str {
    let Some(codes) = codes else { return name };
    let place = match codes.len() {
        0 | 1 => 0,
        several if random.permille(50) => random.between(1, several as u64 - 1) as usize,
        _ => 0,
    };
    codes.get(place).map_or(name, String::as_str)
}
