//! Reads the columns of `cases.parquet`.

use chrono::DateTime;
use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, StaticArray, Utf8ViewArray, new_empty_array};
use polars_arrow::compute::concatenate::concatenate;
use polars_arrow::datatypes::{ArrowDataType, Field, TimeUnit};
use polars_buffer::Buffer;
use polars_error::{PolarsResult, polars_bail, polars_err};
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::{
    BasicDecompressor, Filter, PageReader, RowGroupMetadata, column_iter_to_arrays, infer_schema, read_metadata,
};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};

use super::case_file::MOST_ROWS;
use crate::domain::calendar::Day;

/// Lines that stand together: the group of lines in the file, and where in it they are.
pub type Place = (usize, Range<usize>);

/// A file of cases, open to be read.
pub struct CaseReader<R> {
    /// Every clone reads the same file.
    content: R,
    groups: Vec<RowGroupMetadata>,
    fields: Vec<Field>,
}

impl<R: Read + Seek + Clone> CaseReader<R> {
    /// Reads what the file says of its columns.
    pub fn open(content: R) -> PolarsResult<CaseReader<R>> {
        contained(|| {
            let metadata = read_metadata(&mut content.clone())?;
            let fields = infer_schema(&metadata)?.iter_values().cloned().collect();
            // Room is made for as many cells as the file says that there are.
            let is_whole = |group: &RowGroupMetadata| {
                let mut columns = group.parquet_columns().iter();
                group.num_rows() <= MOST_ROWS && columns.all(|column| column.num_values() == group.num_rows() as i64)
            };
            if !metadata.row_groups.iter().all(is_whole) {
                polars_bail!(ComputeError: "its lines stand in groups that no run writes");
            }
            Ok(CaseReader { content, groups: metadata.row_groups, fields })
        })
    }

    /// One column of texts, group by group.
    pub fn texts(&self, column: &str) -> impl Iterator<Item = PolarsResult<Column>> {
        let field = self.fields.iter().find(|field| field.name == column);
        let missing = move || polars_err!(ComputeError: "it has no column of texts that is called {column}");
        self.groups.iter().map(move |group| {
            let field = field.ok_or_else(missing)?;
            match contained(|| Column::new(field, &self.chunks(group, field, 0..group.num_rows())?))? {
                texts @ Column::Texts(_) => Ok(texts),
                _ => Err(missing()),
            }
        })
    }

    /// The lines at these places, in this order, with every column.
    pub fn lines(&self, places: &[Place]) -> PolarsResult<Lines> {
        let column = |field: &Field| {
            let mut chunks = Vec::new();
            for (group, rows) in places {
                chunks.extend(self.chunks(&self.groups[*group], field, rows.clone())?);
            }
            Ok((field.name.to_string(), Column::new(field, &chunks)?))
        };
        let columns: Vec<(String, Column)> = contained(|| self.fields.iter().map(column).collect())?;
        let height = places.iter().map(|(_, rows)| rows.len()).sum();
        if columns.iter().any(|(_, column)| column.len() != height) {
            polars_bail!(ComputeError: "its columns are not of one length");
        }
        Ok(Lines { columns, height })
    }

    fn chunks(&self, group: &RowGroupMetadata, field: &Field, rows: Range<usize>) -> PolarsResult<Vec<Box<dyn Array>>> {
        let of_field = group.columns_under_root_iter(&field.name).and_then(|mut columns| columns.next());
        let column = of_field.ok_or_else(|| polars_err!(ComputeError: "some of its lines lack the column {}", field.name))?;
        let bytes = column.byte_range();
        let (mut content, mut chunk) = (self.content.clone(), Vec::new());
        content.seek(SeekFrom::Start(bytes.start))?;
        content.take(bytes.end.saturating_sub(bytes.start)).read_to_end(&mut chunk)?;
        let chunk: Buffer<u8> = chunk.into();
        let pages = || PageReader::new(Cursor::new(chunk.clone()), column, Vec::new(), usize::MAX);
        let mut cells = 0_usize;
        for page in pages() {
            if let CompressedPage::Data(page) = page? {
                cells = cells.saturating_add(page.num_values());
            }
        }
        // Room is made for as many cells as a page says that it has.
        if cells != group.num_rows() {
            polars_bail!(ComputeError: "the pages of its column {} are not whole", field.name);
        }
        let pages = BasicDecompressor::new(pages(), Vec::new());
        let kind = &column.descriptor().descriptor.primitive_type;
        let rows = Filter::new_ranged(rows.start, rows.end);
        Ok(column_iter_to_arrays(vec![pages], vec![kind], field.clone(), Some(rows))?.0)
    }
}

/// Reads, and makes an error of a panic: polars stops with one over some files that are damaged. Nothing is said of it on stderr.
fn contained<T>(read: impl FnOnce() -> PolarsResult<T>) -> PolarsResult<T> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    panic::set_hook(hook);
    read.unwrap_or_else(|_| Err(polars_err!(ComputeError: "the file is damaged")))
}

/// Lines of `cases.parquet`, column by column.
#[derive(PartialEq)]
pub struct Lines {
    columns: Vec<(String, Column)>,
    height: usize,
}

impl Lines {
    /// How many lines there are.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Every column with its name, in the order of the file.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column))
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns().find(|(other, _)| *other == name).map(|(_, column)| column)
    }
}

/// The cells of one column.
#[derive(PartialEq)]
pub enum Column {
    Texts(Utf8ViewArray),
    Days(PrimitiveArray<i32>),
    /// Milliseconds since 1970 in UTC.
    Moments(PrimitiveArray<i64>),
    Numbers(PrimitiveArray<i64>),
    Fingerprints(PrimitiveArray<u64>),
    Flags(BooleanArray),
}

/// One cell, as the file holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    Day(Day),
    /// Milliseconds since 1970 in UTC.
    Moment(i64),
    Number(i64),
    Fingerprint(u64),
    Flag(bool),
}

impl Column {
    fn new(field: &Field, chunks: &[Box<dyn Array>]) -> PolarsResult<Column> {
        let chunks: Vec<&dyn Array> = chunks.iter().map(AsRef::as_ref).collect();
        let cells = if chunks.is_empty() { new_empty_array(field.dtype.clone()) } else { concatenate(&chunks)? };
        let cells = cells.as_any();
        let column = match field.dtype {
            ArrowDataType::Utf8View => cells.downcast_ref().cloned().map(Column::Texts),
            ArrowDataType::Date32 => cells.downcast_ref().cloned().map(Column::Days),
            ArrowDataType::Timestamp(TimeUnit::Millisecond, _) => cells.downcast_ref().cloned().map(Column::Moments),
            ArrowDataType::Int64 => cells.downcast_ref().cloned().map(Column::Numbers),
            ArrowDataType::UInt64 => cells.downcast_ref().cloned().map(Column::Fingerprints),
            ArrowDataType::Boolean => cells.downcast_ref().cloned().map(Column::Flags),
            _ => None,
        };
        column.ok_or_else(|| polars_err!(ComputeError: "its column {} is of a kind that no run writes", field.name))
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        match self {
            Column::Texts(cells) => cells.len(),
            Column::Days(cells) => cells.len(),
            Column::Moments(cells) | Column::Numbers(cells) => cells.len(),
            Column::Fingerprints(cells) => cells.len(),
            Column::Flags(cells) => cells.len(),
        }
    }

    /// The cell of a line; empty where there is none.
    pub fn cell(&self, line: usize) -> Cell<'_> {
        if line >= self.len() {
            return Cell::Empty;
        }
        let cell = match self {
            Column::Texts(cells) => cells.get(line).map(Cell::Text),
            Column::Days(cells) => cells.get(line).map(|day| Cell::Day(Day(day))),
            Column::Moments(cells) => cells.get(line).map(Cell::Moment),
            Column::Numbers(cells) => cells.get(line).map(Cell::Number),
            Column::Fingerprints(cells) => cells.get(line).map(Cell::Fingerprint),
            Column::Flags(cells) => cells.get(line).map(Cell::Flag),
        };
        cell.unwrap_or(Cell::Empty)
    }
}

impl<'a> Cell<'a> {
    /// The cell of a line in a column that a file may lack.
    pub fn of(column: Option<&'a Column>, line: usize) -> Cell<'a> {
        column.map_or(Cell::Empty, |column| column.cell(line))
    }

    /// The text of a cell of texts.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The cell as people read it; `None` where it is empty.
    pub fn shown(self) -> Option<String> {
        match self {
            Cell::Empty => None,
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Day(day) => Some(day.date().to_string()),
            Cell::Moment(milliseconds) => Some(match DateTime::from_timestamp_millis(milliseconds) {
                Some(moment) => moment.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
                None => milliseconds.to_string(),
            }),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Fingerprint(number) => Some(number.to_string()),
            Cell::Flag(flag) => Some(flag.to_string()),
        }
    }
}
