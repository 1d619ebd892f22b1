//! The import arrows of ARCHITECTURE.md: a room may only name the rooms that it is allowed to see.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room, the rooms that it may name, and the outside crates where they are limited.
fn rooms() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("diagnostic", &[][..]),
        ("domain", &[]),
        ("declaration", &["domain", "diagnostic"]),
        ("intake", &["domain", "diagnostic"]),
        ("doctor", &["intake", "domain", "diagnostic"]),
        ("measure", &["intake", "domain", "diagnostic"]),
        ("report", &["domain"]),
        ("publish", &["report"]),
        ("published", &["domain"]),
        ("evidence", &["measure", "intake", "domain", "report"]),
        ("simulate", &["domain"]),
        ("preview", &[]),
        ("sql", &["domain"]),
        ("cli", &["declaration", "domain"]),
    ])
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn of_room(room: &str) -> Vec<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = files(&source.join(room));
    found.extend(Some(source.join(format!("{room}.rs"))).filter(|path| path.is_file()));
    assert!(!found.is_empty(), "no room {room}");
    found
}

#[test]
fn rooms_import_along_the_arrows() {
    let allowed = rooms();
    let mut wrong = Vec::new();
    for (room, may_see) in &allowed {
        for path in of_room(room) {
            let code = code(&path);
            for other in code.split("crate::").skip(1) {
                let name: String = other.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                if name != *room && !may_see.contains(&name.as_str()) {
                    wrong.push(format!("{} names {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_domain_sees_only_std_and_chrono_and_no_float_nor_hash_order() {
    let forbidden = [
        "serde",
        "polars",
        "chrono_tz",
        "std::fs",
        "std::io",
        "std::path",
        "f32",
        "f64",
        "HashMap",
        "HashSet",
        "SystemTime",
        "Instant::now",
        "std::env",
        "Utc",
        "Local",
    ];
    let mut wrong = Vec::new();
    for path in of_room("domain") {
        let code = code(&path);
        wrong
            .extend(forbidden.iter().filter(|word| code.contains(**word)).map(|word| format!("{} names {word}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_preview_opens_a_socket() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let opening: Vec<PathBuf> = files(&source).into_iter().filter(|path| code(path).contains("std::net")).collect();
    assert!(!opening.is_empty(), "no file opens a socket");
    assert!(opening.iter().all(|path| path.starts_with(source.join("preview"))), "{opening:?}");
}

#[test]
fn diagnostics_need_nothing_but_std() {
    for path in of_room("diagnostic") {
        let uses: Vec<String> =
            code(&path).lines().filter(|line| line.trim_start().starts_with("use ")).map(str::to_owned).collect();
        let own = ["use std::", "use super::", "use crate::diagnostic", "pub use "];
        assert!(
            uses.iter().all(|line| own.iter().any(|start| line.trim_start().starts_with(start))),
            "{}: {uses:?}",
            path.display()
        );
    }
}

#[test]
fn typst_templates_execute_no_text() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("report-templates");
    let mut checked = 0;
    for path in fs::read_dir(templates).unwrap().flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "typ") {
            checked += 1;
            assert!(!fs::read_to_string(&path).unwrap().contains("eval("), "{} calls eval", path.display());
        }
    }
    assert!(checked > 0, "no Typst template");
}
