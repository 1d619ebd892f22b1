//! `bilan init`: a project that runs as soon as there are exports, and that costs nobody a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn bilan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() { found.extend(contents(&path)) } else { drop(found.insert(path.clone(), fs::read(&path).unwrap())) }
    }
    found
}

#[test]
fn a_new_project_checks_simulates_and_reports() {
    let folder = tempfile::tempdir().unwrap();
    let made = bilan(folder.path(), &["init", "ministry"]);
    assert!(made.status.success(), "{}", said(&made));
    let paths = String::from_utf8(made.stdout).unwrap();
    assert!(paths.lines().all(|path| folder.path().join(path).is_file()), "{paths}");
    assert_eq!(paths.lines().count(), contents(folder.path()).len());

    // No exports yet: said once for each source, with what to do, and nothing else is wrong.
    let checked = bilan(folder.path(), &["check", "ministry"]);
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(said(&checked).matches("error[").count(), 2, "{}", said(&checked));
    assert_eq!(said(&checked).matches("error[no-file]").count(), 2, "{}", said(&checked));
    assert!(said(&checked).contains("bilan simulate"), "{}", said(&checked));

    let sizes = ["--cases", "400", "--calls", "400", "--emails", "0"];
    let simulated = bilan(folder.path(), &[&["simulate", "ministry", "--out", "ministry"], &sizes[..]].concat());
    assert!(simulated.status.success(), "{}", said(&simulated));
    let checked = bilan(folder.path(), &["check", "ministry"]);
    assert!(checked.status.success(), "{}", said(&checked));
    // Its copies of the templates are those of the program.
    for templates in [&[][..], &["--templates", "ministry/report-templates"]] {
        let reported = bilan(folder.path(), &[&["report", "ministry", "--out", "out"], templates].concat());
        assert!(reported.status.success() && !said(&reported).contains("warning["), "{}", said(&reported));
    }
    let results = fs::read(folder.path().join("out/2025-2026/publication/results.json")).unwrap();
    let results: serde_json::Value = serde_json::from_slice(&results).unwrap();
    let counted = results["commitments"].as_array().unwrap().iter().map(|commitment| commitment["counted"].as_u64().unwrap());
    assert!(counted.clone().count() == 2 && counted.clone().all(|counted| counted > 50), "{:?}", counted.collect::<Vec<_>>());
}

#[test]
fn nothing_is_written_over_and_then_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("ministry");
    fs::create_dir_all(project.join("exports")).unwrap();
    fs::write(project.join("commentary.toml"), "# a year of work\n").unwrap();
    fs::write(project.join("exports/calls-2025.csv"), "call_id\n").unwrap();
    let before = contents(folder.path());
    let refused = bilan(folder.path(), &["init", "ministry"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("commentary.toml is there already"), "{}", said(&refused));
    assert_eq!(contents(folder.path()), before);

    // What is only near is left alone, and the project is laid around it.
    fs::remove_file(project.join("commentary.toml")).unwrap();
    let made = bilan(folder.path(), &["init", "ministry"]);
    assert!(made.status.success(), "{}", said(&made));
    assert_eq!(fs::read_to_string(project.join("exports/calls-2025.csv")).unwrap(), "call_id\n");

    let again = bilan(folder.path(), &["init", "ministry"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(said(&again).matches("error[output]").count(), 10, "{}", said(&again));
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(bilan(folder.path(), &["init", "file"]).status.code(), Some(1));
}

/// A report takes the place of the files that an earlier run wrote, and of nothing else; a draft never that of a final report.
#[test]
fn a_report_replaces_only_what_a_run_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/hand-03-pause");
    let report = |options: &[&str]| {
        let project = project.to_str().unwrap();
        bilan(folder.path(), &[&["report", project, "--format", "json", "--out", "out"], options].concat())
    };
    assert!(report(&[]).status.success());
    assert!(report(&[]).status.success(), "over an earlier run");
    let run = folder.path().join("out/P");
    for name in ["paper.txt", "audit/sample/sample.xlsx", "publication/letter.docx"] {
        let path = run.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "filled in").unwrap();
        let before = contents(folder.path());
        let refused = report(&[]);
        assert_eq!(refused.status.code(), Some(1), "{name}");
        assert!(said(&refused).contains(&format!("{name} is no file that the run there wrote")), "{}", said(&refused));
        assert_eq!(contents(folder.path()), before);
        fs::remove_file(&path).unwrap();
    }
    assert!(report(&["--final"]).status.success(), "a final report over a draft");
    let before = contents(folder.path());
    let refused = report(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("out/P is a final report, and this one is a draft"), "{}", said(&refused));
    assert_eq!(contents(folder.path()), before);
    assert!(report(&["--final"]).status.success(), "a final report over another");
}

/// A workbook that was renamed, and an empty file, are said to be that.
#[test]
fn what_is_no_export_is_called_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    assert!(bilan(folder.path(), &["init", "ministry"]).status.success());
    let exports = folder.path().join("ministry/exports");
    fs::write(exports.join("applications-2025.csv"), b"PK\x03\x04\x14\0\x06\0").unwrap();
    fs::write(exports.join("calls-2025.csv"), "").unwrap();
    let checked = said(&bilan(folder.path(), &["check", "ministry"]));
    assert!(checked.contains("exports/applications-2025.csv is a workbook or another archive"), "{checked}");
    assert!(checked.contains("columns found, the nearest first: none, the file is empty"), "{checked}");
    let looked = bilan(folder.path(), &["doctor", "ministry/exports/applications-2025.csv"]);
    assert_eq!(looked.status.code(), Some(1));
    assert!(said(&looked).contains("is a workbook or another archive"), "{}", said(&looked));

    // The table to paste names exports as the declaration beside them must.
    fs::write(exports.join("applications-2025.csv"), "case_id,event,occurred_at\n1,RECU,2025-05-02\n").unwrap();
    let looked = bilan(folder.path(), &["doctor", "ministry/exports/applications-2025.csv"]);
    let table = String::from_utf8(looked.stdout).unwrap();
    assert!(table.contains("files") && table.contains("[\"exports/applications-2025.csv\"]"), "{table}");
}
