//! `cases.parquet`, encoded while cases are judged: every hand turns its own into pages, and only these wait for the end, out of
//! memory where there are many.

use polars_arrow::datatypes::ArrowSchema;
use polars_error::{PolarsError, PolarsResult};
use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::compression::compress;
use polars_parquet::parquet::page::CompressedDictPage;
use polars_parquet::write::{
    CompressedDataPage, CompressedPage, CompressionOptions, DynIter, DynStreamingIterator, FileWriter, Page, StatisticsOptions,
    Version, WriteOptions, ZstdLevel, array_to_columns, fallible_streaming_iterator, to_parquet_type,
};
use std::io::{self, Write};

use super::cases::CaseTable;
use super::page_store::{PageStore, Stored};
use crate::domain::project::Project;
use crate::measure::{JudgedCase, Witness};

/// More cases than this do not stand in one row group, nor in memory before they are encoded.
pub const MOST_ROWS: usize = 1 << 16;

/// Columns that are encoded already come out no larger at this level than at the encoder's own, 3, in half the time.
const ZSTANDARD_LEVEL: i32 = 1;

/// Rows of one commitment, encoded: their number, and the pages of each column.
type RowGroup = (usize, Vec<Vec<WaitingPage>>);

/// A page whose content waits elsewhere.
struct WaitingPage {
    /// What the page is but for its content.
    frame: Box<dyn FnOnce(CowBuffer) -> CompressedPage + Send>,
    content: Stored,
}

/// The judged cases of one source.
pub struct CaseFile<'a> {
    project: &'a Project,
    /// The names of the source's files.
    files: &'a [String],
    store: &'a PageStore,
    table: CaseTable<'a>,
    /// By commitment of the project.
    encoded: PolarsResult<Vec<Vec<RowGroup>>>,
}

impl<'a> CaseFile<'a> {
    /// No cases yet. Pages wait in `store`.
    pub fn new(project: &'a Project, files: &'a [String], store: &'a PageStore) -> CaseFile<'a> {
        let encoded = Ok(project.commitments.iter().map(|_| Vec::new()).collect());
        CaseFile { project, files, store, table: CaseTable::new(project), encoded }
    }

    fn encode(&mut self, commitment: usize) {
        let Ok(encoded) = &mut self.encoded else { return };
        match row_group(&mut self.table, commitment, self.files, self.store) {
            Ok(group) => encoded[commitment].push(group),
            Err(error) => self.encoded = Err(error),
        }
    }
}

impl Witness for CaseFile<'_> {
    fn take(&mut self, case: &JudgedCase<'_>) {
        self.table.take(case);
        if self.table.height(case.commitment) >= MOST_ROWS {
            self.encode(case.commitment);
        }
    }

    fn close(&mut self) {
        for commitment in 0..self.project.commitments.len() {
            if self.table.height(commitment) > 0 {
                self.encode(commitment);
            }
        }
    }

    fn append(&mut self, later: Self) {
        match (&mut self.encoded, later.encoded) {
            (Ok(encoded), Ok(later)) => encoded.iter_mut().zip(later).for_each(|(groups, later)| groups.extend(later)),
            (Ok(_), Err(error)) => self.encoded = Err(error),
            (Err(_), _) => {}
        }
    }
}

fn row_group(table: &mut CaseTable<'_>, commitment: usize, files: &[String], store: &PageStore) -> PolarsResult<RowGroup> {
    let (rows, options) = (table.height(commitment), options()?);
    let (mut columns, mut scratch) = (Vec::new(), Vec::new());
    for column in table.columns(commitment, files)? {
        for pages in array_to_columns(column.cells, to_parquet_type(&column.field)?, options, &[column.encoding])? {
            let pages = pages.map(|page| stored(page?, options.compression, &mut scratch, store));
            columns.push(pages.collect::<PolarsResult<Vec<WaitingPage>>>()?);
        }
    }
    Ok((rows, columns))
}

/// Compresses a page and puts it aside.
fn stored(page: Page, by: CompressionOptions, scratch: &mut Vec<u8>, store: &PageStore) -> PolarsResult<WaitingPage> {
    let content = match &page {
        Page::Data(page) => page.buffer(),
        Page::Dict(page) => &page.buffer,
    };
    scratch.clear();
    compress(by, content, scratch)?;
    let (size, content) = (content.len(), store.put(scratch)?);
    let frame: Box<dyn FnOnce(CowBuffer) -> CompressedPage + Send> = match page {
        Page::Data(page) => {
            let rows =
                page.num_rows().ok_or_else(|| PolarsError::ComputeError("a page does not say how many rows it has".into()))?;
            let (header, descriptor) = (page.header().clone(), page.descriptor);
            Box::new(move |buffer| {
                CompressedPage::Data(CompressedDataPage::new(header, buffer, by.into(), size, descriptor, rows))
            })
        }
        Page::Dict(page) => {
            let (values, is_sorted) = (page.num_values, page.is_sorted);
            Box::new(move |buffer| CompressedPage::Dict(CompressedDictPage::new(buffer, by.into(), size, values, is_sorted)))
        }
    };
    Ok(WaitingPage { frame, content })
}

fn options() -> PolarsResult<WriteOptions> {
    Ok(WriteOptions {
        statistics: StatisticsOptions::empty(),
        version: Version::V1,
        compression: CompressionOptions::Zstd(Some(ZstdLevel::try_new(ZSTANDARD_LEVEL)?)),
        data_page_size: None,
    })
}

/// Every commitment has the same columns.
fn schema(project: &Project) -> PolarsResult<ArrowSchema> {
    let columns = CaseTable::new(project).columns(0, &[])?;
    Ok(columns.into_iter().map(|column| (column.field.name.clone(), column.field)).collect())
}

/// Writes the cases of all sources into one Parquet file, the commitments in declaration order.
pub fn write_cases(project: &Project, files: Vec<CaseFile<'_>>, out: impl Write) -> Result<(), String> {
    if project.commitments.is_empty() {
        return Ok(());
    }
    write(project, files, out).map_err(|error| error.to_string())
}

fn write(project: &Project, files: Vec<CaseFile<'_>>, out: impl Write) -> Result<(), PolarsError> {
    let mut sources = Vec::new();
    for file in files {
        sources.push((file.store, file.encoded?));
    }
    let mut writer = FileWriter::try_new(out, schema(project)?, options()?)?;
    for (place, commitment) in project.commitments.iter().enumerate() {
        let (store, encoded) = &mut sources[commitment.source];
        for (rows, columns) in std::mem::take(&mut encoded[place]) {
            let mut complete = Vec::new();
            for pages in columns {
                let pages = pages.into_iter().map(|page| Ok((page.frame)(CowBuffer::Owned(store.take(page.content)?))));
                complete.push(pages.collect::<io::Result<Vec<CompressedPage>>>()?);
            }
            let columns = complete.iter().map(|pages| {
                let pages = fallible_streaming_iterator::convert(pages.iter().map(PolarsResult::Ok));
                Ok(DynStreamingIterator::new(pages))
            });
            writer.write(rows as u64, DynIter::new(columns))?;
        }
    }
    writer.end(None).map(|_| ())
}
