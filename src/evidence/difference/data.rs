//! JSON by its keys, and CSV by its columns.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, NOTHING};

/// Keys that name the members of a list of objects, so that one that is missing shifts no other.
const NAMES: [&str; 6] = ["id", "month", "value", "reading", "period", "name"];

/// Every value that differs, in the order of the first version.
pub fn json(first: &Value, second: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(first), Some(second), &mut found);
    found
}

fn compare(place: &str, first: Option<&Value>, second: Option<&Value>, found: &mut Vec<Difference>) {
    match (first, second) {
        (Some(Value::Object(first)), Some(Value::Object(second))) => members(place, first, second, found),
        (Some(Value::Array(first)), Some(Value::Array(second))) => items(place, first, second, found),
        (Some(first), Some(second)) if first == second => {}
        _ => {
            let text = |value: Option<&Value>| value.map_or_else(|| NOTHING.to_owned(), Value::to_string);
            found.push(Difference::new(place, text(first), text(second)));
        }
    }
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

fn members(place: &str, first: &Map<String, Value>, second: &Map<String, Value>, found: &mut Vec<Difference>) {
    for (name, value) in first {
        compare(&below(place, name), Some(value), second.get(name), found);
    }
    for (name, value) in second.iter().filter(|(name, _)| !first.contains_key(*name)) {
        compare(&below(place, name), None, Some(value), found);
    }
}

/// Lists whose members are named are compared by name, others by place.
fn items(place: &str, first: &[Value], second: &[Value], found: &mut Vec<Difference>) {
    let (Some(named_first), Some(named_second)) = (by_name(first), by_name(second)) else {
        for at in 0..first.len().max(second.len()) {
            compare(&below(place, &(at + 1).to_string()), first.get(at), second.get(at), found);
        }
        return;
    };
    let order = |items: &[(String, &Value)]| items.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let known: BTreeMap<&str, &Value> = named_second.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let before: BTreeSet<&str> = named_first.iter().map(|(name, _)| name.as_str()).collect();
    for (name, value) in &named_first {
        compare(&below(place, name), Some(value), known.get(name.as_str()).copied(), found);
    }
    for (name, value) in named_second.iter().filter(|(name, _)| !before.contains(name.as_str())) {
        compare(&below(place, name), None, Some(value), found);
    }
    let (first_order, second_order) = (order(&named_first), order(&named_second));
    if first_order != second_order && before.len() == known.len() && before.iter().all(|name| known.contains_key(name)) {
        let place = below(place, "(order)");
        found.push(Difference::new(place, first_order.join(", "), second_order.join(", ")));
    }
}

/// The members with their names; `None` where one has no name or two have the same.
fn by_name(items: &[Value]) -> Option<Vec<(String, &Value)>> {
    let name = |item: &Value| match item {
        Value::Object(members) => NAMES.iter().find_map(|key| members.get(*key)).and_then(Value::as_str).map(str::to_owned),
        // A step of a histogram: elapsed, cases.
        Value::Array(pair) if pair.len() == 2 && pair.iter().all(Value::is_number) => Some(pair[0].to_string()),
        _ => None,
    };
    let named: Option<Vec<(String, &Value)>> = items.iter().map(|item| Some((name(item)?, item))).collect();
    let distinct = |named: &Vec<(String, &Value)>| named.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len();
    named.filter(|named| distinct(named) == named.len())
}

/// Every cell that differs. Rows are told apart by the columns `keys`; rows that these do not tell apart are compared in order.
pub fn csv(first: &[u8], second: &[u8], keys: &[&str]) -> Vec<Difference> {
    let (first, second) = match (Sheet::read(first, keys), Sheet::read(second, keys)) {
        (Ok(first), Ok(second)) => (first, second),
        (first, second) => {
            let text = |sheet: Result<Sheet, String>| sheet.err().unwrap_or_else(|| "sound CSV".to_owned());
            return vec![Difference::new("the file as a whole", text(first), text(second))];
        }
    };
    let mut found = Vec::new();
    if first.header != second.header {
        found.push(Difference::new("header", first.header.join(","), second.header.join(",")));
    }
    for (key, row) in &first.rows {
        match second.rows.get(key) {
            None => found.push(Difference::new(named(key), row.join(","), NOTHING)),
            Some(other) => {
                let names = first.header.iter().map(String::as_str).chain(std::iter::repeat("further cell"));
                for (name, at) in names.zip(0..row.len().max(other.len())) {
                    let cell = |row: &[String]| row.get(at).cloned().unwrap_or_else(|| NOTHING.to_owned());
                    if row.get(at) != other.get(at) {
                        found.push(Difference::new(format!("{}, {name}", named(key)), cell(row), cell(other)));
                    }
                }
            }
        }
    }
    for (key, row) in second.rows.iter().filter(|(key, _)| !first.rows.contains_key(*key)) {
        found.push(Difference::new(named(key), NOTHING, row.join(",")));
    }
    found
}

/// The values of the key columns, and the number of the row among those with the same.
type Key = (Vec<String>, usize);

fn named((values, number): &Key) -> String {
    match (values.is_empty(), number) {
        (true, number) => format!("row {}", number + 1),
        (false, 0) => values.join(", "),
        (false, number) => format!("{} ({})", values.join(", "), number + 1),
    }
}

struct Sheet {
    header: Vec<String>,
    rows: BTreeMap<Key, Vec<String>>,
}

impl Sheet {
    fn read(content: &[u8], keys: &[&str]) -> Result<Sheet, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(content);
        let cells = |record: &csv::ByteRecord| record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let header: Vec<String> = reader.byte_headers().map(cells).map_err(|error| error.to_string())?;
        let places: Vec<usize> = keys.iter().filter_map(|key| header.iter().position(|name| name == key)).collect();
        let mut numbers: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut rows = BTreeMap::new();
        for record in reader.byte_records() {
            let row: Vec<String> = record.map(|record| cells(&record)).map_err(|error| error.to_string())?;
            let key: Vec<String> = places.iter().map(|&place| row.get(place).cloned().unwrap_or_default()).collect();
            let number = numbers.entry(key.clone()).and_modify(|number| *number += 1).or_default();
            rows.insert((key, *number), row);
        }
        Ok(Sheet { header, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(found: Vec<Difference>) -> Vec<String> {
        found
            .into_iter()
            .map(|difference| format!("{}: {} / {}", difference.place, difference.first, difference.second))
            .collect()
    }

    #[test]
    fn a_member_that_is_gone_shifts_no_other() {
        let first = json!({ "commitments": [{ "id": "a", "met": 1 }, { "id": "b", "met": 2, "by": [["x"]] }], "histogram": [[1, 5], [2, 7]] });
        let second = json!({ "commitments": [{ "id": "b", "met": 3, "by": [["x"]] }], "histogram": [[2, 7]], "new": null });
        let expected = [
            "commitments.a: {\"id\":\"a\",\"met\":1} / nothing",
            "commitments.b.met: 2 / 3",
            "histogram.1: [1,5] / nothing",
            "new: nothing / null",
        ];
        assert_eq!(places(json(&first, &second)), expected);
        assert!(json(&first, &first).is_empty());
    }

    #[test]
    fn another_order_is_a_difference() {
        let (first, second) = (json!([{ "id": "a" }, { "id": "b" }]), json!([{ "id": "b" }, { "id": "a" }]));
        assert_eq!(places(json(&first, &second)), ["(order): a, b / b, a"]);
    }

    #[test]
    fn cells_are_named_by_their_row_and_column() {
        let first = b"commitment,met,missed\na,1,2\nb,3,4\nb,3,4\n";
        let second = b"commitment,met,missed\nb,3,5\nb,3\nc,0,0\n";
        let expected = ["a: a,1,2 / nothing", "b, missed: 4 / 5", "b (2), missed: 4 / nothing", "c: nothing / c,0,0"];
        assert_eq!(places(csv(first, second, &["commitment"])), expected);
    }
}
