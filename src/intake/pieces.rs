//! Cuts an export into pieces of whole rows, so that no export has to stand in memory and several hands can read it.

use encoding_rs::{Decoder, Encoding, UTF_8};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};

use super::encoding::decode_part;
use super::files::hexadecimal;
use super::rows::{header_delimiter, last_end};

/// How many bytes are read at a time: enough that nothing else than rows takes time, and little enough to stay in a cache.
const BLOCK: usize = 1 << 20;

/// An export that is read piece by piece.
pub struct Pieces {
    input: File,
    /// `None` where the bytes are taken for UTF-8.
    decoder: Option<Decoder>,
    delimiter: u8,
    hash: Sha256,
    bytes: u64,
    /// Text after the last piece, and the places in it that could not be decoded.
    tail: Vec<u8>,
    invalid: Vec<usize>,
    /// The line on which the next piece begins.
    line: u64,
    ended: bool,
}

/// Where a piece stands, and what in it could not be decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// The physical line on which it begins, from 1.
    pub line: u64,
    /// How many lines end in it.
    pub lines: u64,
    /// Places in its text, ascending; of UTF-8 they are found when the piece is read.
    pub invalid: Vec<usize>,
}

/// What is known of an export that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Physical lines, the last one with or without its end.
    pub lines: u64,
}

impl Pieces {
    /// Begins after a mark of so many bytes, of which `head` are the first of the file and have been read from `input` already.
    pub fn new(input: File, head: &[u8], mark: usize, encoding: &'static Encoding, delimiter: Option<u8>) -> io::Result<Pieces> {
        let mut pieces = Pieces {
            input,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling()),
            delimiter: b',',
            hash: Sha256::new(),
            bytes: 0,
            tail: Vec::new(),
            invalid: Vec::new(),
            line: 1,
            ended: false,
        };
        pieces.hash.update(head);
        pieces.bytes = head.len() as u64;
        let mut text = Vec::with_capacity(BLOCK + BLOCK / 4);
        match &mut pieces.decoder {
            None => text.extend_from_slice(&head[mark..]),
            Some(decoder) => decode_part(decoder, &head[mark..], false, &mut text, &mut pieces.invalid),
        }
        let mut size = BLOCK;
        pieces.delimiter = loop {
            pieces.read(&mut text, size)?;
            match (delimiter, header_delimiter(&text)) {
                (Some(declared), _) => break declared,
                (None, (found, ended)) if ended || pieces.ended => break found,
                (None, _) => size *= 2,
            }
        };
        pieces.tail = text;
        Ok(pieces)
    }

    /// The declared delimiter, or the one that was found.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Puts the next piece into `text`; `None` at the end.
    pub fn next_into(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        text.clear();
        text.append(&mut self.tail);
        let mut size = BLOCK;
        let end = loop {
            if text.len() < size && !self.ended {
                self.read(text, size)?;
            }
            match last_end(text, self.delimiter) {
                _ if self.ended => break text.len(),
                // A row that is longer than a block: a quote that closes late, or not at all.
                0 => size *= 2,
                end => break end,
            }
        };
        if text.is_empty() {
            return Ok(None);
        }
        self.tail.extend_from_slice(&text[end..]);
        text.truncate(end);
        let later = self.invalid.split_off(self.invalid.partition_point(|&at| at < end));
        let invalid = std::mem::replace(&mut self.invalid, later.into_iter().map(|at| at - end).collect());
        let feeds = memchr::memchr_iter(b'\n', text).count() as u64;
        let piece = Piece { line: self.line, lines: feeds, invalid };
        self.line += feeds + u64::from(self.ended && self.tail.is_empty() && !text.ends_with(b"\n"));
        Ok(Some(piece))
    }

    /// What is known once every piece has been taken.
    pub fn whole(&self) -> Whole {
        Whole { bytes: self.bytes, sha256: hexadecimal(&self.hash.clone().finalize()), lines: self.line - 1 }
    }

    /// Reads up to so many bytes onto the end of `text`.
    fn read(&mut self, text: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let mut encoded = Vec::new();
        let onto = if self.decoder.is_none() { &mut *text } else { &mut encoded };
        let before = onto.len();
        onto.reserve(size);
        let read = self.input.by_ref().take(size as u64).read_to_end(onto)?;
        self.hash.update(&onto[before..]);
        self.bytes += read as u64;
        self.ended = read < size;
        if let Some(decoder) = &mut self.decoder {
            decode_part(decoder, &encoded, self.ended, text, &mut self.invalid);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::rows::{Row, Rows};

    fn pieces(bytes: &[u8], encoding: &'static Encoding) -> (Vec<(Piece, Vec<u8>)>, Whole, u8) {
        use std::io::{Seek, Write};
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        let mut pieces = Pieces::new(file, b"", 0, encoding, None).unwrap();
        let mut cut = Vec::new();
        let mut text = Vec::new();
        while let Some(piece) = pieces.next_into(&mut text).unwrap() {
            cut.push((piece, text.clone()));
        }
        (cut, pieces.whole(), pieces.delimiter())
    }

    /// Lines and bytes of the rows of a text, read in one go and piece by piece.
    fn rows_agree(text: &[u8], least: usize) {
        let (cut, whole, delimiter) = pieces(text, UTF_8);
        assert!(cut.len() >= least, "{} pieces", cut.len());
        assert_eq!(cut.iter().flat_map(|(_, part)| part).copied().collect::<Vec<u8>>(), text);
        let mut rows = Rows::new(text, delimiter);
        let (mut row, mut other) = (Row::default(), Row::default());
        let mut offset = 0;
        for (piece, part) in &cut {
            let mut parts = Rows::from(part, delimiter, 0, piece.line);
            while parts.next_into(&mut other).unwrap() {
                assert!(rows.next_into(&mut row).unwrap());
                assert_eq!((other.line, other.start + offset, other.end + offset), (row.line, row.start, row.end));
            }
            offset += part.len();
        }
        assert!(!rows.next_into(&mut row).unwrap());
        let feeds = text.iter().filter(|&&byte| byte == b'\n').count() as u64;
        assert_eq!(whole.lines, feeds + u64::from(text.last().is_some_and(|&byte| byte != b'\n')));
        assert_eq!((whole.bytes, whole.sha256), (text.len() as u64, hexadecimal(&Sha256::digest(text))));
    }

    #[test]
    fn pieces_hold_the_rows_of_the_whole() {
        let plain = "number,text\n".to_owned() + &"1234567,Montréal\r\n".repeat(200_000);
        rows_agree(plain.as_bytes(), 3);
        rows_agree(plain.trim_end().as_bytes(), 3);
        let quoted = "a,b\n".to_owned() + &"1,\"one\ntwo \"\"three\"\"\r\n\r\nfour\"\n\n5\" pipe,x\n".repeat(80_000);
        rows_agree(quoted.as_bytes(), 3);
        rows_agree(b"", 0);
        rows_agree(b"\n\n", 1);
    }

    // Two megabytes and a half stand between quotes: a row that no block holds.
    #[test]
    fn a_row_longer_than_a_block_stays_whole() {
        let long = format!("a,b\n1,\"{}\"\n{}", "x\n".repeat(1_250_000), "2,y\n".repeat(400_000));
        rows_agree(long.as_bytes(), 2);
        let open = format!("a,b\n{}1,\"{}", "2,y\n".repeat(400_000), "x\n".repeat(1_250_000));
        rows_agree(open.as_bytes(), 2);
    }

    // Half a pair in place of the é of these lines: two in the first piece, two where a block ends in the line, and one in the last.
    #[test]
    fn what_cannot_be_decoded_is_found_in_its_piece() {
        let lines = [1, 2, 209_714, 314_571, 899_999];
        let text = "ab;c\n".to_owned() + &"\u{e9};12\n".repeat(900_000);
        let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for line in lines {
            let at = 10 * (1 + line);
            bytes[at..at + 2].copy_from_slice(&[0, 0xd8]);
        }
        for (line, block) in [(209_714, 2), (314_571, 3)] {
            assert!((10 * (1 + line) + 1..10 * (2 + line)).contains(&(block * BLOCK)), "the line does not lie across");
        }
        let (cut, whole, delimiter) = pieces(&bytes, encoding_rs::UTF_16LE);
        assert_eq!((whole.lines, whole.bytes, delimiter), (900_001, bytes.len() as u64, b';'));
        let mut found = Vec::new();
        for (piece, part) in &cut {
            for &at in &piece.invalid {
                assert_eq!(&part[at..at + 4], "\u{fffd};".as_bytes());
                // The header is the first line.
                found.push(piece.line as usize + part[..at].iter().filter(|&&byte| byte == b'\n').count() - 2);
            }
        }
        assert_eq!(found, lines);
        assert!(cut.len() >= 3, "{} pieces", cut.len());
    }
}
