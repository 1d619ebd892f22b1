//! What an earlier run stored about one case, against the same case judged again.

use polars_error::PolarsResult;
use serde::Serialize;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use crate::domain::project::Project;
use crate::evidence::case_reader::{CaseReader, Lines};
use crate::evidence::{CASES, CaseFile, write_cases};

/// The outcome of a comparison with an earlier run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// The folder of the run.
    pub run: String,
    pub differences: Vec<Difference>,
}

/// A figure of a case that was stored otherwise than it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub commitment: String,
    /// A column of `cases.parquet`, or `in scope` where one side has no line for the commitment.
    pub column: String,
    pub stored: Option<String>,
    pub now: Option<String>,
}

/// Whether the folder holds a run with evidence of cases.
pub fn is_run(run: &Path) -> bool {
    run.join(CASES).is_file()
}

/// The sha256 of the declaration that a run was made from, as its manifest tells; `None` where it can't be read.
pub fn declaration_of(run: &Path) -> Option<String> {
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(run.join("audit/manifest.json")).ok()?).ok()?;
    let declaration = manifest["inputs"].as_array()?.iter().find(|input| input["kind"] == "declaration")?;
    declaration["sha256"].as_str().map(str::to_owned)
}

/// Compares what a run stored about the case `id` with what `now`, of each source, would store of it.
///
/// Only `commitments` are looked at. `Err` tells why the evidence can't be read.
pub fn compare(run: &Path, id: &str, project: &Project, now: Vec<CaseFile<'_>>, commitments: &[&str]) -> Result<Stored, String> {
    let path = run.join(CASES);
    let unreadable = |error: &dyn Display| format!("{}: {error}", path.display());
    let file = File::open(&path).map_err(|error| unreadable(&error))?;
    let stored = lines_of(&file, id).map_err(|error| unreadable(&error))?;
    let mut written = Vec::new();
    write_cases(project, now, &mut written)?;
    let now = lines_of(Cursor::new(written.as_slice()), id).map_err(|error| error.to_string())?;
    let mut differences = Vec::new();
    for commitment in commitments {
        let find = |lines: &'_ [Line]| lines.iter().position(|line| line.text("commitment") == Some(commitment));
        match (find(&stored), find(&now)) {
            (None, None) => {}
            (Some(before), Some(after)) => differences.extend(stored[before].differences(&now[after], commitment)),
            (before, after) => {
                let said = |found: Option<usize>| Some(if found.is_some() { "yes" } else { "no" }.to_owned());
                let (stored, now) = (said(before), said(after));
                differences.push(Difference { commitment: (*commitment).to_owned(), column: "in scope".to_owned(), stored, now });
            }
        }
    }
    Ok(Stored { run: run.display().to_string(), differences })
}

/// The lines of one case: its id is looked for in the column of ids, and no other line is read.
fn lines_of(content: impl Read + Seek + Clone, id: &str) -> PolarsResult<Vec<Line>> {
    let reader = CaseReader::open(content)?;
    let mut places = Vec::new();
    for (group, ids) in reader.texts("id").enumerate() {
        let ids = ids?;
        places.extend((0..ids.len()).filter(|&line| ids.cell(line).text() == Some(id)).map(|line| (group, line..line + 1)));
    }
    let lines = reader.lines(&places)?;
    Ok((0..lines.height()).map(|line| Line::new(&lines, line)).collect())
}

/// One line of the evidence: the columns and their values as text.
struct Line(Vec<(String, Option<String>)>);

impl Line {
    fn new(lines: &Lines, line: usize) -> Line {
        Line(lines.columns().map(|(name, column)| (name.to_owned(), column.cell(line).shown())).collect())
    }

    fn text(&self, column: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == column).and_then(|(_, value)| value.as_deref())
    }

    fn differences(&self, now: &Line, commitment: &str) -> Vec<Difference> {
        let mut columns: Vec<&String> = self.0.iter().chain(&now.0).map(|(name, _)| name).collect();
        let mut seen = std::collections::BTreeSet::new();
        columns.retain(|column| seen.insert(*column));
        let owned = |line: &Line, column: &str| line.text(column).map(str::to_owned);
        let difference = |column: &String| Difference {
            commitment: commitment.to_owned(),
            column: column.clone(),
            stored: owned(self, column),
            now: owned(now, column),
        };
        columns.into_iter().map(difference).filter(|difference| difference.stored != difference.now).collect()
    }
}
