//! The tables `[sources.…]`: which column of an export plays which part.

use encoding_rs::Encoding;

use super::document::{Value, Word, known};
use super::events::{self, Vocabulary};
use super::keys;
use super::table::Table;
use super::timestamp;
use crate::diagnostic::Code;
use crate::domain::commitment::{EventId, FieldCondition};
use crate::domain::source::{EventOrigin, Field, Layout, Source, TimeColumns, TimestampFormat};

/// Which of the two layouts, before its parts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    Events,
    Records,
}

/// A source that was read, and what commitments may still look up or add in it.
#[derive(Debug)]
pub struct ParsedSource {
    pub source: Source,
    /// Whether any code is an event: layout `events` without a table `events`, or a source whose events were reported as faulty.
    open: bool,
    ignored: Vec<String>,
}

/// Reads all sources, in the order as written.
pub fn sources(root: &Table<'_>) -> Vec<ParsedSource> {
    let entries = root.get("sources").and_then(|value| value.entries()).unwrap_or_default();
    entries.iter().map(|(id, value)| source(id, value)).collect()
}

fn source(id: &Word<'_>, value: &Value<'_>) -> ParsedSource {
    let name = format!("[sources.{}]", id.text);
    let mut source = empty(id.text.to_owned());
    let Some(table) = value.table(name, &keys::SOURCE) else { return ParsedSource { source, open: true, ignored: Vec::new() } };
    if id.text.trim().is_empty() || id.text.chars().any(char::is_control) {
        id.problem(Code::BadValue, format!("{:?} is no name for a source", id.text), "name it with letters, digits and hyphens");
    }
    source.files = table.need("files").map(|value| patterns(&value)).unwrap_or_default();
    source.fields = table.get("fields").map(|value| fields(&value)).unwrap_or_default();
    source.encoding = table.get("encoding").and_then(|value| encoding(&value));
    source.delimiter = table.get("delimiter").and_then(|value| value.choice(&DELIMITERS)).flatten();
    source.timestamp = table.get("timestamp").map_or(TimestampFormat::Auto, |value| timestamp::format(&value));
    let strings = |key| {
        table
            .get(key)
            .and_then(|value| value.words())
            .unwrap_or_default()
            .iter()
            .map(|word: &Word<'_>| word.text.to_owned())
            .collect()
    };
    source.nulls = strings("nulls");
    source.multiline = strings("multiline");
    let layouts = [("events", Rows::Events), ("records", Rows::Records)];
    let rows = table.need("layout").and_then(|value| value.choice(&layouts));
    let vocabulary = match rows {
        Some(Rows::Events) => event_rows(&table),
        Some(Rows::Records) => record_rows(&table),
        None => Vocabulary::faulty(),
    };
    let id_column = if rows == Some(Rows::Events) { table.need("id") } else { table.get("id") };
    source.id_column = id_column.and_then(|value| value.filled()).map(|word| word.text.to_owned());
    source.events = vocabulary.names;
    source.layout = vocabulary.layout;
    ParsedSource { source, open: vocabulary.open, ignored: vocabulary.ignored }
}

fn empty(id: String) -> Source {
    Source {
        id,
        files: Vec::new(),
        layout: Layout::Records { events: Vec::new() },
        id_column: None,
        fields: Vec::new(),
        events: Vec::new(),
        encoding: None,
        delimiter: None,
        timestamp: TimestampFormat::Auto,
        nulls: Vec::new(),
        multiline: Vec::new(),
    }
}

fn event_rows(table: &Table<'_>) -> Vocabulary {
    let event = table.need("event").and_then(|value| value.filled()).map_or_else(String::new, |word| word.text.to_owned());
    let at = table.need("at").and_then(|value| time_columns(&value)).unwrap_or(TimeColumns::One(String::new()));
    let ignored = table.get("ignore-events").and_then(|value| value.words()).unwrap_or_default();
    events::codes(table.get("events").as_ref(), &ignored, event, at)
}

fn record_rows(table: &Table<'_>) -> Vocabulary {
    for key in ["event", "at", "ignore-events"].into_iter().filter_map(|key| table.key(key)) {
        let message = format!("{} has `{}`, which only the layout `events` knows", table.name(), key.text);
        key.problem(Code::UnknownKey, message, "in layout `records` the table `events` names the column of each event");
    }
    table.need("events").map_or_else(Vocabulary::faulty, |value| events::columns(&value))
}

const DELIMITERS: [(&str, Option<u8>); 5] =
    [("auto", None), (",", Some(b',')), (";", Some(b';')), ("tab", Some(b'\t')), ("|", Some(b'|'))];

fn patterns(value: &Value<'_>) -> Vec<String> {
    let words = value.some_words().unwrap_or_default();
    for word in &words {
        if word.text.trim().is_empty() {
            word.problem(
                Code::BadValue,
                "a pattern of `files` is empty",
                "write a path with `*` for what varies: \"exports/calls-*.csv\"",
            );
        } else if let Err(error) = glob::Pattern::new(word.text) {
            word.problem(
                Code::BadValue,
                format!("\"{}\" is no pattern of file names: {}", word.text, error.msg),
                "`*` stands for any characters, `?` for one, `[ab]` for one of these",
            );
        }
    }
    words.iter().map(|word| word.text.to_owned()).collect()
}

fn fields(value: &Value<'_>) -> Vec<Field> {
    let entries = value.entries().unwrap_or_default();
    let field = |(name, column): &(Word<'_>, Value<'_>)| Field {
        name: name.text.to_owned(),
        column: column.filled().map_or_else(String::new, |word| word.text.to_owned()),
    };
    entries.iter().map(field).collect()
}

fn encoding(value: &Value<'_>) -> Option<String> {
    let word = value.word()?;
    if word.text == "auto" {
        return None;
    }
    if Encoding::for_label_no_replacement(word.text.as_bytes()).is_none() {
        let help = known(word.text, ["auto", "utf-8", "windows-1252", "iso-8859-1", "utf-16le", "utf-16be"]);
        word.problem(Code::BadValue, format!("\"{}\" is no encoding of the WHATWG list", word.text), help);
    }
    Some(word.text.to_owned())
}

/// The column of a timestamp, or its two columns `["date", "time"]`.
pub fn time_columns(value: &Value<'_>) -> Option<TimeColumns> {
    if !value.is_list() {
        return value.filled().map(|word| TimeColumns::One(word.text.to_owned()));
    }
    let columns: Vec<Option<Word<'_>>> = value.items()?.iter().map(Value::filled).collect();
    match columns.as_slice() {
        [Some(date), Some(time)] if date.text != time.text => {
            Some(TimeColumns::DateAndTime(date.text.to_owned(), time.text.to_owned()))
        }
        [_, None] | [None, _] => None,
        _ => {
            value.problem(
                Code::BadValue,
                format!("`{}` needs one column, or two different ones", value.label()),
                "write \"column\" or [\"date column\", \"time column\"]",
            );
            None
        }
    }
}

impl ParsedSource {
    /// What stands for a source that was reported as unknown: it knows every event, so that nothing is refused on top of that.
    pub fn unknown() -> ParsedSource {
        ParsedSource { source: empty(String::new()), open: true, ignored: Vec::new() }
    }

    /// The event that a commitment names. Where any code is an event, a new name is added to the source's events.
    pub fn event(&mut self, word: &Word<'_>) -> EventId {
        let names = &mut self.source.events;
        let place = names.iter().position(|name| name == word.text);
        if place.is_none() && self.ignored.iter().any(|code| code == word.text) {
            let message =
                format!("`{}` is in `ignore-events` of the source `{}`, and a commitment needs it", word.text, self.source.id);
            word.problem(Code::BadValue, message, "take it out of `ignore-events`");
        } else if place.is_none() && self.open {
            if word.text.trim().is_empty() {
                word.problem(Code::BadValue, "an event has no name", "write the name of the event");
            }
            names.push(word.text.to_owned());
        } else if place.is_none() {
            let message = format!("the source `{}` has no event `{}`", self.source.id, word.text);
            word.problem(Code::UnknownReference, message, known(word.text, names.iter().map(String::as_str)));
        }
        let place = place.unwrap_or(names.len().saturating_sub(1));
        EventId(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The place of a field that a commitment names.
    pub fn field(&self, word: &Word<'_>) -> Option<usize> {
        let names = || self.source.fields.iter().map(|field| field.name.as_str());
        let found = names().position(|name| name == word.text);
        if found.is_none() {
            let message = format!("the source `{}` has no field `{}`", self.source.id, word.text);
            word.problem(Code::UnknownReference, message, known(word.text, names()));
        }
        found
    }

    /// A condition on fields: for each, the values that it may have.
    pub fn condition(&self, value: &Value<'_>) -> Vec<FieldCondition> {
        let mut condition = Vec::new();
        for (field, values) in value.entries().unwrap_or_default() {
            let place = self.field(&field);
            let Some(values) = values.some_words() else { continue };
            let values = values.iter().map(|word| word.text.to_owned()).collect();
            condition.extend(place.map(|field| FieldCondition { field, values }));
        }
        condition
    }

    /// The source as the domain knows it.
    pub fn into_source(mut self) -> Source {
        if let Layout::Records { events } = &mut self.source.layout {
            debug_assert!(events.len() == self.source.events.len() || self.open);
            events.resize_with(self.source.events.len(), || EventOrigin::Columns(TimeColumns::One(String::new())));
        }
        self.source
    }
}
