//! The column or columns in which an export keeps a timestamp.

use super::columns::Header;
use super::rows::Row;
use super::table::{Fault, Table};
use super::timestamp::{Stamp, Timestamps};
use crate::domain::account::Reject;
use crate::domain::source::TimeColumns;

/// The places of the column or columns of a timestamp.
#[derive(Debug, Clone, Copy)]
pub enum TimePlaces {
    One(usize),
    DateAndTime(usize, usize),
}

impl TimePlaces {
    /// Finds the columns in a header that has been checked.
    pub fn new(at: &TimeColumns, header: &Header) -> TimePlaces {
        match at {
            TimeColumns::One(column) => TimePlaces::One(header.place(column)),
            TimeColumns::DateAndTime(date, time) => TimePlaces::DateAndTime(header.place(date), header.place(time)),
        }
    }

    /// The place of the date.
    pub fn first(self) -> usize {
        match self {
            TimePlaces::One(place) | TimePlaces::DateAndTime(place, _) => place,
        }
    }

    /// The place of the time: what is missing when a date stands alone.
    pub fn last(self) -> usize {
        match self {
            TimePlaces::One(place) | TimePlaces::DateAndTime(_, place) => place,
        }
    }

    /// Every place, in order.
    pub fn places(self) -> impl Iterator<Item = usize> {
        let second = match self {
            TimePlaces::One(_) => None,
            TimePlaces::DateAndTime(_, time) => Some(time),
        };
        std::iter::once(self.first()).chain(second)
    }

    /// Reads the timestamp of a row; `Ok(None)` where all its columns are null.
    ///
    /// Of two columns, a null time means a date alone, and a null date with a time is an error.
    pub fn read(self, table: &Table<'_>, row: &Row, timestamps: &Timestamps<'_>) -> Result<Option<Stamp>, Fault> {
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
