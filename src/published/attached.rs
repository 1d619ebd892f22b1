//! The attachments of a published PDF, held against each other.

use serde_json::Value;
use std::collections::BTreeMap;

use super::check::{Check, RESULTS, TABLE, list};
use super::numbers::sum;
use crate::domain::rate::Rate;

impl Check {
    /// An attachment as data; it is written as a run writes it, so that an edit of anything in it is seen.
    pub(super) fn json(&mut self, name: &str, content: &[u8]) -> Option<Value> {
        let value: Value = match serde_json::from_slice(content) {
            Ok(value) => value,
            Err(error) => {
                self.add(name, "the attachment", format!("no JSON: {error}"), "JSON");
                return None;
            }
        };
        let written = serde_json::to_vec_pretty(&value).unwrap_or_default();
        if written != content.strip_suffix(b"\n").unwrap_or(content) {
            self.add(name, "the attachment", "written in another way than a run writes it", "as a run writes it");
        }
        Some(value)
    }

    /// Every rate of `results.json` is that of the cases beside it.
    pub(super) fn rates(&mut self, place: &str, value: &Value) {
        let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
        match value {
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    let name = ["id", "month", "reading", "period", "value"].iter().find_map(|key| item[key].as_str());
                    self.rates(&below(&name.map_or((number + 1).to_string(), str::to_owned)), item);
                }
            }
            Value::Object(members) => {
                if let (Some(met), Some(counted), Some(rate)) =
                    (value["met"].as_u64(), value["counted"].as_u64(), value["rate"].as_f64())
                {
                    self.checked.attached += 1;
                    let exact = Rate::new(met, counted).filter(|_| met <= counted).map(|rate| rate.millionths());
                    if exact != Some((rate * 1e6).round() as u64) {
                        self.add(RESULTS, below("rate"), rate.to_string(), format!("that of {met} of {counted}"));
                    }
                }
                for (name, member) in members {
                    self.rates(&below(name), member);
                }
            }
            _ => {}
        }
    }

    /// `results.csv` says of each commitment what `results.json` says.
    pub(super) fn table(&mut self, content: &[u8], results: &Value) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(content);
        let heads: Vec<String> = reader
            .byte_headers()
            .map(|heads| heads.iter().map(|head| String::from_utf8_lossy(head).into_owned()).collect())
            .unwrap_or_default();
        let mut rows = BTreeMap::new();
        for record in reader.byte_records().flatten() {
            let cells: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            rows.insert(cells.first().cloned().unwrap_or_default(), cells);
        }
        for commitment in list(results, "commitments") {
            let id = commitment["id"].as_str().unwrap_or("");
            let Some(row) = rows.remove(id) else {
                self.add(TABLE, id, "nothing", "a row");
                continue;
            };
            for (place, head) in heads.iter().enumerate().skip(1) {
                let (Some(expected), found) =
                    (cell_of(commitment, &results["period"], head), row.get(place).map_or("", String::as_str))
                else {
                    continue;
                };
                self.checked.attached += 1;
                if expected != found {
                    self.add(TABLE, format!("{id}, {head}"), found, expected);
                }
            }
        }
        for id in rows.keys() {
            self.add(TABLE, id, "a row", "nothing");
        }
    }
}

/// What a column of `results.csv` holds; `None` for a column that this does not know.
fn cell_of(commitment: &Value, period: &Value, head: &str) -> Option<String> {
    let value = match head {
        "period" => &period["label"],
        "excluded" | "unusable" => return Some(sum(&commitment[head]).unwrap_or_default()),
        "rate_low" => &commitment["bounds"]["low"],
        "rate_high" => &commitment["bounds"]["high"],
        "open" | "overdue" | "oldest" => &commitment["stock"][head],
        "masked" => return Some((commitment["masked"] == true).to_string()),
        head => match (head.strip_prefix("rate_text_"), head.strip_prefix("elapsed_")) {
            (Some(language), _) => &commitment["rate_text"][language],
            (_, Some(statistic)) => &commitment["elapsed"][statistic],
            _ => commitment.get(head).unwrap_or(&Value::Null),
        },
    };
    Some(match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}
