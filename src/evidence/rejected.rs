//! `rejected.csv`: one line per rejected row, with its place, its reason and itself.

use std::io;

use super::spreadsheet::inert;
use crate::intake::RejectedRow;

/// Writes all rejected rows, in the order of sources, files and lines. Each is as it was read, but for what a spreadsheet would run.
pub fn write_rejected<'a>(rows: impl IntoIterator<Item = &'a RejectedRow>, out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["file", "line", "column", "code", "value", "row"])?;
    for row in rows {
        let (line, column) = (row.place.line.to_string(), row.place.column.to_string());
        let [file, value, row_as_read] = [&row.place.file, &row.value, &row.row].map(|text| inert(text));
        csv.write_record([&*file, &line, &column, row.reason.name(), &*value, &*row_as_read])?;
    }
    csv.flush()
}
