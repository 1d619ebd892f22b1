//! The figures of every project in `tests/cases`, and the reason of every refusal, without the program around them: quick enough to be
//! run against each mutant.

use bilan::declaration::{self, Overrides};
use bilan::diagnostic::Diagnostic;
use bilan::domain::project::Project;
use bilan::domain::tally::{Reading, Share, Tally, Unusable};
use bilan::measure::{JudgedCase, Measured, Run, Witness, measure};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

struct Nobody;

impl Witness for Nobody {
    fn take(&mut self, _: &JudgedCase<'_>) {}

    fn append(&mut self, Nobody: Self) {}
}

fn measured(project: &Path) -> Result<(Project, Measured<Nobody>), Vec<Diagnostic>> {
    let loaded = declaration::load(project, &Overrides::default())?;
    let run = Run { project: &loaded.project, data: &loaded.folder, threads: 2, memory: 1 << 20, progress: &|_, _| {} };
    let measured = measure(&run, |_| Nobody)?;
    Ok((loaded.project, measured))
}

fn projects(expectation: &str) -> Vec<(PathBuf, Value)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found = Vec::new();
    for project in fs::read_dir(&cases).expect("tests/cases").flatten().map(|entry| entry.path()) {
        if let Ok(text) = fs::read(project.join(expectation)) {
            found.push((project, serde_json::from_slice(&text).expect("JSON")));
        }
    }
    assert!(found.len() >= 15, "only {} projects with {expectation}", found.len());
    found
}

#[test]
fn every_figure_of_every_case() {
    for (project, expected) in projects("expected.json") {
        let (declared, measured) = measured(&project).unwrap_or_else(|problems| panic!("{}: {problems:#?}", project.display()));
        let found: Vec<Value> =
            measured.figures.commitments.iter().enumerate().map(|(place, tally)| figures(&declared, place, tally)).collect();
        compare(&project, &expected["commitments"], &Value::Array(found));
        let sources: Vec<Value> = measured
            .figures
            .sources
            .iter()
            .map(|source| {
                let files: Vec<Value> = source
                    .files
                    .iter()
                    .map(|file| {
                        let delimiter =
                            if file.delimiter == b'\t' { "tab".to_owned() } else { char::from(file.delimiter).to_string() };
                        let mut value = rows(&file.rows);
                        value.extend([
                            ("name".into(), json!(file.name)),
                            ("bytes".into(), json!(file.bytes)),
                            ("sha256".into(), json!(file.sha256)),
                            ("encoding".into(), json!(file.encoding)),
                            ("delimiter".into(), json!(delimiter)),
                        ]);
                        Value::Object(value)
                    })
                    .collect();
                let mut value = rows(&source.rows());
                value.extend([
                    ("id".into(), json!(source.id)),
                    ("cases".into(), json!(source.cases)),
                    ("files".into(), json!(files)),
                ]);
                Value::Object(value)
            })
            .collect();
        compare(&project, &expected["sources"], &Value::Array(sources));
    }
}

fn rows(rows: &bilan::domain::account::RowAccount) -> Map<String, Value> {
    let rejected: Map<String, Value> =
        rows.rejected.iter().map(|(reason, count)| (reason.name().to_owned(), json!(count))).collect();
    [
        ("rows", json!(rows.rows())),
        ("accepted", json!(rows.accepted)),
        ("duplicates", json!(rows.duplicates)),
        ("rejected", Value::Object(rejected)),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

fn figures(project: &Project, place: usize, tally: &Tally) -> Value {
    let commitment = &project.commitments[place];
    let excluded: u64 = tally.excluded_by_exit.iter().chain(&tally.excluded_by_rule).sum();
    assert_eq!(excluded, tally.excluded());
    let unusable: Map<String, Value> =
        Unusable::ALL.iter().zip(tally.unusable).map(|(reason, count)| (reason.name().to_owned(), json!(count))).collect();
    let readings: Vec<Value> = Reading::ALL
        .iter()
        .zip(tally.readings)
        .map(|(reading, share)| json!({"reading": reading.name(), "counted": share.counted, "met": share.met}))
        .collect();
    let months: Vec<Value> =
        tally.by_month.values().filter(|share| share.counted > 0).map(|share| json!([share.counted, share.met])).collect();
    let names = commitment.breakdown.iter().map(|&field| project.sources[commitment.source].fields[field].name.clone());
    let cells =
        |values: &BTreeMap<String, Share>| values.iter().map(|(value, share)| json!([value, share.counted, share.met])).collect();
    let by: Map<String, Value> = names.zip(tally.by_field.iter().map(cells)).collect();
    let histogram: Vec<Value> = tally.histogram.iter().map(|(elapsed, cases)| json!([elapsed, cases])).collect();
    json!({
        "id": commitment.id, "in_scope": tally.in_scope(), "counted": tally.met + tally.missed, "met": tally.met, "missed": tally.missed,
        "pending": tally.pending, "outside": tally.outside, "not_started": tally.not_started, "unusable": unusable,
        "histogram": histogram, "readings": readings, "by_month": months, "by": by,
        "stock": {"open": tally.stock.open, "overdue": tally.stock.overdue, "oldest": tally.stock.oldest},
    })
}

/// Every key that both hold is the same; months, breakdowns and readings are compared by their counts.
fn compare(project: &Path, expected: &Value, found: &Value) {
    let (Value::Array(expected), Value::Array(found)) = (expected, found) else { return };
    assert_eq!(expected.len(), found.len(), "{}", project.display());
    for (expected, found) in expected.iter().zip(found) {
        for (key, value) in found.as_object().expect("an object") {
            let Some(wanted) = expected.get(key) else { continue };
            let wanted = match (key.as_str(), wanted) {
                ("files", files) => {
                    compare(project, files, value);
                    continue;
                }
                ("by_month", Value::Array(months)) => {
                    let filled = months.iter().filter(|month| month["counted"].as_u64() != Some(0));
                    filled.map(|month| json!([month["counted"], month["met"]])).collect()
                }
                ("by", Value::Object(by)) => {
                    let cell = |cell: &Value| json!([cell["value"], cell["counted"], cell["met"]]);
                    let cells =
                        |cells: &Value| cells.as_array().map(|cells| cells.iter().map(cell).collect()).unwrap_or_default();
                    Value::Object(by.iter().map(|(name, list)| (name.clone(), cells(list))).collect())
                }
                ("readings", Value::Array(readings)) => {
                    let counts = |reading: &Value| json!({"reading": reading["reading"], "counted": reading["counted"], "met": reading["met"]});
                    readings.iter().map(counts).collect()
                }
                (_, wanted) => wanted.clone(),
            };
            assert_eq!(&wanted, value, "{}: {} {key}", project.display(), expected["id"]);
        }
    }
}

#[test]
fn every_refusal_for_its_reason() {
    for (project, expected) in projects("expected-error.json") {
        let problems = match measured(&project) {
            Ok(_) => panic!("{} was read", project.display()),
            Err(problems) => problems,
        };
        let code = expected["code"].as_str();
        let holds = |problem: &Diagnostic| code.is_none_or(|code| problem.code.name() == code);
        let facts = ["year", "case", "column", "file"].map(|key| expected[key].to_string().trim_matches('"').to_owned());
        let said = format!("{problems:?}");
        assert!(problems.iter().any(holds), "{}: {said}", project.display());
        assert!(
            facts.iter().filter(|fact| *fact != "null").all(|fact| said.contains(fact.as_str())),
            "{}: {said}",
            project.display()
        );
    }
}

/// Every problem of an export of the smallest projects in `tests/errors` is said with the words and the place that stand there.
#[test]
fn every_diagnostic_of_the_smallest_projects() {
    let errors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut compared = 0;
    for project in fs::read_dir(&errors).expect("tests/errors").flatten().map(|entry| entry.path()) {
        let Ok(expected) = fs::read_to_string(project.join("expected.txt")) else { continue };
        let problems: Vec<Diagnostic> = match measured(&project) {
            Ok((_, measured)) => measured.rejected.iter().flatten().map(|row| row.diagnostic()).collect(),
            Err(problems) => problems,
        };
        let of_exports: Vec<&Diagnostic> = problems
            .iter()
            .filter(|problem| problem.place.as_ref().is_some_and(|place| place.file.ends_with(".export.csv")))
            .collect();
        let expected: Vec<&str> = expected.lines().filter(|line| line.contains(".export.csv:")).collect();
        assert_eq!(of_exports.len(), expected.len(), "{}: {problems:?}", project.display());
        for (problem, expected) in of_exports.into_iter().zip(expected) {
            let mut said = Vec::new();
            bilan::diagnostic::print(std::slice::from_ref(problem), bilan::diagnostic::Style::Short, &mut said).expect("text");
            let said = String::from_utf8_lossy(&said).into_owned();
            // Behind it the program may say how many rows have it.
            assert!(expected.starts_with(said.trim_end()), "{}:\n{said}\nexpected\n{expected}", project.display());
            compared += 1;
        }
        // The line, the caret, the help and the key, where it stands what people are told.
        let Ok(people) = fs::read_to_string(project.join("people.txt")) else { continue };
        let mut said = Vec::new();
        bilan::diagnostic::print(&problems, bilan::diagnostic::Style::Human { color: false }, &mut said).expect("text");
        let told = |text: &str| {
            let is_here = |line: &&str| !["  = declared", "warning[", "error["].iter().any(|other| line.starts_with(other));
            text.lines().filter(is_here).map(str::to_owned).collect::<Vec<String>>()
        };
        assert_eq!(told(&String::from_utf8_lossy(&said)), told(&people), "{}", project.display());
        let keys: Vec<&str> =
            problems.iter().filter_map(|problem| problem.setting.as_ref()).map(|setting| &*setting.key).collect();
        let declared: Vec<&str> = people.lines().filter(|line| line.starts_with("  = declared")).collect();
        assert_eq!(keys.len(), declared.len(), "{}", project.display());
        for (key, declared) in keys.iter().zip(declared) {
            // A key that the declaration leaves out is named after its table.
            let left_out = key.rsplit_once('.').map(|(table, name)| format!("({table} has no {name})"));
            let is_said = declared.contains(key) || left_out.is_some_and(|left_out| declared.contains(&left_out));
            assert!(is_said, "{}: {declared} for {key}", project.display());
        }
    }
    assert!(compared >= 15, "only {compared}");
}
