//! Reads `cases.parquet`, one commitment at a time.

use polars::prelude::{AnyValue, Column, DataFrame, ParallelStrategy, ParquetReader, PolarsResult, SerReader};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The cases of a run, as its folder holds them.
pub struct StoredCases<'a> {
    content: &'a [u8],
    /// Commitments in the order of the file, each with the rows that it has: offset and length.
    runs: Vec<(String, Vec<(usize, usize)>)>,
}

impl<'a> StoredCases<'a> {
    /// Finds the rows of each commitment. `content` is the file's bytes; errors say what is wrong with it.
    pub fn open(content: &'a [u8]) -> Result<StoredCases<'a>, String> {
        let reader = ParquetReader::new(Cursor::new(content)).with_columns(Some(vec!["commitment".to_owned()]));
        let frame = reader.read_parallel(ParallelStrategy::None).finish().map_err(|error| error.to_string())?;
        let column = frame.column("commitment").map_err(|error| error.to_string())?;
        let names = column.str().map_err(|error| error.to_string())?;
        let mut runs: Vec<(String, Vec<(usize, usize)>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut last: Option<&str> = None;
        for (row, name) in names.iter().enumerate() {
            let name = name.unwrap_or_default();
            if last != Some(name) {
                let place = *places.entry(name.to_owned()).or_insert(runs.len());
                if place == runs.len() {
                    runs.push((name.to_owned(), Vec::new()));
                }
                runs[place].1.push((row, 0));
                last = Some(name);
            }
            if let Some(run) = places.get(name).and_then(|&place| runs[place].1.last_mut()) {
                run.1 += 1;
            }
        }
        Ok(StoredCases { content, runs })
    }

    /// The commitments that have a case, in the order of the file.
    pub fn commitments(&self) -> impl Iterator<Item = &str> {
        self.runs.iter().map(|(name, _)| name.as_str())
    }

    /// The lines of one commitment, with every column; `None` where it has no case.
    pub fn of(&self, commitment: &str) -> Result<Option<DataFrame>, String> {
        let Some((_, runs)) = self.runs.iter().find(|(name, _)| name == commitment) else { return Ok(None) };
        let mut frames = runs.iter().map(|&run| self.slice(run));
        let read = frames.next().transpose().and_then(|first| {
            let Some(mut whole) = first else { return Ok(None) };
            for frame in frames {
                whole.vstack_mut(&frame?)?;
            }
            Ok(Some(whole))
        });
        read.map_err(|error| error.to_string())
    }

    fn slice(&self, (offset, length): (usize, usize)) -> PolarsResult<DataFrame> {
        let reader = ParquetReader::new(Cursor::new(self.content)).with_slice(Some((offset, length)));
        let mut frame = reader.read_parallel(ParallelStrategy::None).finish()?;
        frame.rechunk_mut();
        Ok(frame)
    }
}

/// The text of a cell as people read it; `None` is null.
pub fn cell(column: &Column, row: usize) -> Option<String> {
    match column.get(row).ok()? {
        AnyValue::Null => None,
        AnyValue::String(text) => Some(text.to_owned()),
        other => Some(other.to_string()),
    }
}

/// The rows of each id, in order: an id has one row a commitment, unless somebody added one.
pub fn rows_by_id(frame: &DataFrame) -> Result<BTreeMap<&str, Vec<usize>>, String> {
    let ids = frame.column("id").and_then(|column| column.str()).map_err(|error| error.to_string())?;
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, id) in ids.iter().enumerate() {
        rows.entry(id.unwrap_or_default()).or_default().push(row);
    }
    Ok(rows)
}
