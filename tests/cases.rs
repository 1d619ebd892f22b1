//! Projects with expected figures: every folder of `tests/cases` is one, and a new one needs no Rust.
//!
//! A case is a project and either `expected.json`, whose every key stands in `audit/results.json` with the same value, or
//! `expected-error.json`, which names the code of the error and what its message must hold.

use serde_json::Value;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Output};

type Outcome = Result<(), Box<dyn Error>>;

fn figures(expected: &Path) -> Outcome {
    let out = tempfile::tempdir()?;
    let output = bilan(expected, out.path())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let expected: Value = serde_json::from_slice(&std::fs::read(expected)?)?;
    let label = expected["period"]["label"].as_str().ok_or("no period")?;
    let run = out.path().join(label);
    let audit: Value = serde_json::from_slice(&std::fs::read(run.join("audit/results.json"))?)?;
    let public: Value = serde_json::from_slice(&std::fs::read(run.join("publication/results.json"))?)?;
    let mut differences = Vec::new();
    for (key, value) in expected.as_object().ok_or("not an object")? {
        match key.as_str() {
            "published" => compare_published(value, &public, &mut differences),
            key => compare(key, value, &audit[key], &mut differences),
        }
    }
    identities(&audit, &mut differences);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

fn refusal(expected: &Path) -> Outcome {
    let out = tempfile::tempdir()?;
    let output = bilan(expected, out.path())?;
    let said = String::from_utf8_lossy(&output.stderr);
    let expected: Value = serde_json::from_slice(&std::fs::read(expected)?)?;
    if output.status.code() != Some(1) {
        return Err(format!("exit status {:?}\n{said}", output.status.code()).into());
    }
    if std::fs::read_dir(out.path())?.next().is_some() {
        return Err("something was written".into());
    }
    let code = expected["code"].as_str().map_or("error[".to_owned(), |code| format!("error[{code}]"));
    let facts = ["year", "case", "column", "file"].map(|key| match &expected[key] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    match std::iter::once(&code).chain(&facts).find(|fact| !said.contains(fact.as_str())) {
        Some(fact) => Err(format!("`{fact}` is not said:\n{said}").into()),
        None => Ok(()),
    }
}

fn bilan(expected: &Path, out: &Path) -> Result<Output, Box<dyn Error>> {
    let case = expected.parent().ok_or("no folder")?;
    let program = env!("CARGO_BIN_EXE_bilan");
    Ok(Command::new(program).arg("report").arg(case).arg("--out").arg(out).args(["--format", "json"]).output()?)
}

/// Objects may hold further keys, but for those that count by name.
fn compare(path: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(have)) => {
            for (key, value) in wanted {
                compare(&format!("{path}.{key}"), value, have.get(key).unwrap_or(&Value::Null), differences);
            }
            let closed = ["excluded", "unusable", "rejected", "by"].iter().any(|name| path.ends_with(&format!(".{name}")));
            if closed && wanted.len() != have.len() {
                differences.push(format!("{path}: {found} instead of {expected}"));
            }
        }
        (Value::Array(wanted), Value::Array(have)) if wanted.len() == have.len() => {
            for (place, (wanted, have)) in wanted.iter().zip(have).enumerate() {
                compare(&format!("{path}[{place}]"), wanted, have, differences);
            }
        }
        (Value::Number(wanted), Value::Number(have)) if wanted.as_f64() == have.as_f64() => {}
        _ if expected == found => {}
        _ => differences.push(format!("{path}: {found} instead of {expected}")),
    }
}

/// What is published: a masked commitment shows nothing of the period, a cell without `masked` is not masked.
fn compare_published(expected: &Value, public: &Value, differences: &mut Vec<String>) {
    let none = Vec::new();
    for wanted in expected.as_array().unwrap_or(&none) {
        let id = &wanted["id"];
        let Some(found) = public["commitments"].as_array().and_then(|all| all.iter().find(|one| one["id"] == *id)) else {
            differences.push(format!("published: no {id}"));
            continue;
        };
        if wanted["masked"] == true {
            let shown =
                ["counted", "met", "rate", "rate_text", "by_month", "by", "stock", "readings", "elapsed", "excluded", "bounds"];
            let leaks: Vec<_> = shown.iter().filter(|key| !found[**key].is_null()).collect();
            if found["masked"] != true || !leaks.is_empty() {
                differences.push(format!("published {id}: not masked, shows {leaks:?}"));
            }
        } else {
            compare(&format!("published {id}.by_month"), &wanted["by_month"], &found["by_month"], differences);
            compare(&format!("published {id} .by"), &wanted["by"], &found["by"], differences);
            let masks = |cells: &Value| cells.to_string().matches("\"masked\":true").count();
            let counted = |side: &Value| masks(&side["by_month"]) + masks(&side["by"]);
            if counted(wanted) != counted(found) || !found["histogram"].is_null() || !found["elapsed"]["max"].is_null() {
                differences.push(format!("published {id}: other masks, or a histogram"));
            }
        }
    }
}

/// The two identities of the specification, on every case.
fn identities(audit: &Value, differences: &mut Vec<String>) {
    let none = Vec::new();
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let sum = |value: &Value| value.as_object().map_or(0, |parts| parts.values().map(number).sum::<u64>());
    for commitment in audit["commitments"].as_array().unwrap_or(&none) {
        let parts = ["met", "missed", "pending", "not_started", "outside"].map(|key| number(&commitment[key]));
        let whole = parts.iter().sum::<u64>() + sum(&commitment["excluded"]) + sum(&commitment["unusable"]);
        if whole != number(&commitment["in_scope"]) || parts[0] + parts[1] != number(&commitment["counted"]) {
            differences.push(format!("{}: cases don't add up", commitment["id"]));
        }
    }
    for source in audit["sources"].as_array().unwrap_or(&none) {
        for part in source["files"].as_array().unwrap_or(&none).iter().chain([source]) {
            let rows = number(&part["accepted"]) + number(&part["duplicates"]) + sum(&part["rejected"]);
            if rows != number(&part["rows"]) {
                differences.push(format!("{}: rows don't add up", part["name"]));
            }
        }
    }
}

datatest_stable::harness! {
    { test = figures, root = "tests/cases", pattern = r"expected\.json$" },
    { test = refusal, root = "tests/cases", pattern = r"expected-error\.json$" },
}
