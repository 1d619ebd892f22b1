//! The pages of a published PDF, held against its attachments.

use serde_json::Value;
use std::collections::BTreeMap;

use super::check::{Check, RESULTS, list};
use super::document::Document;
use super::numbers::{goal_of, numbers, past_rate, rate, rate_of, share, short, sum, whole};
use super::tables::{self, Row, Shapes, Table, paragraphs, plain};

/// Where something should stand that is on no page.
const PAGES: &str = "the pages";

/// The row of each commitment in a table that has rows for `wanted` alone: of commitments with the same name, in their order.
fn by_id(table: Option<&Table>, names: &[(String, String)], wanted: impl Fn(&str) -> bool) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    for row in table.map_or(&[][..], |table| &table.rows) {
        let mut ids: Vec<&str> = names.iter().filter(|(name, _)| *name == row.head).map(|(_, id)| id.as_str()).collect();
        ids.sort_by_key(|id| !wanted(id));
        if let Some(id) = ids.into_iter().find(|id| !rows.contains_key(*id)) {
            rows.insert(id.to_owned(), row.clone());
        }
    }
    rows
}

impl Check {
    /// Every figure that the pages print.
    pub(super) fn pages(&mut self, document: &Document, results: &Value, names: &[(String, String)]) {
        let commitments = list(results, "commitments");
        let period = plain(results["period"]["label"].as_str().unwrap_or(""));
        let exports = list(results, "sources").iter().flat_map(|source| list(source, "files"));
        let shapes = Shapes {
            names: names.iter().map(|(name, _)| name.clone()).collect(),
            files: exports.filter_map(|file| file["name"].as_str()).map(plain).collect(),
            period: &period,
            months: commitments.iter().map(|commitment| list(commitment, "by_month").len()).max().unwrap_or(0),
            language: &self.language,
        };
        let report = tables::sort(Table::all(&document.structure), &shapes);
        let paragraphs = paragraphs(&document.structure);
        let known = |id: &str, wanted: fn(&Value) -> bool| commitments.iter().any(|one| one["id"] == id && wanted(one));
        let summary = by_id(report.summary.as_ref(), names, |_| true);
        let cases = by_id(report.cases.as_ref(), names, |_| true);
        let bounds = by_id(report.bounds.as_ref(), names, |id| known(id, has_bounds));
        let rates_read = by_id(report.rates_read.as_ref(), names, |id| known(id, has_readings));
        let cases_read = by_id(report.cases_read.as_ref(), names, |id| known(id, has_readings));
        let mut order: Vec<&String> = Vec::new();
        for row in report.summary.iter().flat_map(|table| &table.rows) {
            let of_name = names.iter().filter(|(name, _)| *name == row.head).map(|(_, id)| id);
            order.extend(of_name.filter(|id| !order.contains(id)).take(1).collect::<Vec<_>>());
        }
        for commitment in commitments {
            let id = commitment["id"].as_str().unwrap_or("");
            self.summary(id, commitment, report.summary.as_ref(), summary.get(id));
            self.account(id, commitment, cases.get(id));
            self.bounds(id, commitment, bounds.get(id));
            self.readings(id, commitment, rates_read.get(id), cases_read.get(id));
            match order.iter().position(|known| *known == id).and_then(|place| report.commitments.get(place)) {
                Some(tables) => self.commitment(id, commitment, tables, &paragraphs),
                None => self.add(PAGES, id, "no table of years", "a table of years"),
            }
        }
        self.rows(results, report.rows.as_ref(), report.fingerprints.as_ref());
        self.pledges(results, &paragraphs);
    }

    /// The numbers that cells print; a cell of which nothing is known prints none.
    fn cells(&mut self, what: &str, row: &Row, expected: &[(&str, Option<String>)]) {
        for (place, (name, expected)) in expected.iter().enumerate() {
            let printed = row.cells.get(place).map_or("", String::as_str);
            self.checked.printed += usize::from(expected.is_some());
            let found = numbers(printed, &self.language);
            if found != expected.iter().map(|number| short(number)).collect::<Vec<_>>() {
                let expected = expected.clone().unwrap_or_else(|| "no number".to_owned());
                self.add(format!("page {}", row.page), format!("{what}, {name}"), plain(printed), expected);
            }
        }
    }

    /// A row that must stand, or must not, in a table of all commitments.
    fn stands<'a>(&mut self, what: &str, row: Option<&'a Row>, wanted: bool) -> Option<&'a Row> {
        match (row, wanted) {
            (None, true) => self.add(PAGES, what, "nothing", "a row"),
            (Some(row), false) if row.cells.iter().any(|cell| !numbers(cell, &self.language).is_empty()) => {
                self.add(format!("page {}", row.page), what, row.cells.join(" "), "no row");
            }
            _ => {}
        }
        row.filter(|_| wanted)
    }

    fn summary(&mut self, id: &str, commitment: &Value, table: Option<&Table>, row: Option<&Row>) {
        let what = format!("summary of {id}");
        let (Some(row), Some(table)) = (self.stands(&what, row, true), table) else { return };
        let goal = goal_of(commitment);
        let mut expected = vec![
            ("limit", whole(&commitment["limit"])),
            ("goal", commitment["goal_percent"].as_number().map(|goal| short(&goal.to_string()))),
            ("rate", rate_of(commitment, goal)),
        ];
        // The header of the row, limit, goal, this year; then earlier years; then cases, overdue and the verdict.
        let years = table.heads.get(4..table.heads.len().saturating_sub(3)).unwrap_or_default();
        expected.extend(years.iter().map(|year| ("rate of an earlier year", past(commitment, year).0)));
        expected.extend([("cases", whole(&commitment["counted"])), ("overdue", whole(&commitment["stock"]["overdue"]))]);
        self.cells(&what, row, &expected);
    }

    fn account(&mut self, id: &str, commitment: &Value, row: Option<&Row>) {
        let what = format!("cases of {id}");
        let Some(row) = self.stands(&what, row, true) else { return };
        let count = |key: &'static str| (key, whole(&commitment[key]));
        let sum = |key: &'static str| (key, sum(&commitment[key]));
        let expected = [
            count("in_scope"),
            count("met"),
            count("missed"),
            count("pending"),
            sum("excluded"),
            sum("unusable"),
            count("not_started"),
            count("outside"),
        ];
        self.cells(&what, row, &expected);
    }

    fn bounds(&mut self, id: &str, commitment: &Value, row: Option<&Row>) {
        let what = format!("bounds of {id}");
        let unusable = unusable(commitment);
        let (met, counted) = (commitment["met"].as_u64(), commitment["counted"].as_u64());
        let row = self.stands(&what, row, has_bounds(commitment));
        let (Some(row), Some(met), Some(counted)) = (row, met, counted) else { return };
        let goal = goal_of(commitment);
        let expected = [
            ("unusable", Some(unusable.to_string())),
            ("all late", rate(met, counted + unusable, goal)),
            ("rate", rate(met, counted, goal)),
            ("all on time", rate(met + unusable, counted + unusable, goal)),
        ];
        self.cells(&what, row, &expected);
    }

    fn readings(&mut self, id: &str, commitment: &Value, rates: Option<&Row>, cases: Option<&Row>) {
        let wanted = has_readings(commitment);
        let readings = list(commitment, "readings");
        let goal = goal_of(commitment);
        let (rates_name, cases_name) = (format!("readings of {id}"), format!("cases by reading of {id}"));
        let name = |reading: &'_ Value| reading["reading"].as_str().unwrap_or("").to_owned();
        let named: Vec<String> = readings.iter().map(name).collect();
        if let Some(row) = self.stands(&rates_name, rates, wanted) {
            let mut expected = vec![("declared", rate_of(commitment, goal))];
            expected.extend(readings.iter().zip(&named).map(|(reading, name)| (name.as_str(), rate_of(reading, goal))));
            self.cells(&rates_name, row, &expected);
        }
        if let Some(row) = self.stands(&cases_name, cases, wanted) {
            for (place, reading) in readings.iter().enumerate() {
                let expected: Vec<String> = [whole(&reading["met"]), whole(&reading["counted"])].into_iter().flatten().collect();
                let printed = row.cells.get(place).map_or("", String::as_str);
                self.checked.printed += expected.len();
                if numbers(printed, &self.language) != expected {
                    self.add(
                        format!("page {}", row.page),
                        format!("{cases_name}, {}", named[place]),
                        plain(printed),
                        expected.join(" of "),
                    );
                }
            }
        }
    }

    /// The pages of a commitment: its sentence, years, months and breakdowns.
    fn commitment(&mut self, id: &str, commitment: &Value, tables: &tables::Commitment, paragraphs: &[(usize, String)]) {
        let goal = goal_of(commitment);
        for (place, row) in tables.years.rows.iter().enumerate() {
            let (rate, cases) =
                if place == 0 { (rate_of(commitment, goal), whole(&commitment["counted"])) } else { past(commitment, &row.head) };
            self.cells(&format!("{id}, {}", row.head), row, &[("rate", rate), ("cases", cases)]);
        }
        if let Some(table) = &tables.months {
            let shown = |key: &str, of: &dyn Fn(&Value) -> Option<String>| -> Vec<(String, Option<String>)> {
                list(commitment, "by_month")
                    .iter()
                    .map(|month| (format!("{}, {key}", month["month"].as_str().unwrap_or("")), of(month)))
                    .collect()
            };
            let rows = [shown("rate", &|month| rate_of(month, goal)), shown("cases", &|month| whole(&month["counted"]))];
            for (row, expected) in table.rows.iter().zip(&rows) {
                let expected: Vec<(&str, Option<String>)> =
                    expected.iter().map(|(name, number)| (name.as_str(), number.clone())).collect();
                self.cells(id, row, &expected);
            }
        }
        self.breakdowns(id, commitment, &tables.fields);
        let figures = [whole(&commitment["met"]), whole(&commitment["counted"]), rate_of(commitment, goal)];
        if let [Some(met), Some(counted), Some(rate)] = figures {
            // Of all cases the sentence says so in words.
            let wanted = if met == counted { vec![met, counted] } else { vec![met, counted, rate] };
            self.checked.printed += wanted.len();
            let page = tables.years.page;
            let says = paragraphs.iter().filter(|(on, _)| page.abs_diff(*on) <= 1).any(|(_, text)| self.says(text, &wanted));
            if !says {
                self.add(format!("page {page}"), format!("sentence on {id}"), "other figures", wanted.join(", "));
            }
        }
    }

    /// Whether a text has all these numbers.
    fn says(&self, text: &str, wanted: &[String]) -> bool {
        let numbers = numbers(text, &self.language);
        wanted.iter().all(|number| numbers.contains(number))
    }

    /// Values are named and sorted as the language has them: compared as sets of rows, each table with the field that it fits best.
    fn breakdowns(&mut self, id: &str, commitment: &Value, printed: &[Table]) {
        let goal = goal_of(commitment);
        let mut rest: Vec<&Table> = printed.iter().collect();
        for (field, values) in commitment["by"].as_object().into_iter().flatten() {
            let values = values.as_array().map_or(&[][..], Vec::as_slice);
            let expected: Vec<[Option<String>; 2]> =
                values.iter().map(|value| [rate_of(value, goal), whole(&value["counted"])]).collect();
            let language = self.language.clone();
            let read = |row: &Row| -> [Option<String>; 2] {
                [0, 1].map(|place| row.cells.get(place).and_then(|cell| numbers(cell, &language).into_iter().next()))
            };
            let without = |table: &Table| -> Vec<Row> {
                let mut left = expected.clone();
                let differs = |row: &&Row| match left.iter().position(|known| *known == read(row)) {
                    Some(place) => {
                        left.swap_remove(place);
                        false
                    }
                    None => true,
                };
                table.rows.iter().filter(differs).cloned().collect()
            };
            let same_length = |table: &&Table| table.rows.len() == expected.len();
            let fitting = rest
                .iter()
                .enumerate()
                .filter(|(_, table)| same_length(table))
                .min_by_key(|(_, table)| without(table).len())
                .map(|(place, _)| place);
            let Some(place) = fitting else {
                if !expected.is_empty() {
                    self.add(PAGES, format!("{id} by {field}"), "no table", format!("a table of {} rows", expected.len()));
                }
                continue;
            };
            let table = rest.remove(place);
            self.checked.printed += expected.iter().flatten().flatten().count();
            for row in without(table) {
                let found = row.cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" and ");
                self.add(
                    format!("page {}", row.page),
                    format!("{id} by {field}, {}", row.head),
                    found,
                    "rate and cases of a value in results.json",
                );
            }
        }
    }

    /// The rows of each file, and their fingerprints.
    fn rows(&mut self, results: &Value, table: Option<&Table>, fingerprints: Option<&Table>) {
        let mut shown = table.map_or(&[][..], |table| &table.rows).iter();
        for source in list(results, "sources") {
            let files = list(source, "files");
            for key in ["rows", "accepted", "duplicates"] {
                let of_files: u64 = files.iter().filter_map(|file| file[key].as_u64()).sum();
                self.checked.attached += 1;
                if source[key].as_u64() != Some(of_files) {
                    let place = format!("sources.{}.{key}", source["id"].as_str().unwrap_or(""));
                    self.add(RESULTS, place, source[key].to_string(), format!("{of_files}, the sum of its files"));
                }
            }
            let total = (files.len() != 1).then_some(source);
            for account in files.iter().chain(total) {
                let name = account["name"].as_str().unwrap_or_else(|| source["id"].as_str().unwrap_or(""));
                let rejected: u64 =
                    account["rejected"].as_object().into_iter().flatten().filter_map(|(_, rows)| rows.as_u64()).sum();
                let mut expected = vec![];
                expected.extend(["rows", "accepted", "duplicates"].map(|key| (key, whole(&account[key]))));
                expected.push(("rejected", Some(rejected.to_string())));
                expected.push(("rejected, %", account["rows"].as_u64().map(|rows| share(rejected, rows))));
                match shown.next() {
                    Some(row) => self.cells(&format!("rows of {name}"), row, &expected),
                    None => self.add(PAGES, format!("rows of {name}"), "nothing", "a row"),
                }
            }
            for file in files {
                let name = file["name"].as_str().unwrap_or("");
                let row = fingerprints.and_then(|table| table.rows.iter().find(|row| row.head == plain(name)));
                let printed: String = row.map(|row| row.cells.concat().split_whitespace().collect()).unwrap_or_default();
                let expected = file["sha256"].as_str().unwrap_or("");
                if printed != expected {
                    let page = row.map_or(PAGES.to_owned(), |row| format!("page {}", row.page));
                    self.add(page, format!("SHA-256 of {name}"), printed, expected);
                }
            }
        }
    }

    fn pledges(&mut self, results: &Value, paragraphs: &[(usize, String)]) {
        for pledge in list(results, "pledges") {
            let (Some(favourable), Some(respondents)) = (pledge["favourable"].as_u64(), pledge["respondents"].as_u64()) else {
                continue;
            };
            let wanted: Vec<String> =
                [Some(favourable.to_string()), Some(respondents.to_string()), rate(favourable, respondents, None)]
                    .into_iter()
                    .flatten()
                    .collect();
            self.checked.printed += wanted.len();
            if !paragraphs.iter().any(|(_, text)| self.says(text, &wanted)) {
                let id = pledge["id"].as_str().unwrap_or("");
                self.add(PAGES, format!("sentence on {id}"), "other figures", wanted.join(", "));
            }
        }
    }
}

fn unusable(commitment: &Value) -> u64 {
    commitment["unusable"].as_object().into_iter().flatten().filter_map(|(_, cases)| cases.as_u64()).sum()
}

/// Where cases are unusable, the rates that they could make are printed.
fn has_bounds(commitment: &Value) -> bool {
    unusable(commitment) > 0 && commitment["counted"].as_u64().is_some_and(|counted| counted > 0)
}

/// The other readings of a commitment without cases, or masked, are not printed.
fn has_readings(commitment: &Value) -> bool {
    commitment["masked"] != true && commitment["counted"].as_u64().is_some_and(|counted| counted > 0)
}

/// Rate and cases of an earlier year, whose column or row has this head: a restated figure stands for the published one.
fn past(commitment: &Value, head: &str) -> (Option<String>, Option<String>) {
    let head = plain(head);
    let lines =
        || list(commitment, "history").iter().filter(|line| head.starts_with(&plain(line["period"].as_str().unwrap_or("\u{0}"))));
    let line = lines().rfind(|line| line["status"] == "restated").or_else(|| lines().next_back());
    let Some(line) = line else { return (None, None) };
    let goal = goal_of(commitment);
    (rate_of(line, goal).or_else(|| past_rate(line, goal)), whole(&line["counted"]))
}
