//! From the bytes of exports to events with the place of each, every row accounted for (specification, section 7).

mod columns;
mod encoding;
mod events;
mod files;
mod look;
mod records;
mod rejected;
mod rows;
mod table;
mod timestamp;
mod zone;

pub use columns::trimmed;
pub use encoding::{Decoded, Mismatch, decode};
pub use files::{SourceFile, file_names, fingerprint};
pub use look::{Seen, look_at};
pub use rejected::RejectedRow;
pub use rows::{LoneCr, Row, Rows, Span, content, find_delimiter};
pub use timestamp::{Stamp, Timestamps};
pub use zone::LocalTime;

use std::path::Path;

use self::columns::{ColumnProblem, Header};
use self::events::EventLog;
use self::records::Records;
use self::table::{Fault, Table};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::account::{FileAccount, LineAccount, Reject, RowAccount, SourceAccount};
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::source::{Layout, Source, TimeColumns};

/// Where a row stands: the place of its file in the source, and the physical line on which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    pub file: u32,
    pub line: u32,
}

/// A case as the exports tell it.
#[derive(Debug, Clone, Copy)]
pub struct CaseRow<'a> {
    /// Its id, or `file:line` where the source has none.
    pub id: &'a str,
    pub events: &'a [Event],
    /// Where each event was read.
    pub origins: &'a [Origin],
    /// The value of each field of the source, in its order.
    pub values: &'a [&'a str],
}

/// What cases are handed to.
pub type Sink<'s> = dyn FnMut(&CaseRow<'_>) + 's;

/// What a source is read with.
pub struct Reading<'a> {
    pub source: &'a Source,
    /// Patterns of files are looked up here.
    pub data: &'a Path,
    pub zone: &'a LocalTime,
    pub earliest: Day,
    pub as_of: Day,
    /// By event of the source: whether a commitment in minutes uses it.
    pub needs_time: Vec<bool>,
    /// Read only the rows of this case, and of others no more than their id: the accounts then hold these rows alone.
    pub only: Option<&'a str>,
    /// Told how many further bytes have been read.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// A source that was read whole.
#[derive(Debug)]
pub struct SourceRead {
    pub account: SourceAccount,
    /// In the order of files and lines.
    pub rejected: Vec<RejectedRow>,
    /// Rows of the case in `Reading::only` that gave it no event and were not rejected.
    pub asides: Vec<(Origin, Aside)>,
}

/// Why a sound row of a case gave it no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It says what an earlier row says.
    Duplicate,
    /// Its code stands in `ignore-events`.
    IgnoredCode,
}

/// Reads every file of a source, and hands every case of this run to `sink`.
///
/// Errors are those that stop the run; all files are looked at before they are returned.
pub fn read_source(reading: &Reading<'_>, sink: &mut Sink<'_>) -> Result<SourceRead, Vec<Diagnostic>> {
    let files = files::find(reading.source, reading.data)?;
    let mut problems = files::same_content(reading.source, &files);
    let timestamps = || Timestamps::new(&reading.source.timestamp, reading.zone, reading.earliest);
    let mut reader = match &reading.source.layout {
        Layout::Events { .. } => {
            Gatherer::Events(EventLog::new(reading.source, timestamps(), reading.needs_time.clone(), reading.only))
        }
        Layout::Records { .. } => {
            Gatherer::Records(Records::new(reading.source, timestamps(), reading.needs_time.clone(), reading.as_of, reading.only))
        }
    };
    let mut read = SourceRead {
        account: SourceAccount { id: reading.source.id.clone(), files: Vec::new(), cases: 0 },
        rejected: Vec::new(),
        asides: Vec::new(),
    };
    for (number, file) in (0u32..).zip(&files) {
        match read_file(reading, file, number, &mut reader, sink) {
            Ok(file) => {
                read.account.files.push(file.account);
                read.rejected.extend(file.rejected);
                read.asides.extend(file.asides);
            }
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    match reader {
        Gatherer::Records(records) => read.account.cases = records.cases(),
        Gatherer::Events(log) => {
            let (cases, duplicates) = log.finish(reading.as_of, sink);
            read.account.cases = cases;
            for origin in duplicates {
                let rows = &mut read.account.files[origin.file as usize].rows;
                rows.accepted -= 1;
                rows.duplicates += 1;
                read.asides.extend(reading.only.map(|_| (origin, Aside::Duplicate)));
            }
        }
    }
    Ok(read)
}

/// What became of a sound row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Accepted,
    /// Accepted, with a code that is not needed.
    Ignored,
    Duplicate,
    /// Of another case than the one asked for.
    OtherCase,
}

/// What gathers the rows of a source into cases.
enum Gatherer<'a> {
    Events(EventLog<'a>),
    Records(Records<'a>),
}

/// The columns of one file, resolved for its layout.
enum Resolved {
    Events(events::EventColumns),
    Records(records::RecordColumns),
}

/// A file that was read whole.
struct FileRead {
    account: FileAccount,
    rejected: Vec<RejectedRow>,
    asides: Vec<(Origin, Aside)>,
}

fn read_file(
    reading: &Reading<'_>,
    file: &SourceFile,
    number: u32,
    gatherer: &mut Gatherer<'_>,
    sink: &mut Sink<'_>,
) -> Result<FileRead, Vec<Diagnostic>> {
    let source = reading.source;
    let bytes = file.read().map_err(|error| vec![files::unreadable(&file.name, &error)])?;
    let decoded = decode_export(source, file, &bytes)?;
    let text: &[u8] = &decoded.text;
    let delimiter = source.delimiter.unwrap_or_else(|| find_delimiter(text));
    let mut rows = Rows::new(text, delimiter);
    let mut row = Row::default();
    let lone_cr = |cr: LoneCr| vec![lone_cr(file, text, cr)];
    rows.next_into(&mut row).map_err(lone_cr)?;
    let name = |span: &rows::Span| trimmed(&String::from_utf8_lossy(&content(text, span))).to_owned();
    let header = Header { names: row.fields.iter().map(name).collect() };
    let problems = header.problems(source);
    if !problems.is_empty() {
        return Err(problems.into_iter().map(|problem| column_problem(file, text, &header, &row, problem)).collect());
    }
    let header_lines = rows.line() - row.line;
    let mut table = Table::new(text, &header, source, &decoded.invalid, rows);
    let columns = match gatherer {
        Gatherer::Events(log) => Resolved::Events(log.columns(&table)),
        Gatherer::Records(records) => Resolved::Records(records.columns(&table)),
    };
    let mut account = FileAccount {
        name: file.name.clone(),
        bytes: bytes.len() as u64,
        sha256: file.sha256.clone(),
        encoding: decoded.encoding.clone(),
        delimiter,
        lines: LineAccount { physical: physical_lines(text), header: header_lines, ..LineAccount::default() },
        rows: RowAccount::default(),
    };
    let (mut rejected, mut asides) = (Vec::new(), Vec::new());
    let mut reported = 0;
    while let Some(checked) = table.next_into(&mut row).map_err(lone_cr)? {
        account.lines.rows += table.line() - row.line;
        let origin = Origin { file: number, line: u32::try_from(row.line).unwrap_or(u32::MAX) };
        let taken = match (&mut *gatherer, &columns) {
            _ if checked.is_err() => checked.map(|()| Taken::Accepted),
            (Gatherer::Events(log), Resolved::Events(columns)) => log.take(&table, columns, &row, origin),
            (Gatherer::Records(records), Resolved::Records(columns)) => {
                records.take(&table, columns, &row, origin, &file.name, sink)
            }
            (Gatherer::Events(_), _) | (Gatherer::Records(_), _) => Ok(Taken::Accepted),
        };
        match taken {
            Ok(Taken::Accepted) => account.rows.accepted += 1,
            Ok(Taken::Ignored) => {
                account.rows.accepted += 1;
                asides.extend(reading.only.map(|_| (origin, Aside::IgnoredCode)));
            }
            Ok(Taken::Duplicate) => {
                account.rows.duplicates += 1;
                asides.extend(reading.only.map(|_| (origin, Aside::Duplicate)));
            }
            Ok(Taken::OtherCase) => {}
            Err(fault) => {
                *account.rows.rejected.entry(fault.reason).or_default() += 1;
                rejected.push(RejectedRow::new(source, &file.name, &table, &row, fault));
            }
        }
        if table.position() - reported >= 1 << 20 {
            (reading.progress)((table.position() - reported) as u64);
            reported = table.position();
        }
    }
    (reading.progress)((table.position() - reported) as u64);
    account.lines.blank = table.blank();
    Ok(FileRead { account, rejected, asides })
}

/// The text of an export, or the byte order mark that contradicts its declared encoding.
fn decode_export<'b>(source: &Source, file: &SourceFile, bytes: &'b [u8]) -> Result<Decoded<'b>, Vec<Diagnostic>> {
    decode(bytes, source.encoding.as_deref()).map_err(|mismatch| {
        let declared = source.encoding.as_deref().unwrap_or("auto");
        let message = format!(
            "{} begins with the byte order mark of {}, but its encoding is declared as {declared}",
            file.name, mismatch.mark
        );
        let problem = Diagnostic::error(Code::EncodingMismatch, message).set_by(source.key("encoding"));
        vec![problem.help("correct `encoding` in the declaration, or leave it out")]
    })
}

/// How many lines a text has, the last one with or without its end.
fn physical_lines(text: &[u8]) -> u64 {
    let ends = memchr::memchr_iter(b'\n', text).count();
    ends as u64 + u64::from(text.last().is_some_and(|&byte| byte != b'\n'))
}

fn lone_cr(file: &SourceFile, text: &[u8], cr: LoneCr) -> Diagnostic {
    let line_start = text[..cr.at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&text[line_start..cr.at]).chars().count() as u64 + 1;
    Diagnostic::error(Code::LoneCr, format!("{} has a carriage return that no line feed follows", file.name))
        .at(&file.name, cr.line, column)
        .help("export the file again with line ends LF or CRLF")
}

fn column_problem(file: &SourceFile, text: &[u8], header: &Header, row: &Row, problem: ColumnProblem) -> Diagnostic {
    match problem {
        ColumnProblem::Missing(column) => {
            let found = header.nearest_first(&column.name).join(", ");
            Diagnostic::error(Code::MissingColumn, format!("{} has no column `{}`", file.name, column.name))
                .at(&file.name, row.line.max(1), 1)
                .set_by(column.key)
                .help(format!("columns found, the nearest first: {found}"))
        }
        ColumnProblem::Twice(column, second) => {
            let before = &text[row.start..row.fields[second].start];
            let at = String::from_utf8_lossy(before).chars().count() as u64 + 1;
            Diagnostic::error(Code::DuplicateColumn, format!("{} has the column `{}` twice", file.name, column.name))
                .at(&file.name, row.line, at)
                .set_by(column.key)
                .help("rename or remove one of them, so that it is clear which one counts")
        }
    }
}

/// The places of the column or columns of a timestamp.
#[derive(Debug, Clone, Copy)]
enum TimePlaces {
    One(usize),
    DateAndTime(usize, usize),
}

impl TimePlaces {
    fn new(at: &TimeColumns, header: &Header) -> TimePlaces {
        match at {
            TimeColumns::One(column) => TimePlaces::One(header.place(column)),
            TimeColumns::DateAndTime(date, time) => TimePlaces::DateAndTime(header.place(date), header.place(time)),
        }
    }

    fn first(self) -> usize {
        match self {
            TimePlaces::One(place) | TimePlaces::DateAndTime(place, _) => place,
        }
    }

    /// The place of the time: what is missing when a date stands alone.
    fn last(self) -> usize {
        match self {
            TimePlaces::One(place) | TimePlaces::DateAndTime(_, place) => place,
        }
    }

    fn places(self) -> impl Iterator<Item = usize> {
        let second = match self {
            TimePlaces::One(_) => None,
            TimePlaces::DateAndTime(_, time) => Some(time),
        };
        std::iter::once(self.first()).chain(second)
    }

    /// Reads the timestamp of a row; `Ok(None)` where all its columns are null.
    ///
    /// Of two columns, a null time means a date alone, and a null date with a time is an error.
    fn read(self, table: &Table<'_>, row: &Row, timestamps: &Timestamps<'_>) -> Result<Option<Stamp>, Fault> {
        let first = table.value(row, self.first());
        let stamp = match self {
            TimePlaces::One(_) if first.is_empty() => return Ok(None),
            TimePlaces::One(_) => timestamps.read(&first),
            TimePlaces::DateAndTime(_, place) => {
                let time = table.value(row, place);
                match (first.is_empty(), time.is_empty()) {
                    (true, true) => return Ok(None),
                    (true, false) => None,
                    (false, true) => timestamps.read(&first),
                    (false, false) => timestamps.read(&format!("{first} {time}")),
                }
            }
        };
        stamp.map(Some).ok_or_else(|| table.fault(Reject::BadTimestamp, row, self.first()))
    }
}
