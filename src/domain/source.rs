//! Which column of an export plays which part.

use super::commitment::EventId;

/// One export: a set of CSV files with one column mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: String,
    /// Patterns of file names, relative to the data folder.
    pub files: Vec<String>,
    pub layout: Layout,
    /// The column of the case's id; `None` only in layout `records`: each row is then a case of its own.
    pub id_column: Option<String>,
    pub fields: Vec<Field>,
    /// The names of all events that the declaration knows in this source; an `EventId` is a place in this list.
    /// Without an `events` table it holds the names that commitments use.
    pub events: Vec<String>,
    /// A label of the WHATWG encoding standard; `None` is `auto`.
    pub encoding: Option<String>,
    /// `None` is `auto`.
    pub delimiter: Option<u8>,
    pub timestamp: TimestampFormat,
    /// Values that mean null, besides the empty one.
    pub nulls: Vec<String>,
    /// Columns that may hold line breaks.
    pub multiline: Vec<String>,
}

impl Source {
    /// The events `received` and `registered`, where the source has both: how long a case lay before it was entered.
    pub fn registration(&self) -> Option<(EventId, EventId)> {
        let event = |name: &str| self.events.iter().position(|event| event == name).map(|place| EventId(place as u32));
        event("received").zip(event("registered"))
    }

    /// The path of a key of this source's table in the declaration: `sources.calls.timestamp`.
    pub fn key(&self, name: &str) -> String {
        format!("sources.{}.{name}", self.id)
    }
}

/// An attribute of a case: our name and their column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub column: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// One row per event.
    Events {
        /// The column of the event's code.
        event: String,
        at: TimeColumns,
        /// Codes of each name of `Source::events`, in the same order; `None` takes codes as they are.
        codes: Option<Vec<Vec<String>>>,
        /// Codes that are known and not needed.
        ignored: Vec<String>,
    },
    /// One row per case; `events[i]` tells how the event `Source::events[i]` is read.
    Records { events: Vec<EventOrigin> },
}

/// The column or the two columns (date and time) of a timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeColumns {
    One(String),
    DateAndTime(String, String),
}

/// How an event of a record is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventOrigin {
    Columns(TimeColumns),
    /// So many seconds after another event, where a condition holds.
    Derived {
        /// The place of the base in `Source::events`.
        after: usize,
        /// The column of the seconds.
        seconds: String,
        /// Columns with the values that they may have; all hold.
        when: Vec<(String, Vec<String>)>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimestampFormat {
    /// ISO forms only (section 7).
    Auto,
    /// strftime patterns, tried in order.
    Patterns(Vec<String>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(events: &[&str]) -> Source {
        Source {
            id: "calls".to_owned(),
            files: Vec::new(),
            layout: Layout::Records { events: Vec::new() },
            id_column: None,
            fields: Vec::new(),
            events: events.iter().map(|event| (*event).to_owned()).collect(),
            encoding: None,
            delimiter: None,
            timestamp: TimestampFormat::Auto,
            nulls: Vec::new(),
            multiline: Vec::new(),
        }
    }

    #[test]
    fn a_source_has_a_registration_with_both_of_its_events() {
        let both = source(&["decided", "registered", "received"]);
        assert_eq!(both.registration(), Some((EventId(2), EventId(1))));
        assert_eq!(source(&["received", "decided"]).registration(), None);
        assert_eq!(source(&["registered"]).registration(), None);
    }

    #[test]
    fn a_key_is_named_by_its_path_in_the_declaration() {
        assert_eq!(source(&[]).key("timestamp"), "sources.calls.timestamp");
    }
}
