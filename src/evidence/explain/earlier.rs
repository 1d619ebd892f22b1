//! What an earlier run stored about one case, against the same case judged again.

use polars::prelude::{AnyValue, DataFrame, ParquetReader, PolarsResult, SerReader};
use serde::Serialize;
use std::fs::{self, File};
use std::io::Cursor;
use std::path::Path;

use crate::domain::calendar::Day;
use crate::domain::project::Project;
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
    let stored = lines_of(&path, id).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut written = Vec::new();
    write_cases(project, now, &mut written)?;
    let now = ParquetReader::new(Cursor::new(written)).finish().map_err(|error| error.to_string())?;
    let stored: Vec<Line> = stored.iter().flat_map(lines).collect();
    let now = lines(&now);
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
fn lines_of(path: &Path, id: &str) -> PolarsResult<Vec<DataFrame>> {
    let ids = ParquetReader::new(File::open(path)?).with_columns(Some(vec!["id".to_owned()])).finish()?;
    let ids = ids.column("id")?.str()?;
    let places = ids.iter().enumerate().filter(|(_, found)| *found == Some(id)).map(|(place, _)| place);
    places.map(|place| ParquetReader::new(File::open(path)?).with_slice(Some((place, 1))).finish()).collect()
}

/// One line of the evidence: the columns and their values as text.
struct Line(Vec<(String, Option<String>)>);

fn lines(frame: &DataFrame) -> Vec<Line> {
    let cell = |place: usize| {
        let value = |column: &polars::prelude::Column| (column.name().to_string(), column.get(place).ok().and_then(as_text));
        Line(frame.columns().iter().map(value).collect())
    };
    (0..frame.height()).map(cell).collect()
}

impl Line {
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

fn as_text(value: AnyValue<'_>) -> Option<String> {
    match value.as_borrowed() {
        AnyValue::Null => None,
        AnyValue::String(text) => Some(text.to_owned()),
        AnyValue::Date(day) => Some(Day(day).date().to_string()),
        AnyValue::Datetime(milliseconds, _, _) => {
            chrono::DateTime::from_timestamp_millis(milliseconds).map(|moment| moment.format("%Y-%m-%d %H:%M:%S UTC").to_string())
        }
        AnyValue::Int64(number) => Some(number.to_string()),
        AnyValue::UInt64(number) => Some(number.to_string()),
        AnyValue::Boolean(flag) => Some(flag.to_string()),
        other => Some(format!("{other:?}")),
    }
}
