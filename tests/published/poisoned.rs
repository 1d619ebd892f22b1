//! Projects whose texts are hostile.

use super::run::bilan;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// One text a line: a JSON string, `* n` repeats it.
const PAYLOADS: &str = include_str!("payloads.txt");

pub fn payloads() -> Vec<String> {
    let lines = PAYLOADS.lines().filter(|line| line.starts_with('"'));
    let payload = |line: &str| {
        let (literal, times) = line
            .rsplit_once("\" * ")
            .map_or((line.to_owned(), 1), |(literal, times)| (format!("{literal}\""), times.parse().expect("a number of times")));
        serde_json::from_str::<String>(&literal).unwrap_or_else(|_| panic!("no JSON string: {line}")).repeat(times)
    };
    let payloads: Vec<String> = lines.map(payload).collect();
    assert!(payloads.len() >= 200);
    payloads
}

/// As many texts that want nothing.
pub fn calm_texts() -> Vec<String> {
    (0..payloads().len()).map(|number| format!("Calm text {number}")).collect()
}

/// A TOML string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() => write!(quoted, "\\u{:04X}", u32::from(character)).unwrap(),
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

pub fn csv_cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The beginning of a declaration, with the texts of its head.
pub fn head(organization: &str, title: &str, closures: &str) -> String {
    format!(
        r#"[report]
organization = {{ fr = {organization}, en = {organization} }}
title = {{ fr = {title}, en = {title} }}
languages = ["fr", "en"]
period = {{ label = "2025", first = 2025-01-01, last = 2025-12-31 }}
time-zone = "America/Toronto"
status = "draft"
commentary = "commentary.toml"

[calendar]
weekend = ["saturday", "sunday"]
holidays = "holidays.csv"
closures = [{closures}]

[sources.files]
files = ["*.export.csv"]
layout = "records"
events = {{ received = "in", answered = "out" }}
fields = {{ what = "what" }}
multiline = ["what"]
"#
    )
}

pub fn commitment(id: &str, section: &str, texts: [&str; 4]) -> String {
    let [title, short, noun, cite] = texts.map(quoted);
    format!(
        r#"
[[commitments]]
id = "{id}"
section = "{section}"
title = {{ fr = {title}, en = {title} }}
short = {{ fr = {short}, en = {short} }}
noun = {{ fr = {noun}, en = {noun} }}
cite = {cite}
source = "files"
start = "received"
stop = "answered"
within = "5 business days"
"#
    )
}

pub fn section(id: &str, title: &str) -> String {
    let title = quoted(title);
    format!("\n[[sections]]\nid = \"{id}\"\ntitle = {{ fr = {title}, en = {title} }}\n")
}

pub struct Project(TempDir);

impl Project {
    pub fn new(declaration: &str, export: &str, holidays: &str, commentary: &str) -> Project {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = [
            ("declaration.toml", declaration),
            ("1.export.csv", export),
            ("holidays.csv", holidays),
            ("commentary.toml", commentary),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        Project(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The line of each error, by file; no error is without a place, and nothing that is said steers a terminal.
    pub fn refusals(&self) -> BTreeMap<String, BTreeSet<usize>> {
        let output = bilan(["check", self.path().to_str().unwrap(), "--diagnostics", "json"]);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(!said.chars().any(steers), "{said:?}");
        let mut refusals: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for problem in said.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
            if problem["severity"] == "error" {
                let (file, line) = (problem["file"].as_str(), problem["line"].as_u64());
                let file = file.unwrap_or_else(|| panic!("without place: {problem}")).rsplit('/').next().unwrap().to_owned();
                refusals.entry(file).or_default().insert(line.expect("a line") as usize);
            }
        }
        assert_eq!(output.status.success(), refusals.is_empty(), "{said}");
        refusals
    }
}

pub const HOLIDAYS: &str = "date,name_fr,name_en,source\n2025-12-25,Noël,Christmas Day,calendar\n";
pub const ROWS: &str = "in,out,what\n2025-03-03,2025-03-04,a\n2025-03-03,2025-03-04,a\n2025-03-03,2025-03-04,a\n2025-03-03,2025-03-04,a\n2025-03-03,2025-03-24,a\n";

/// A character that a terminal obeys.
pub fn steers(character: char) -> bool {
    character.is_control() && !['\n', '\r', '\t'].contains(&character)
}
