//! One export opened: its header resolved, its rows judged as rows, their values trimmed.

use std::borrow::Cow;

use super::columns::{Header, trimmed};
use super::pass::Work;
use super::rows::{LoneCr, Row, Rows, content};
use crate::domain::account::Reject;
use crate::domain::source::Source;

/// Where and why a row was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub reason: Reject,
    /// The byte of the text that the diagnostic points at.
    pub at: usize,
    /// How many bytes it covers.
    pub width: usize,
}

/// The rows of an export after its header.
pub struct Table<'a> {
    pub text: &'a [u8],
    /// The same, where all of it is UTF-8.
    valid: Option<&'a str>,
    pub header: &'a Header,
    pub source: &'a Source,
    /// Places of what could not be decoded, ascending.
    pub invalid: &'a [usize],
    multiline: Vec<bool>,
    rows: Rows<'a>,
    next_invalid: usize,
}

impl<'a> Table<'a> {
    /// The rows of a piece.
    pub fn new(work: &Work<'a>, source: &'a Source) -> Table<'a> {
        let header = &work.opened.header;
        let multiline = header.multiline(source);
        let (text, valid, rows) = (work.text, work.valid, work.rows.clone());
        Table { text, valid, header, source, invalid: &work.piece.invalid, multiline, rows, next_invalid: 0 }
    }

    /// The line after the last row read, from 1.
    pub fn line(&self) -> u64 {
        self.rows.line()
    }

    /// How many empty lines have been stepped over.
    pub fn blank(&self) -> u64 {
        self.rows.blank()
    }

    /// Reads the next row: `None` at the end, else what is wrong with it as a row, if anything.
    pub fn next_into(&mut self, row: &mut Row) -> Result<Option<Result<(), Fault>>, LoneCr> {
        if !self.rows.next_into(row)? {
            return Ok(None);
        }
        Ok(Some(self.check(row)))
    }

    fn check(&mut self, row: &Row) -> Result<(), Fault> {
        while self.invalid.get(self.next_invalid).is_some_and(|&at| at < row.start) {
            self.next_invalid += 1;
        }
        if let Some(&at) = self.invalid.get(self.next_invalid).filter(|&&at| at < row.end) {
            return Err(Fault { reason: Reject::InvalidEncoding, at, width: 1 });
        }
        if let Some(at) = row.unclosed_quote {
            return Err(Fault { reason: Reject::UnclosedQuote, at, width: 1 });
        }
        let may_break = |place: usize| self.multiline.get(place).copied().unwrap_or(false);
        if let Some(place) = (0..row.fields.len()).find(|&place| row.fields[place].has_line_break && !may_break(place)) {
            return Err(Fault { reason: Reject::SuspiciousQuote, at: row.fields[place].start, width: 1 });
        }
        let width = self.header.names.len();
        if row.fields.len() != width {
            let extra = row.fields.get(width).map_or(row.end, |span| span.start);
            return Err(Fault { reason: Reject::RaggedRow, at: extra, width: 1 });
        }
        Ok(())
    }

    /// The trimmed value at `place`; empty stands for null.
    pub fn value(&self, row: &Row, place: usize) -> Cow<'a, str> {
        let span = &row.fields[place];
        let value = match (self.valid, span.quoted) {
            (Some(text), false) => Cow::Borrowed(trimmed(text.get(span.start..span.end).unwrap_or_default())),
            _ => match content(self.text, span) {
                Cow::Borrowed(bytes) => Cow::Borrowed(trimmed(std::str::from_utf8(bytes).unwrap_or_default())),
                Cow::Owned(bytes) => Cow::Owned(trimmed(&String::from_utf8_lossy(&bytes)).to_owned()),
            },
        };
        if self.source.nulls.iter().any(|null| *null == value) { Cow::Borrowed("") } else { value }
    }

    /// A fault that points at the field at `place`.
    pub fn fault(&self, reason: Reject, row: &Row, place: usize) -> Fault {
        let span = row.fields[place];
        Fault { reason, at: span.start, width: span.end - span.start }
    }
}
