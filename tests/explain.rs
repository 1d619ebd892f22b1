//! `bilan explain` against expectations from elsewhere: the ledgers in `tests/explain`, worked out on a wall calendar, and the figures
//! of the hand-made projects in `tests/cases`, to which the explanations of their cases must add up.

use bilan::evidence::StoredCases;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

type Outcome = Result<(), Box<dyn Error>>;

fn bilan(arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    Ok(Command::new(env!("CARGO_BIN_EXE_bilan")).args(arguments).output()?)
}

/// The first line of a file is what is asked; the others stand in the answer, in this order, blanks apart.
fn ledger(expected: &Path) -> Outcome {
    let text = fs::read_to_string(expected)?;
    let mut wanted = text.lines();
    let question: Vec<&str> = wanted.next().ok_or("no question")?.split_whitespace().skip(1).collect();
    let output = bilan(&question)?;
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = said.lines().map(words);
    match wanted.map(words).filter(|line| !line.is_empty()).find(|line| !lines.any(|said| said == *line)) {
        Some(line) => Err(format!("`{line}` is not said, or not in this place:\n{said}").into()),
        None => Ok(()),
    }
}

/// The states and elapsed times of all explained cases are the figures that were worked out for the project.
fn figures(expected: &Path) -> Outcome {
    let project = expected.parent().ok_or("no folder")?.to_str().ok_or("no text")?;
    let expected: Value = serde_json::from_slice(&fs::read(expected)?)?;
    let out = tempfile::tempdir()?;
    let folder = out.path().to_str().ok_or("no text")?;
    bilan(&["report", project, "--out", folder, "--format", "json"])?;
    let run = out.path().join(expected["period"]["label"].as_str().ok_or("no period")?);
    let evidence = fs::read(run.join("audit/cases.parquet"))?;
    let cases = StoredCases::open(&evidence)?;
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for commitment in cases.commitments() {
        let lines = cases.of(commitment)?.ok_or("no cases")?;
        let column = lines.column("id").ok_or("no ids")?;
        ids.extend((0..lines.height()).filter_map(|line| column.cell(line).text().map(str::to_owned)));
    }
    let mut states: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut elapsed: BTreeMap<String, BTreeMap<i64, u64>> = BTreeMap::new();
    for id in ids {
        let run = run.to_str().ok_or("no text")?;
        let output = bilan(&["explain", project, &id, "--format", "json", "--against", run])?;
        if !output.status.success() {
            return Err(format!("{id}: {}{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
        }
        let explained: Value = serde_json::from_slice(&output.stdout)?;
        for one in explained["commitments"].as_array().ok_or("no commitments")? {
            let [commitment, state] = ["commitment", "state"].map(|key| one[key].as_str().unwrap_or_default().to_owned());
            if ["met", "missed"].contains(&state.as_str()) && one["clock"]["ended"] == "stopped" {
                let elapsed = elapsed.entry(commitment.clone()).or_default();
                *elapsed.entry(one["clock"]["elapsed"].as_i64().ok_or("no elapsed")?).or_default() += 1;
            }
            *states.entry((commitment, state)).or_default() += 1;
        }
    }
    for commitment in expected["commitments"].as_array().ok_or("no commitments")? {
        let id = commitment["id"].as_str().ok_or("no id")?;
        for (state, key) in
            [("met", "met"), ("missed", "missed"), ("pending", "pending"), ("outside", "outside"), ("not-started", "not_started")]
        {
            let explained = states.get(&(id.to_owned(), state.to_owned())).copied().unwrap_or_default();
            if commitment[key] != explained {
                return Err(format!("{id}: {explained} cases explained as {state}, {} expected", commitment[key]).into());
            }
        }
        let histogram: Vec<(i64, u64)> = elapsed.remove(id).unwrap_or_default().into_iter().collect();
        if commitment["histogram"] != json!(histogram) {
            return Err(format!("{id}: explained as {histogram:?}, {} expected", commitment["histogram"]).into());
        }
    }
    Ok(())
}

/// A row that was changed after the run is told, and the exit status says so.
fn difference(declaration: &Path) -> Outcome {
    let folder = tempfile::tempdir()?;
    let project = folder.path().join("project");
    fs::create_dir_all(project.join("exports"))?;
    let from = declaration.parent().ok_or("no folder")?;
    for name in ["declaration.toml", "holidays.csv"] {
        fs::copy(from.join(name), project.join(name))?;
    }
    let export = fs::read_dir(from.join("exports"))?.next().ok_or("no export")??;
    let text = fs::read_to_string(export.path())?;
    let changed = project.join("exports").join(export.file_name());
    fs::write(&changed, &text)?;
    let [project, out] = [project, folder.path().join("out")].map(|path| path.to_string_lossy().into_owned());
    bilan(&["report", &project, "--out", &out, "--format", "json"])?;
    let run = fs::read_dir(&out)?.next().ok_or("no run")??.path().to_string_lossy().into_owned();
    let explain = || bilan(&["explain", &project, "a", "--against", &run]);
    assert_eq!(explain()?.status.code(), Some(0));
    // On the calendar in WHY.txt of the project, one open day later.
    fs::write(&changed, text.replace("a,decided,2025-05-15", "a,decided,2025-05-16"))?;
    let output = explain()?;
    let said = String::from_utf8(output.stdout)?;
    assert_eq!(output.status.code(), Some(4), "{said}");
    for line in ["state: stored met, now missed", "elapsed: stored 5, now 6", "stop_day: stored 2025-05-15, now 2025-05-16"] {
        assert!(said.contains(line), "no `{line}` in:\n{said}");
    }
    Ok(())
}

datatest_stable::harness! {
    { test = ledger, root = "tests/explain", pattern = r"\.txt$" },
    { test = figures, root = "tests/cases", pattern = r"hand-[^/]*/expected\.json$" },
    { test = difference, root = "tests/cases", pattern = r"hand-03-pause/declaration\.toml$" },
}
