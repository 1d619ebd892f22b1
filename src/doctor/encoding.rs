//! Which encoding an export has, and the bytes that prove it.

use crate::intake::decode;

/// An encoding with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingProof {
    /// Its name, lower case, as `encoding` takes it.
    pub name: String,
    /// Why, in words, with the bytes and where they stand.
    pub because: String,
}

impl EncodingProof {
    /// Looks at all bytes of an export.
    pub fn of(bytes: &[u8]) -> EncodingProof {
        let name = decode(bytes, None).map_or_else(|_| "utf-8".to_owned(), |read| read.encoding);
        for (mark, width) in [(&b"\xef\xbb\xbf"[..], 3), (b"\xff\xfe", 2), (b"\xfe\xff", 2)] {
            if bytes.starts_with(mark) {
                return EncodingProof {
                    name,
                    because: format!("the file begins with its byte order mark, {}", hex(&bytes[..width])),
                };
            }
        }
        let because = match (std::str::from_utf8(bytes), name.as_str()) {
            (Ok(text), _) => match text.char_indices().find(|(_, letter)| !letter.is_ascii()) {
                None => "every byte is ASCII, which all encodings share".to_owned(),
                Some((at, letter)) => {
                    let sequences = text.chars().filter(|letter| !letter.is_ascii()).count();
                    format!(
                        "{sequences} sequences of several bytes, all valid; the first {}, {} for {letter}",
                        place(bytes, at),
                        hex(&bytes[at..at + letter.len_utf8()])
                    )
                }
            },
            (Err(error), "utf-8") => {
                let at = error.valid_up_to();
                let bad = hex(&bytes[at..=at]);
                format!("more valid sequences of several bytes than invalid bytes; an invalid one {}, {bad}", place(bytes, at))
            }
            (Err(error), _) => {
                let at = error.valid_up_to();
                let letter = decode(&bytes[at..=at], Some(&name)).map(|read| String::from_utf8_lossy(&read.text).into_owned());
                format!("not UTF-8: {} {} stands for {} here", hex(&bytes[at..=at]), place(bytes, at), letter.unwrap_or_default())
            }
        };
        EncodingProof { name, because }
    }
}

/// Bytes in hexadecimal, as an editor for binary files shows them.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn place(bytes: &[u8], at: usize) -> String {
    let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |feed| feed + 1);
    format!("on line {line}, byte {}", at - start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_names_the_bytes_and_where_they_stand() {
        let proof = |bytes: &[u8]| {
            let EncodingProof { name, because } = EncodingProof::of(bytes);
            format!("{name}: {because}")
        };
        assert_eq!(proof(b"\xff\xfea\0"), "utf-16le: the file begins with its byte order mark, FF FE");
        assert_eq!(proof(b"a\nb\xe9c"), "windows-1252: not UTF-8: E9 on line 2, byte 2 stands for é here");
        assert_eq!(
            proof("a\nété".as_bytes()),
            "utf-8: 2 sequences of several bytes, all valid; the first on line 2, byte 1, C3 A9 for é"
        );
        assert_eq!(proof(b"a,b"), "utf-8: every byte is ASCII, which all encodings share");
    }
}
