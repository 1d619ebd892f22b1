//! Whole projects through `measure`: the order of rows and of files, and the number of threads, change no figure.

use super::random::{Random, setting};
use bilan::declaration::{self, Overrides};
use bilan::domain::account::RowAccount;
use bilan::domain::calendar::Day;
use bilan::domain::figures::Figures;
use bilan::measure::{JudgedCase, Measured, Run, Witness, measure};
use std::fs;
use std::path::Path;

/// Looks at nothing.
struct Nobody;

impl Witness for Nobody {
    fn take(&mut self, _: &JudgedCase<'_>) {}

    fn append(&mut self, Nobody: Self) {}
}

fn figures(project: &Path, threads: usize) -> Result<Measured<Nobody>, String> {
    let loaded = declaration::load(project, &Overrides::default()).map_err(|problems| format!("{problems:#?}"))?;
    // One thread keeps everything in memory, several write all events down.
    let memory = if threads == 1 { 1 << 30 } else { 64 };
    let run = Run { project: &loaded.project, data: &loaded.folder, threads, memory, progress: &|_, _| {} };
    measure(&run, |_| Nobody).map_err(|problems| format!("{problems:#?}"))
}

#[test]
fn threads_change_no_figure_of_any_conformance_case_and_rows_add_up() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut measured = 0;
    for case in fs::read_dir(&cases).expect("tests/cases").flatten().map(|entry| entry.path()) {
        if !case.join("expected.json").is_file() {
            continue;
        }
        let one = figures(&case, 1).unwrap_or_else(|problem| panic!("{}: {problem}", case.display()));
        let four = figures(&case, 4).expect("the same project again");
        assert_eq!(one.figures, four.figures, "{}", case.display());
        assert_eq!(one.rejected, four.rejected, "{}", case.display());
        rows_add_up(&one);
        measured += 1;
    }
    assert!(measured >= 80, "only {measured} cases in {}", cases.display());
}

/// `rows = accepted + duplicates + rejected`, and every rejected row is in the list of the rejected.
fn rows_add_up(measured: &Measured<Nobody>) {
    for (source, rejected) in measured.figures.sources.iter().zip(&measured.rejected) {
        for file in &source.files {
            let of_file = || rejected.iter().filter(|row| row.place.file == file.name);
            assert_eq!(file.rows.rows(), file.rows.accepted + file.rows.duplicates + of_file().count() as u64);
            for (&reason, &rows) in &file.rows.rejected {
                assert_eq!(of_file().filter(|row| row.reason == reason).count() as u64, rows, "{} {reason:?}", file.name);
            }
        }
    }
}

const DECLARATION: &str = r#"
[report]
organization = { fr = "Essai", en = "Test" }
title = { fr = "Essai", en = "Test" }
languages = ["fr", "en"]
period = { label = "P", first = 2025-04-01, last = 2025-06-30 }
as-of = 2025-07-15
time-zone = "America/Toronto"
status = "draft"

[calendar]
weekend = ["saturday", "sunday"]
holidays = "holidays.csv"

[sources.log]
files = ["exports/log-*.csv"]
layout = "events"
id = "id"
event = "event"
at = "at"
events = { received = "REC", decided = "DEC", notice = "AVIS", complete = "OK", withdrawn = "DES", postponed = "REP" }
ignore-events = ["NOTE"]
fields = { service = "service" }

[sources.calls]
files = ["exports/calls-*.csv"]
layout = "records"
id = "id"
fields = { service = "service" }
[sources.calls.events]
queued = "queued"
answered = { after = "queued", seconds = "wait", when = { outcome = ["ANS"] } }
abandoned = { after = "queued", seconds = "wait", when = { outcome = ["HUP"] } }

[[sections]]
id = "s"
title = { fr = "S", en = "S" }

[[commitments]]
id = "files"
section = "s"
title = { fr = "c", en = "c" }
cite = "test"
source = "log"
start = "received"
stop = "decided"
within = "15 business days"
restarts = ["postponed"]
pauses = [{ from = "notice", until = "complete" }]
exits = { withdrawn = "exclude" }
exclude = [{ name = "rule", where = { service = ["c"] }, because = { fr = "r", en = "r" } }]
breakdown = ["service"]

[[commitments]]
id = "calls"
section = "s"
title = { fr = "d", en = "d" }
cite = "test"
source = "calls"
start = "queued"
stop = "answered"
within = "3 minutes"
exits = { abandoned = "by-wait" }
counted-by = "due"
breakdown = ["service"]
"#;

/// Every calendar year of the cases needs a holiday.
const HOLIDAYS: &str = "date,name_fr,name_en,source\n2025-04-18,a,a,a\n2025-05-19,b,b,b\n2025-06-24,c,c,c\n";

/// Rows of an event log and of a table of calls, some bad, some twice. All rows of one id have the same service, so that the
/// order of the rows decides nothing.
fn rows(random: &mut Random) -> [Vec<String>; 2] {
    let service = |id: u64| ["a", "b", "c", ""][id as usize % 4];
    let mut log = Vec::new();
    for number in 0..600 {
        // Every file is received first, then things happen to it, bad ones among them.
        let id = number % 150;
        let code =
            if number < 150 { "REC" } else { random.pick(&["REC", "DEC", "DEC", "AVIS", "OK", "DES", "REP", "NOTE", "NOPE"]) };
        let date = Day(20_165 + id as i32 / 2 + (number / 150 * 12) as i32 + random.below(12) as i32).date();
        let at = random.pick(&[format!("{date}"), format!("{date} 09:30"), format!("{date}T02:30:00Z")]);
        let at = if random.chance(5) { random.pick(&[String::new(), format!("x{at}")]) } else { at };
        let name = if random.chance(3) { String::new() } else { format!("F{id:03}") };
        log.push(format!("{name},{code},{at},{}", service(id)));
    }
    let day = |random: &mut Random| Day(random.between(20_165, 20_290) as i32).date();
    let mut calls = Vec::new();
    for id in 0..300 {
        let queued = format!("{} 1{}:0{}:00", day(random), random.below(10), random.below(10));
        let queued = if random.chance(5) { day(random).to_string() } else { queued };
        let wait = random.pick(&["0", "180", "181", "181.9", "7000", "", "-1"]);
        let outcome = random.pick(&["ANS", "HUP", "VM"]);
        let row = format!("C{id:03},{queued},{wait},{outcome},\"{}\"", service(id));
        calls.extend(std::iter::repeat_n(row, 1 + random.below(8) / 7));
    }
    for place in 0..20 {
        log.push(log[place].clone());
    }
    [log, calls]
}

/// Writes the rows in random order into one to four files of random names.
fn write(folder: &Path, rows: &[Vec<String>; 2], random: &mut Random) {
    let exports = folder.join("exports");
    let _ = fs::remove_dir_all(&exports);
    fs::create_dir_all(&exports).expect("a temporary folder");
    fs::write(folder.join("declaration.toml"), DECLARATION).expect("a temporary file");
    fs::write(folder.join("holidays.csv"), HOLIDAYS).expect("a temporary file");
    for (rows, (stem, header)) in rows.iter().zip([("log", "id,event,at,service"), ("calls", "id,queued,wait,outcome,service")]) {
        let mut rows = rows.clone();
        random.shuffle(&mut rows);
        let mut parts: Vec<Vec<String>> = vec![Vec::new(); 1 + random.below(4)];
        for row in rows {
            let part = random.below(parts.len());
            parts[part].push(row);
        }
        for part in parts {
            let name = exports.join(format!("{stem}-{:016x}.csv", random.next()));
            fs::write(name, format!("{header}\n{}\n", part.join("\n"))).expect("a temporary file");
        }
    }
}

/// The figures without what belongs to single files: the rows of each source, and which rows were rejected.
fn comparable(measured: &Measured<Nobody>) -> (Figures, Vec<RowAccount>, Vec<String>) {
    let mut figures = measured.figures.clone();
    let rows = figures.sources.iter().map(|source| source.rows()).collect();
    figures.sources.iter_mut().for_each(|source| source.files.clear());
    let row = |row: &bilan::intake::RejectedRow| format!("{:?} {}", row.reason, row.row);
    let mut rejected: Vec<String> = measured.rejected.iter().flatten().map(row).collect();
    rejected.sort();
    (figures, rows, rejected)
}

#[test]
fn the_order_of_rows_and_files_and_the_threads_change_no_figure() {
    let projects = setting("BILAN_PROPERTY_PROJECTS", 8);
    let seed = setting("BILAN_PROPERTY_SEED", 20_260_331);
    println!("BILAN_PROPERTY_PROJECTS={projects} BILAN_PROPERTY_SEED={seed}");
    for number in 0..projects {
        let mut random = Random::of(seed, number);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let rows = rows(&mut random);
        let mut first = None;
        for order in 0..4 {
            write(folder.path(), &rows, &mut random);
            let measured = figures(folder.path(), 1 + order % 3).unwrap_or_else(|problem| panic!("seed {seed}: {problem}"));
            rows_add_up(&measured);
            let found = comparable(&measured);
            assert_eq!(found.1.iter().map(RowAccount::rows).sum::<u64>(), rows.iter().map(|rows| rows.len() as u64).sum::<u64>());
            match &first {
                None => {
                    let tallies = &found.0.commitments;
                    assert!(
                        tallies.iter().all(|tally| tally.met > 0 && tally.missed > 0 && tally.excluded() > 0),
                        "{tallies:#?}"
                    );
                    assert!(found.1.iter().all(|rows| rows.duplicates > 0 && rows.rejected_rows() > 0), "{:?}", found.1);
                    first = Some(found);
                }
                Some(first) => assert_eq!(*first, found, "seed {seed}, project {number}, order {order}"),
            }
        }
    }
}
