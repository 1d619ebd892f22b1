//! `results.json` and `results.csv`: the figures for those who compute.

use serde::Serialize;

use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::results::Decimal;

/// A JSON file, indented, with a final newline.
pub fn json(value: &impl Serialize) -> Result<Vec<u8>, String> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| error.to_string())?;
    text.push(b'\n');
    Ok(text)
}

/// `results.csv`: one line per commitment, UTF-8, the names of `results.json`; an empty cell is null, `masked` says why.
pub fn csv(dataset: &Dataset) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let Some(table) = dataset.tables.first() else { return Err("there is no table of commitments".to_owned()) };
    // Words for people stay out: a spreadsheet would run those that begin like a formula.
    let places: Vec<usize> = (0..table.columns.len()).filter(|&place| table.columns[place].kind != Kind::Words).collect();
    let written = writer
        .write_record(places.iter().map(|&place| &table.columns[place].name))
        .and_then(|()| table.rows.iter().try_for_each(|row| writer.write_record(places.iter().map(|&place| cell(&row[place])))));
    written.map_err(|error| error.to_string())?;
    writer.into_inner().map_err(|error| error.to_string())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Empty | Value::Masked => String::new(),
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Decimal(number) | Value::Rate(number, _) => decimal(*number),
        Value::Flag(flag) => flag.to_string(),
    }
}

/// The digits that `results.json` has.
fn decimal(number: Decimal) -> String {
    serde_json::to_string(&number).unwrap_or_default()
}
