//! What each fuzzer does with some bytes. Whatever does not hold panics, which is what a fuzzer looks for.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::dates;
use crate::declaration::{Overrides, load};
use crate::domain::calendar::Day;
use crate::domain::source::{Source, TimestampFormat};
use crate::hostile::damage::{Export, layouts};
use crate::hostile::{account, lines};
use crate::intake::LocalTime;
use crate::parts;

/// A folder in memory where the machine has that: a fuzzer writes into it thousands of times a second.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a temporary folder")
}

static ZONE: LazyLock<LocalTime> = LazyLock::new(|| LocalTime::new(chrono_tz::America::Toronto));
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| layouts().into_iter().map(|(_, _, source)| source).collect());

/// The encodings that a declaration may name: those that the recount knows, then the rest of the standard.
const ENCODINGS: [Option<&str>; 5] = [None, Some("utf-8"), Some("windows-1252"), Some("utf-16le"), Some("utf-16be")];
const OTHERS: [&str; 6] = ["iso-8859-15", "macintosh", "gb18030", "shift_jis", "iso-2022-jp", "big5"];

/// Bytes decode to the text, the faults and the encoding that the recount finds; the first byte chooses what is declared.
pub fn decoder(bytes: &[u8]) {
    let Some((&choice, file)) = bytes.split_first() else { return };
    let choice = usize::from(choice) % (ENCODINGS.len() + OTHERS.len());
    let Some(&declared) = ENCODINGS.get(choice) else {
        if let Ok(decoded) = parts::encoding::decode(file, Some(OTHERS[choice - ENCODINGS.len()])) {
            assert!(std::str::from_utf8(&decoded.text).is_ok(), "text in another encoding than UTF-8");
            ascending(&decoded.invalid, decoded.text.len());
        }
        return;
    };
    match (parts::encoding::decode(file, declared), lines::decode(file, declared)) {
        (Ok(decoded), Some(expected)) => {
            assert_eq!(decoded.encoding, expected.encoding);
            assert_eq!(String::from_utf8_lossy(&decoded.text), String::from_utf8_lossy(&expected.bytes));
            assert_eq!(decoded.text, expected.bytes);
            // A sequence that is cut short is one fault of up to three bytes; the recount counts each of its bytes.
            assert!(decoded.invalid.iter().all(|place| expected.invalid.contains(place)));
            let of_a_fault = |place: &usize| decoded.invalid.iter().any(|fault| (*fault..fault + 3).contains(place));
            assert!(expected.invalid.iter().all(of_a_fault), "{:?}, expected {:?}", decoded.invalid, expected.invalid);
            ascending(&decoded.invalid, decoded.text.len());
        }
        (Err(_), None) => {}
        (decoded, expected) => panic!("{decoded:?}, expected {}", expected.map_or("a refusal", |text| text.encoding)),
    }
}

fn ascending(places: &[usize], end: usize) {
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]) && places.last().is_none_or(|last| *last < end), "{places:?}");
}

/// An export is refused for a cause and with a place, or every line and byte of it is accounted for; the first byte chooses the layout,
/// the encoding and the columns that may hold line breaks.
pub fn rows(bytes: &[u8]) {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(folder);
    let Some((&choice, file)) = bytes.split_first() else { return };
    let mut source = SOURCES[usize::from(choice & 1)].clone();
    source.encoding = ENCODINGS[usize::from(choice >> 1 & 7) % ENCODINGS.len()].map(str::to_owned);
    if choice & 0x10 != 0 {
        source.multiline.push("service".to_owned());
    }
    let export = Export { name: String::new(), bytes: file.to_vec(), source };
    if let Err(problem) = account::check(&export, &ZONE, FOLDER.path()) {
        panic!("{problem}");
    }
}

/// Patterns that leave nothing to chance, with what each of them reads.
static PATTERNS: LazyLock<Vec<TimestampFormat>> = LazyLock::new(|| {
    let one = |pattern: &str| TimestampFormat::Patterns(vec![pattern.to_owned()]);
    vec![
        TimestampFormat::Auto,
        one("%d/%m/%Y %H:%M:%S"),
        one("%d/%m/%Y"),
        one("%Y-%m-%dT%H:%M:%S%:z"),
        one("%b %e %Y %I:%M %p"),
        one("%s"),
        one("%Y-%j %H:%M:%S%.f"),
    ]
});

/// A text is read as the moment that the recount reads, or by neither; the first byte chooses the format.
pub fn timestamps(bytes: &[u8]) {
    let Some((&choice, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let choice = usize::from(choice) % PATTERNS.len();
    let earliest = Day::from_ymd(1900, 1, 1).expect("a day");
    let read = parts::timestamp::Timestamps::new(&PATTERNS[choice], &parts_zone(), earliest).read(text);
    if let Some(stamp) = read {
        assert!(earliest <= stamp.moment().day && stamp.moment().day <= Day::from_ymd(2199, 12, 31).expect("a day"));
    }
    let found = read.map(|stamp| (stamp.moment().seconds, i64::from(stamp.moment().day.0), stamp.has_time));
    match choice {
        0 => assert_eq!(found, dates::iso(text), "{text:?}"),
        1 | 2 => {
            // Chrono takes more blanks and signs than a person would write; what a person would write, it must read as meant.
            if let Some(expected) = dates::day_first(text, choice == 1) {
                assert_eq!(found, expected, "{text:?}");
            }
        }
        _ => {}
    }
    let seconds = parts::timestamp::read_seconds(text);
    assert_eq!(seconds.is_some(), dates::is_seconds(text), "{text:?}");
}

fn parts_zone() -> &'static parts::zone::LocalTime {
    static ZONE: LazyLock<parts::zone::LocalTime> = LazyLock::new(|| parts::zone::LocalTime::new(chrono_tz::America::Toronto));
    &ZONE
}

/// The files of a project, in the order in which the bytes hold them, a form feed between two of them.
const FILES: [&str; 5] = ["declaration.toml", "holidays.csv", "commentary.toml", "history.csv", "surveys.csv"];

/// A project is read, or every problem has a place that exists in the file that it names, and quotes the line that stands there.
pub fn declaration(bytes: &[u8]) {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(folder);
    let mut parts = bytes.split(|&byte| byte == b'\x0c');
    let texts: Vec<&[u8]> = FILES.iter().map(|_| parts.next().unwrap_or_default()).collect();
    for (name, text) in FILES.iter().zip(&texts) {
        fs::write(FOLDER.path().join(name), text).expect("a temporary file");
    }
    let loaded = load(FOLDER.path(), &Overrides::default());
    let problems = match &loaded {
        Ok(loaded) => &loaded.warnings,
        Err(problems) => problems,
    };
    assert!(loaded.is_ok() || !problems.is_empty(), "refused without a reason");
    for problem in problems {
        let Some(place) = &problem.place else { continue };
        let Some(file) = FILES.iter().position(|name| *name == place.file) else { panic!("no such file: {problem:?}") };
        let text = String::from_utf8_lossy(texts[file]);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let line = text.split('\n').nth(usize::try_from(place.line).expect("a line") - 1);
        let line = line.unwrap_or_else(|| panic!("no such line: {problem:?}"));
        let line = line.strip_suffix('\r').unwrap_or(line);
        assert!(1 <= place.column && place.column <= line.chars().count() as u64 + 2, "no such column: {problem:?}");
        if let Some(excerpt) = &problem.excerpt {
            assert_eq!(excerpt.line, line, "{problem:?}");
        }
    }
}
