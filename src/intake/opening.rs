//! An export opened: its encoding, its delimiter and the columns of its header.

use encoding_rs::{Encoding, UTF_8};
use std::fs::File;
use std::io::{self, Read};

use super::columns::{ColumnProblem, Header, trimmed};
use super::encoding::{Letters, told};
use super::files::{SourceFile, unreadable};
use super::pieces::{Piece, Pieces};
use super::rows::{LoneCr, Row, Rows, Span, content};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::source::Source;

/// What can be said of an export without its rows.
pub struct Opened {
    /// The place of the file in its source.
    pub file: u32,
    pub name: String,
    pub encoding: &'static Encoding,
    /// Nothing tells that the export is UTF-8: should a byte say otherwise, the whole of it has to be looked at.
    pub is_assumed: bool,
    pub delimiter: u8,
    pub header: Header,
    pub header_lines: u64,
}

/// A first piece that begins with the header, and where its rows begin.
pub struct First {
    pub text: Vec<u8>,
    pub piece: Piece,
    /// The byte after the header, and the line on which it stands.
    pub at: usize,
    pub line: u64,
    /// Empty lines before the header.
    pub blank: u64,
}

/// Opens an export; `known` is its encoding, where it has been found out from the whole of it.
pub fn open(
    source: &Source,
    file: &SourceFile,
    number: u32,
    known: Option<&'static Encoding>,
) -> Result<(Opened, Pieces, First), Vec<Diagnostic>> {
    let cannot_read = |error: io::Error| vec![unreadable(&file.name, &error)];
    let (mut pieces, encoding, is_assumed) = pieces(source, file, known)?;
    let mut text = Vec::new();
    let piece = pieces.next_into(&mut text).map_err(cannot_read)?.unwrap_or(Piece { line: 1, lines: 0, invalid: Vec::new() });
    if is_assumed && std::str::from_utf8(&text).is_err() {
        return open(source, file, number, Some(encoding_by_letters(source, file)?));
    }
    let mut rows = Rows::new(&text, pieces.delimiter());
    let mut row = Row::default();
    rows.next_into(&mut row).map_err(|cr| vec![lone_cr(&file.name, &text, cr)])?;
    let name = |span: &Span| trimmed(&String::from_utf8_lossy(&content(&text, span))).to_owned();
    let header = Header { names: row.fields.iter().map(name).collect() };
    let problems = header.problems(source);
    if !problems.is_empty() {
        return Err(problems.into_iter().map(|problem| column_problem(&file.name, &text, &header, &row, problem)).collect());
    }
    let (at, line, blank) = (rows.position(), rows.line(), rows.blank());
    let opened = Opened {
        file: number,
        name: file.name.clone(),
        encoding,
        is_assumed,
        delimiter: pieces.delimiter(),
        header,
        header_lines: line - row.line,
    };
    Ok((opened, pieces, First { text, piece, at, line, blank }))
}

/// Begins to read an export, with its encoding and whether that is assumed.
pub fn pieces(
    source: &Source,
    file: &SourceFile,
    known: Option<&'static Encoding>,
) -> Result<(Pieces, &'static Encoding, bool), Vec<Diagnostic>> {
    let cannot_read = |error: io::Error| vec![unreadable(&file.name, &error)];
    let mut input = File::open(&file.path).map_err(cannot_read)?;
    let mut head = Vec::new();
    input.by_ref().take(4).read_to_end(&mut head).map_err(cannot_read)?;
    if is_archive(&head) {
        return Err(vec![no_text(&file.name).set_by(source.key("files"))]);
    }
    let found = told(&head, source.encoding.as_deref()).map_err(|mismatch| {
        let declared = source.encoding.as_deref().unwrap_or("auto");
        let message = format!(
            "{} begins with the byte order mark of {}, but its encoding is declared as {declared}",
            file.name, mismatch.mark
        );
        let problem = Diagnostic::error(Code::EncodingMismatch, message).set_by(source.key("encoding"));
        vec![problem.help("correct `encoding` in the declaration, or leave it out")]
    })?;
    let (encoding, mark) = found.unwrap_or((known.unwrap_or(UTF_8), 0));
    let pieces = Pieces::new(input, &head, mark, encoding, source.delimiter).map_err(cannot_read)?;
    Ok((pieces, encoding, found.is_none() && known.is_none()))
}

/// Whether a file begins like a ZIP archive, which every workbook is.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The diagnostic of an archive in the place of an export.
pub fn no_text(file: &str) -> Diagnostic {
    let problem = Diagnostic::error(Code::UnreadableFile, format!("{file} is a workbook or another archive, and no text"));
    problem.help("open it in a spreadsheet program, and save it as CSV")
}

/// The encoding of an export that tells nothing of it, from the whole of the export.
pub fn encoding_by_letters(source: &Source, file: &SourceFile) -> Result<&'static Encoding, Vec<Diagnostic>> {
    let (mut pieces, ..) = pieces(source, file, Some(UTF_8))?;
    let mut letters = Letters::default();
    let mut text = Vec::new();
    while pieces.next_into(&mut text).map_err(|error| vec![unreadable(&file.name, &error)])?.is_some() {
        letters.add(&text);
    }
    Ok(letters.encoding())
}

/// The diagnostic of a carriage return in `text`, which begins with a line.
pub fn lone_cr(file: &str, text: &[u8], cr: LoneCr) -> Diagnostic {
    let line_start = text[..cr.at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&text[line_start..cr.at]).chars().count() as u64 + 1;
    Diagnostic::error(Code::LoneCr, format!("{file} has a carriage return that no line feed follows"))
        .at(file, cr.line, column)
        .help("export the file again with line ends LF or CRLF")
}

fn column_problem(file: &str, text: &[u8], header: &Header, row: &Row, problem: ColumnProblem) -> Diagnostic {
    match problem {
        ColumnProblem::Missing(column) => {
            let found = header.nearest_first(&column.name).join(", ");
            let found = if found.is_empty() { "none, the file is empty" } else { &found };
            Diagnostic::error(Code::MissingColumn, format!("{file} has no column `{}`", column.name))
                .at(file, row.line.max(1), 1)
                .set_by(column.key)
                .help(format!("columns found, the nearest first: {found}"))
        }
        ColumnProblem::Twice(column, second) => {
            let before = &text[row.start..row.fields[second].start];
            let at = String::from_utf8_lossy(before).chars().count() as u64 + 1;
            Diagnostic::error(Code::DuplicateColumn, format!("{file} has the column `{}` twice", column.name))
                .at(file, row.line, at)
                .set_by(column.key)
                .help("rename or remove one of them, so that it is clear which one counts")
        }
    }
}
