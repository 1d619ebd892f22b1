//! What is read from exports, against what was written into them: in several pieces, by several hands, with and without room in
//! memory, and one case alone.

use super::random::Random;
use bilan::declaration::{self, Overrides};
use bilan::domain::account::Reject;
use bilan::domain::calendar::Day;
use bilan::domain::clock::Event;
use bilan::domain::project::Project;
use bilan::domain::source::{Layout, Source};
use bilan::intake::{Aside, CaseRow, LocalTime, Origin, Reading, Sink, SourceRead, read_source};
use chrono::DateTime;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A case as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Case {
    id: String,
    events: Vec<Event>,
    origins: Vec<Origin>,
    values: Vec<String>,
}

impl Case {
    /// Codes that no declaration lists are numbered as they are met, which tells nothing.
    fn nameless(&self, source: &Source) -> Case {
        let mut events: Vec<(Event, Origin)> = self.events.iter().copied().zip(self.origins.iter().copied()).collect();
        events.iter_mut().for_each(|(event, _)| event.kind.0 = event.kind.0.min(source.events.len() as u32));
        events.sort_by_key(|(event, origin)| (event.moment, event.kind, *origin));
        let (events, origins) = events.into_iter().unzip();
        Case { events, origins, ..self.clone() }
    }
}

/// Keeps every case.
#[derive(Default)]
struct Cases(Vec<Case>);

impl Sink for Cases {
    fn take(&mut self, case: &CaseRow<'_>) {
        let values = case.values.iter().map(|value| (*value).to_owned()).collect();
        let (id, events, origins) = (case.id.to_owned(), case.events.to_vec(), case.origins.to_vec());
        self.0.push(Case { id, events, origins, values });
    }

    fn append(&mut self, later: Cases) {
        self.0.extend(later.0);
    }
}

/// How a source is read.
#[derive(Clone, Copy)]
struct How<'a> {
    only: Option<&'a str>,
    threads: usize,
    memory: usize,
}

const PLAIN: How<'_> = How { only: None, threads: 1, memory: 1 << 30 };

fn zone(project: &Project) -> LocalTime {
    LocalTime::new(project.time_zone.parse().expect("a time zone"))
}

fn read(project: &Project, zone: &LocalTime, data: &Path, source: usize, how: How<'_>) -> (SourceRead, Vec<Case>) {
    let reading = Reading {
        source: &project.sources[source],
        data,
        zone,
        earliest: project.quality.earliest,
        as_of: project.as_of,
        needs_time: vec![false; project.sources[source].events.len()],
        only: how.only,
        threads: how.threads,
        memory: how.memory,
        progress: &|_, _| {},
    };
    let (read, cases) = read_source(&reading, Cases::default).expect("a source");
    (read, cases.0)
}

/// A project with an export of this name and content, in a folder that goes with what is returned.
fn project(source: &str, content: &[u8]) -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("{REPORT}\n[sources.s]\nfiles = [\"export.csv\"]\n{source}\n{COMMITMENT}");
    fs::write(folder.path().join("declaration.toml"), text).expect("a file");
    fs::write(folder.path().join("holidays.csv"), "date,name_fr,name_en,source\n2025-05-19,b,b,b\n").expect("a file");
    fs::write(folder.path().join("export.csv"), content).expect("a file");
    let loaded = declaration::load(folder.path(), &Overrides::default()).expect("a declaration");
    (folder, loaded.project)
}

const REPORT: &str = r#"
[report]
organization = { fr = "Essai", en = "Test" }
title = { fr = "Essai", en = "Test" }
languages = ["fr", "en"]
period = { label = "P", first = 2025-04-01, last = 2025-06-30 }
as-of = 2025-07-15
time-zone = "UTC"
status = "draft"

[calendar]
weekend = ["saturday", "sunday"]
holidays = "holidays.csv"
"#;

const COMMITMENT: &str = r#"
[[sections]]
id = "s"
title = { fr = "S", en = "S" }

[[commitments]]
id = "c"
section = "s"
title = { fr = "c", en = "c" }
cite = "test"
source = "s"
start = "received"
stop = "decided"
within = "15 business days"
"#;

const LOG: &str = r#"
layout = "events"
id = "id"
event = "event"
at = "at"
events = { received = "REC", decided = "DEC" }
fields = { office = "office" }
"#;

/// A minute of May or June 2025, as an export writes it, and in seconds.
fn minute(random: &mut Random) -> (String, i64) {
    let seconds = 1_746_057_600 + 60 * i64::try_from(random.below(60 * 24 * 60)).expect("few");
    let moment = DateTime::from_timestamp(seconds, 0).expect("a moment");
    (moment.format("%Y-%m-%d %H:%M").to_string(), seconds)
}

/// 100 000 events of 4 000 cases in no order, some rows twice: each case comes with its events by time, each once, and with the office
/// of the earliest row, whatever the hands and the memory.
#[test]
fn a_log_of_several_pieces_is_gathered_as_it_was_written() {
    let mut random = Random(20_261_201);
    let mut text = String::from("id,event,at,office\n");
    let mut expected: BTreeMap<String, Vec<(i64, u32, u32, String)>> = BTreeMap::new();
    let mut duplicates = 0;
    for line in 2..100_002_u32 {
        let id = format!("F{:04}", random.below(4_000));
        let (at, seconds) = minute(&mut random);
        // Half of a case's events fall on one minute, where only the kind and the line tell them apart.
        let (at, seconds) = if random.chance(50) { ("2025-05-02 09:00".to_owned(), 1_746_176_400) } else { (at, seconds) };
        let kind = u32::try_from(random.below(2)).expect("few");
        let office = format!("bureau {line}");
        text.push_str(&format!("{id},{},{at},{office}\n", ["REC", "DEC"][kind as usize]));
        let events = expected.entry(id).or_default();
        if events.iter().any(|(known, same, ..)| (*known, *same) == (seconds, kind)) {
            duplicates += 1;
        } else {
            events.push((seconds, kind, line, office));
        }
    }
    assert!(text.len() > 3 << 20, "{} bytes are no three pieces", text.len());
    let (folder, project) = project(LOG, text.as_bytes());
    let number = |name: &str| project.sources[0].events.iter().position(|event| event == name).expect("an event");
    let kinds = [number("received"), number("decided")];
    for (threads, memory) in [(1, 1 << 30), (1, 1), (3, 1 << 30), (3, 1), (2, 1 << 20)] {
        let (read, cases) = read(&project, &zone(&project), folder.path(), 0, How { only: None, threads, memory });
        let rows = read.account.rows();
        assert_eq!((rows.accepted, rows.duplicates, rows.rejected_rows()), (100_000 - duplicates, duplicates, 0));
        assert_eq!(read.account.cases, 4_000);
        assert_eq!(cases.len(), expected.len());
        for (case, (id, events)) in cases.iter().zip(&expected) {
            assert_eq!(&case.id, id);
            // Of the events of one moment, the first in the order of kinds comes first; the values are those of the first row.
            let mut events = events.clone();
            let earliest = events.iter().min_by_key(|(seconds, _, line, _)| (*seconds, *line)).expect("an event");
            assert_eq!(case.values, std::slice::from_ref(&earliest.3), "{id} with {threads} hands and {memory} bytes");
            events.sort_by_key(|(seconds, kind, ..)| (*seconds, kinds[*kind as usize]));
            let found: Vec<(i64, usize, u32)> = case
                .events
                .iter()
                .zip(&case.origins)
                .map(|(event, origin)| (event.moment.seconds, event.kind.0 as usize, origin.line))
                .collect();
            let wanted: Vec<(i64, usize, u32)> =
                events.iter().map(|(seconds, kind, line, _)| (*seconds, kinds[*kind as usize], *line)).collect();
            assert_eq!(found, wanted, "{id}");
        }
    }
}

/// More fields than are handed over without a list, and a word that only Windows-1252 writes like this after the first megabyte.
const FIELDS: usize = 10;

fn records() -> String {
    let fields: Vec<String> = (0..FIELDS).map(|number| format!("f{number} = \"f{number}\"")).collect();
    format!(
        "layout = \"records\"\nid = \"id\"\nfields = {{ {} }}\nevents = {{ received = \"in\", decided = \"out\" }}\n",
        fields.join(", ")
    )
}

fn record(number: usize, city: &str) -> String {
    let values: Vec<String> = (0..FIELDS).map(|field| format!("{city} {}", number % (field + 2))).collect();
    format!("C{number:06},2025-05-{:02},2025-06-{:02},{}\n", 1 + number % 28, 1 + number % 30, values.join(","))
}

fn header() -> String {
    let names: Vec<String> = (0..FIELDS).map(|number| format!("f{number}")).collect();
    format!("id,in,out,{}\n", names.join(","))
}

/// The cases of these records, in their order.
fn check_records(cases: &[Case], numbers: &[usize], lines: &[u32], city: impl Fn(usize) -> &'static str) {
    assert_eq!(cases.len(), numbers.len());
    for ((case, &number), &line) in cases.iter().zip(numbers).zip(lines) {
        let values: Vec<String> = (0..FIELDS).map(|field| format!("{} {}", city(number), number % (field + 2))).collect();
        assert_eq!((&case.id, &case.values), (&format!("C{number:06}"), &values));
        let days: Vec<Day> = case.events.iter().map(|event| event.moment.day).collect();
        let day = |month, number: usize| Day::from_ymd(2025, month, u32::try_from(number).expect("few")).expect("a day");
        assert_eq!(days, [day(5, 1 + number % 28), day(6, 1 + number % 30)]);
        assert!(case.origins.iter().all(|origin| *origin == Origin { file: 0, line }));
    }
}

/// Every piece but the first holds bytes that are no UTF-8, which is known only when they are met.
#[test]
fn an_encoding_that_shows_late_is_found_for_the_whole_file() {
    let city = |number| if number < 12_000 { "Laval" } else { "Montréal" };
    let numbers: Vec<usize> = (0..30_000).collect();
    let text = header() + &numbers.iter().map(|&number| record(number, city(number))).collect::<String>();
    let bytes: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).expect("Latin-1")).collect();
    assert!(bytes.len() > 3 << 20, "{} bytes are no three pieces", bytes.len());
    let (folder, project) = project(&records(), &bytes);
    let lines: Vec<u32> = (2..30_002).collect();
    for threads in [1, 2, 3] {
        let (read, cases) = read(&project, &zone(&project), folder.path(), 0, How { threads, ..PLAIN });
        assert_eq!(read.account.files[0].encoding, "windows-1252");
        assert_eq!((read.account.rows().accepted, read.account.files[0].lines.physical), (30_000, 30_001));
        check_records(&cases, &numbers, &lines, city);
    }
}

/// Ids in no order, and some of them again later, in another piece: with the same content or with other. The first row stays.
#[test]
fn the_first_of_several_rows_of_an_id_stays_whoever_reads_it() {
    let mut random = Random(20_261_202);
    let mut numbers: Vec<usize> = (0..25_000).collect();
    random.shuffle(&mut numbers);
    let mut text = header() + &numbers.iter().map(|&number| record(number, "Laval")).collect::<String>();
    let mut conflicts = Vec::new();
    for (place, &number) in numbers.iter().take(9_000).enumerate() {
        let is_other = place % 3 == 0;
        text.push_str(&record(number, if is_other { "Gatineau" } else { "Laval" }));
        if is_other {
            conflicts.push(25_002 + place as u64);
        }
    }
    assert!(text.len() > 3 << 20, "{} bytes are no three pieces", text.len());
    let (folder, project) = project(&records(), text.as_bytes());
    let lines: Vec<u32> = (2..25_002).collect();
    for threads in [1, 2, 4] {
        let (read, cases) = read(&project, &zone(&project), folder.path(), 0, How { threads, ..PLAIN });
        let rows = read.account.rows();
        assert_eq!((rows.accepted, rows.duplicates, rows.rejected.get(&Reject::ConflictingId)), (25_000, 6_000, Some(&3_000)));
        let rejected: Vec<u64> = read.rejected.iter().map(|row| row.place.line).collect();
        assert_eq!(rejected, conflicts);
        check_records(&cases, &numbers, &lines, |_| "Laval");
    }
}

/// For every source of every project: a case that is read alone is the case among all, and each of its rows is told.
#[test]
fn a_case_read_alone_is_the_case_among_all() {
    let (mut compared, mut without_id) = (0, 0);
    for folder in projects() {
        let loaded = declaration::load(&folder, &Overrides::default()).expect("a declaration");
        let project = &loaded.project;
        let zone = zone(project);
        for (place, source) in project.sources.iter().enumerate() {
            let (_, all) = read(project, &zone, &loaded.folder, place, PLAIN);
            for case in all.iter().step_by(all.len() / 10 + 1) {
                let how = How { only: Some(&case.id), ..PLAIN };
                let (read, alone) = read(project, &zone, &loaded.folder, place, how);
                let nameless = |cases: &[Case]| -> Vec<Case> { cases.iter().map(|case| case.nameless(source)).collect() };
                assert_eq!(nameless(&alone), [case.nameless(source)], "{} {}", folder.display(), source.id);
                let rows = read.account.rows();
                let told = match source.layout {
                    Layout::Events { .. } => case.events.len(),
                    Layout::Records { .. } => 1,
                };
                assert_eq!(rows.accepted + rows.duplicates, (told + read.asides.len()) as u64, "{}", folder.display());
                let duplicates = read.asides.iter().filter(|(_, aside)| *aside == Aside::Duplicate).count();
                assert_eq!(rows.duplicates, duplicates as u64, "{}", folder.display());
                compared += 1;
                without_id += usize::from(source.id_column.is_none());
            }
            let nobody = How { only: Some("nobody has this id:0"), ..PLAIN };
            assert!(read(project, &zone, &loaded.folder, place, nobody).1.is_empty());
        }
    }
    assert!(compared >= 500 && without_id >= 10, "{compared} cases, {without_id} of them without id");
}

/// The projects of `tests/cases` that come to figures.
fn projects() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = fs::read_dir(cases).expect("tests/cases").flatten().map(|entry| entry.path());
    entries.filter(|project| project.join("expected.json").is_file()).collect()
}
