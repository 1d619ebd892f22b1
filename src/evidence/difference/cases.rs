//! `cases.parquet`, case by case.

use polars::prelude::DataFrame;

use super::super::stored::{StoredCases, cell, rows_by_id};
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

fn compare(commitment: &str, first: &DataFrame, second: &DataFrame, found: &mut Vec<Difference>) -> Result<(), String> {
    if first.equals_missing(second) {
        return Ok(());
    }
    let further = second.columns().iter().filter(|column| first.column(column.name()).is_err());
    let names: Vec<&str> = first.columns().iter().chain(further).map(|column| column.name().as_str()).collect();
    let place = |id: &str, rest: &str| format!("{commitment}, case {id}{rest}");
    let (first_rows, second_rows) = (rows_by_id(first)?, rows_by_id(second)?);
    for (id, rows) in &first_rows {
        let others = second_rows.get(id).map_or(&[][..], Vec::as_slice);
        for number in 0..rows.len().max(others.len()) {
            match (rows.get(number), others.get(number)) {
                (Some(&row), Some(&other)) => {
                    for name in &names {
                        let text = |frame: &DataFrame, row| frame.column(name).ok().and_then(|column| cell(column, row));
                        let (left, right) = (text(first, row), text(second, other));
                        if left != right {
                            let shown = |text: Option<String>| text.unwrap_or_else(|| NOTHING.to_owned());
                            found.push(Difference::new(place(id, &format!(", {name}")), shown(left), shown(right)));
                        }
                    }
                }
                (left, _) => found.push(only(place(id, ""), left.is_some())),
            }
        }
    }
    let added = second_rows.keys().filter(|id| !first_rows.contains_key(*id));
    found.extend(added.map(|id| only(place(id, ""), false)));
    Ok(())
}

fn only(place: String, in_first: bool) -> Difference {
    let (first, second) = if in_first { ("a case", NOTHING) } else { (NOTHING, "a case") };
    Difference::new(place, first, second)
}
