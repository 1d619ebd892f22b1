//! Looks at exports that no declaration describes yet, and says what they are made of, each finding with the bytes that prove it.
//!
//! Nothing is decided silently: what the bytes leave open is put as a question, and the proposed table does not run until it is
//! answered.

mod column;
mod encoding;
mod forms;
mod parts;
mod proposal;
mod text;

use crate::intake::{LoneCr, Row, Rows, Span, content, decode, find_delimiter, trimmed};

pub use column::Column;
pub use encoding::EncodingProof;
pub use parts::Parts;
pub use proposal::{proposal, slug};

use proposal::counted;
pub use text::describe;

/// A place in an export: the number of its file among those looked at, line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub file: usize,
    pub line: u64,
    pub column: u64,
}

/// An export by its outside: what can be said without knowing what its columns mean.
#[derive(Debug)]
pub struct Export {
    pub name: String,
    pub bytes: u64,
    pub encoding: EncodingProof,
    /// How often each of `, ; tab |` stands in the header, outside quotes.
    pub delimiters: [(u8, u64); 4],
    pub delimiter: u8,
    /// Lines that end in LF alone, and in CRLF.
    pub line_ends: (u64, u64),
    /// The line of the header, and its names.
    pub header_line: u64,
    pub header: Vec<String>,
    pub rows: u64,
    /// What would stop a run or reject rows, in words, with places.
    pub faults: Vec<String>,
}

/// Exports with the same header, which one source can read, and what their columns hold.
#[derive(Debug)]
pub struct Group {
    pub exports: Vec<Export>,
    pub columns: Vec<Column>,
}

/// Examines exports, given as names and bytes; those with the same header are one group, in the order in which they were given.
pub fn examine(files: &[(String, Vec<u8>)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (name, bytes) in files {
        let reader = Reader::new(name, bytes);
        let header = reader.header();
        let place = groups.iter().position(|group| group.exports[0].header == header).unwrap_or_else(|| {
            let columns = header.iter().map(|name| Column::new(name.clone())).collect();
            groups.push(Group { exports: Vec::new(), columns });
            groups.len() - 1
        });
        let group = &mut groups[place];
        let export = reader.read(group.exports.len(), &mut group.columns);
        group.exports.push(export);
    }
    for group in &mut groups {
        group.columns.iter_mut().for_each(Column::finish);
    }
    groups
}

/// Finds which column of a group could play which part; `files` are those that were examined.
pub fn find_parts(group: &Group, files: &[(String, Vec<u8>)]) -> Parts {
    Parts::find(&group.columns, &|asked, row| {
        for (name, bytes) in files.iter().filter(|(name, _)| group.exports.iter().any(|export| export.name == *name)) {
            Reader::new(name, bytes).walk(asked, group.columns.len(), row);
        }
    })
}

/// Reads one export, row by row.
struct Reader<'a> {
    name: &'a str,
    size: u64,
    text: std::borrow::Cow<'a, [u8]>,
    invalid: Vec<usize>,
    encoding: EncodingProof,
    delimiter: u8,
}

impl<'a> Reader<'a> {
    fn new(name: &'a str, bytes: &'a [u8]) -> Reader<'a> {
        let encoding = EncodingProof::of(bytes);
        // Without a declared encoding there is nothing that a byte order mark could contradict.
        let (text, invalid) = decode(bytes, None).map_or_else(|_| (bytes.into(), Vec::new()), |read| (read.text, read.invalid));
        let delimiter = find_delimiter(&text);
        Reader { name, size: bytes.len() as u64, text, invalid, encoding, delimiter }
    }

    fn header(&self) -> Vec<String> {
        let mut row = Row::default();
        match Rows::new(&self.text, self.delimiter).next_into(&mut row) {
            Ok(true) => row.fields.iter().map(|span| self.value(span)).collect(),
            _ => Vec::new(),
        }
    }

    fn value(&self, span: &Span) -> String {
        trimmed(&String::from_utf8_lossy(&content(&self.text, span))).to_owned()
    }

    fn read(self, file: usize, columns: &mut [Column]) -> Export {
        let text: &[u8] = &self.text;
        let mut rows = Rows::new(text, self.delimiter);
        let mut row = Row::default();
        let mut faults = Faults::default();
        let mut header_line = 1;
        let mut count = 0;
        let mut header = Vec::new();
        loop {
            match rows.next_into(&mut row) {
                Ok(false) => break,
                Err(LoneCr { line, .. }) => {
                    faults.stop =
                        Some(format!("line {line} has a carriage return that no line feed follows: the run would stop"));
                    break;
                }
                Ok(true) if header.is_empty() => {
                    header_line = row.line;
                    header = row.fields.iter().map(|span| self.value(span)).collect();
                }
                Ok(true) => {
                    count += 1;
                    faults.note(&row, header.len());
                    if row.fields.len() == header.len() && row.unclosed_quote.is_none() {
                        self.look(file, &row, columns);
                    }
                }
            }
        }
        let line_of = |at: usize| text[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let mut found = faults.in_words(header.len());
        if let Some(&first) = self.invalid.first() {
            let (count, line) = (self.invalid.len(), line_of(first));
            found.push(format!(
                "bytes that the encoding does not have in {count} places, the first on line {line}: such rows are rejected"
            ));
        }
        for (place, name) in header.iter().enumerate() {
            if header[..place].contains(name) {
                found.push(format!("the column `{name}` stands twice: a source that maps it would stop the run"));
            }
        }
        if count == 0 {
            found.push("no rows after the header: nothing can be said of its columns".to_owned());
        }
        let feeds = text.iter().filter(|&&byte| byte == b'\n').count() as u64;
        let pairs = text.windows(2).filter(|pair| *pair == b"\r\n").count() as u64;
        Export {
            name: self.name.to_owned(),
            bytes: self.size,
            delimiters: delimiters(text, header_line),
            delimiter: self.delimiter,
            line_ends: (feeds - pairs, pairs),
            header_line,
            header,
            rows: count,
            faults: found,
            encoding: self.encoding,
        }
    }

    /// Hands over the values of some columns of every sound row.
    fn walk(&self, asked: &[usize], width: usize, hand_over: &mut dyn FnMut(&[String])) {
        let mut rows = Rows::new(&self.text, self.delimiter);
        let mut row = Row::default();
        let mut is_header = true;
        while let Ok(true) = rows.next_into(&mut row) {
            if !is_header && row.fields.len() == width && row.unclosed_quote.is_none() {
                hand_over(&asked.iter().map(|&place| self.value(&row.fields[place])).collect::<Vec<_>>());
            }
            is_header = false;
        }
    }

    fn look(&self, file: usize, row: &Row, columns: &mut [Column]) {
        // Counted from one field to the next, so that a wide row is walked once.
        let (mut at, mut line, mut column) = (row.start, row.line, 1);
        for (span, target) in row.fields.iter().zip(columns) {
            let before = &self.text[at..span.start];
            line += before.iter().filter(|&&byte| byte == b'\n').count() as u64;
            let tail = before.iter().rposition(|&byte| byte == b'\n').map_or(before, |feed| &before[feed + 1..]);
            let characters = String::from_utf8_lossy(tail).chars().count() as u64;
            column = if tail.len() == before.len() { column + characters } else { 1 + characters };
            at = span.start;
            target.take(&self.value(span), Spot { file, line, column }, span.has_line_break);
        }
    }
}

/// How often each known delimiter stands in the header, outside quotes.
fn delimiters(text: &[u8], header_line: u64) -> [(u8, u64); 4] {
    let line = text.split(|&byte| byte == b'\n').nth(usize::try_from(header_line).unwrap_or(1) - 1).unwrap_or_default();
    [b',', b';', b'\t', b'|'].map(|delimiter| {
        let mut quoted = false;
        let outside = |byte: &&u8| {
            quoted ^= **byte == b'"';
            !quoted && **byte == delimiter
        };
        (delimiter, line.iter().filter(outside).count() as u64)
    })
}

/// What is wrong with the rows of an export, counted, with the first place of each.
#[derive(Debug, Default)]
struct Faults {
    stop: Option<String>,
    ragged: (u64, u64, usize),
    unclosed: Option<u64>,
}

impl Faults {
    fn note(&mut self, row: &Row, width: usize) {
        if row.unclosed_quote.is_some() {
            self.unclosed = Some(row.line);
        } else if row.fields.len() != width {
            if self.ragged.0 == 0 {
                (self.ragged.1, self.ragged.2) = (row.line, row.fields.len());
            }
            self.ragged.0 += 1;
        }
    }

    fn in_words(self, width: usize) -> Vec<String> {
        let ragged = Some(self.ragged).filter(|(count, ..)| *count > 0).map(|(count, line, fields)| {
            format!(
                "{} without the {width} fields of the header, the first on line {line} ({fields} fields): rejected",
                counted(count)
            )
        });
        let unclosed =
            self.unclosed.map(|line| format!("line {line} opens a quote that nothing closes: the rest of the file is one row"));
        self.stop.into_iter().chain(ragged).chain(unclosed).collect()
    }
}
