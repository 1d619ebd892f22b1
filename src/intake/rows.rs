//! Splits the text of an export into rows and fields, and knows the line of each (specification, section 7).
//!
//! The row accounting needs to see what a CSV library hides: a quote that is never closed, a line break inside a field, a carriage
//! return without a line feed. A line without any of `"` and CR takes a fast path.

use memchr::{memchr, memchr2, memchr3, memrchr};
use std::borrow::Cow;

/// A field of a row, as bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    /// The field begins with a quote.
    pub quoted: bool,
    /// A line break (LF or CRLF) stands inside it.
    pub has_line_break: bool,
}

/// A row: its fields and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub fields: Vec<Span>,
    /// Its bytes, without the line end.
    pub start: usize,
    pub end: usize,
    /// The physical line that it begins on, from 1.
    pub line: u64,
    /// Where a quote opens that nothing closes before the end of the file.
    pub unclosed_quote: Option<usize>,
}

/// A carriage return outside quotes that no line feed follows, at this byte of this line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoneCr {
    pub at: usize,
    pub line: u64,
}

/// Reads a text row by row.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    text: &'a [u8],
    delimiter: u8,
    at: usize,
    line: u64,
    blank: u64,
}

impl<'a> Rows<'a> {
    /// Starts at the first byte.
    pub fn new(text: &'a [u8], delimiter: u8) -> Rows<'a> {
        Rows::from(text, delimiter, 0, 1)
    }

    /// Starts at the row that begins at `at`, on this line.
    pub fn from(text: &'a [u8], delimiter: u8, at: usize, line: u64) -> Rows<'a> {
        Rows { text, delimiter, at, line, blank: 0 }
    }

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The line after the last row read, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many empty lines have been stepped over.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// Reads the next row into `row`; `false` at the end. Empty lines are no rows.
    pub fn next_into(&mut self, row: &mut Row) -> Result<bool, LoneCr> {
        loop {
            row.fields.clear();
            row.unclosed_quote = None;
            row.start = self.at;
            row.line = self.line;
            if self.at >= self.text.len() {
                return Ok(false);
            }
            let next = memchr3(b'\n', b'\r', b'"', &self.text[self.at..]).map(|offset| self.at + offset);
            match next {
                Some(at) if self.text[at] == b'"' => self.split_with_quotes(row)?,
                other => self.split_plain(row, other)?,
            }
            if row.end > row.start {
                return Ok(true);
            }
            self.blank += 1;
        }
    }

    /// A row without quotes, which ends at `end` or with the file.
    fn split_plain(&mut self, row: &mut Row, end: Option<usize>) -> Result<(), LoneCr> {
        row.end = end.unwrap_or(self.text.len());
        let mut start = row.start;
        while let Some(offset) = memchr(self.delimiter, &self.text[start..row.end]) {
            row.fields.push(Span { start, end: start + offset, quoted: false, has_line_break: false });
            start += offset + 1;
        }
        row.fields.push(Span { start, end: row.end, quoted: false, has_line_break: false });
        self.finish_line(row.end)
    }

    fn split_with_quotes(&mut self, row: &mut Row) -> Result<(), LoneCr> {
        let mut start = self.at;
        let mut lines = 0;
        loop {
            let quoted = self.text.get(start) == Some(&b'"');
            let mut at = start;
            let mut has_line_break = false;
            if quoted {
                let (after, breaks) = self.skip_quoted(start);
                has_line_break = breaks > 0;
                lines += breaks;
                at = after.unwrap_or(self.text.len());
                if after.is_none() {
                    row.unclosed_quote = Some(start);
                }
            }
            let rest = &self.text[at..];
            let line_end = memchr2(b'\n', b'\r', rest).map_or(self.text.len(), |offset| at + offset);
            let end = memchr(self.delimiter, &self.text[at..line_end]).map_or(line_end, |offset| at + offset);
            row.fields.push(Span { start, end, quoted, has_line_break });
            if end == line_end {
                row.end = end;
                self.line += lines;
                return self.finish_line(end);
            }
            start = end + 1;
        }
    }

    /// From an opening quote to the byte after the closing one, with the line breaks in between; `None` when nothing closes it.
    fn skip_quoted(&self, open: usize) -> (Option<usize>, u64) {
        let mut at = open + 1;
        let mut breaks = 0;
        while let Some(offset) = memchr2(b'"', b'\n', &self.text[at..]) {
            at += offset + 1;
            if self.text[at - 1] == b'\n' {
                breaks += 1;
            } else if self.text.get(at) == Some(&b'"') {
                at += 1;
            } else {
                return (Some(at), breaks);
            }
        }
        (None, breaks)
    }

    /// Steps over the line end at `end`: LF, CRLF or the end of the file.
    fn finish_line(&mut self, end: usize) -> Result<(), LoneCr> {
        let width = match self.text.get(end..) {
            Some([b'\n', ..]) => 1,
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r', ..]) => return Err(LoneCr { at: end, line: self.line }),
            _ => 0,
        };
        self.at = end + width;
        // Nothing follows the line break at the end of a file, not even inside a quote that nothing closes.
        self.line += u64::from(width > 0 || !self.text.ends_with(b"\n"));
        Ok(())
    }
}

/// Where the last row ends whose end a text that goes on holds, with its line end; 0 where it holds none.
pub fn last_end(text: &[u8], delimiter: u8) -> usize {
    if memchr(b'"', text).is_none() {
        return memrchr(b'\n', text).map_or(0, |at| at + 1);
    }
    let mut rows = Rows::new(text, delimiter);
    let mut row = Row::default();
    let mut end = 0;
    loop {
        match rows.next_into(&mut row) {
            Ok(true) if row.unclosed_quote.is_none() && rows.position() > row.end => end = rows.position(),
            // A carriage return at the very end may have its line feed yet; any other ends the reading.
            Err(cr) if cr.at + 1 < text.len() => return cr.at + 1,
            Ok(_) | Err(_) => return end,
        }
    }
}

/// The content of a field: without its quotes, doubled quotes made single. After a closing quote every character stands for itself.
pub fn content<'a>(text: &'a [u8], span: &Span) -> Cow<'a, [u8]> {
    let raw = &text[span.start..span.end];
    if !span.quoted {
        return Cow::Borrowed(raw);
    }
    let inner = &raw[1..];
    match memchr(b'"', inner) {
        None => Cow::Borrowed(inner),
        Some(close) if close + 1 == inner.len() => Cow::Borrowed(&inner[..close]),
        Some(_) => Cow::Owned(unquoted(inner)),
    }
}

fn unquoted(inner: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(inner.len());
    let mut at = 0;
    while let Some(offset) = memchr(b'"', &inner[at..]) {
        content.extend_from_slice(&inner[at..at + offset]);
        at += offset + 1;
        if inner.get(at) != Some(&b'"') {
            break;
        }
        content.push(b'"');
        at += 1;
    }
    content.extend_from_slice(&inner[at..]);
    content
}

/// The delimiter of `, ; tab |` that occurs most in the first row that is not empty, outside quotes (ties: the earlier in this list).
pub fn find_delimiter(text: &[u8]) -> u8 {
    header_delimiter(text).0
}

/// The delimiter as far as the text goes, and whether the first row ends in it.
pub fn header_delimiter(text: &[u8]) -> (u8, bool) {
    const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];
    let start = text.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
    let mut counts = [0usize; 4];
    let mut quoted = false;
    let mut field_start = true;
    let mut ended = false;
    for &byte in &text[start..] {
        match byte {
            // A quote right after a closing one was doubled, and opens again.
            b'"' if quoted => {
                (quoted, field_start) = (false, true);
                continue;
            }
            b'"' if field_start => quoted = true,
            b'\n' | b'\r' if !quoted => {
                ended = true;
                break;
            }
            _ => {}
        }
        let known = KNOWN.iter().position(|&delimiter| delimiter == byte).filter(|_| !quoted);
        if let Some(place) = known {
            counts[place] += 1;
        }
        field_start = known.is_some();
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let place = counts.iter().position(|&count| count == most).unwrap_or(0);
    (KNOWN[place], ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut reader = Rows::new(text.as_bytes(), b',');
        let mut row = Row::default();
        let mut rows = Vec::new();
        while reader.next_into(&mut row).unwrap() {
            let field = |span| String::from_utf8(content(text.as_bytes(), span).into_owned()).unwrap();
            rows.push((row.line, row.fields.iter().map(field).collect()));
        }
        assert_eq!(reader.position(), text.len());
        rows
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|&field| field.to_owned()).collect())
    }

    #[test]
    fn lines_are_physical_lines_on_lf_and_crlf() {
        assert_eq!(rows("a,b\n\n\nc,d"), [row(1, &["a", "b"]), row(4, &["c", "d"])]);
        assert_eq!(rows("a,b\r\n\r\nc,d\r\n"), [row(1, &["a", "b"]), row(3, &["c", "d"])]);
        assert_eq!(rows("a,\"x\r\ny\"\r\nb,c\r\n"), [row(1, &["a", "x\r\ny"]), row(3, &["b", "c"])]);
    }

    #[test]
    fn a_quote_opens_a_field_only_as_its_first_character() {
        assert_eq!(rows("5\" pipe,\"a \"\"b\"\"\"\n"), [row(1, &["5\" pipe", "a \"b\""])]);
        assert_eq!(rows("\"a\"b\"c,d\n"), [row(1, &["ab\"c", "d"])]);
        assert_eq!(rows("\"a,b\",\n"), [row(1, &["a,b", ""])]);
    }

    #[test]
    fn a_quote_that_nothing_closes_takes_the_rest_of_the_file() {
        let text = b"a,b\nc,\"d\ne,f\n";
        let mut reader = Rows::new(text, b',');
        let mut row = Row::default();
        assert!(reader.next_into(&mut row).unwrap());
        assert!(reader.next_into(&mut row).unwrap());
        assert_eq!((row.unclosed_quote, row.end), (Some(6), text.len()));
        assert!(!reader.next_into(&mut row).unwrap());
    }

    #[test]
    fn a_carriage_return_needs_a_line_feed_outside_quotes() {
        let mut row = Row::default();
        let mut reader = Rows::new(b"a,b\nc,d\re,f", b',');
        assert_eq!(reader.next_into(&mut row), Ok(true));
        assert_eq!(reader.next_into(&mut row), Err(LoneCr { at: 7, line: 2 }));
        assert_eq!(rows("a,\"x\ry\"\n"), [(1, vec!["a".to_owned(), "x\ry".to_owned()])]);
    }

    #[test]
    fn the_delimiter_is_the_commonest_in_the_header_outside_quotes() {
        assert_eq!(find_delimiter(b"a;b;c,d\n1,1,1,1"), b';');
        assert_eq!(find_delimiter(b"\"a;b;c\",d\n"), b',');
        assert_eq!(find_delimiter(b"a\tb\n"), b'\t');
        assert_eq!(find_delimiter(b"a,b;c|d\n"), b',');
        assert_eq!(find_delimiter(b""), b',');
        // A doubled quote does not end the field; a quote inside an unquoted name opens none.
        assert_eq!(find_delimiter(b"\"a \"\"b;c;d\"\" e\",f\n"), b',');
        assert_eq!(find_delimiter(b"5\"\";a,b,c\n"), b',');
        assert_eq!(find_delimiter(b"5\"a;b;c,d\n"), b';');
        // A quoted name may hold a line break.
        assert_eq!(find_delimiter(b"\"a\nb\";c;d\n"), b';');
        assert_eq!(find_delimiter(b"\n\r\na|b\n"), b'|');
    }

    // A text that goes on is cut after its last whole row; a carriage return that no line feed follows is cut off with what stands
    // before it, unless its line feed may come yet.
    #[test]
    fn a_text_that_goes_on_is_cut_after_its_last_row() {
        for (text, end) in [
            ("a,b\n1,2\n3", 8),
            ("a,b", 0),
            ("a,\"b\"\n1,2\n3", 10),
            ("a,\"b\"\n1,\"2\n3", 6),
            ("a,\"b\"\n1,2\rx\n3", 10),
            ("a,\"b\"\n1,2\r", 6),
            ("a,\"b\"\r\n1,2\r\n", 12),
        ] {
            assert_eq!(last_end(text.as_bytes(), b','), end, "{text:?}");
        }
    }
}
