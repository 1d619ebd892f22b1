//! Rows broken on purpose, of the kinds that exports have.
//!
//! They are added to the good rows, under ids of their own, and never replace one: what is counted stays the same.

use std::io;

use crate::domain::calendar::Day;
use crate::domain::source::{Layout, Source};

use super::rows::{Columns, Row};
use super::scenario::Scenario;
use super::sink::{INVALID_BYTE, Sink};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    ImpossibleDate,
    TooShort,
    TooLong,
    NoId,
    NoDate,
    UnknownCode,
    InvalidByte,
    /// A quote that opens a cell and swallows the end of its line with the beginning of the next.
    StrayQuote,
    /// The same row once more.
    Repeated,
    /// The same id with another content.
    Contradicting,
}

/// What can be broken in a source, in turn.
pub struct Damages {
    kinds: Vec<Damage>,
    next: usize,
}

impl Damages {
    /// The kinds that this source's layout and encoding can have.
    pub fn new(source: &Source, columns: &Columns, scenario: &Scenario, is_utf8: bool) -> Damages {
        let has_codes = matches!(&source.layout, Layout::Events { codes: Some(_), .. });
        let has_values = scenario.choices.first().is_some_and(|choices| choices.len() > 1);
        // The last cell holds no line break that the source allows.
        let last = columns.names.last();
        let is_single_line = last.is_some_and(|name| !source.multiline.contains(name));
        let is_possible = |kind: &Damage| match kind {
            Damage::ImpossibleDate => columns.time.is_some(),
            Damage::NoDate => scenario.is_a_log() && columns.time.is_some(),
            Damage::TooShort => columns.names.len() > 1,
            Damage::TooLong => true,
            Damage::NoId => columns.id.is_some(),
            Damage::UnknownCode => has_codes,
            Damage::InvalidByte => is_utf8,
            Damage::StrayQuote => columns.names.len() > 1 && is_single_line,
            Damage::Repeated => columns.id.is_some(),
            Damage::Contradicting => columns.id.is_some() && has_values && !scenario.is_a_log(),
        };
        let all = [
            Damage::ImpossibleDate,
            Damage::TooShort,
            Damage::NoId,
            Damage::UnknownCode,
            Damage::Repeated,
            Damage::Contradicting,
            Damage::StrayQuote,
            Damage::InvalidByte,
            Damage::NoDate,
            Damage::TooLong,
        ];
        Damages { kinds: all.into_iter().filter(|kind| is_possible(kind)).collect(), next: 0 }
    }

    /// Writes the next kind of broken row after the good row `last`, which stands in the file of `day`. `ids` are two
    /// ids that no case has.
    pub fn write(
        &mut self,
        sink: &mut Sink,
        columns: &Columns,
        scenario: &Scenario,
        day: Day,
        last: &Row,
        ids: [String; 2],
    ) -> io::Result<()> {
        if self.kinds.is_empty() {
            return Ok(());
        }
        let kind = self.kinds[self.next % self.kinds.len()];
        self.next += 1;
        let [first_id, second_id] = ids;
        let mut row = with_id(last, columns, first_id);
        let width = row.len();
        match kind {
            Damage::ImpossibleDate => set(&mut row, columns.time, &format!("31/02/{} 10:15:00", day.year())),
            Damage::NoDate => set(&mut row, columns.time, ""),
            Damage::TooShort => row.truncate(width - 1),
            Damage::TooLong => row.extend([String::new(), String::new()]),
            Damage::NoId => set(&mut row, columns.id, ""),
            Damage::UnknownCode => set(&mut row, columns.code, "???"),
            Damage::InvalidByte => {
                if let Some(cell) = columns.fields.last().copied().or(columns.id) {
                    row[cell].push(INVALID_BYTE);
                }
            }
            Damage::StrayQuote => {
                let mut swallowed = with_id(last, columns, second_id);
                row[width - 1].insert(0, '"');
                swallowed[width - 1].push('"');
                return sink.write_raw(day, &[row, swallowed]);
            }
            Damage::Repeated => return sink.write(day, last),
            Damage::Contradicting => {
                row = last.clone();
                let other = scenario.choices[0].iter().find(|choice| choice.value != row[columns.fields[0]]);
                let other = other.map_or(String::new(), |choice| choice.value.clone());
                set(&mut row, columns.fields.first().copied(), &other);
            }
        }
        // A row that is too short or too long keeps its cells: quoting is as in any other row.
        sink.write(day, &row)
    }
}

fn with_id(row: &Row, columns: &Columns, id: String) -> Row {
    let mut row = row.clone();
    if let Some(cell) = columns.id {
        row[cell] = id;
    }
    row
}

fn set(row: &mut Row, cell: Option<usize>, value: &str) {
    if let Some(cell) = cell {
        row[cell] = value.to_owned();
    }
}
