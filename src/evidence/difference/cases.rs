//! `cases.parquet`, case by case.

use super::super::case_reader::{Cell, Lines};
use super::super::stored::{StoredCases, lines_by_id};
use super::{Difference, NOTHING};

/// Every cell that differs, by commitment and case. An error says why one of the two can't be read.
pub fn cases(first: &[u8], second: &[u8]) -> Result<Vec<Difference>, String> {
    let (first, second) = (StoredCases::open(first)?, StoredCases::open(second)?);
    let further = second.commitments().filter(|name| first.commitments().all(|other| other != *name));
    let names: Vec<&str> = first.commitments().chain(further).collect();
    let mut found = Vec::new();
    for name in names {
        match (first.of(name)?, second.of(name)?) {
            (Some(first), Some(second)) => compare(name, &first, &second, &mut found)?,
            (Some(only), None) => found.push(Difference::new(name, format!("{} cases", only.height()), NOTHING)),
            (None, Some(only)) => found.push(Difference::new(name, NOTHING, format!("{} cases", only.height()))),
            (None, None) => {}
        }
    }
    Ok(found)
}

fn compare(commitment: &str, first: &Lines, second: &Lines, found: &mut Vec<Difference>) -> Result<(), String> {
    if first == second {
        return Ok(());
    }
    let further = second.columns().filter(|(name, _)| first.column(name).is_none());
    let columns: Vec<_> =
        first.columns().chain(further).map(|(name, _)| (name, first.column(name), second.column(name))).collect();
    let place = |id: &str, rest: &str| format!("{commitment}, case {id}{rest}");
    let (first_lines, second_lines) = (lines_by_id(first)?, lines_by_id(second)?);
    for (id, lines) in &first_lines {
        let others = second_lines.get(id).map_or(&[][..], Vec::as_slice);
        for number in 0..lines.len().max(others.len()) {
            match (lines.get(number), others.get(number)) {
                (Some(&line), Some(&other)) => {
                    for (name, left, right) in &columns {
                        let left = Cell::of(*left, line);
                        let right = Cell::of(*right, other);
                        if left != right {
                            let shown = |cell: Cell<'_>| cell.shown().unwrap_or_else(|| NOTHING.to_owned());
                            found.push(Difference::new(place(id, &format!(", {name}")), shown(left), shown(right)));
                        }
                    }
                }
                (left, _) => found.push(only(place(id, ""), left.is_some())),
            }
        }
    }
    let added = second_lines.keys().filter(|id| !first_lines.contains_key(*id));
    found.extend(added.map(|id| only(place(id, ""), false)));
    Ok(())
}

fn only(place: String, in_first: bool) -> Difference {
    let (first, second) = if in_first { ("a case", NOTHING) } else { (NOTHING, "a case") };
    Difference::new(place, first, second)
}
