//! Rows that were rejected, each with its place, its reason and itself.

use super::columns::mapped;
use super::rows::{Row, content};
use super::table::{Fault, Table};
use crate::diagnostic::{Code, Diagnostic, Excerpt, Place, Setting, nearest};
use crate::domain::account::Reject;
use crate::domain::source::{Layout, Source, TimestampFormat};

/// A rejected row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// The place of the offending field; the line is that on which the field begins.
    pub place: Place,
    pub reason: Reject,
    /// The value of the offending field, as read.
    pub value: String,
    /// The row as read, decoded.
    pub row: String,
    /// The line at the place.
    excerpt: Excerpt,
    help: Option<String>,
    /// The path of the key that says how to read the field.
    key: Option<String>,
}

impl RejectedRow {
    /// Takes down a row that `fault` rejects.
    pub fn new(source: &Source, file: &str, table: &Table<'_>, row: &Row, fault: Fault) -> RejectedRow {
        let text = table.text;
        let line_start =
            text[row.start..fault.at].iter().rposition(|&byte| byte == b'\n').map_or(row.start, |at| row.start + at + 1);
        let lines_before = text[row.start..line_start].iter().filter(|&&byte| byte == b'\n').count() as u64;
        let line_end = memchr::memchr(b'\n', &text[fault.at..]).map_or(text.len(), |offset| fault.at + offset);
        let characters = |from: usize, until: usize| String::from_utf8_lossy(&text[from..until]).chars().count() as u64;
        let field = row.fields.iter().find(|span| span.start <= fault.at && fault.at <= span.end);
        let value = field.map_or(String::new(), |span| String::from_utf8_lossy(&content(text, span)).into_owned());
        let help = help(source, fault.reason, table, row, &value);
        let column = row.fields.iter().position(|span| span.start == fault.at).and_then(|place| table.header.names.get(place));
        let key = key(source, fault.reason, column);
        let line = &text[line_start..line_end];
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned();
        let width = characters(fault.at, (fault.at + fault.width).min(line_end)).max(1);
        RejectedRow {
            place: Place { file: file.to_owned(), line: row.line + lines_before, column: characters(line_start, fault.at) + 1 },
            reason: fault.reason,
            value,
            row: String::from_utf8_lossy(&text[row.start..row.end]).into_owned(),
            excerpt: Excerpt { line, width },
            help,
            key,
        }
    }

    /// The warning that tells of this row.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, message) = match self.reason {
            Reject::InvalidEncoding => (Code::InvalidEncoding, "a byte that the encoding of the file does not have".to_owned()),
            Reject::UnclosedQuote => (Code::UnclosedQuote, "a quote that nothing closes before the end of the file".to_owned()),
            Reject::SuspiciousQuote => (
                Code::SuspiciousQuote,
                "a line break inside a field: most likely a stray quote has swallowed the next row".to_owned(),
            ),
            Reject::RaggedRow => (Code::RaggedRow, "the row has not as many fields as the header".to_owned()),
            Reject::MissingId => (Code::MissingId, "the row has no id".to_owned()),
            Reject::MissingTimestamp => (Code::MissingTimestamp, "the event has no timestamp".to_owned()),
            Reject::BadTimestamp => (Code::BadTimestamp, format!("`{}` is not a timestamp that can be read", self.value)),
            Reject::NeedsTime => {
                (Code::NeedsTime, "a date without a time, in an event that a commitment in minutes uses".to_owned())
            }
            Reject::UnknownEvent => (Code::UnknownEvent, format!("`{}` is no event that the declaration knows", self.value)),
            Reject::ConflictingId => {
                (Code::ConflictingId, format!("the id `{}` stood before with other content; the first row stays", self.value))
            }
        };
        let warning = Diagnostic::warning(code, message);
        let (place, excerpt) = (Some(self.place.clone()), Some(self.excerpt.clone()));
        let setting = self.key.clone().map(|key| Setting { key, place: None });
        Diagnostic { place, excerpt, help: self.help.clone(), setting, ..warning }
    }
}

/// The path of the key of the declaration on which a rejection depends.
fn key(source: &Source, reason: Reject, column: Option<&String>) -> Option<String> {
    let of_column = || mapped(source).into_iter().find(|mapped| Some(&mapped.name) == column).map(|mapped| mapped.key);
    match reason {
        Reject::InvalidEncoding => Some(source.key("encoding")),
        Reject::UnclosedQuote => None,
        Reject::SuspiciousQuote => Some(source.key("multiline")),
        Reject::RaggedRow => Some(source.key("delimiter")),
        Reject::UnknownEvent => Some(source.key("events")),
        Reject::BadTimestamp => {
            let seconds = of_column().filter(|key| key.ends_with(".seconds"));
            Some(seconds.unwrap_or_else(|| source.key("timestamp")))
        }
        Reject::MissingId | Reject::ConflictingId | Reject::MissingTimestamp | Reject::NeedsTime => of_column(),
    }
}

fn help(source: &Source, reason: Reject, table: &Table<'_>, row: &Row, value: &str) -> Option<String> {
    let id = &source.id;
    match reason {
        Reject::SuspiciousQuote => Some(format!("if the column may hold line breaks, list it in [sources.{id}] multiline")),
        Reject::RaggedRow => Some(format!("the header has {} fields, this row {}", table.header.names.len(), row.fields.len())),
        Reject::BadTimestamp => Some(match &source.timestamp {
            TimestampFormat::Auto => format!("read as YYYY-MM-DD [HH:MM[:SS]]; other forms need [sources.{id}] timestamp"),
            TimestampFormat::Patterns(patterns) => format!("[sources.{id}] timestamp reads {}", patterns.join(" or ")),
        }),
        Reject::NeedsTime => Some("export the time as well, or give the commitment a limit in days".to_owned()),
        Reject::UnknownEvent => {
            let Layout::Events { codes: Some(codes), ignored, .. } = &source.layout else {
                return None;
            };
            let known = codes.iter().flatten().chain(ignored).map(String::as_str);
            Some(match nearest(value, known) {
                Some(near) => {
                    format!("did the export mean `{near}`? Known codes stand in [sources.{id}] events and ignore-events")
                }
                None => format!("declare it in [sources.{id}] events, or list it in ignore-events"),
            })
        }
        _ => None,
    }
}
