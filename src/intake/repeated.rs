//! Ids that stand in several rows of a source in layout `records`.
//!
//! Exports are mostly in order of their ids, and then none stands twice: that is looked at while the rows are read, and costs no
//! memory. Only where they are not in order are all ids read first, eight bytes of each kept, and those rows compared whole whose
//! eight bytes occur again.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::pass::Work;
use super::rows::Row;
use super::table::Table;
use crate::domain::source::Source;

/// The ids that stand twice or more, and perhaps some others.
#[derive(Debug, Default)]
pub struct Repeated(HashSet<u64>);

impl Repeated {
    /// Those of which the number occurs again; `numbers` are those of all rows.
    pub fn of(mut numbers: Vec<u64>) -> Repeated {
        numbers.sort_unstable();
        Repeated(numbers.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect())
    }

    /// One id alone.
    pub fn only(id: &str) -> Repeated {
        Repeated(HashSet::from([number(id)]))
    }

    /// Whether an id may stand twice.
    pub fn holds(&self, id: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&number(id))
    }
}

/// Whether an id comes after another: the longer one, or of the same length the greater one.
pub fn is_after(id: &str, other: &str) -> bool {
    id.len().cmp(&other.len()).then_with(|| id.cmp(other)) == Ordering::Greater
}

/// The numbers of the ids of a piece; `source` has a column of ids.
pub fn numbers(work: &Work<'_>, source: &Source) -> Vec<u64> {
    let place = work.opened.header.place(source.id_column.as_deref().unwrap_or_default());
    let mut table = Table::new(work, source);
    let mut row = Row::default();
    let mut numbers = Vec::new();
    // A carriage return without line feed has been found before, or will be.
    while let Ok(Some(checked)) = table.next_into(&mut row) {
        if checked.is_ok() {
            numbers.push(number(&table.value(&row, place)));
        }
    }
    numbers
}

fn number(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_that_stand_twice_are_held() {
        let ids = ["A1", "B2", "A1", "C3", "D4", "C3", "C3"];
        let repeated = Repeated::of(ids.iter().map(|id| number(id)).collect());
        assert_eq!(ids.map(|id| repeated.holds(id)), [true, false, true, true, false, true, true]);
        assert!(Repeated::only("A1").holds("A1") && !Repeated::only("A1").holds("B2"));
        assert!(!Repeated::default().holds("A1"));
    }

    #[test]
    fn ids_ascend_by_length_and_then_by_letters() {
        for (id, before) in [("10", "9"), ("b", "a"), ("é", "z"), ("F0010", "F0009")] {
            assert!(is_after(id, before) && !is_after(before, id) && !is_after(id, id), "{id} {before}");
        }
    }
}
