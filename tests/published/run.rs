//! Runs the program, and opens what it has published.

use super::html;
use bilan::published::document::{self, Document};
use bilan::published::tree::Element;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

pub const LANGUAGES: [&str; 2] = ["fr", "en"];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn bilan<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(root()).args(arguments).output().expect("the program runs")
}

/// A run: everything that is published, what only the auditors see, and what was said on the way.
pub struct Run {
    pub files: BTreeMap<String, Vec<u8>>,
    pub results: Value,
    pub audit: Value,
    pub said: String,
    pub pages: BTreeMap<&'static str, Element>,
    pub pdfs: BTreeMap<&'static str, Document>,
    pub folder: PathBuf,
    _out: TempDir,
}

impl Run {
    /// `bilan report` of a project in both languages and all formats.
    pub fn of(project: &Path, more: &[&str]) -> Run {
        let out = tempfile::tempdir().expect("a temporary folder");
        let mut arguments = vec!["report", project.to_str().expect("a path")];
        arguments.extend(more);
        arguments.extend(["--diagnostics", "json", "--out", out.path().to_str().expect("a path")]);
        let output = bilan(&arguments);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.success(), "{arguments:?}: {said}");
        let folder = fs::read_dir(out.path()).expect("an output").flatten().next().expect("one run").path();
        let published = folder.join("publication");
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&published).expect("a publication").flatten() {
            let name = entry.file_name().into_string().expect("a name");
            files.insert(name, fs::read(entry.path()).expect("a file"));
        }
        let page = |language: &&'static str| {
            let page = files.get(&format!("bilan.{language}.html"))?;
            Some((*language, html::parse(std::str::from_utf8(page).expect("UTF-8"))))
        };
        let document = |language: &&'static str| {
            Some((*language, document::parse(files.get(&format!("bilan.{language}.pdf"))?).expect("a PDF")))
        };
        Run {
            pages: LANGUAGES.iter().filter_map(page).collect(),
            pdfs: LANGUAGES.iter().filter_map(document).collect(),
            results: serde_json::from_slice(&files["results.json"]).expect("JSON"),
            audit: json(&folder.join("audit/results.json")),
            files,
            said,
            folder,
            _out: out,
        }
    }

    /// The sample, made once for all tests.
    pub fn sample() -> &'static Run {
        static SAMPLE: OnceLock<Run> = OnceLock::new();
        SAMPLE.get_or_init(|| Run::of(&root().join("sample-data"), &[]))
    }

    pub fn commitments(&self) -> &[Value] {
        self.results["commitments"].as_array().expect("commitments")
    }
}

pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

/// A copy of the sample's own files, without its exports, with some texts of its declaration replaced.
pub fn sample_with(changes: &[(&str, &str)]) -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(root().join("sample-data")).expect("the sample").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
        }
    }
    let path = copy.path().join("declaration.toml");
    let mut text = fs::read_to_string(&path).expect("a declaration");
    for (from, to) in changes {
        assert!(text.contains(from), "the declaration of the sample has no `{from}`");
        text = text.replace(from, to);
    }
    fs::write(path, text).expect("a declaration");
    copy
}

/// The files inside a workbook.
pub fn sheets(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).expect("a part");
            let mut text = String::new();
            std::io::Read::read_to_string(&mut file, &mut text).expect("UTF-8");
            (file.name().to_owned(), text)
        })
        .collect()
}
