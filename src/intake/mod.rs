//! From the bytes of exports to events with the place of each, every row accounted for (specification, section 7).

mod columns;
mod encoding;
mod events;
mod files;
mod gathered;
mod look;
mod opening;
mod pass;
mod pieces;
mod read;
mod records;
mod rejected;
mod repeated;
mod rows;
mod table;
mod times;
mod timestamp;
mod zone;

pub use columns::trimmed;
pub use encoding::{Decoded, Mismatch, decode};
pub use files::{SourceFile, file_names, fingerprint, found_names, hexadecimal};
pub use look::{Seen, look_at};
pub use opening::{is_archive, no_text};
pub use pass::locked;
pub use read::read_source;
pub use rejected::RejectedRow;
pub use rows::{LoneCr, Row, Rows, Span, content, find_delimiter};
pub use timestamp::{Stamp, Timestamps};
pub use zone::LocalTime;

use std::path::Path;

use self::table::{Fault, Table};
use crate::domain::account::SourceAccount;
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::source::Source;

/// Where a row stands: the place of its file in the source, and the physical line on which it begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// What cases are handed to. Several are made, for cases that follow one another, and put together in their order.
pub trait Sink: Send {
    /// Takes one case.
    fn take(&mut self, case: &CaseRow<'_>);

    /// Told after the last case, before anything is added.
    fn close(&mut self) {}

    /// Adds what has taken the cases that follow.
    fn append(&mut self, later: Self);
}

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
    /// How many hands read it, at least 1. It changes nothing that is read.
    pub threads: usize,
    /// So many bytes of events are gathered in memory; what is beyond them goes into temporary files.
    pub memory: usize,
    /// Told how many further bytes and lines have been read.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
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

/// What takes the rows of a piece whose text lives for `'t`.
trait Taker<'t> {
    /// Takes one row that is sound as a row.
    fn take(&mut self, table: &Table<'t>, row: &Row, origin: Origin) -> Result<Taken, Fault>;

    /// Whether the rest of the piece need not be read.
    fn is_done(&self) -> bool;
}
