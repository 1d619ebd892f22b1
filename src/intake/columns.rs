//! The header of an export: where each mapped column stands.

use std::collections::BTreeSet;

use crate::diagnostic::distance;
use crate::domain::source::{EventOrigin, Layout, Source, TimeColumns};

/// A mapped column that the header lacks, or has twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    Missing(String),
    /// With the place of the second one.
    Twice(String, usize),
}

/// The names of a header, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub names: Vec<String>,
}

impl Header {
    /// The place of a column that has been checked; the width of the header, which no row reaches, for any other.
    pub fn place(&self, column: &str) -> usize {
        self.names.iter().position(|name| name == column).unwrap_or(self.names.len())
    }

    /// Whether the column at each place may hold line breaks.
    pub fn multiline(&self, source: &Source) -> Vec<bool> {
        self.names.iter().map(|name| source.multiline.contains(name)).collect()
    }

    /// Every mapped column that is missing or stands twice, in the order of the declaration.
    pub fn problems(&self, source: &Source) -> Vec<ColumnProblem> {
        let mut problems = Vec::new();
        for column in mapped(source) {
            let mut places = self.names.iter().enumerate().filter(|(_, name)| **name == column).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (None, _) => problems.push(ColumnProblem::Missing(column)),
                (_, Some(second)) => problems.push(ColumnProblem::Twice(column, second)),
                _ => {}
            }
        }
        problems
    }

    /// The columns found, the nearest to `wanted` first.
    pub fn nearest_first(&self, wanted: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_by_key(|name| distance(wanted, name));
        names
    }
}

/// The columns that the declaration maps, each once.
fn mapped(source: &Source) -> Vec<String> {
    let mut columns: Vec<&str> = source.id_column.iter().map(String::as_str).collect();
    let time = |at: &TimeColumns| match at {
        TimeColumns::One(column) => vec![column.clone()],
        TimeColumns::DateAndTime(date, time) => vec![date.clone(), time.clone()],
    };
    let mut of_events = Vec::new();
    match &source.layout {
        Layout::Events { event, at, .. } => {
            columns.push(event);
            of_events.extend(time(at));
        }
        Layout::Records { events } => {
            for origin in events {
                match origin {
                    EventOrigin::Columns(at) => of_events.extend(time(at)),
                    EventOrigin::Derived { seconds, when, .. } => {
                        of_events.push(seconds.clone());
                        of_events.extend(when.iter().map(|(column, _)| column.clone()));
                    }
                }
            }
        }
    }
    let fields = source.fields.iter().map(|field| field.column.clone());
    let all = columns.into_iter().map(str::to_owned).chain(of_events).chain(fields);
    let mut seen = BTreeSet::new();
    all.filter(|column| seen.insert(column.clone())).collect()
}

/// A value or a header name without the spaces, tabs and no-break spaces around it.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\u{a0}', '\u{202f}'])
}
