//! `bilan compare`: one change in a small project, and the cases that it makes others, with why.
//!
//! The letters of `tests/compare`, on a wall calendar of May 2025 (the 1st is a Thursday), with no holiday and a limit of 5 business
//! days, counted by their start: a takes 5 (5th to 9th), b 6 (5th to 9th and 12th), c 2, d 6 (16th, 19th to 23rd); e has waited 4 on
//! the 31st, and takes 6 (27th to 30th, 2 and 3 June); f arrives in June.

use bilan::evidence::StoredCases;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A copy of the project, and the run of it as it stands, in `before/2025-05`.
struct Walk(TempDir);

impl Walk {
    fn new() -> Walk {
        let walk = Walk(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(walk.path("ministry")).expect("a folder");
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare")).expect("the project").flatten() {
            fs::copy(file.path(), walk.path("ministry").join(file.file_name())).expect("a copy");
        }
        walk.report("before", &[]);
        walk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn bilan(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(self.0.path()).args(arguments).output().expect("the program runs")
    }

    fn report(&self, out: &str, options: &[&str]) {
        let made = self.bilan(&[&["report", "ministry", "--quiet", "--format", "json", "--out", out], options].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.path("ministry").join(file);
        let text = fs::read_to_string(&path).expect("the file");
        assert_eq!(text.matches(from).count(), 1, "{from} in {file}");
        fs::write(&path, text.replace(from, to)).expect("an edit");
    }

    /// Exit status and what was said on stdout.
    fn compare(&self, options: &[&str]) -> (Option<i32>, String) {
        let output = self.bilan(&[&["compare", "before/2025-05", "after/2025-05"], options].concat());
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    }

    fn json(&self) -> Value {
        let (status, said) = self.compare(&["--format", "json"]);
        assert_eq!(status, Some(4), "{said}");
        serde_json::from_str(&said).expect("JSON")
    }

    /// `letter a: met > missed: rule-changed`, a line for each case that differs.
    fn cases(&self) -> Vec<String> {
        let comparison = self.json();
        let list = |value: &Value| value.as_array().cloned().expect("a list");
        let mut lines = Vec::new();
        for commitment in list(&comparison["commitments"]) {
            for case in list(&commitment["changed"]) {
                let causes: Vec<String> = list(&case["causes"]).iter().map(|cause| text(cause).to_owned()).collect();
                let state = &case["details"][0];
                let (place, first, second) = (text(&state["figure"]), text(&state["first"]), text(&state["second"]));
                let place = if place == "state" { String::new() } else { format!("{place} ") };
                lines.push(format!(
                    "{} {}: {place}{first} > {second}: {}",
                    text(&commitment["id"]),
                    text(&case["id"]),
                    causes.join(", ")
                ));
            }
        }
        lines
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn the_same_run_twice_does_not_differ() {
    let walk = Walk::new();
    walk.report("after", &[]);
    assert_eq!(walk.compare(&[]), (Some(0), "before/2025-05 (first) and after/2025-05 (second): nothing differs\n".to_owned()));
}

#[test]
fn a_row_changed_new_and_gone() {
    let walk = Walk::new();
    // 9 May: the fifth day of b.
    walk.edit("letters.csv", "b,OUT,2025-05-12", "b,OUT,2025-05-09");
    walk.edit(
        "letters.csv",
        "c,IN,2025-05-12,Laval\nc,OUT,2025-05-14,Laval\n",
        "g,IN,2025-05-05,Laval\ng,OUT,2025-05-06,Laval\n",
    );
    walk.report("after", &[]);
    let expected =
        ["letter b: missed > met: row-changed", "letter c: met > nothing: row-gone", "letter g: nothing > met: row-new"];
    assert_eq!(walk.cases(), expected);
}

#[test]
fn another_limit() {
    let walk = Walk::new();
    walk.edit("declaration.toml", "5 business days", "4 business days");
    walk.report("after", &[]);
    assert_eq!(walk.cases(), ["letter a: met > missed: rule-changed"]);
    let (_, said) = walk.compare(&[]);
    for line in [
        "  declaration.toml (declaration): changed\n",
        "  commitments.letter.within.1.limit: 5 → 4\n",
        "  met: 2 → 1\n",
        "  missed: 2 → 3\n",
        "  1 case differs\n    1  met → missed, rule changed\n",
        "  a: rule changed: state met → missed, due_day 2025-05-09 → 2025-05-08, limit 5 → 4\n",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    assert!(!said.contains("call"), "{said}");
}

#[test]
fn a_further_holiday() {
    let walk = Walk::new();
    walk.edit("holidays.csv", "2025-12-25", "2025-05-19,Patriotes,Patriots,calendar\n2025-12-25");
    walk.report("after", &[]);
    assert_eq!(walk.cases(), ["letter d: missed > met: calendar-changed"]);
    assert!(walk.compare(&[]).1.contains("  calendar.holidays.2025-05-19: nothing → \"Patriots\"\n"), "{}", walk.compare(&[]).1);
}

#[test]
fn a_later_knowledge_date() {
    let walk = Walk::new();
    walk.report("after", &["--as-of", "2025-06-30"]);
    assert_eq!(walk.cases(), ["letter e: pending > missed: as-of-changed", "letter f: nothing > outside: as-of-changed"]);
}

#[test]
fn another_period() {
    let walk = Walk::new();
    walk.report("after", &["--last", "2025-05-30"]);
    assert_eq!(walk.cases(), Vec::<String>::new());
    // From the 12th on, the letters of the 2nd belong to a period before.
    walk.report("after", &["--first", "2025-05-12"]);
    let expected = [
        "letter a: met > outside: period-changed",
        "letter b: missed > outside: period-changed",
        "call calls.csv:2: met > outside: period-changed",
        "call calls.csv:3: missed > outside: period-changed",
    ];
    assert_eq!(walk.cases(), expected);
}

/// With a limit of 6, or with the holiday, d would be met: the evidence does not tell which it was.
#[test]
fn of_two_causes_none_is_chosen() {
    let walk = Walk::new();
    walk.edit("declaration.toml", "5 business days", "6 business days");
    walk.edit("holidays.csv", "2025-12-25", "2025-05-19,Patriotes,Patriots,calendar\n2025-12-25");
    walk.report("after", &[]);
    assert_eq!(walk.cases(), ["letter b: missed > met: rule-changed", "letter d: missed > met: rule-changed, calendar-changed"]);
}

/// A row above moves all others to another line, and makes none of them another.
#[test]
fn cases_without_an_id_are_known_by_what_they_say() {
    let walk = Walk::new();
    walk.edit("calls.csv", "answered\n", "answered\n2025-05-02 10:00:00,2025-05-02 10:01:00\n");
    walk.report("after", &[]);
    assert_eq!(walk.cases(), ["call calls.csv:2: nothing > met: row-new"]);
}

#[test]
fn a_commitment_of_one_run() {
    let walk = Walk::new();
    walk.edit("declaration.toml", "id = \"letter\"", "id = \"mail\"");
    walk.report("after", &[]);
    let (_, said) = walk.compare(&[]);
    assert!(said.contains("\nmail, in the second run only\n"), "{said}");
    assert!(said.contains("\nletter, in the first run only\n"), "{said}");
    assert!(said.contains("  a: rule changed: state met → nothing\n"), "{said}");
}

#[test]
fn a_page_shows_what_the_exports_say_and_runs_none_of_it() {
    let walk = Walk::new();
    walk.edit("letters.csv", "f,IN,2025-06-02", "<script>,IN,2025-05-05");
    walk.report("after", &[]);
    let (status, page) = walk.compare(&["--format", "html"]);
    assert_eq!(status, Some(4));
    assert!(page.contains("<th scope=\"row\">&lt;script&gt;</th><td>row new</td><td>state nothing → missed</td>"), "{page}");
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn what_is_no_run_is_refused() {
    let walk = Walk::new();
    for (folder, said) in [("ministry", "ministry is not the folder of a run"), ("absent", "absent is not the folder of a run")] {
        let output = walk.bilan(&["compare", "before/2025-05", folder]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains(said));
    }
    walk.report("after", &[]);
    for (file, text) in [("rules.json", "{"), ("cases.parquet", "PAR1"), ("manifest.json", "[]")] {
        let path = walk.path("after/2025-05/audit").join(file);
        let sound = fs::read(&path).expect("the file");
        fs::write(&path, text).expect("an edit");
        let output = walk.bilan(&["compare", "before/2025-05", "after/2025-05"]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(file), "{file}");
        fs::write(&path, sound).expect("the file");
    }
}

/// Whatever became of the bytes, reading them ends in cases or in a message.
#[test]
fn damaged_evidence_stops_nothing() {
    let walk = Walk::new();
    let sound = fs::read(walk.path("before/2025-05/audit/cases.parquet")).expect("the cases");
    let read = |content: &[u8]| -> Result<usize, String> {
        let cases = StoredCases::open(content)?;
        let lines =
            cases.commitments().map(|commitment| cases.of(commitment).map(|lines| lines.map_or(0, |lines| lines.height())));
        lines.sum()
    };
    assert_eq!(read(&sound), Ok(7), "the five letters of May, and two calls");
    let mut refused = 0;
    for place in 0..sound.len() {
        if place % 10 == 0 {
            refused += usize::from(read(&sound[..place]).is_err());
        }
        let mut damaged = sound.clone();
        damaged[place] ^= if place % 3 == 0 { 0x01 } else { 0x80 };
        refused += usize::from(read(&damaged).is_err());
    }
    assert!(refused > sound.len() / 2, "{refused}");
}
