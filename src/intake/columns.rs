//! The header of an export: where each mapped column stands.

use std::collections::BTreeSet;

use crate::diagnostic::distance;
use crate::domain::source::{EventOrigin, Layout, Source, TimeColumns};

/// A column that the declaration maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    pub name: String,
    /// The path of the first key that maps it: `sources.calls.fields.region`.
    pub key: String,
}

/// A mapped column that the header lacks, or has twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    Missing(MappedColumn),
    /// With the place of the second one.
    Twice(MappedColumn, usize),
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
            let mut places = self.names.iter().enumerate().filter(|(_, name)| **name == column.name).map(|(place, _)| place);
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
pub fn mapped(source: &Source) -> Vec<MappedColumn> {
    let mut columns: Vec<(String, &str)> = Vec::new();
    columns.extend(source.id_column.iter().map(|column| ("id".to_owned(), column.as_str())));
    match &source.layout {
        Layout::Events { event, at, .. } => {
            columns.push(("event".to_owned(), event));
            columns.extend(time_columns(at).map(|column| ("at".to_owned(), column)));
        }
        Layout::Records { events } => {
            for (name, origin) in source.events.iter().zip(events) {
                let key = format!("events.{name}");
                match origin {
                    EventOrigin::Columns(at) => columns.extend(time_columns(at).map(|column| (key.clone(), column))),
                    EventOrigin::Derived { seconds, when, .. } => {
                        columns.push((format!("{key}.seconds"), seconds));
                        columns.extend(when.iter().map(|(column, _)| (format!("{key}.when"), column.as_str())));
                    }
                }
            }
        }
    }
    columns.extend(source.fields.iter().map(|field| (format!("fields.{}", field.name), field.column.as_str())));
    let mut seen = BTreeSet::new();
    columns.retain(|(_, column)| seen.insert(column.to_owned()));
    let mapped = |(key, column): (String, &str)| MappedColumn { name: column.to_owned(), key: source.key(&key) };
    columns.into_iter().map(mapped).collect()
}

fn time_columns(at: &TimeColumns) -> impl Iterator<Item = &str> {
    let (first, second) = match at {
        TimeColumns::One(column) => (column, None),
        TimeColumns::DateAndTime(date, time) => (date, Some(time.as_str())),
    };
    std::iter::once(first.as_str()).chain(second)
}

/// A value or a header name without the spaces, tabs and no-break spaces around it.
pub fn trimmed(text: &str) -> &str {
    let stays = |byte: &u8| byte.is_ascii_graphic();
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(stays) && bytes.last().is_none_or(stays) {
        return text;
    }
    text.trim_matches([' ', '\t', '\u{a0}', '\u{202f}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["region", "date_decision", "date_reception", "statut"].map(str::to_owned).to_vec();
        let nearest = |wanted: &str| Header { names: names.clone() }.nearest_first(wanted)[0].to_owned();
        assert_eq!([nearest("date_recption"), nearest("status"), nearest("Region")], ["date_reception", "statut", "region"]);
        assert_eq!(Header { names: names.clone() }.nearest_first("x").len(), 4);
    }
}
