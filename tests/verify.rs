//! `bilan verify`: nothing differs in a run that nobody touched, and one edit anywhere is named, and nothing else is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A project and a run of it, in a folder of their own: `ministry`, `output/2025`.
struct Walk(TempDir);

impl Walk {
    fn new(formats: &str, templates: Option<(&str, &str)>) -> Walk {
        let walk = Walk(tempfile::tempdir().expect("a temporary folder"));
        let project = walk.path("ministry");
        fs::create_dir(&project).expect("a folder");
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify")).expect("the project").flatten() {
            fs::copy(file.path(), project.join(file.file_name())).expect("a copy");
        }
        let mut arguments = vec!["report", "ministry", "--quiet", "--format", formats];
        if let Some((name, text)) = templates {
            fs::create_dir(walk.path("templates")).expect("a folder");
            fs::write(walk.path("templates").join(name), text).expect("a template");
            arguments.extend(["--templates", "templates"]);
        }
        let made = walk.bilan(&arguments);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        walk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn bilan(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(self.0.path()).args(arguments).output().expect("the program runs")
    }

    /// Exit status and what was said on stdout.
    fn verify(&self) -> (Option<i32>, String) {
        let output = self.bilan(&["verify", "output/2025"]);
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    }

    /// Changes a byte of a file, and puts it back when `during` is done.
    fn with_edit(&self, name: &str, from: &str, to: &str, during: impl FnOnce(&Walk)) {
        let path = self.path(name);
        let sound = fs::read(&path).expect("the file");
        let at =
            sound.windows(from.len()).position(|window| window == from.as_bytes()).unwrap_or_else(|| panic!("{from} in {name}"));
        let edited = [&sound[..at], to.as_bytes(), &sound[at + from.len()..]].concat();
        fs::write(&path, edited).expect("an edit");
        during(self);
        fs::write(&path, sound).expect("the file");
    }

    /// The first words of each finding, which name a file: everything that stands at the margin after the first line.
    fn findings(&self) -> Vec<String> {
        let (status, said) = self.verify();
        assert_eq!(status, Some(4), "{said}{}", String::from_utf8_lossy(&self.bilan(&["verify", "output/2025"]).stderr));
        let margin = said.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with(' '));
        margin.map(|line| line.split(": ").next().unwrap_or_default().to_owned()).collect()
    }
}

#[test]
fn a_run_that_nobody_touched_is_what_it_was() {
    let walk = Walk::new("pdf,html,json,csv,xlsx", None);
    let (status, said) = walk.verify();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("output/2025: nothing differs\n"), "{said}");
}

/// Of an input, the input itself is named; of an output, the file and, where it can be told, the figure.
#[test]
fn an_edit_anywhere_is_named() {
    let walk = Walk::new("html,json,csv", None);
    // Figures stay as they were, and the fingerprint says it all the same.
    walk.with_edit("ministry/1.export.csv", "Laval", "Lévis", |walk| {
        assert!(walk.findings().contains(&"1.export.csv (export)".to_owned()));
    });
    walk.with_edit("ministry/1.export.csv", "a,OUT,2025-05-05", "a,OUT,2025-06-05", |walk| {
        let (_, said) = walk.verify();
        assert!(said.contains("commitments.answer.met: in the file 10, recomputed 9"), "{said}");
        assert!(walk.findings().contains(&"1.export.csv (export)".to_owned()));
    });
    walk.with_edit("ministry/declaration.toml", "within = \"5", "within = \"1", |walk| {
        let (_, said) = walk.verify();
        assert!(said.contains("declaration.toml (declaration): changed since the run"), "{said}");
        assert!(said.contains("commitments.answer.limit"), "{said}");
    });
    walk.with_edit("ministry/declaration.toml", "# no rule", "# No rule", |walk| {
        assert_eq!(walk.findings(), ["declaration.toml (declaration)"]);
    });
    walk.with_edit("ministry/holidays.csv", "2025-12-25", "2025-12-24", |walk| {
        assert!(walk.findings().contains(&"holidays.csv (declaration)".to_owned()));
    });
    for (file, from, to) in [
        ("publication/bilan.fr.html", ">10<", ">11<"),
        ("publication/results.json", "\"met\": 10", "\"met\": 12"),
        ("publication/results.csv", "answer", "Answer"),
        ("audit/results.json", "\"met\": 10", "\"met\": 12"),
        ("audit/reconciliation.csv", "accepted", "Accepted"),
        ("audit/cases.parquet", "PAR1", "PAR2"),
        ("audit/manifest.json", "\"rows\": 40", "\"rows\": 41"),
    ] {
        walk.with_edit(&format!("output/2025/{file}"), from, to, |walk| assert_eq!(walk.findings(), [file]));
    }
    walk.with_edit("output/2025/audit/results.json", "\"met\": 10", "\"met\": 17", |walk| {
        let (_, said) = walk.verify();
        assert!(said.contains("commitments.answer.met: in the file 17, recomputed 10"), "{said}");
    });
    let (status, said) = walk.verify();
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn files_that_are_gone_or_new_are_named() {
    let walk = Walk::new("html,json,csv", None);
    fs::remove_file(walk.path("output/2025/audit/rejected.csv")).expect("the file");
    fs::write(walk.path("output/2025/publication/further.html"), "").expect("a file");
    assert_eq!(walk.findings(), ["audit/rejected.csv", "publication/further.html"]);

    let walk = Walk::new("html,json,csv", None);
    fs::write(walk.path("ministry/2.export.csv"), "id,event,at,region\nz,IN,2025-05-02,Laval\n").expect("an export");
    assert!(walk.findings().contains(&"2.export.csv (export)".to_owned()));
    fs::remove_file(walk.path("ministry/1.export.csv")).expect("the export");
    assert!(walk.findings().contains(&"1.export.csv (export)".to_owned()));

    let walk = Walk::new("html,json,csv", None);
    fs::remove_file(walk.path("output/2025/audit/manifest.json")).expect("the manifest");
    assert_eq!(walk.findings(), ["audit/manifest.json"]);
}

#[test]
fn a_template_of_ones_own_is_an_input() {
    let style = include_str!("../report-templates/report.css");
    let walk = Walk::new("html,json", Some(("report.css", &format!("{style}/* ours */\n"))));
    assert_eq!(walk.verify().0, Some(0), "{}", walk.verify().1);
    walk.with_edit("templates/report.css", "/* ours */", "/* Ours */", |walk| {
        assert!(walk.findings().contains(&"report.css (template)".to_owned()));
    });
}

/// A sound copy beside the project would hide what was changed in it.
#[test]
fn of_two_projects_none_is_chosen() {
    let walk = Walk::new("json", None);
    fs::create_dir(walk.path("copy")).expect("a folder");
    for file in fs::read_dir(walk.path("ministry")).expect("the project").flatten() {
        fs::copy(file.path(), walk.path("copy").join(file.file_name())).expect("a copy");
    }
    let output = walk.bilan(&["verify", "output/2025"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("may have been made from any of copy, ministry") && said.contains("--project"), "{said}");
    assert_eq!(walk.bilan(&["verify", "output/2025", "--project", "ministry"]).status.code(), Some(0));
}

#[test]
fn another_project_nearby_is_not_taken_for_that_of_the_run() {
    let walk = Walk::new("json", None);
    fs::remove_dir_all(walk.path("ministry")).expect("the project");
    fs::create_dir(walk.path("other")).expect("a folder");
    fs::write(walk.path("other/declaration.toml"), "# of somebody else\n").expect("a declaration");
    let verified = walk.bilan(&["verify", "output/2025"]);
    assert_eq!(verified.status.code(), Some(1));
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(said.contains("the project that output/2025 was made from is not here"), "{said}");
    assert!(said.contains("--project PROJECT"), "{said}");
}

#[test]
fn what_is_no_run_is_said_to_be_none() {
    let walk = Walk::new("json", None);
    let output = walk.bilan(&["verify", "ministry"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ministry is not the folder of a run"));
}
