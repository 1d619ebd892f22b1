//! Reads a source: its pieces made into accounts and cases, until nothing that was taken for granted proved wrong.

use std::io;
use std::ops::AddAssign;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::events::{EventLog, EventLogs, finish};
use super::files;
use super::opening::{encoding_by_letters, lone_cr};
use super::pass::{FileRead, Pass, Work, locked, over_pieces};
use super::records::{RecordTaker, Records};
use super::repeated::{Repeated, is_after, numbers};
use super::rows::Row;
use super::table::Table;
use super::{Aside, Origin, Reading, RejectedRow, Sink, SourceRead, Taken, Taker, Timestamps};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::account::{FileAccount, LineAccount, RowAccount, SourceAccount};
use crate::domain::source::{Layout, Source};

/// Reads every file of a source, and hands every case of this run to sinks that `make` makes.
///
/// Errors are those that stop the run; all files are looked at before they are returned.
pub fn read_source<S: Sink>(reading: &Reading<'_>, make: impl Fn() -> S + Sync) -> Result<(SourceRead, S), Vec<Diagnostic>> {
    let files = files::find(reading.source, reading.data)?;
    let mut encodings = vec![None; files.len()];
    let mut repeated = reading.only.map(Repeated::only);
    let told = Told::default();
    loop {
        told.begin();
        let progress = |bytes, lines| told.tell(bytes, lines, reading.progress);
        let (source, threads) = (reading.source, reading.threads.max(1));
        let pass = Pass { source, files: &files, encodings: &encodings, threads, progress: &progress };
        let read = match &source.layout {
            Layout::Records { .. } => read_records(reading, &pass, repeated.as_ref(), &make),
            Layout::Events { .. } => read_events(reading, &pass, &make),
        };
        match read {
            Outcome::Read(read, sink) => return Ok((read, sink)),
            Outcome::Problems(problems) => return Err(problems),
            Outcome::NotUtf8(files_at) => {
                for at in files_at {
                    encodings[at] = Some(encoding_by_letters(source, &files[at])?);
                }
            }
            Outcome::OutOfOrder => repeated = Some(repeated_ids(&pass)),
        }
    }
}

/// What one reading of all files came to.
enum Outcome<S> {
    Read(SourceRead, S),
    Problems(Vec<Diagnostic>),
    /// Files, by their place, that were taken for UTF-8 and have to be looked at.
    NotUtf8(Vec<usize>),
    /// Ids were taken to ascend, and do not.
    OutOfOrder,
}

fn read_records<S: Sink>(
    reading: &Reading<'_>,
    pass: &Pass<'_>,
    repeated: Option<&Repeated>,
    make: &(impl Fn() -> S + Sync),
) -> Outcome<S> {
    let timestamps = Timestamps::new(&reading.source.timestamp, reading.zone, reading.earliest);
    let records = Records::new(reading.source, timestamps, reading.needs_time.clone(), reading.as_of, reading.only, repeated);
    let out_of_order = AtomicBool::new(false);
    let (mut cases, mut sink, mut last_id) = (0, make(), None::<String>);
    let mut parts = Parts::new(pass.files.len());
    let work = |work: Work<'_>| {
        let mut taker = RecordTaker::new(&records, &work, make());
        let read = read_piece(reading, &work, &mut taker);
        let ids = taker.ids.map(|(first, last)| (first.into_owned(), last.into_owned()));
        if taker.is_out_of_order {
            out_of_order.store(true, Ordering::Relaxed);
        }
        taker.sink.close();
        (read, ids, taker.cases, taker.sink)
    };
    let take = |(part, ids, further, later): (Part, Option<(String, String)>, u64, S)| {
        if let Some((first, last)) = ids {
            if last_id.as_ref().is_some_and(|before| !is_after(&first, before)) {
                out_of_order.store(true, Ordering::Relaxed);
            }
            last_id = Some(last);
        }
        parts.add(part);
        cases += further;
        sink.append(later);
    };
    let files = over_pieces(pass, &out_of_order, work, take);
    if out_of_order.into_inner() {
        return Outcome::OutOfOrder;
    }
    match parts.finish(reading.source, files) {
        Err(outcome) => outcome,
        Ok(mut read) => {
            read.account.cases = cases;
            Outcome::Read(read, sink)
        }
    }
}

fn read_events<S: Sink>(reading: &Reading<'_>, pass: &Pass<'_>, make: &(impl Fn() -> S + Sync)) -> Outcome<S> {
    let timestamps = Timestamps::new(&reading.source.timestamp, reading.zone, reading.earliest);
    let logs = EventLogs::new(reading.source, timestamps, reading.needs_time.clone(), reading.only);
    // As many as there are hands: each takes one that no other is using.
    let free: Mutex<Vec<EventLog>> = Mutex::default();
    let share = reading.memory / pass.threads;
    let full: Mutex<Option<io::Error>> = Mutex::default();
    let mut parts = Parts::new(pass.files.len());
    let work = |work: Work<'_>| {
        let mut log = locked(&free).pop().unwrap_or_default();
        let part = read_piece(reading, &work, &mut logs.taker(&work.opened.header, &mut log));
        if let Err(error) = log.make_room(share) {
            *locked(&full) = Some(error);
        }
        locked(&free).push(log);
        part
    };
    let files = over_pieces(pass, &AtomicBool::new(false), work, |part| parts.add(part));
    let mut read = match parts.finish(reading.source, files) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let mut sink = make();
    let gathered = free.into_inner().unwrap_or_else(PoisonError::into_inner);
    let finished = match full.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => finish(gathered, reading.as_of, &mut sink).inspect(|_| sink.close()),
    };
    let (cases, duplicates) = match finished {
        Ok(finished) => finished,
        Err(error) => {
            let message = format!(
                "cannot put the events of source `{}` in order in {}: {error}",
                reading.source.id,
                std::env::temp_dir().display()
            );
            let problem = Diagnostic::error(Code::Output, message);
            return Outcome::Problems(vec![
                problem.help("make room there, name another folder in TMPDIR, or allow more --memory"),
            ]);
        }
    };
    read.account.cases = cases;
    for origin in duplicates {
        let rows = &mut read.account.files[origin.file as usize].rows;
        rows.accepted -= 1;
        rows.duplicates += 1;
        read.asides.extend(reading.only.map(|_| (origin, Aside::Duplicate)));
    }
    Outcome::Read(read, sink)
}

/// Reads the ids of all rows, and finds those that may stand twice.
fn repeated_ids(pass: &Pass<'_>) -> Repeated {
    let mut all = Vec::new();
    let pass = Pass { progress: &|_, _| {}, ..*pass };
    over_pieces(&pass, &AtomicBool::new(false), |work| numbers(&work, pass.source), |part: Vec<u64>| all.extend(part));
    Repeated::of(all)
}

/// What a piece came to, but for its cases.
#[derive(Debug, Default)]
struct Part {
    /// The place of its file.
    file: usize,
    lines: LineAccount,
    rows: RowAccount,
    rejected: Vec<RejectedRow>,
    asides: Vec<(Origin, Aside)>,
    /// What stops the run.
    problem: Option<Diagnostic>,
    is_not_utf8: bool,
}

impl AddAssign for Part {
    fn add_assign(&mut self, later: Part) {
        self.lines.blank += later.lines.blank;
        self.lines.rows += later.lines.rows;
        self.rows.add(&later.rows);
        self.rejected.extend(later.rejected);
        self.asides.extend(later.asides);
        self.problem = self.problem.take().or(later.problem);
        self.is_not_utf8 |= later.is_not_utf8;
    }
}

fn read_piece<'t>(reading: &'t Reading<'_>, work: &Work<'t>, taker: &mut impl Taker<'t>) -> Part {
    let (source, opened) = (reading.source, work.opened);
    let mut part = Part { file: opened.file as usize, ..Part::default() };
    let mut table = Table::new(work, source);
    if opened.is_assumed && work.valid.is_none() {
        part.is_not_utf8 = true;
        return part;
    }
    let mut row = Row::default();
    loop {
        let checked = match table.next_into(&mut row) {
            Ok(Some(checked)) => checked,
            Ok(None) => break,
            Err(cr) => {
                part.problem = Some(lone_cr(&opened.name, work.text, cr));
                return part;
            }
        };
        part.lines.rows += table.line() - row.line;
        let origin = Origin { file: opened.file, line: u32::try_from(row.line).unwrap_or(u32::MAX) };
        match checked.and_then(|()| taker.take(&table, &row, origin)) {
            Ok(Taken::Accepted) => part.rows.accepted += 1,
            Ok(Taken::Ignored) => {
                part.rows.accepted += 1;
                part.asides.extend(reading.only.map(|_| (origin, Aside::IgnoredCode)));
            }
            Ok(Taken::Duplicate) => {
                part.rows.duplicates += 1;
                part.asides.extend(reading.only.map(|_| (origin, Aside::Duplicate)));
            }
            Ok(Taken::OtherCase) => {}
            Err(fault) => {
                *part.rows.rejected.entry(fault.reason).or_default() += 1;
                part.rejected.push(RejectedRow::new(source, &opened.name, &table, &row, fault));
            }
        }
        if taker.is_done() {
            break;
        }
    }
    part.lines.blank = work.blank + table.blank();
    part
}

/// What the pieces of each file came to so far.
struct Parts(Vec<Part>);

impl Parts {
    fn new(files: usize) -> Parts {
        Parts((0..files).map(|_| Part::default()).collect())
    }

    fn add(&mut self, part: Part) {
        let file = part.file;
        self.0[file] += part;
    }

    /// The accounts of all files, or why there are none.
    fn finish<S>(self, source: &Source, files: Vec<FileRead>) -> Result<SourceRead, Outcome<S>> {
        let not_utf8: Vec<usize> = (0..self.0.len()).filter(|&file| self.0[file].is_not_utf8).collect();
        if !not_utf8.is_empty() {
            return Err(Outcome::NotUtf8(not_utf8));
        }
        let account = SourceAccount { id: source.id.clone(), files: Vec::new(), cases: 0 };
        let mut read = SourceRead { account, rejected: Vec::new(), asides: Vec::new() };
        let mut problems = Vec::new();
        let whole = files.iter().filter_map(|file| file.as_ref().ok());
        problems.extend(files::same_content(source, whole.map(|(opened, whole)| (&*opened.name, &*whole.sha256))));
        for (part, file) in self.0.into_iter().zip(files) {
            match file {
                Err(found) => problems.extend(found),
                Ok((opened, whole)) => {
                    problems.extend(part.problem);
                    let lines = LineAccount { physical: whole.lines, header: opened.header_lines, ..part.lines };
                    read.account.files.push(FileAccount {
                        name: opened.name.clone(),
                        bytes: whole.bytes,
                        sha256: whole.sha256,
                        encoding: opened.encoding.name().to_lowercase(),
                        delimiter: opened.delimiter,
                        lines,
                        rows: part.rows,
                    });
                    read.rejected.extend(part.rejected);
                    read.asides.extend(part.asides);
                }
            }
        }
        if problems.is_empty() { Ok(read) } else { Err(Outcome::Problems(problems)) }
    }
}

/// How many bytes have been read, over all readings: what is read again is not told again.
#[derive(Default)]
struct Told {
    now: AtomicU64,
    most: AtomicU64,
}

impl Told {
    fn begin(&self) {
        self.now.store(0, Ordering::Relaxed);
    }

    fn tell(&self, bytes: u64, lines: u64, progress: &(dyn Fn(u64, u64) + Sync)) {
        let now = self.now.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let before = self.most.fetch_max(now, Ordering::Relaxed);
        if now > before {
            progress(now - before, lines);
        }
    }
}
