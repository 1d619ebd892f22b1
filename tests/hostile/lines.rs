//! An export read once more, byte by byte, without any code of `src/intake`: its text, its lines, its records.

use bilan::domain::account::Reject;

/// A text with what could not be decoded.
pub struct Text {
    pub bytes: Vec<u8>,
    /// Places of what could not be decoded.
    pub invalid: Vec<usize>,
    pub encoding: &'static str,
    /// How many bytes of the file the byte order mark takes.
    pub mark: usize,
}

/// A row as it stands in the text.
#[derive(Debug)]
pub struct Record {
    /// The physical lines, from 1, that it begins and ends on.
    pub lines: (u64, u64),
    /// Its bytes, without the line end, and where the next line begins.
    pub start: usize,
    pub end: usize,
    pub next: usize,
    /// The value of each field, and whether a line break stands inside it.
    pub fields: Vec<(Vec<u8>, bool)>,
    /// A quote opens that nothing closes.
    pub unclosed: bool,
}

/// The records of a text and its blank lines; or the line of a carriage return outside quotes without line feed.
pub struct Split {
    pub records: Vec<Record>,
    pub blank_lines: u64,
    pub lone_cr: Option<u64>,
}

/// Decodes by section 7: the mark, else UTF-8 by counting, else Windows-1252. `None` where the mark contradicts the declaration.
pub fn decode(file: &[u8], declared: Option<&str>) -> Option<Text> {
    let marks: [(&[u8], &'static str); 3] = [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")];
    let marked = marks.into_iter().find(|(mark, _)| file.starts_with(mark));
    if let (Some((_, marked)), Some(declared)) = (marked, declared)
        && marked != declared
    {
        return None;
    }
    let mark = marked.map_or(0, |(mark, _)| mark.len());
    let body = &file[mark..];
    let (sequences, faults) = utf8(body);
    let invalid_bytes: usize = faults.iter().map(|(_, width)| width).sum();
    let guessed = if invalid_bytes == 0 || sequences > invalid_bytes { "utf-8" } else { "windows-1252" };
    let encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];
    let wanted = marked.map(|(_, encoding)| encoding).or(declared).unwrap_or(guessed);
    let encoding = encodings.into_iter().find(|known| *known == wanted).expect("an encoding of these tests");
    let (bytes, invalid) = match encoding {
        "utf-8" => (body.to_vec(), faults.into_iter().map(|(at, _)| at).collect()),
        "windows-1252" => (windows_1252(body).into_bytes(), Vec::new()),
        _ => utf16(body, encoding == "utf-16be"),
    };
    Some(Text { bytes, invalid, encoding, mark })
}

/// How many sequences of several bytes are valid, and where and how wide each run of bytes is that belong to none.
fn utf8(bytes: &[u8]) -> (usize, Vec<(usize, usize)>) {
    let (mut sequences, mut faults) = (0, Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let width = (1..=4).find(|&width| bytes.get(at..at + width).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok()));
        match width {
            Some(width) => {
                sequences += usize::from(width > 1);
                at += width;
            }
            None => {
                faults.push((at, 1));
                at += 1;
            }
        }
    }
    (sequences, faults)
}

fn utf16(bytes: &[u8], big: bool) -> (Vec<u8>, Vec<usize>) {
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    });
    let (mut text, mut invalid) = (String::new(), Vec::new());
    for letter in char::decode_utf16(units) {
        if letter.is_err() {
            invalid.push(text.len());
        }
        text.push(letter.unwrap_or('\u{fffd}'));
    }
    // By the WHATWG standard half a letter and half a unit at the end are one fault.
    let half_letter = bytes.chunks_exact(2).next_back().is_some_and(|pair| pair[usize::from(!big)] & 0xfc == 0xd8);
    if bytes.len() % 2 == 1 && !half_letter {
        invalid.push(text.len());
        text.push('\u{fffd}');
    }
    (text.into_bytes(), invalid)
}

/// Bytes 0x80 to 0x9f by the WHATWG index; all others are their own code points.
fn windows_1252(bytes: &[u8]) -> String {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let letter = |&byte: &u8| if (0x80..0xa0).contains(&byte) { UPPER[usize::from(byte) - 0x80] } else { char::from(byte) };
    bytes.iter().map(letter).collect()
}

/// The delimiter that the first line that is not empty has most of, outside quotes.
pub fn delimiter(text: &[u8]) -> u8 {
    let most = |counts: [usize; 4]| (0..4).rev().max_by_key(|&place| counts[place]).unwrap_or(0);
    let known = *b",;\t|";
    let mut counts = [0; 4];
    let (mut quoted, mut begins, mut closed) = (false, true, false);
    let from = text.iter().position(|byte| !b"\r\n".contains(byte)).unwrap_or(text.len());
    for &byte in &text[from..] {
        if quoted {
            // A quote closes; a second one right after it was a doubled quote, and opens again.
            quoted = byte != b'"';
            closed = !quoted;
            begins = false;
        } else if byte == b'\n' || byte == b'\r' {
            break;
        } else {
            quoted = byte == b'"' && (begins || closed);
            closed = false;
            begins = known.contains(&byte);
            if let Some(place) = known.iter().position(|&known| known == byte) {
                counts[place] += 1;
            }
        }
    }
    known[most(counts)]
}

/// Splits a text byte by byte.
pub fn split(text: &[u8], delimiter: u8) -> Split {
    let mut split = Split { records: Vec::new(), blank_lines: 0, lone_cr: None };
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let mut record = Record { lines: (line, line), start: at, end: at, next: at, fields: Vec::new(), unclosed: false };
        loop {
            let (mut value, mut breaks) = (Vec::new(), false);
            if text.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    match (text.get(at), text.get(at + 1)) {
                        (None, _) => record.unclosed = true,
                        (Some(b'"'), Some(b'"')) => {
                            value.push(b'"');
                            at += 2;
                            continue;
                        }
                        (Some(b'"'), _) => at += 1,
                        (Some(&byte), _) => {
                            value.push(byte);
                            at += 1;
                            if byte == b'\n' {
                                line += 1;
                                breaks = true;
                            }
                            continue;
                        }
                    }
                    break;
                }
            }
            while at < text.len() && ![delimiter, b'\n', b'\r'].contains(&text[at]) {
                value.push(text[at]);
                at += 1;
            }
            record.fields.push((value, breaks));
            if text.get(at) != Some(&delimiter) {
                break;
            }
            at += 1;
        }
        record.end = at;
        record.lines.1 = line;
        at += match (text.get(at), text.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r'), _) => {
                split.lone_cr = Some(line);
                return split;
            }
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        line += 1;
        record.next = at;
        if record.start == record.end {
            split.blank_lines += 1;
        } else {
            split.records.push(record);
        }
    }
    split
}

/// A header name without the blanks around it.
pub fn name(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_matches(|letter| [' ', '\t', '\u{a0}', '\u{202f}'].contains(&letter)).to_owned()
}

/// Why a record is no sound row, whatever stands in it.
pub fn fault(text: &Text, record: &Record, header: &[String], multiline: &[String]) -> Option<Reject> {
    let allowed = |place: usize| header.get(place).is_some_and(|name| multiline.contains(name));
    if text.invalid.iter().any(|&at| record.start <= at && at < record.end) {
        return Some(Reject::InvalidEncoding);
    }
    if record.unclosed {
        return Some(Reject::UnclosedQuote);
    }
    if record.fields.iter().enumerate().any(|(place, (_, breaks))| *breaks && !allowed(place)) {
        return Some(Reject::SuspiciousQuote);
    }
    (record.fields.len() != header.len()).then_some(Reject::RaggedRow)
}
