//! `rejected.csv`: one line per rejected row, with its place, its reason and itself.

use std::io;

use crate::intake::RejectedRow;

/// Writes all rejected rows, in the order of sources, files and lines.
pub fn write_rejected<'a>(rows: impl IntoIterator<Item = &'a RejectedRow>, out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["file", "line", "column", "code", "value", "row"])?;
    for row in rows {
        let (line, column) = (row.place.line.to_string(), row.place.column.to_string());
        csv.write_record([&row.place.file, &line, &column, row.reason.name(), &row.value, &row.row])?;
    }
    csv.flush()
}
