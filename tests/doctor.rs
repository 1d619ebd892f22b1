//! `bilan doctor` on exports that have a declaration: what it finds by looking at the bytes is what the people who wrote the declaration
//! said, or it asks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::{Table, Value};

/// What a declaration or a proposal says of a source.
#[derive(Debug, PartialEq)]
struct Said {
    layout: Option<String>,
    id: Option<String>,
    event: Option<String>,
    at: Option<Value>,
}

impl Said {
    fn of(source: &Table) -> Said {
        let text = |key: &str| source.get(key).and_then(Value::as_str).map(str::to_owned);
        Said { layout: text("layout"), id: text("id"), event: text("event"), at: source.get("at").cloned() }
    }
}

/// The proposed tables, by name.
fn doctor(folder: &Path, files: &[PathBuf]) -> (String, BTreeMap<String, Table>) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_bilan")).arg("doctor").args(files).current_dir(folder).output().expect("it runs");
    assert!(output.status.success(), "{}: {}", folder.display(), String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let tables: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}\n{text}", folder.display()));
    let sources = tables.get("sources").and_then(Value::as_table).cloned().unwrap_or_default();
    let sources = sources.into_iter().filter_map(|(name, value)| Some((name, value.as_table()?.clone())));
    (text, sources.collect())
}

fn declared(project: &Path) -> Vec<Table> {
    let Ok(text) = fs::read_to_string(project.join("declaration.toml")) else { return Vec::new() };
    let Ok(declaration) = text.parse::<Table>() else { return Vec::new() };
    let sources = declaration.get("sources").and_then(Value::as_table).cloned().unwrap_or_default();
    sources.into_iter().filter_map(|(_, source)| source.as_table().cloned()).collect()
}

fn files(project: &Path, source: &Table) -> Vec<PathBuf> {
    let patterns = source.get("files").and_then(Value::as_array).cloned().unwrap_or_default();
    let patterns = patterns.iter().filter_map(|pattern| Some(project.join(pattern.as_str()?)));
    let matching = patterns.flat_map(|pattern| glob::glob(&pattern.to_string_lossy()).expect("a pattern")).flatten();
    let relative = matching.filter_map(|path| path.strip_prefix(project).ok().map(Path::to_path_buf));
    let mut found: Vec<PathBuf> = relative.collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn the_sample_is_recognised_whole() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut seen = 0;
    for source in declared(&project) {
        let (text, found) = doctor(&project, &files(&project, &source));
        let [found] = &found.values().collect::<Vec<_>>()[..] else { panic!("one source, not\n{text}") };
        assert_eq!(Said::of(found), Said::of(&source), "{text}");
        // The declaration gives one pattern; ISO with an offset is read by `auto` as well.
        let timestamp = found.get("timestamp").and_then(Value::as_str);
        let declared = source.get("timestamp").and_then(Value::as_str);
        assert!(timestamp == declared || timestamp == Some("auto"), "{timestamp:?} instead of {declared:?}\n{text}");
        for key in ["encoding", "delimiter"] {
            let name = found.get(key).and_then(Value::as_str);
            assert!(name == source.get(key).and_then(Value::as_str) || name == Some("auto"), "{key} is {name:?}\n{text}");
        }
        seen += 1;
    }
    assert_eq!(seen, 3);
}

/// Every conformance project with at least twenty rows a source; smaller ones leave too much open.
#[test]
fn the_columns_of_the_conformance_projects_are_recognised() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut right, mut wrong) = (0, Vec::new());
    let mut projects: Vec<PathBuf> = fs::read_dir(&cases).expect("tests/cases").flatten().map(|entry| entry.path()).collect();
    projects.sort();
    for project in projects.iter().filter(|project| project.join("expected.json").is_file()) {
        for source in declared(project) {
            let files = files(project, &source);
            let lines = |file: &PathBuf| {
                fs::read(project.join(file)).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count())
            };
            if files.iter().map(lines).sum::<usize>() < 20 {
                continue;
            }
            let (text, found) = doctor(project, &files);
            let expected = Said::of(&source);
            let agrees = found.values().any(|table| Said::of(table) == expected);
            if agrees { right += 1 } else { wrong.push(format!("{} {expected:?}\n{text}", project.display())) }
        }
    }
    let all = right + wrong.len();
    println!("{right} of {all} sources");
    assert!(all >= 100 && right * 10 >= all * 9, "{right} of {all}:\n{}", wrong.join("\n\n"));
}

/// Each folder of `tests/doctor` holds an export and what must stand in the proposal, and must not, line by line (`+`, `-`).
#[test]
fn what_the_bytes_leave_open_is_asked() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/doctor")).expect("tests/doctor");
    let mut seen = 0;
    for folder in folders.flatten().map(|entry| entry.path()) {
        let (text, _) = doctor(&folder, &[PathBuf::from("export.csv")]);
        for line in fs::read_to_string(folder.join("expected.txt")).expect("expected.txt").lines() {
            let (sign, wanted) = line.split_at(2);
            assert_eq!(text.contains(wanted), sign == "+ ", "{}: {line}\n{text}", folder.display());
        }
        seen += 1;
    }
    assert!(seen >= 5, "only {seen}");
}
