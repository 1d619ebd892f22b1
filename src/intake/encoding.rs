//! From bytes to text (specification, section 7, encoding).

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// An export as text, with what could not be decoded.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// UTF-8, but for the bytes at `invalid` where the export was to be UTF-8 and is not. The byte order mark is left out.
    pub text: Cow<'a, [u8]>,
    /// Places in `text` of what could not be decoded, ascending.
    pub invalid: Vec<usize>,
    /// The encoding's name, lower case.
    pub encoding: String,
}

/// A byte order mark that contradicts the declared encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The encoding that the mark stands for.
    pub mark: &'static str,
}

/// Decodes an export. `declared` is a label of the WHATWG encoding standard, or `None` for `auto`; unknown labels count as `auto`.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Mismatch> {
    let (encoding, skipped) = told(bytes, declared)?.unwrap_or_else(|| (Letters::of(bytes).encoding(), 0));
    let bytes = &bytes[skipped..];
    let (text, invalid) = if encoding == UTF_8 { (Cow::Borrowed(bytes), invalid_utf8(bytes)) } else { recode(bytes, encoding) };
    Ok(Decoded { text, invalid, encoding: encoding.name().to_lowercase() })
}

/// The encoding that the declaration or a mark at the beginning tells, with the width of the mark; `None` where neither does.
pub fn told(bytes: &[u8], declared: Option<&str>) -> Result<Option<(&'static Encoding, usize)>, Mismatch> {
    let mark = Encoding::for_bom(bytes);
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    match (declared, mark) {
        (Some(declared), Some((marked, _))) if declared != marked => Err(Mismatch { mark: marked.name() }),
        (_, Some(marked)) => Ok(Some(marked)),
        (Some(declared), None) => Ok(Some((declared, 0))),
        (None, None) => Ok(None),
    }
}

/// What speaks for and against UTF-8. The parts of a text may be counted apart where none begins within a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Sequences of several bytes.
    valid: usize,
    /// Bytes that are part of no sequence.
    invalid: usize,
}

impl Letters {
    /// Counts those of a text.
    pub fn of(bytes: &[u8]) -> Letters {
        let mut letters = Letters::default();
        if std::str::from_utf8(bytes).is_err() {
            letters.add(bytes);
        }
        letters
    }

    /// Counts those of a further part.
    pub fn add(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.valid += chunk.valid().chars().filter(|character| character.len_utf8() > 1).count();
            self.invalid += chunk.invalid().len();
        }
    }

    /// UTF-8 when nothing is invalid or there are more valid multi-byte sequences than invalid bytes, else Windows-1252.
    pub fn encoding(self) -> &'static Encoding {
        if self.invalid == 0 || self.valid > self.invalid { UTF_8 } else { WINDOWS_1252 }
    }
}

/// The places of what is no UTF-8, ascending.
pub fn invalid_utf8(bytes: &[u8]) -> Vec<usize> {
    if std::str::from_utf8(bytes).is_ok() {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            places.push(at);
        }
        at += chunk.invalid().len();
    }
    places
}

/// Decodes into UTF-8, with U+FFFD where nothing could be decoded.
fn recode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, [u8]>, Vec<usize>) {
    if encoding.is_single_byte() && bytes.is_ascii() {
        return (Cow::Borrowed(bytes), Vec::new());
    }
    let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 8 + 16);
    let mut invalid = Vec::new();
    decode_part(&mut encoding.new_decoder_without_bom_handling(), bytes, true, &mut text, &mut invalid);
    (Cow::Owned(text), invalid)
}

/// Decodes a further part of a text onto the end of `text`, and notes where in it nothing could be decoded.
pub fn decode_part(decoder: &mut Decoder, bytes: &[u8], last: bool, text: &mut Vec<u8>, invalid: &mut Vec<usize>) {
    let mut decoded = String::with_capacity(bytes.len() + bytes.len() / 8 + 16);
    let mut read = 0;
    loop {
        let (result, consumed) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut decoded, last);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => return text.extend_from_slice(decoded.as_bytes()),
            DecoderResult::OutputFull => decoded.reserve(bytes.len() - read + 16),
            DecoderResult::Malformed(..) => {
                invalid.push(text.len() + decoded.len());
                decoded.push('\u{fffd}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], declared: Option<&str>) -> (String, usize, String) {
        let decoded = decode(bytes, declared).unwrap();
        (String::from_utf8_lossy(&decoded.text).into_owned(), decoded.invalid.len(), decoded.encoding)
    }

    fn expected(text: &str, invalid: usize, encoding: &str) -> (String, usize, String) {
        (text.to_owned(), invalid, encoding.to_owned())
    }

    #[test]
    fn marks_and_counts_tell_the_encoding() {
        assert_eq!(decoded("été".as_bytes(), None), expected("été", 0, "utf-8"));
        assert_eq!(decoded(b"\xe9t\xe9", None), expected("été", 0, "windows-1252"));
        assert_eq!(decoded(b"\xef\xbb\xbfa", None), expected("a", 0, "utf-8"));
        assert_eq!(decoded(b"\xff\xfea\0\xe9\0", None), expected("aé", 0, "utf-16le"));
        assert_eq!(decoded(b"\xfe\xff\0a\xd8\0", None), expected("a\u{fffd}", 1, "utf-16be"));
        // Two valid sequences and one invalid byte: UTF-8. One of each: Windows-1252.
        assert_eq!(decoded(b"\xc3\xa9\xc3\xa9\xe9", None).2, "utf-8");
        assert_eq!(decoded(b"\xc3\xa9\xe9", None).2, "windows-1252");
    }

    // Text can take twice the room of its bytes, and half again where it is UTF-16.
    #[test]
    fn text_that_grows_is_read_to_its_end() {
        for length in 1..80 {
            let (narrow, wide) = ("é".repeat(length), "語".repeat(length));
            let utf_16: Vec<u8> = wide.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decoded(&vec![0xe9; length], None), expected(&narrow, 0, "windows-1252"));
            assert_eq!(decoded(&[b"\xfe\xff", &*utf_16].concat(), None), expected(&wide, 0, "utf-16be"));
        }
    }

    #[test]
    fn the_places_of_what_is_no_text_are_those_of_the_text_made_of_it() {
        let places = |bytes: &[u8]| decode(bytes, None).unwrap().invalid;
        // Three sound letters, and bytes that none begins with; a lone half of a pair between two letters.
        assert_eq!(places(b"\xc3\xa9\xc3\xa9\xc3\xa9\xffa\xff"), [6, 8]);
        assert_eq!(places(b"\xfe\xff\0a\xd8\0\0b"), [1]);
    }

    #[test]
    fn a_mark_that_contradicts_the_declaration_is_refused() {
        assert_eq!(decode(b"\xef\xbb\xbfa", Some("windows-1252")).unwrap_err(), Mismatch { mark: "UTF-8" });
        assert!(decode(b"\xef\xbb\xbfa", Some("utf-8")).is_ok());
    }
}
