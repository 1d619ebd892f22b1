//! Small CSV files written by people (holidays, history, surveys), each value with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::{Document, known};
use crate::diagnostic::Code;

/// A CSV file with a header.
#[derive(Debug)]
pub struct Lines<'a> {
    document: Document<'a>,
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
struct Cell {
    text: String,
    span: Range<usize>,
}

/// One line after the header.
#[derive(Debug, Clone, Copy)]
pub struct Line<'l> {
    lines: &'l Lines<'l>,
    cells: &'l [Cell],
}

impl<'a> Lines<'a> {
    /// Reads the file; lines of another width than the header and line breaks inside values are reported and left out.
    /// `None` when a column of `required` is missing.
    pub fn read(document: Document<'a>, required: &[&str]) -> Option<Lines<'a>> {
        let mut rows = records(document.text).into_iter();
        let Some(header) = rows.next() else {
            let message = format!("`{}` is empty", document.name);
            document.report(Code::BadLine, 0..0, message, format!("its first line must be the header {}", required.join(",")));
            return None;
        };
        let names: Vec<String> = header.iter().map(|cell| cell.text.clone()).collect();
        let mut complete = true;
        for column in required.iter().filter(|column| !names.iter().any(|name| name == *column)) {
            let message = format!("the header of `{}` has no column `{column}`", document.name);
            let help = known(column, names.iter().map(String::as_str));
            document.report(
                Code::BadLine,
                header.first().map_or(0..0, |cell| cell.span.clone()),
                message,
                format!("{help}; columns are separated by commas"),
            );
            complete = false;
        }
        for (place, cell) in
            header.iter().enumerate().filter(|(place, cell)| !cell.text.is_empty() && names[..*place].contains(&cell.text))
        {
            document.report(
                Code::BadLine,
                cell.span.clone(),
                format!("the column `{}` stands twice", names[place]),
                "take one of them out",
            );
            complete = false;
        }
        let mut lines = Lines { document, header: names, rows: Vec::new() };
        for row in rows.filter(|row| row.iter().any(|cell| !cell.text.is_empty())) {
            if lines.is_sound(&row) {
                lines.rows.push(row);
            }
        }
        complete.then_some(lines)
    }

    fn is_sound(&self, row: &[Cell]) -> bool {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { return false };
        if let Some(cell) = row.iter().find(|cell| cell.text.contains('\n')) {
            self.document.report(
                Code::BadLine,
                cell.span.clone(),
                "a value runs over the end of its line",
                "close its quote on the same line; a quote inside a quoted value is doubled",
            );
            return false;
        }
        if row.len() != self.header.len() {
            let message = format!("this line has {} values, the header {}", row.len(), self.header.len());
            self.document.report(
                Code::BadLine,
                first.span.start..last.span.end,
                message,
                "put a value that holds a comma in quotes",
            );
            return false;
        }
        true
    }

    /// The lines after the header that are as wide as it.
    pub fn iter(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(move |cells| Line { lines: self, cells })
    }

    /// The languages of columns like `name_fr`, for the stem `name`.
    pub fn languages(&self, stem: &str) -> Vec<&str> {
        let tag = |name: &'_ str| name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('_')).map(str::len);
        self.header.iter().filter_map(|name| tag(name).map(|length| &name[name.len() - length..])).collect()
    }
}

impl<'l> Line<'l> {
    fn cell(&self, column: &str) -> Option<&'l Cell> {
        let place = self.lines.header.iter().position(|name| name == column)?;
        self.cells.get(place)
    }

    /// The trimmed value in a column; empty where the file has no such column.
    pub fn value(&self, column: &str) -> &'l str {
        self.cell(column).map_or("", |cell| cell.text.as_str())
    }

    /// Reports an error at the value in a column.
    pub fn problem(&self, column: &str, message: impl Into<String>, help: impl Into<String>) {
        let span = self.cell(column).or(self.cells.first()).map_or(0..0, |cell| cell.span.clone());
        self.lines.document.report(Code::BadLine, span, message, help);
    }

    /// The value in a column that may not be empty.
    pub fn filled(&self, column: &str) -> Option<&'l str> {
        let value = self.value(column);
        if value.is_empty() {
            self.problem(column, format!("`{column}` is empty"), "every line needs one");
            return None;
        }
        Some(value)
    }

    /// A whole number; an error is reported when the value is another thing.
    pub fn number(&self, column: &str) -> Option<u64> {
        let value = self.filled(column)?;
        let number = value.parse().ok().filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()));
        if number.is_none() {
            self.problem(
                column,
                format!("`{column}` is \"{value}\", which is no whole number"),
                "write digits alone, without spaces between thousands",
            );
        }
        number
    }

    /// The texts of the columns `stem_fr`, `stem_en` and so on.
    pub fn texts(&self, stem: &str) -> BTreeMap<String, String> {
        let pair = |language: &str| (language.to_owned(), self.value(&format!("{stem}_{language}")).to_owned());
        self.lines.languages(stem).into_iter().map(pair).collect()
    }

    /// The number of the line, from 1.
    pub fn number_in_file(&self) -> usize {
        self.lines.document.line_of(self.cells.first().map_or(0, |cell| cell.span.start))
    }
}

/// The records of a text, with the place of every field. Places are counted from the byte offset of the record: the line
/// numbers of the `csv` crate are one too low after CRLF.
fn records(text: &str) -> Vec<Vec<Cell>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    // The text is UTF-8 and rows may have any width: there is nothing left that reading could fail on.
    while let Ok(true) = reader.read_record(&mut record) {
        let offset = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(offset).unwrap_or(text.len()).min(text.len());
        let rest = text.get(start..).unwrap_or("");
        let mut at = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let cell = |field: &str| {
            let end = at + field_length(&text[at..]);
            let span = at..end;
            at = (end + 1).min(text.len());
            Cell { text: trimmed(field).to_owned(), span }
        };
        rows.push(record.iter().map(cell).collect());
    }
    rows
}

/// How many bytes the first field of `text` takes, its quotes included.
fn field_length(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if quoted || at == 0 => quoted = !quoted,
            b'"' if text.as_bytes()[at - 1] == b'"' => quoted = true,
            b',' | b'\r' | b'\n' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\u{a0}', '\u{202f}'])
}
