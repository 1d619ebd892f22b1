//! The same figures everywhere: each table of each page against results.json.

use super::editions::{languages_against_each_other, page_against_pdf};
use super::run::{LANGUAGES, Run};
use bilan::published::tree::{Element, Node, Table};
use serde_json::Value;
use std::collections::BTreeMap;

/// What differs between the documents of a run, each difference as a sentence.
pub fn differences(run: &Run) -> Vec<String> {
    let structures = run.pdfs.iter().map(|(language, document)| (*language, &document.structure)).collect();
    let pages = run.pages.iter().map(|(language, page)| (*language, page)).collect();
    between(&run.results, &pages, &structures)
}

type Documents<'a> = BTreeMap<&'static str, &'a Element>;

fn between(results: &Value, pages: &Documents<'_>, pdfs: &Documents<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for language in LANGUAGES {
        page_against_results(language, pages[language], results, &mut found);
        page_against_pdf(language, pages[language], pdfs[language], &mut found);
    }
    languages_against_each_other(pages["fr"], pages["en"], &mut found);
    found
}

/// What is on the page for eyes: without words for screen readers, and without units that only narrow screens show.
pub fn is_unseen(element: &Element) -> bool {
    let class = element.attribute("class");
    ["heard", "unit"].iter().any(|unseen| class.split(' ').any(|name| name == *unseen))
}

pub fn cell_text(cell: &Element) -> String {
    if is_unseen(cell) { String::new() } else { cell.text_without(&is_unseen).trim().to_owned() }
}

/// A number as a language writes it, in the way of JSON: `1 847,5 %` is `1847.5`.
pub fn number(text: &str, language: &str) -> Option<String> {
    let plain: String = text.chars().filter(|character| !character.is_whitespace() && *character != '%').collect();
    let plain = if language == "fr" { plain.replace(',', ".") } else { plain.replace(',', "") };
    let sound = plain.starts_with(|first: char| first.is_ascii_digit()) && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    sound.then_some(plain)
}

/// A rate as it must be shown (section 5): one decimal, half away from zero, with the three guards.
fn shown_rate(met: u64, counted: u64, goal: Option<f64>) -> Option<String> {
    if counted == 0 {
        return None;
    }
    let mut tenths = (2000 * met + counted) / (2 * counted);
    tenths = if met < counted { tenths.min(999) } else { 1000 };
    tenths = if met == 0 { 0 } else { tenths.max(1) };
    if let Some(goal) = goal.filter(|goal| (met * 100) as f64 + 1e-7 < goal * counted as f64) {
        tenths = tenths.min((goal * 10.0 - 1e-7).floor() as u64);
    }
    Some(if tenths.is_multiple_of(10) { format!("{}.0", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) })
}

/// Numbers without zeros that say nothing after the point: ICU writes `84` for `84.0`.
pub fn short(number: &str) -> String {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { number.to_owned() }
}

struct Check<'a> {
    language: &'static str,
    found: &'a mut Vec<String>,
}

impl Check<'_> {
    /// A cell shows a number, or a sign in the place of none.
    fn cell(&mut self, place: &str, shown: Option<&String>, expected: Option<String>) {
        let Some(shown) = shown else { return self.found.push(format!("{} {place}: no cell", self.language)) };
        let read = number(shown, self.language).map(|number| short(&number));
        if read != expected.as_deref().map(short) {
            self.found.push(format!("{} {place}: `{shown}` instead of {expected:?}", self.language));
        }
    }

    fn cells(&mut self, place: &str, shown: &[String], expected: &[Option<String>]) {
        if shown.len() != expected.len() {
            self.found.push(format!("{} {place}: {} cells instead of {}", self.language, shown.len(), expected.len()));
        }
        for (column, expected) in expected.iter().enumerate() {
            self.cell(&format!("{place}, column {}", column + 1), shown.get(column), expected.clone());
        }
    }
}

fn whole(value: &Value) -> Option<String> {
    value.as_u64().map(|number| number.to_string())
}

fn sum(value: &Value) -> Option<String> {
    Some(value.as_object()?.values().filter_map(Value::as_u64).sum::<u64>().to_string())
}

fn rate_of(cell: &Value, goal: Option<f64>) -> Option<String> {
    shown_rate(cell["met"].as_u64()?, cell["counted"].as_u64()?, goal)
}

/// Every table of the page whose figures are in results.json.
fn page_against_results(language: &'static str, page: &Element, results: &Value, found: &mut Vec<String>) {
    let tables: BTreeMap<String, Table> = page.tables(&cell_text).into_iter().map(|table| (table.id.clone(), table)).collect();
    let mut check = Check { language, found };
    let empty = Table { id: String::new(), rows: Vec::new() };
    let many = |id: &str| tables.get(id).unwrap_or(&empty);
    let anchors = |id: &str| -> Vec<String> {
        let rows = page.with_id(id).map(|table| table.named(&["tr"])).unwrap_or_default();
        rows.iter()
            .map(|row| row.named(&["a"]).first().map_or(String::new(), |link| link.attribute("href")[1..].to_owned()))
            .collect()
    };
    let (summary, cases, bounds) = (anchors("table-summary"), anchors("table-cases"), anchors("table-bounds"));
    let (rates_read, cases_read) = (anchors("table-readings"), anchors("table-readings-cases"));
    for commitment in results["commitments"].as_array().expect("commitments") {
        let id = commitment["id"].as_str().expect("an id");
        let row = |table: &str, anchors: &[String]| -> Vec<String> {
            let place = anchors.iter().position(|anchor| anchor == id);
            place.map_or(Vec::new(), |place| many(table).rows[place][1..].to_vec())
        };
        summary_row(&mut check, id, commitment, &many("table-summary").rows[0], &row("table-summary", &summary));
        let parts = [
            whole(&commitment["in_scope"]),
            whole(&commitment["met"]),
            whole(&commitment["missed"]),
            whole(&commitment["pending"]),
            sum(&commitment["excluded"]),
            sum(&commitment["unusable"]),
            whole(&commitment["not_started"]),
            whole(&commitment["outside"]),
        ];
        check.cells(&format!("cases of {id}"), &row("table-cases", &cases), &parts);
        bounds_row(&mut check, id, commitment, &row("table-bounds", &bounds));
        years(&mut check, id, commitment, many(&format!("years-{id}")));
        months(&mut check, id, commitment, tables.get(&format!("months-{id}")));
        fields(&mut check, id, commitment, &tables);
        let (rates_read, cases_read) = (row("table-readings", &rates_read), row("table-readings-cases", &cases_read));
        readings(&mut check, id, commitment, &rates_read, &cases_read);
    }
    rows(&mut check, results, many("table-rows"));
}

/// Limit, goal, this year and earlier years, cases, overdue, and the result in words.
fn summary_row(check: &mut Check<'_>, id: &str, commitment: &Value, heads: &[String], row: &[String]) {
    let goal = commitment["goal_percent"].as_f64();
    let mut expected = vec![whole(&commitment["limit"]), goal.map(|goal| goal.to_string()), rate_of(commitment, goal)];
    for head in &heads[4..heads.len() - 3] {
        expected.push(past(commitment, head).0);
    }
    expected.extend([whole(&commitment["counted"]), whole(&commitment["stock"]["overdue"]), None]);
    let mut row = row.to_vec();
    for (place, cell) in row.iter_mut().enumerate() {
        // The limit bears its unit, and a limit or a rate may bear the sign of a note.
        let figure = cell.trim_end_matches(|sign: char| place < heads.len() - 3 && sign.is_alphabetic());
        let figure = if place == 0 { cell.split(['\u{a0}', ' ']).next().unwrap_or_default() } else { figure };
        *cell = if figure.trim().is_empty() { cell.clone() } else { figure.to_owned() };
    }
    check.cells(&format!("summary of {id}"), &row, &expected);
}

/// Rate and cases of an earlier year, whose column or row has this head: a restated figure stands for the published one.
fn past(commitment: &Value, head: &str) -> (Option<String>, Option<String>) {
    let label: String = head.chars().map(|c| if "\u{2011}\u{2013}".contains(c) { '-' } else { c }).collect();
    let lines = || {
        commitment["history"].as_array().into_iter().flatten().filter(|line| label.starts_with(line["period"].as_str().unwrap()))
    };
    let line = lines().rfind(|line| line["status"] == "restated").or_else(|| lines().next_back());
    let Some(line) = line else { return (None, None) };
    let rate = rate_of(line, None).or_else(|| line["rate"].as_f64().map(|rate| format!("{:.1}", (rate * 1000.0).round() / 10.0)));
    (rate, whole(&line["counted"]))
}

fn years(check: &mut Check<'_>, id: &str, commitment: &Value, table: &Table) {
    for (place, row) in table.rows.iter().enumerate().skip(1) {
        let (rate, cases) = match place {
            1 => (rate_of(commitment, commitment["goal_percent"].as_f64()), whole(&commitment["counted"])),
            _ => past(commitment, &row[0]),
        };
        let unmarked: Vec<String> = row[1..].iter().map(|cell| cell.trim_end_matches('r').to_owned()).collect();
        check.cells(&format!("years of {id}, row {place}"), &unmarked, &[rate, cases]);
    }
    if table.rows.len() < 2 {
        check.found.push(format!("{}: no years of {id}", check.language));
    }
}

fn months(check: &mut Check<'_>, id: &str, commitment: &Value, table: Option<&Table>) {
    let Some(table) = table else { return };
    let months = commitment["by_month"].as_array().expect("months");
    if table.rows.len() != months.len() + 1 {
        check.found.push(format!("{} {id}: {} months instead of {}", check.language, table.rows.len() - 1, months.len()));
    }
    for (month, row) in months.iter().zip(&table.rows[1..]) {
        let expected = [rate_of(month, commitment["goal_percent"].as_f64()), whole(&month["counted"])];
        check.cells(&format!("{id}, {}", month["month"]), &row[1..], &expected);
    }
}

/// Values are named and sorted by the language: compared as a set of rows.
fn fields(check: &mut Check<'_>, id: &str, commitment: &Value, tables: &BTreeMap<String, Table>) {
    for (field, values) in commitment["by"].as_object().into_iter().flatten() {
        let values = values.as_array().expect("values");
        let Some(table) = tables.get(&format!("by-{field}-{id}")) else {
            if !values.is_empty() {
                check.found.push(format!("{} {id}: no table by {field}", check.language));
            }
            continue;
        };
        let read = |cell: &String| number(cell, check.language).map(|number| short(&number));
        let mut shown: Vec<_> = table.rows[1..].iter().map(|row| (read(&row[1]), read(&row[2]))).collect();
        let expected = values.iter().map(|value| (rate_of(value, None).as_deref().map(short), whole(&value["counted"])));
        let mut expected: Vec<_> = expected.collect();
        shown.sort();
        expected.sort();
        if shown != expected {
            check.found.push(format!("{} {id} by {field}: {shown:?} instead of {expected:?}", check.language));
        }
    }
}

/// The declared rate and that of each reading, where a dagger turns the verdict; in a second table the cases behind them.
fn readings(check: &mut Check<'_>, id: &str, commitment: &Value, rates: &[String], cases: &[String]) {
    let readings: Vec<&Value> = commitment["readings"].as_array().into_iter().flatten().collect();
    let goal = commitment["goal_percent"].as_f64();
    if commitment["masked"] == true || commitment["counted"].as_u64().unwrap_or(0) == 0 {
        check.cells(&format!("readings of {id}"), rates, &[]);
        return check.cells(&format!("cases by reading of {id}"), cases, &[]);
    }
    let reached = |reading: &Value| {
        let (met, counted) = (reading["met"].as_u64()?, reading["counted"].as_u64().filter(|&counted| counted > 0)?);
        Some((met * 100) as f64 + 1e-7 >= goal? * counted as f64)
    };
    let turned =
        readings.iter().map(|reading| reached(reading).is_some_and(|reached_then| Some(reached_then) != reached(commitment)));
    let daggers = rates.iter().skip(1).map(|cell| cell.ends_with('†'));
    if !turned.eq(daggers) {
        check.found.push(format!("{} {id}: daggers at {rates:?}", check.language));
    }
    let plain: Vec<String> = rates.iter().map(|cell| cell.trim_end_matches('†').to_owned()).collect();
    let expected = [commitment].into_iter().chain(readings.iter().copied()).map(|reading| rate_of(reading, goal));
    check.cells(&format!("readings of {id}"), &plain, &expected.collect::<Vec<_>>());
    let parts: Vec<String> = cases.iter().flat_map(|cell| cell.split(char::is_alphabetic)).map(str::to_owned).collect();
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let expected = readings.iter().flat_map(|reading| [whole(&reading["met"]), whole(&reading["counted"])]);
    check.cells(&format!("cases by reading of {id}"), &parts, &expected.collect::<Vec<_>>());
}

/// With every unusable case late, as it is, and with every one on time.
fn bounds_row(check: &mut Check<'_>, id: &str, commitment: &Value, row: &[String]) {
    let unusable: u64 = commitment["unusable"].as_object().into_iter().flatten().filter_map(|(_, cases)| cases.as_u64()).sum();
    let (Some(met), Some(counted)) = (commitment["met"].as_u64(), commitment["counted"].as_u64()) else { return };
    if unusable == 0 || counted == 0 {
        return check.cells(&format!("bounds of {id}"), row, &[]);
    }
    let goal = commitment["goal_percent"].as_f64();
    let rates = [(met, counted + unusable), (met, counted), (met + unusable, counted + unusable)];
    let mut expected = vec![Some(unusable.to_string())];
    expected.extend(rates.map(|(met, counted)| shown_rate(met, counted, goal)));
    check.cells(&format!("bounds of {id}"), row, &expected);
}

/// Rows by source and file; the total of a source where it has several files.
fn rows(check: &mut Check<'_>, results: &Value, table: &Table) {
    let mut shown = table.rows.iter().skip(1).filter(|row| row.len() > 1);
    for source in results["sources"].as_array().expect("sources") {
        let files = source["files"].as_array().expect("files");
        let total = (files.len() != 1).then_some(source);
        for account in files.iter().chain(total) {
            let rejected: u64 = account["rejected"].as_object().expect("reasons").values().filter_map(Value::as_u64).sum();
            let rows = account["rows"].as_u64().expect("rows");
            let share = if rows == 0 { 0 } else { ((20_000 * rejected + rows) / (2 * rows)).max(u64::from(rejected > 0)) };
            let mut expected: Vec<_> = ["rows", "accepted", "duplicates"].map(|key| whole(&account[key])).into();
            expected.extend([Some(rejected.to_string()), Some(format!("{}.{:02}", share / 100, share % 100))]);
            let row = shown.next().map_or(&[][..], |row| &row[1..]);
            check.cells(&format!("rows of {}{}", source["id"], account["name"]), row, &expected);
        }
    }
}

#[test]
fn figures_are_the_same_in_both_languages_in_every_document() {
    let differences = differences(Run::sample());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A digit that is changed in one document alone is noticed, wherever it stands.
#[test]
fn a_changed_digit_is_noticed() {
    let run = Run::sample();
    let sound_pages: Documents<'_> = run.pages.iter().map(|(language, page)| (*language, page)).collect();
    let sound_pdfs: Documents<'_> = run.pdfs.iter().map(|(language, pdf)| (*language, &pdf.structure)).collect();
    for (place, language) in (0..24).zip(LANGUAGES.iter().cycle()) {
        let (mut page, mut pdf) = (sound_pages[language].clone(), sound_pdfs[language].clone());
        let changed = if place % 4 < 2 {
            let main = page.all().iter().map(|element| digits(element)).sum::<usize>();
            change_digit(&mut page, main * (place + 1) / 26)
        } else {
            let all = pdf.all().iter().map(|element| digits(element)).sum::<usize>();
            change_digit(&mut pdf, all * (place + 1) / 26)
        };
        let (mut pages, mut pdfs) = (sound_pages.clone(), sound_pdfs.clone());
        pages.insert(language, &page);
        pdfs.insert(language, &pdf);
        let changed = changed.expect("a digit");
        assert!(!between(&run.results, &pages, &pdfs).is_empty(), "{language}: nobody notices `{changed}`");
    }
}

/// Digits in the texts that are directly inside an element.
fn digits(element: &Element) -> usize {
    if ["style", "script", "svg", "text", "Figure"].contains(&element.name.as_str()) {
        return 0;
    }
    let count = |child: &Node| match child {
        Node::Text(text) => text.bytes().filter(u8::is_ascii_digit).count(),
        Node::Element(_) => 0,
    };
    element.children.iter().map(count).sum()
}

/// Changes the digit at a place in reading order, and tells the text that holds it.
fn change_digit(element: &mut Element, mut place: usize) -> Option<String> {
    fn inside(element: &mut Element, place: &mut usize) -> Option<String> {
        let counts = digits(element) > 0;
        for child in &mut element.children {
            match child {
                Node::Element(child) => {
                    if let Some(changed) = inside(child, place) {
                        return Some(changed);
                    }
                }
                Node::Text(text) if counts => {
                    for (at, character) in text.clone().char_indices().filter(|(_, character)| character.is_ascii_digit()) {
                        if *place == 0 {
                            let other = if character == '9' { "0" } else { "9" };
                            text.replace_range(at..at + 1, other);
                            return Some(text.clone());
                        }
                        *place -= 1;
                    }
                }
                Node::Text(_) => {}
            }
        }
        None
    }
    inside(element, &mut place)
}
