//! The files of a source: their names, their bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{Datelike, Months};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::domain::calendar::Day;
use crate::domain::project::{Period, Project};
use crate::domain::source::Source;

use super::rows::Row;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    /// Lines of data, the header and the lines swallowed by a stray quote left out.
    pub rows: u64,
    pub bytes: u64,
}

struct Export {
    written: Written,
    writer: BufWriter<File>,
}

/// One file, or two where the pattern of the source allows them: the first and the second half of the period.
pub struct Sink {
    exports: Vec<Export>,
    second_from: Day,
    encoding: &'static Encoding,
    delimiter: u8,
    line_end: &'static str,
}

/// A character of the private use area that stands for one byte which is not valid UTF-8.
pub const INVALID_BYTE: char = '\u{f8ff}';

impl Sink {
    /// Creates the files under `out` and writes their headers.
    pub fn create(project: &Project, source: &Source, out: &Path, header: &Row) -> io::Result<Sink> {
        let encoding = source.encoding.as_ref().and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
        let mut sink = Sink {
            exports: Vec::new(),
            second_from: second_half(&project.period),
            encoding,
            delimiter: source.delimiter.unwrap_or(b','),
            // What saves in an old Windows encoding ends its lines as Windows does.
            line_end: if encoding == UTF_8 { "\n" } else { "\r\n" },
        };
        for name in names(project, source) {
            let path = out.join(name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let writer = BufWriter::new(File::create(&path)?);
            sink.exports.push(Export { written: Written { path, rows: 0, bytes: 0 }, writer });
        }
        for export in 0..sink.exports.len() {
            if [UTF_16LE, UTF_16BE].contains(&encoding) {
                sink.put(export, "\u{feff}")?;
            }
            sink.put_row(export, header)?;
        }
        Ok(sink)
    }

    /// Writes a row into the file of `day`.
    pub fn write(&mut self, day: Day, row: &Row) -> io::Result<()> {
        let export = self.export_of(day);
        self.exports[export].written.rows += 1;
        self.put_row(export, row)
    }

    /// Writes cells as they are, quotes included, into the file of `day`, as one row.
    pub fn write_raw(&mut self, day: Day, lines: &[Row]) -> io::Result<()> {
        let export = self.export_of(day);
        self.exports[export].written.rows += 1;
        let delimiter = char::from(self.delimiter).to_string();
        lines.iter().try_for_each(|cells| self.put(export, &format!("{}{}", cells.join(&delimiter), self.line_end)))
    }

    /// Whether a byte can be invalid in these files at all.
    pub fn is_utf8(&self) -> bool {
        self.encoding == UTF_8
    }

    /// Closes the files.
    pub fn finish(self) -> io::Result<Vec<Written>> {
        let close = |mut export: Export| export.writer.flush().map(|()| export.written);
        self.exports.into_iter().map(close).collect()
    }

    fn export_of(&self, day: Day) -> usize {
        usize::from(day >= self.second_from).min(self.exports.len() - 1)
    }

    fn put_row(&mut self, export: usize, row: &Row) -> io::Result<()> {
        let mut line = String::with_capacity(128);
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                line.push(char::from(self.delimiter));
            }
            push_cell(&mut line, cell, char::from(self.delimiter));
        }
        line.push_str(self.line_end);
        self.put(export, &line)
    }

    fn put(&mut self, export: usize, text: &str) -> io::Result<()> {
        let bytes = self.encoded(text);
        let export = &mut self.exports[export];
        export.written.bytes += bytes.len() as u64;
        export.writer.write_all(&bytes)
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        if self.encoding == UTF_16LE {
            return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        if self.encoding == UTF_16BE {
            return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        if text.contains(INVALID_BYTE) {
            let mut buffer = [0; 4];
            let is_marked = |character: &char| *character == INVALID_BYTE;
            return text
                .chars()
                .flat_map(|character| match is_marked(&character) {
                    true => vec![0xe9],
                    false => character.encode_utf8(&mut buffer).as_bytes().to_vec(),
                })
                .collect();
        }
        self.encoding.encode(text).0.into_owned()
    }
}

fn push_cell(line: &mut String, cell: &str, delimiter: char) {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

/// The first day of the month in which the second half of the period begins, or of the half itself in a short period.
fn second_half(period: &Period) -> Day {
    let days = period.last.0 - period.first.0;
    let middle = Day(period.first.0 + days / 2);
    let month = middle.date().with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    match month.map(Day::from_date) {
        Some(month) if days > 100 && middle.date().month() != month.date().month() => month,
        _ => Day(middle.0 + 1),
    }
}

/// Names that the first pattern of the source with a `*` finds, relative to the data folder; without one, the first
/// pattern's own.
fn names(project: &Project, source: &Source) -> Vec<String> {
    let Some(pattern) = source.files.iter().find(|pattern| pattern.contains('*')).or(source.files.first()) else {
        return vec![format!("{}.csv", source.id)];
    };
    let keep = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
    let label: String = project.period.label.chars().map(keep).collect();
    if !pattern.contains('*') {
        return vec![without_choices(pattern)];
    }
    ["1", "2"].map(|half| fill(pattern, &source.id, &format!("{label}-{half}"))).to_vec()
}

/// `exports/calls-*.csv` becomes `exports/calls-2025-2026-1.csv`; a name that is nothing but `*` gets the source's id,
/// so that two sources do not write the same file.
fn fill(pattern: &str, source: &str, tag: &str) -> String {
    let pattern = pattern.replace("**/", "");
    let (before, after) = pattern.split_once('*').unwrap_or((&pattern, ""));
    let is_named = before.ends_with(|character: char| character != '/');
    let tag = if is_named { tag.to_owned() } else { format!("{source}-{tag}") };
    without_choices(&format!("{before}{tag}{}", after.replace('*', "")))
}

/// `?` becomes `1`, `[ab]` becomes `a`.
fn without_choices(pattern: &str) -> String {
    let mut name = String::new();
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        match character {
            '?' => name.push('1'),
            '[' => {
                name.extend(rest.next());
                rest.find(|&closing| closing == ']');
            }
            _ => name.push(character),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_become_names_that_they_find() {
        assert_eq!(fill("exports/calls-*.csv", "calls", "2025-1"), "exports/calls-2025-1.csv");
        assert_eq!(fill("**/*.csv", "calls", "2025-1"), "calls-2025-1.csv");
        assert_eq!(fill("exports/*", "calls", "2025-1"), "exports/calls-2025-1");
        assert_eq!(without_choices("calls-20[0-9]?.csv"), "calls-2001.csv");
    }

    #[test]
    fn cells_with_a_delimiter_or_a_quote_are_quoted() {
        let mut line = String::new();
        push_cell(&mut line, "a \"b\"; c", ';');
        assert_eq!(line, "\"a \"\"b\"\"; c\"");
    }
}
