//! A source as the script reads it: which cell of a row plays which part.

use serde::Serialize;

use super::timestamp::{Pattern, patterns};
use super::{Export, Unsupported, glob_escaped, name, text, texts};
use crate::domain::commitment::Unit;
use crate::domain::project::Project;
use crate::domain::source::{self, EventOrigin, Layout, TimeColumns};

#[derive(Debug, Serialize)]
pub struct Source {
    id: String,
    layout: &'static str,
    exports: Vec<ExportFile>,
    columns: Vec<Column>,
    /// Lists of the script.
    nulls: String,
    multiline: String,
    needs_time: Vec<String>,
    patterns: Vec<Pattern>,
    has_id: bool,
    /// Expressions over the cells of a row.
    case_id: String,
    fields: String,
    rows: Rows,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Rows {
    Events(EventRows),
    Records(RecordRows),
}

#[derive(Debug, Serialize)]
struct ExportFile {
    name: String,
    /// The name, in which no character stands for others.
    pattern: String,
    encoding: String,
    delimiter: char,
}

/// A mapped column: its name in the export, and the name of the cell in the script.
#[derive(Debug, Serialize)]
struct Column {
    name: String,
    cell: String,
}

#[derive(Debug, Serialize)]
struct EventRows {
    event: String,
    /// Each declared event with the codes that stand for it.
    codes: Vec<Code>,
    takes_any_code: bool,
    /// A condition: the code is one that is not needed.
    is_ignored: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct Code {
    event: String,
    codes: String,
}

#[derive(Debug, Serialize)]
struct RecordRows {
    /// The mapped values of a row, to compare rows of the same id.
    content: String,
    written: Vec<Written>,
    /// A base stands before what is derived from it.
    derived: Vec<Derived>,
}

/// An expression for the text of a moment, and one for its absence.
#[derive(Debug, Serialize)]
struct Moment {
    text: String,
    is_missing: String,
}

#[derive(Debug, Serialize)]
struct Written {
    event: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct Derived {
    event: String,
    after: String,
    seconds_name: String,
    seconds: String,
    /// Further conditions on the row, each after ` AND `.
    when: String,
}

/// The source at `place` of the project, with its exports; or everything in it that the script can't express.
pub fn source(project: &Project, place: usize, exports: &[Export]) -> Result<Source, Vec<Unsupported>> {
    let source = &project.sources[place];
    let patterns = patterns(&source.timestamp);
    let mut unsupported: Vec<Unsupported> = unreadable_encoding(source, exports).into_iter().collect();
    unsupported.extend(patterns.as_ref().err().map(|pattern| unreadable_pattern(source, pattern)));
    let patterns = patterns.unwrap_or_default();
    if !unsupported.is_empty() {
        return Err(unsupported);
    }
    let cells = Cells::new(source);
    let rows = match &source.layout {
        Layout::Events { event, at, codes, ignored } => {
            Rows::Events(event_rows(source, &cells, event, at, codes.as_deref(), ignored))
        }
        Layout::Records { events } => Rows::Records(record_rows(source, &cells, events)),
    };
    let case_id = source.id_column.as_ref().map_or("file_name || ':' || line".to_owned(), |id| cells.cell(id));
    let fields: Vec<String> =
        source.fields.iter().map(|field| format!("{}: {}", text(&field.name), cells.cell(&field.column))).collect();
    Ok(Source {
        id: source.id.clone(),
        layout: if matches!(rows, Rows::Events(_)) { "events" } else { "records" },
        exports: exports.iter().map(export_file).collect(),
        columns: cells.0,
        nulls: format!("[{}]", texts(&source.nulls)),
        multiline: format!("[{}]", texts(&source.multiline)),
        needs_time: needs_time(project, place, source),
        patterns,
        has_id: source.id_column.is_some(),
        case_id,
        fields: format!("MAP {{{}}}", fields.join(", ")),
        rows,
    })
}

fn export_file(export: &Export) -> ExportFile {
    ExportFile {
        name: export.name.clone(),
        pattern: format!("/{}", glob_escaped(&export.name)),
        encoding: export.encoding.clone(),
        delimiter: char::from(export.delimiter),
    }
}

fn unreadable_encoding(source: &source::Source, exports: &[Export]) -> Option<Unsupported> {
    const KNOWN: [&str; 4] = ["utf-8", "windows-1252", "utf-16le", "utf-16be"];
    let found = exports.iter().find(|export| !KNOWN.contains(&export.encoding.as_str()))?;
    Some(Unsupported {
        keys: vec!["sources".to_owned(), source.id.clone(), "encoding".to_owned()],
        message: format!("the script can't decode {}, the encoding of {}", found.encoding, found.name),
        help: "export in UTF-8, UTF-16 or Windows-1252 for the script",
    })
}

fn unreadable_pattern(source: &source::Source, pattern: &str) -> Unsupported {
    Unsupported {
        keys: vec!["sources".to_owned(), source.id.clone(), "timestamp".to_owned()],
        message: format!("the script can't read timestamps by the pattern \"{pattern}\""),
        help: "it reads %Y, %m, %d, %H or %I with %p, %M, %S, %.f, %z and their combinations; export such timestamps for the script",
    }
}

/// The cells of a row, by the column that they stand in.
struct Cells(Vec<Column>);

impl Cells {
    fn new(source: &source::Source) -> Cells {
        let mut cells = Cells(Vec::new());
        source.id_column.iter().for_each(|column| cells.add(column));
        match &source.layout {
            Layout::Events { event, at, .. } => {
                cells.add(event);
                cells.add_time(at);
            }
            Layout::Records { events } => {
                for origin in events {
                    match origin {
                        EventOrigin::Columns(at) => cells.add_time(at),
                        EventOrigin::Derived { seconds, when, .. } => {
                            cells.add(seconds);
                            when.iter().for_each(|(column, _)| cells.add(column));
                        }
                    }
                }
            }
        }
        source.fields.iter().for_each(|field| cells.add(&field.column));
        cells
    }

    fn add_time(&mut self, at: &TimeColumns) {
        match at {
            TimeColumns::One(column) => self.add(column),
            TimeColumns::DateAndTime(date, time) => {
                self.add(date);
                self.add(time);
            }
        }
    }

    /// Names of SQL know no letter case: a cell gets a number where its name is taken.
    fn add(&mut self, column: &str) {
        const TAKEN: [&str; 5] = ["file", "line", "file_name", "row_fault", "event"];
        if self.0.iter().any(|known| known.name == column) {
            return;
        }
        let is_free = |wanted: &str| {
            let wanted = wanted.to_lowercase();
            !TAKEN.contains(&wanted.as_str()) && self.0.iter().all(|known| known.cell.to_lowercase() != name(&wanted))
        };
        let numbered = (2..).map(|number| format!("{column} {number}"));
        let free = std::iter::once(column.to_owned()).chain(numbered).find(|wanted| is_free(wanted));
        self.0.push(Column { name: column.to_owned(), cell: name(&free.unwrap_or_default()) });
    }

    /// The cell of a column, as SQL writes it.
    fn cell(&self, column: &str) -> String {
        self.0.iter().find(|known| known.name == column).map_or_else(String::new, |known| known.cell.clone())
    }

    fn moment(&self, at: &TimeColumns) -> Moment {
        match at {
            TimeColumns::One(column) => Moment { text: self.cell(column), is_missing: format!("{} = ''", self.cell(column)) },
            TimeColumns::DateAndTime(date, time) => {
                let (date, time) = (self.cell(date), self.cell(time));
                Moment { text: format!("joined({date}, {time})"), is_missing: format!("{date} = '' AND {time} = ''") }
            }
        }
    }
}

fn event_rows(
    source: &source::Source,
    cells: &Cells,
    event: &str,
    at: &TimeColumns,
    codes: Option<&[Vec<String>]>,
    ignored: &[String],
) -> EventRows {
    let event = cells.cell(event);
    let known = source.events.iter().zip(codes.unwrap_or_default());
    let known = known.map(|(event, codes)| Code { event: event.clone(), codes: texts(codes) });
    EventRows {
        is_ignored: if ignored.is_empty() { "FALSE".to_owned() } else { format!("{event} IN ({})", texts(ignored)) },
        codes: known.filter(|code| !code.codes.is_empty()).collect(),
        takes_any_code: codes.is_none(),
        event,
        at: cells.moment(at),
    }
}

fn record_rows(source: &source::Source, cells: &Cells, events: &[EventOrigin]) -> RecordRows {
    let (mut written, mut derived) = (Vec::new(), Vec::new());
    for (event, origin) in source.events.iter().zip(events) {
        if let EventOrigin::Columns(at) = origin {
            written.push(Written { event: event.clone(), at: cells.moment(at) });
        }
    }
    let mut places: Vec<usize> = (0..events.len()).collect();
    places.sort_by_key(|&place| depth(events, place));
    for place in places {
        if let EventOrigin::Derived { after, seconds, when } = &events[place] {
            let when = when.iter().map(|(column, values)| format!(" AND {} IN ({})", cells.cell(column), texts(values)));
            derived.push(Derived {
                event: source.events[place].clone(),
                after: source.events[*after].clone(),
                seconds_name: seconds.clone(),
                seconds: cells.cell(seconds),
                when: when.collect(),
            });
        }
    }
    let content: Vec<String> = cells.0.iter().map(|column| column.cell.clone()).collect();
    RecordRows { content: format!("[{}]", content.join(", ")), written, derived }
}

/// How many events stand between this one and one with a column of its own.
fn depth(events: &[EventOrigin], place: usize) -> usize {
    match &events[place] {
        EventOrigin::Derived { after, .. } => 1 + depth(events, *after),
        EventOrigin::Columns(_) => 0,
    }
}

/// The events that a commitment in minutes uses, and those that they are derived from.
fn needs_time(project: &Project, place: usize, source: &source::Source) -> Vec<String> {
    let mut needs = vec![false; source.events.len()];
    let in_minutes =
        project.commitments.iter().filter(|commitment| commitment.source == place && commitment.clock.unit == Unit::Minutes);
    for clock in in_minutes.map(|commitment| &commitment.clock) {
        let named = clock.start.iter().chain(&clock.stop).chain(&clock.restarts).copied();
        let paused = clock.pauses.iter().flat_map(|rule| [rule.from, rule.until]);
        for event in named.chain(paused).chain(clock.exits.iter().map(|exit| exit.event)) {
            let mut place = event.0 as usize;
            needs[place] = true;
            while let Layout::Records { events } = &source.layout
                && let EventOrigin::Derived { after, .. } = &events[place]
            {
                place = *after;
                needs[place] = true;
            }
        }
    }
    source.events.iter().zip(needs).filter(|(_, needs)| *needs).map(|(event, _)| event.clone()).collect()
}
