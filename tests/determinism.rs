//! The same inputs give the same bytes: twenty runs on what might be twenty machines, compared by the hashes of their files.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Four sources in both layouts, of one to three files each, with rejected rows and masked cells.
const PROJECT: &str = "tests/cases/all-39";
const THREADS: [&str; 3] = ["1", "2", "4"];
const ZONES: [&str; 5] = ["UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
const LOCALES: [&str; 4] = ["C", "tr_TR.UTF-8", "fr_CA.UTF-8", "ar_EG.UTF-8"];

/// Where a run stands, and how it names its project and its output.
const PLACES: [(&str, &str, &str); 4] =
    [("ministry", ".", "output"), (".", "ministry", "output"), ("ministry/exports", "..", "../output"), ("home", "/", "/")];

/// The path of a file in the folder of a run, and its SHA-256.
type Hashes = BTreeMap<PathBuf, String>;

/// One of the machines: everything about it that must not matter.
#[derive(Debug, Clone, Copy)]
struct Machine(usize);

impl Machine {
    /// Copies the project into `folder`, its files made in an order of this machine's own, and begins the run.
    fn start(self, folder: &Path, declaration: &str) -> Child {
        let Machine(number) = self;
        let mut files = files_below(&root().join(PROJECT));
        let count = files.len();
        files.rotate_left(number % count);
        if number % 2 == 1 {
            files.reverse();
        }
        let project = folder.join("ministry");
        for file in &files {
            let copy = project.join(file);
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
            fs::copy(root().join(PROJECT).join(file), copy).expect("a copy");
        }
        fs::write(project.join("declaration.toml"), declaration).expect("the declaration");
        fs::create_dir(folder.join("home")).expect("a folder");
        let (place, named, out) = match PLACES[number % PLACES.len()] {
            (place, "/", _) => (place, project.clone(), project.join("output")),
            (place, named, out) => (place, named.into(), out.into()),
        };
        Command::new(env!("CARGO_BIN_EXE_bilan"))
            .current_dir(folder.join(place))
            .env("TZ", ZONES[number % ZONES.len()])
            .env("LANG", LOCALES[number % LOCALES.len()])
            .env("LC_ALL", LOCALES[number / ZONES.len() % LOCALES.len()])
            .env("HOME", folder.join("home"))
            .args(["report", "--quiet", "--threads", THREADS[number % THREADS.len()]])
            .args(["--format", "pdf,html,html-fragment,json,csv,xlsx", "--out"])
            .arg(out)
            .arg(named)
            .stdout(Stdio::null())
            .spawn()
            .expect("the program runs")
    }
}

/// Runs the project on each machine, two at a time.
fn run_on(machines: &[Machine], declaration: &str) -> Vec<Hashes> {
    let mut all = Vec::new();
    for pair in machines.chunks(2) {
        let running: Vec<_> = pair
            .iter()
            .map(|machine| {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let child = machine.start(folder.path(), declaration);
                (machine, folder, child)
            })
            .collect();
        for (machine, folder, mut child) in running {
            assert!(child.wait().expect("the program ends").success(), "{machine:?}");
            let out = if folder.path().join("output").exists() { "output" } else { "ministry/output" };
            all.push(hashes(&folder.path().join(out).join("P")));
        }
    }
    all
}

#[test]
fn twenty_machines_write_the_same_bytes() {
    let machines: Vec<Machine> = (0..20).map(Machine).collect();
    let runs = run_on(&machines, &declaration());
    let expected = ["publication/bilan.fr.pdf", "publication/bilan.en.html", "audit/cases.parquet", "audit/manifest.json"];
    assert!(expected.iter().all(|name| runs[0].contains_key(Path::new(name))), "{:?}", runs[0].keys());
    for (machine, run) in machines.iter().zip(&runs) {
        assert_eq!(differing(&runs[0], run), [] as [&Path; 0], "{machine:?}");
    }
}

/// Files are read in the order of their names: the order of the patterns that find them is a matter of taste.
#[test]
fn the_order_of_patterns_shows_in_the_manifest_alone() {
    let [written, turned] =
        ["\"exports/src3-*.csv\", \"exports/src3-a/*.csv\"", "\"exports/src3-a/*.csv\", \"exports/src3-*.csv\""];
    assert!(declaration().contains(written));
    let [first] = &run_on(&[Machine(0)], &declaration())[..] else { unreachable!("one run") };
    let [second] = &run_on(&[Machine(1)], &declaration().replace(written, turned))[..] else { unreachable!("one run") };
    assert_eq!(differing(first, second), [Path::new("audit/manifest.json")]);
}

/// The files that one of two runs has not, or has otherwise.
fn differing<'a>(one: &'a Hashes, other: &'a Hashes) -> Vec<&'a Path> {
    let mut names: Vec<&Path> = one.keys().chain(other.keys()).map(PathBuf::as_path).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| one.get(*name) != other.get(*name));
    names
}

fn hashes(run: &Path) -> Hashes {
    let hash = |name: PathBuf| {
        let mut content = fs::read(run.join(&name)).expect("a file of the run");
        if name.ends_with("manifest.json") {
            content = timeless(content);
        }
        let hash = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        (name, hash)
    };
    files_below(run).into_iter().map(hash).collect()
}

/// The manifest without the one line that tells how long the run took.
fn timeless(manifest: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(manifest).expect("text");
    let is_time = |line: &&str| line.trim_start().starts_with("\"seconds\":");
    assert_eq!(text.lines().filter(is_time).count(), 1, "{text}");
    text.split_inclusive('\n').filter(|line| !is_time(line)).collect::<String>().into_bytes()
}

/// The files below `folder`, relative to it, in order of their names.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(folder.join(&below)).expect("a folder").flatten() {
            let name = below.join(entry.file_name());
            if entry.path().is_dir() { folders.push(name) } else { found.push(name) }
        }
    }
    found.sort();
    found
}

fn declaration() -> String {
    fs::read_to_string(root().join(PROJECT).join("declaration.toml")).expect("the declaration")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
