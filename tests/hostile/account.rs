//! Reads an export and holds what the reader says of it against what the code of these tests makes of the same bytes.

use super::damage::Export;
use super::lines::{self, Record, Split, Text};
use bilan::diagnostic::{Code, Diagnostic, Severity};
use bilan::domain::account::Reject;
use bilan::domain::calendar::Day;
use bilan::domain::source::{EventOrigin, Layout};
use bilan::intake::{CaseRow, LocalTime, Reading, Sink, SourceRead, read_source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// What reading an export came to.
struct Read {
    result: Result<SourceRead, Vec<Diagnostic>>,
    /// The line of every event handed over.
    lines: BTreeSet<u64>,
    cases: u64,
    /// How many bytes the reader said it had read.
    told: u64,
}

/// The lines of the events of cases, and how many cases there are.
#[derive(Default)]
struct Lines(BTreeSet<u64>, u64);

impl Sink for Lines {
    fn take(&mut self, case: &CaseRow<'_>) {
        self.0.extend(case.origins.iter().map(|origin| u64::from(origin.line)));
        self.1 += 1;
    }

    fn append(&mut self, later: Self) {
        self.0.extend(later.0);
        self.1 += later.1;
    }
}

/// What an export came to, which has been held against the recount.
pub enum Outcome {
    /// The codes of the errors that stopped the run.
    Stopped(Vec<Code>),
    /// The rows rejected, by reason.
    Read(BTreeMap<Reject, u64>),
}

/// Reads an export as `x.csv` of a folder, and holds every line and byte against the recount; what does not agree is the error.
pub fn check(export: &Export, zone: &LocalTime, folder: &Path) -> Result<Outcome, String> {
    let read = read(export, zone, folder);
    match &read.result {
        Err(problems) => {
            refusal(export, problems)?;
            Ok(Outcome::Stopped(problems.iter().map(|problem| problem.code).collect()))
        }
        Ok(source) => {
            account(export, &read, source)?;
            Ok(Outcome::Read(source.account.files[0].rows.rejected.clone()))
        }
    }
}

fn read(export: &Export, zone: &LocalTime, folder: &Path) -> Read {
    std::fs::write(folder.join("x.csv"), &export.bytes).expect("a temporary file");
    let told = AtomicU64::new(0);
    let reading = Reading {
        source: &export.source,
        data: folder,
        zone,
        earliest: Day::from_ymd(1900, 1, 1).expect("a day"),
        as_of: Day::from_ymd(2199, 12, 31).expect("a day"),
        only: None,
        needs_time: vec![false; export.source.events.len()],
        threads: 2,
        // So little that every event log is written down and put together again.
        memory: 64,
        progress: &|bytes, _| {
            told.fetch_add(bytes, Ordering::Relaxed);
        },
    };
    let (result, Lines(lines, cases)) = match read_source(&reading, Lines::default) {
        Ok((read, lines)) => (Ok(read), lines),
        Err(problems) => (Err(problems), Lines::default()),
    };
    Read { result, lines, cases, told: told.into_inner() }
}

/// What the test itself makes of an export.
struct Seen {
    text: Text,
    split: Split,
    header: Vec<String>,
}

fn look(export: &Export) -> Option<Seen> {
    let text = lines::decode(&export.bytes, export.source.encoding.as_deref())?;
    let split = lines::split(&text.bytes, lines::delimiter(&text.bytes));
    let header =
        split.records.first().map_or(Vec::new(), |header| header.fields.iter().map(|(name, _)| lines::name(name)).collect());
    Some(Seen { text, split, header })
}

/// Columns that the source of these tests maps.
fn mapped(export: &Export) -> Vec<&str> {
    let mut columns = vec!["id", "service"];
    match &export.source.layout {
        Layout::Events { .. } => columns.extend(["event", "at"]),
        Layout::Records { events } => {
            columns.push("received");
            if events.iter().any(|event| matches!(event, EventOrigin::Derived { .. })) {
                columns.extend(["wait", "outcome"]);
            }
        }
    }
    columns
}

/// Whether the reasons to stop are those that the specification has for this export, each with its place.
fn refusal(export: &Export, problems: &[Diagnostic]) -> Result<(), String> {
    let Some(Seen { split, header, .. }) = look(export) else {
        let only = problems.len() == 1 && problems[0].code == Code::EncodingMismatch;
        return if only { Ok(()) } else { Err(format!("the mark contradicts the declaration, said: {problems:?}")) };
    };
    for problem in problems {
        if problem.severity != Severity::Error || !problem.message.contains("x.csv") {
            return Err(format!("no error that names the file: {problem:?}"));
        }
        let place = problem.place.as_ref().ok_or_else(|| format!("no place: {problem:?}"))?;
        let holds = match problem.code {
            Code::LoneCr => split.lone_cr == Some(place.line),
            Code::MissingColumn => mapped(export)
                .iter()
                .any(|column| !header.iter().any(|name| name == column) && problem.message.contains(&format!("`{column}`"))),
            Code::DuplicateColumn => mapped(export).iter().any(|column| {
                header.iter().filter(|name| name == column).count() > 1 && problem.message.contains(&format!("`{column}`"))
            }),
            _ => false,
        };
        if !holds {
            return Err(format!("no cause for {problem:?}"));
        }
    }
    if problems.is_empty() { Err("stopped without a reason".to_owned()) } else { Ok(()) }
}

/// Whether every line and byte stands in exactly one place, and every rejected row where it says.
fn account(export: &Export, read: &Read, source: &SourceRead) -> Result<(), String> {
    let Seen { text, split, header } = look(export).ok_or("read in spite of its mark")?;
    let check = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    check(split.lone_cr.is_none(), "a carriage return without line feed was read over")?;
    let once = |column: &&str| header.iter().filter(|name| name == column).count() == 1;
    check(mapped(export).iter().all(once), "a mapped column is missing or stands twice")?;
    let file = &source.account.files[0];
    check(file.name == "x.csv" && source.account.files.len() == 1, "the file")?;
    check(file.encoding == text.encoding, &format!("the encoding {} instead of {}", file.encoding, text.encoding))?;
    check(file.delimiter == lines::delimiter(&text.bytes), "the delimiter")?;

    // Bytes: the size, and nothing left unread or read twice.
    check(file.bytes == export.bytes.len() as u64, "the size of the file")?;
    check(read.told == text.bytes.len() as u64, &format!("read {} bytes of {}", read.told, text.bytes.len()))?;
    if text.encoding == "utf-8" {
        check(read.told as usize + text.mark == export.bytes.len(), "bytes that are neither mark nor text")?;
    }

    // Lines: header, blank lines and records make up the physical lines.
    let feeds = text.bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
    let physical = feeds + u64::from(text.bytes.last().is_some_and(|&byte| byte != b'\n'));
    let of_records: u64 = split.records.iter().map(|record| record.lines.1 - record.lines.0 + 1).sum();
    let open_end = split.records.last().is_some_and(|record| record.unclosed && text.bytes.ends_with(b"\n"));
    check(physical + u64::from(open_end) == of_records + split.blank_lines, "the lines of this test")?;

    let of_header = split.records.first().map_or(0, |header| header.lines.1 - header.lines.0 + 1);
    let header_lines = of_header - u64::from(open_end && split.records.len() == 1);
    let said = file.lines;
    check(said.physical == physical, &format!("{} physical lines instead of {physical}", said.physical))?;
    check(said.header == header_lines && said.blank == split.blank_lines, "the lines of the header, the blank lines")?;
    check(said.physical == said.header + said.blank + said.rows, &format!("lines that do not add up: {said:?}"))?;

    // Rows: each record after the header is accepted, a duplicate or rejected.
    let rows = split.records.get(1..).unwrap_or_default();
    check(file.rows.rows() == rows.len() as u64, &format!("{} rows instead of {}", file.rows.rows(), rows.len()))?;
    let mut rejected = BTreeMap::new();
    for row in &source.rejected {
        let record = rows.iter().find(|record| record.lines.0 <= row.place.line && row.place.line <= record.lines.1);
        let record = record.ok_or_else(|| format!("no row at line {}", row.place.line))?;
        stands_where_it_says(&text, record, row)?;
        let before = rejected.insert(record.lines.0, row.reason);
        check(before.is_none(), &format!("line {} is rejected twice", record.lines.0))?;
        let counted = file.rows.rejected.get(&row.reason).copied().unwrap_or(0);
        let listed = source.rejected.iter().filter(|other| other.reason == row.reason).count() as u64;
        check(counted == listed, &format!("{counted} rows counted as {}, {listed} listed", row.reason.name()))?;
    }
    check(rejected.len() as u64 == file.rows.rejected_rows(), "a rejected row is not in the list")?;
    let structural = [Reject::InvalidEncoding, Reject::UnclosedQuote, Reject::SuspiciousQuote, Reject::RaggedRow];
    for record in rows {
        let line = record.lines.0;
        let expected = lines::fault(&text, record, &header, &export.source.multiline);
        let found = rejected.get(&line).copied();
        let agrees = match expected {
            Some(expected) => found == Some(expected),
            None => found.is_none_or(|reason| !structural.contains(&reason)),
        };
        check(agrees, &format!("line {line}: {found:?} instead of {expected:?}"))?;
    }
    // Every event handed over stands on a row of its own that was not rejected; the rows left are duplicates or without event.
    let sound = |line: &u64| rows.iter().any(|record| record.lines.0 == *line) && !rejected.contains_key(line);
    check(read.lines.iter().all(sound), "an event from a line that is no accepted row")?;
    check(read.lines.len() as u64 <= file.rows.accepted, "more lines with events than accepted rows")?;
    check(read.cases == source.account.cases, "the number of cases")?;
    match export.source.layout {
        Layout::Events { .. } => check(read.lines.len() as u64 == file.rows.accepted, "an accepted row without an event"),
        Layout::Records { .. } => check(read.cases == file.rows.accepted, "an accepted row without a case"),
    }
}

/// A rejected row names file, line, column and code, and the row and the line that it quotes stand there.
fn stands_where_it_says(text: &Text, record: &Record, row: &bilan::intake::RejectedRow) -> Result<(), String> {
    let check = |holds: bool, what: &str| if holds { Ok(()) } else { Err(format!("{what}: {row:?}")) };
    let bytes = &text.bytes[record.start..record.end];
    check(row.row == String::from_utf8_lossy(bytes), "the quoted row is another")?;
    let line = text.bytes.split(|&byte| byte == b'\n').nth(row.place.line as usize - 1).unwrap_or_default();
    let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned();
    let diagnostic = row.diagnostic();
    check(diagnostic.severity == Severity::Warning, "no warning")?;
    check(diagnostic.code.name() == row.reason.name(), "another code")?;
    check(diagnostic.place.as_ref() == Some(&row.place) && row.place.file == "x.csv", "another place")?;
    check(1 <= row.place.column && row.place.column <= line.chars().count() as u64 + 2, "a column beyond the line")?;
    check(
        diagnostic.excerpt.is_some_and(|excerpt| excerpt.line == line && excerpt.width >= 1),
        &format!("the line is {line:?}"),
    )?;
    if row.reason == Reject::UnclosedQuote {
        let marked = line.chars().nth(row.place.column as usize - 1);
        return check(marked == Some('"'), "the place is no quote");
    }
    Ok(())
}
