//! `bilan sample`: the draw against one made by hand, and what it never does.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

/// Its verdicts were worked out by hand: `tests/cases/hand-06-exits/WHY.txt`.
const EXITS: &str = "tests/cases/hand-06-exits";
const SIX: [&str; 5] = ["c", "--size", "6", "--seed", "5"];

fn sample(project: &Path, out: &Path, wish: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bilan")).arg("sample").arg(project).args(wish).arg("--out").arg(out).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Stratum, selection, first digits of the key, and id of each case.
fn drawn(out: &Path) -> Vec<[String; 4]> {
    let mut csv = csv::Reader::from_path(out.join("sample.csv")).unwrap();
    let rows = csv.records().map(|row| {
        let row = row.unwrap();
        [&row[1], &row[2], &row[3][..8], &row[5]].map(str::to_owned)
    });
    rows.collect()
}

// The keys are those of `printf %s '5|a' | sha256sum`. Six cases: one, a twentieth rounded up, of each stratum: longest h (4 days),
// at the limit of 2 days d (3), missed b before l, met f before e, excluded g, the first of a c g j k. Then the counted by their keys
// h b f e d l until there are six: h b f are there, e is the sixth, d is there, and at l it stops.
#[test]
fn the_draw_is_the_one_that_was_made_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let output = sample(Path::new(EXITS), &folder.path().join("s"), &SIX);
    assert!(output.status.success(), "{}", said(&output));
    let expected = [
        ["longest", "random", "4786e556", "h"],
        ["at-limit", "random", "9a811541", "d"],
        ["missed", "random", "67790d09", "b"],
        ["met", "random", "7613810c", "f"],
        ["met", "random", "796d0328", "e"],
        ["excluded", "targeted", "04a1aa5d", "g"],
    ];
    assert_eq!(drawn(&folder.path().join("s")), expected);
}

#[test]
fn a_sample_is_the_same_everywhere_and_a_paper_begun_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    assert!(sample(Path::new(EXITS), &first, &[&SIX[..], &["--threads", "1"]].concat()).status.success());
    assert!(sample(Path::new(EXITS), &second, &[&SIX[..], &["--threads", "4"]].concat()).status.success());
    for name in ["sample.csv", "sample.xlsx"] {
        assert_eq!(fs::read(first.join(name)).unwrap(), fs::read(second.join(name)).unwrap(), "{name}");
    }
    let again = sample(Path::new(EXITS), &first, &SIX);
    assert!(again.status.success() && said(&again).contains("nothing was written"), "{}", said(&again));
    fs::write(first.join("sample.xlsx"), "filled in").unwrap();
    let again = sample(Path::new(EXITS), &first, &SIX);
    assert!(!again.status.success() && said(&again).contains("sample.xlsx"), "{}", said(&again));
    assert_eq!(fs::read(first.join("sample.xlsx")).unwrap(), b"filled in");
}

#[test]
fn wrong_wishes_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let published = folder.path().join("2025-2026/publication/sample");
    let output = sample(Path::new(EXITS), &published, &SIX);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("published"), "{}", said(&output));
    let wishes: [(&[&str], i32); 4] = [
        (&["d", "--size", "6"], 1),
        (&["c", "--size", "0"], 2),
        (&["c", "--size", "6", "--tolerable-error", "3%"], 2),
        (&["c", "--expected-error", "4.9%"], 2),
    ];
    for (wish, status) in wishes {
        let output = sample(Path::new(EXITS), &folder.path().join("s"), wish);
        assert_eq!(output.status.code(), Some(status), "{wish:?}: {}", said(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn no_spreadsheet_runs_what_an_export_holds() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("project");
    fs::create_dir_all(project.join("exports")).unwrap();
    for name in ["declaration.toml", "holidays.csv"] {
        fs::copy(Path::new(EXITS).join(name), project.join(name)).unwrap();
    }
    for export in fs::read_dir(Path::new(EXITS).join("exports")).unwrap() {
        let path = export.unwrap().path();
        let hostile = fs::read_to_string(&path).unwrap().replace("\nh,", "\n=1+1,").replace("\nd,", "\n@SUM(A1),");
        fs::write(project.join("exports").join(path.file_name().unwrap()), hostile).unwrap();
    }
    let out = folder.path().join("s");
    let output = sample(&project, &out, &["c", "--size", "12"]);
    assert!(output.status.success(), "{}", said(&output));
    let ids: Vec<String> = drawn(&out).into_iter().map(|[_, _, _, id]| id).collect();
    assert!(ids.contains(&"'=1+1".to_owned()) && ids.contains(&"'@SUM(A1)".to_owned()), "{ids:?}");
    let mut book = zip::ZipArchive::new(Cursor::new(fs::read(out.join("sample.xlsx")).unwrap())).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(read("xl/sharedStrings.xml").contains(">=1+1<"), "the id stands there as a text");
    for sheet in 1..=5 {
        let formulas = read(&format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!formulas.contains("1+1<") && !formulas.contains("SUM(A1)"), "sheet {sheet}");
    }
}
