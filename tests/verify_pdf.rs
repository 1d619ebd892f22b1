//! `bilan verify REPORT.pdf`: what a published PDF prints is held against what it carries.

use bilan::published::check::{Contradiction, check};
use bilan::published::document::{self, Document};
use bilan::published::tree::{Element, Node};
use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

fn bilan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(folder).args(arguments).output().expect("the program runs")
}

/// The PDFs of a project in a folder of their own: `P/publication/bilan.fr.pdf`.
fn published(project: &Path) -> (TempDir, PathBuf) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let project = project.to_str().expect("a path");
    let made = bilan(out.path(), &["report", project, "--quiet", "--format", "pdf", "--out", "."]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let run = fs::read_dir(out.path()).expect("a run").flatten().next().expect("a run").path();
    (out, run.join("publication"))
}

fn sample() -> &'static (TempDir, PathBuf) {
    static SAMPLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    SAMPLE.get_or_init(|| published(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")))
}

/// A small report with ten cases met and ten missed.
fn small() -> &'static (TempDir, PathBuf) {
    static SMALL: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    SMALL.get_or_init(|| published(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify")))
}

/// Exit status and what was said on stdout and stderr, of a PDF with these bytes.
fn verify(content: &[u8]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("report.pdf"), content).expect("a file");
    let output = bilan(folder.path(), &["verify", "report.pdf"]);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn parsed(content: &[u8]) -> Document {
    document::parse(content).expect("a PDF")
}

fn contradictions(document: &Document) -> Vec<Contradiction> {
    check(document).expect("a report").contradictions
}

/// The PDF with another attachment: an object is written anew at the end, as programs that edit PDFs do.
fn with_attachment(pdf: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let text: String = pdf.iter().map(|&byte| char::from(byte)).collect();
    let after = |from: usize, key: &str| from + text[from..].find(key).expect("a key") + key.len();
    let number = |at: usize| text[at..].chars().take_while(char::is_ascii_digit).collect::<String>();
    let specification = text.find(&format!("/UF({name})")).expect("the attachment");
    let begin = text[..specification].rfind(" obj").expect("an object");
    let stream = number(after(after(begin, "/EF"), "/F "));
    let trailer = text.rfind("trailer").expect("a trailer");
    let (size, root) = (number(after(trailer, "/Size ")), number(after(trailer, "/Root ")));
    let previous = number(after(trailer, "startxref\n"));
    let mut edited = pdf.to_vec();
    edited.push(b'\n');
    let object = edited.len();
    edited.extend(format!("{stream} 0 obj\n<</Type/EmbeddedFile/Length {}>>\nstream\n", content.len()).bytes());
    edited.extend(content);
    edited.extend(b"\nendstream\nendobj\n");
    let table = edited.len();
    edited.extend(
        format!(
            "xref\n{stream} 1\n{object:010} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\nstartxref\n{table}\n%%EOF\n"
        )
        .bytes(),
    );
    edited
}

#[test]
fn a_sound_report_verifies_in_both_languages() {
    for (_, folder) in [sample(), small()] {
        for language in ["fr", "en"] {
            let (status, said, problems) = verify(&fs::read(folder.join(format!("bilan.{language}.pdf"))).expect("a PDF"));
            assert_eq!(status, Some(0), "{said}{problems}");
            assert!(said.starts_with("report.pdf: nothing differs\n"), "{said}");
        }
    }
    // 15 commitments with 12 months of rates and cases, three years and eight readings.
    let checked = check(&parsed(&fs::read(sample().1.join("bilan.fr.pdf")).expect("a PDF"))).expect("a report");
    assert!(checked.printed > 15 * (24 + 6 + 24), "{}", checked.printed);
    assert!(checked.attached > 15 * 20, "{}", checked.attached);
}

#[test]
fn an_edit_of_an_attachment_is_named() {
    let pdf = fs::read(small().1.join("bilan.en.pdf")).expect("a PDF");
    let results = String::from_utf8(parsed(&pdf).attachments["results.json"].clone()).expect("text");
    let edit = |from: &str, to: &str| {
        assert!(results.contains(from), "{from} in {results}");
        verify(&with_attachment(&pdf, "results.json", results.replacen(from, to, 1).as_bytes()))
    };
    let (status, said, problems) = edit("\"met\": 10", "\"met\": 11");
    assert_eq!(status, Some(4), "{said}{problems}");
    for line in [
        "results.json: commitments.answer.rate",
        "results.csv: answer, met\n  says 10, expected 11",
        ": cases of answer, met\n  says 10, expected 11",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    for (from, to, named) in [
        ("\"goal_reached\": null", "\"goal_reached\": true", "results.csv: answer, goal_reached"),
        ("\"oldest\": null", "\"oldest\": 7", "results.csv: answer, oldest"),
        ("{", "[", "results.json: the attachment\n  says no JSON"),
        ("  ", " ", "results.json: the attachment\n  says written in another way"),
        ("\"rows\": 40", "\"rows\": 41", "results.json: sources.files.rows\n  says 41, expected 40, the sum of its files"),
        ("\"sha256\": \"", "\"sha256\": \"0", ": SHA-256 of 1.export.csv"),
    ] {
        let (status, said, problems) = edit(from, to);
        assert_eq!(status, Some(4), "{from}: {said}{problems}");
        assert!(said.contains(named), "{named}: {said}");
    }
    let csv = String::from_utf8(parsed(&pdf).attachments["results.csv"].clone()).expect("text");
    let (status, said, _) = verify(&with_attachment(&pdf, "results.csv", csv.replacen(",10,", ",12,", 1).as_bytes()));
    assert_eq!(status, Some(4), "{said}");
    assert!(said.contains("results.csv: answer, "), "{said}");
}

/// The pages of one report, with what another carries.
#[test]
fn a_figure_changed_on_a_page_is_named_with_the_page() {
    let project = tempfile::tempdir().expect("a temporary folder");
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify")).expect("the project").flatten() {
        fs::copy(file.path(), project.path().join(file.file_name())).expect("a copy");
    }
    let export = project.path().join("1.export.csv");
    let rows = fs::read_to_string(&export).expect("the export");
    fs::write(&export, rows.replace("k,OUT,2025-06-05", "k,OUT,2025-05-05")).expect("an edit");
    let (_out, other) = published(project.path());
    let sound = parsed(&fs::read(small().1.join("bilan.fr.pdf")).expect("a PDF"));
    let mut pdf = fs::read(other.join("bilan.fr.pdf")).expect("a PDF");
    for (name, content) in &sound.attachments {
        pdf = with_attachment(&pdf, name, content);
    }
    let (status, said, problems) = verify(&pdf);
    assert_eq!(status, Some(4), "{said}{problems}");
    // 11 of 20 on its pages, 10 of 20 in what it carries.
    for line in [": summary of answer, rate\n  says 55,0, expected 50", ": cases of answer, met\n  says 11, expected 10"] {
        assert!(said.contains(line), "{line}: {said}");
    }
    // The page on which Poppler finds the words, too.
    assert!(said.contains("page 1: summary of answer, rate"), "{said}");
}

/// Every cell of the tables that --help names is held against the data: one digit more is noticed.
#[test]
fn a_digit_more_in_a_cell_is_noticed() {
    let document = parsed(&fs::read(sample().1.join("bilan.en.pdf")).expect("a PDF"));
    let (mut changed, mut unnoticed) = (0, BTreeSet::new());
    for place in (0..).step_by(5) {
        let mut edited = Document {
            structure: document.structure.clone(),
            glyphs: Vec::new(),
            size: document.size,
            attachments: document.attachments.clone(),
            metadata: String::new(),
            language: document.language.clone(),
        };
        let Some(table) = add_digit(&mut edited.structure, &mut place.clone(), "") else { break };
        changed += 1;
        if contradictions(&edited).is_empty() {
            unnoticed.insert(table);
        }
    }
    assert!(changed > 250, "{changed}");
    // The controls, the reasons of rejected rows, the signs, and the method, whose tables begin with the first of their terms.
    let told = ["Controls run", "Rejected rows", "Regularities", "What is counted", "Text of the commitment"];
    let of_those = |table: &String| told.iter().any(|name| table.split(". ").take(2).any(|part| part.starts_with(name)));
    assert!(unnoticed.iter().all(of_those), "{unnoticed:#?}");
}

/// Puts a 7 before the first digit of the cell at this place among those with digits, and tells the heads of its table.
fn add_digit(element: &mut Element, place: &mut usize, table: &str) -> Option<String> {
    let table = if element.name == "Table" { element.text().chars().take(80).collect() } else { table.to_owned() };
    if element.name == "TD" && element.text().contains(|letter: char| letter.is_ascii_digit()) {
        if *place > 0 {
            *place -= 1;
            return None;
        }
        let edited = first_digit(element);
        return edited.then_some(table);
    }
    element.children.iter_mut().find_map(|child| match child {
        Node::Element(child) => add_digit(child, place, &table),
        Node::Text(_) => None,
    })
}

fn first_digit(element: &mut Element) -> bool {
    element.children.iter_mut().any(|child| match child {
        Node::Element(child) => first_digit(child),
        Node::Text(text) => match text.find(|letter: char| letter.is_ascii_digit()) {
            Some(at) => {
                text.insert(at, '7');
                true
            }
            None => false,
        },
    })
}

#[test]
fn what_is_no_report_is_said_to_be_none() {
    let foreign = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n";
    for content in [&b""[..], b"%PDF-1.7", b"a text", &[0; 4096], foreign] {
        let (status, said, problems) = verify(content);
        assert_eq!(status, Some(1), "{said}{problems}");
        assert!(problems.contains("report.pdf is no PDF that bilan published: "), "{problems}");
    }
}

/// Cut anywhere, or with bytes changed anywhere: an answer, whatever it is.
#[test]
fn a_damaged_report_is_answered() {
    let sound = fs::read(small().1.join("bilan.en.pdf")).expect("a PDF");
    let mut seed = 20_250_401_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for round in 0..120 {
        let mut damaged = sound.clone();
        if round % 3 == 0 {
            damaged.truncate(random(sound.len()));
        } else {
            for _ in 0..=round {
                let at = random(damaged.len());
                damaged[at] = u8::try_from(random(256)).expect("a byte");
            }
        }
        let answered = catch_unwind(move || document::parse(&damaged).and_then(|document| check(&document).map(|_| ())));
        assert!(answered.is_ok(), "round {round}");
    }
}
