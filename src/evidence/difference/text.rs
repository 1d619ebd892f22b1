//! Files that are read by eyes, line by line; and files that are not, byte by byte.

use super::{Difference, NOTHING};

/// The lines between the common beginning and the common end of two texts: one by one where there are as many, else as two blocks.
pub fn lines(first: &[u8], second: &[u8]) -> Vec<Difference> {
    let split = |text: &[u8]| -> Vec<String> {
        text.split_inclusive(|&byte| byte == b'\n').map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    let (first, second) = (split(first), split(second));
    let begin = first.iter().zip(&second).take_while(|(first, second)| first == second).count();
    let end = first[begin..].iter().rev().zip(second[begin..].iter().rev()).take_while(|(first, second)| first == second).count();
    let (left, right) = (&first[begin..first.len() - end], &second[begin..second.len() - end]);
    if left.len() == right.len() {
        let pairs = left.iter().zip(right).enumerate().filter(|(_, (left, right))| left != right);
        return pairs.map(|(at, (left, right))| around(format!("line {}", begin + at + 1), left, right)).collect();
    }
    let block = |lines: &[String]| match lines {
        [] => NOTHING.to_owned(),
        lines => format!("{} lines: {}", lines.len(), lines.concat().trim()),
    };
    vec![Difference::new(format!("from line {}", begin + 1), block(left), block(right))]
}

/// A line of a page may be long: what differs in it, and a little before and after.
fn around(place: String, first: &str, second: &str) -> Difference {
    const CONTEXT: usize = 24;
    let (first, second): (Vec<char>, Vec<char>) = (first.trim_end().chars().collect(), second.trim_end().chars().collect());
    let begin = first.iter().zip(&second).take_while(|(first, second)| first == second).count();
    let end = first[begin..].iter().rev().zip(second[begin..].iter().rev()).take_while(|(first, second)| first == second).count();
    let part = |text: &[char]| {
        let (from, until) = (begin.saturating_sub(CONTEXT), (text.len() - end + CONTEXT).min(text.len()));
        text[from..until].iter().collect::<String>()
    };
    Difference::new(format!("{place}, character {}", begin + 1), part(&first), part(&second))
}

/// The first byte that differs, counted from 1, and the lengths of both.
pub fn bytes(first: &[u8], second: &[u8]) -> Vec<Difference> {
    let same = first.iter().zip(second).take_while(|(first, second)| first == second).count();
    if same == first.len() && same == second.len() {
        return Vec::new();
    }
    let at = |content: &[u8]| match content.get(same) {
        Some(byte) => format!("{byte:#04x} of {} bytes", content.len()),
        None => format!("the end, after {} bytes", content.len()),
    };
    vec![Difference::new(format!("byte {}", same + 1), at(first), at(second))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_named_by_their_number() {
        let found = lines(b"<p>\n94.2%\n</p>\n", b"<p>\n94.3%\n</p>\n");
        assert_eq!(found, [Difference::new("line 2, character 4", "94.2%", "94.3%")]);
        let found = lines(b"a\nb\nc\n", b"a\nc\n");
        assert_eq!(found, [Difference::new("from line 2", "1 lines: b", "nothing")]);
    }

    #[test]
    fn bytes_are_named_by_their_place() {
        assert_eq!(bytes(b"abc", b"abd"), [Difference::new("byte 3", "0x63 of 3 bytes", "0x64 of 3 bytes")]);
        assert_eq!(bytes(b"ab", b"abd"), [Difference::new("byte 3", "the end, after 2 bytes", "0x64 of 3 bytes")]);
        assert!(bytes(b"ab", b"ab").is_empty());
    }
}
