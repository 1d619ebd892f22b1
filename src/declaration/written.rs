//! From a place in a string to its place in the TOML file, where escapes and line ends take other numbers of bytes.

/// The byte of `written`, a TOML string with its quotes, at which the byte `at` of its value `text` stands.
pub fn place_of(at: usize, text: &str, written: &str) -> usize {
    let (quotes, literal) = match written.as_bytes() {
        [b'"', b'"', b'"', ..] => (3, false),
        [b'\'', b'\'', b'\'', ..] => (3, true),
        [b'\'', ..] => (1, true),
        _ => (1, false),
    };
    let mut place = quotes;
    if quotes == 3 {
        // A line end right after the opening quotes is no part of the value.
        place += line_end(&written[place..]);
    }
    for letter in text[..at].chars() {
        let rest = &written[place..];
        let escape = if literal { 0 } else { escape(rest) };
        place += match (escape, line_end(rest)) {
            (0, 0) => letter.len_utf8(),
            // A line end may be two bytes in the file and one in the value.
            (0, length) => {
                if letter == '\n' {
                    length
                } else {
                    1
                }
            }
            (length, _) => length,
        };
    }
    if literal { place } else { place + skipped(&written[place..]) }
}

/// The length of a line end that `text` begins with, else 0.
fn line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// The length of the escape that stands for the next letter, with the blanks before it that stand for none; 0 where there is neither.
fn escape(text: &str) -> usize {
    let skipped = skipped(text);
    let rest = &text[skipped..];
    let length = match rest.as_bytes() {
        [b'\\', b'u', ..] => 6,
        [b'\\', b'U', ..] => 10,
        [b'\\', b'x', ..] => 4,
        [b'\\', ..] => 2,
        _ if skipped > 0 => rest.chars().next().map_or(0, char::len_utf8),
        _ => 0,
    };
    skipped + length
}

/// The length of backslashes at the ends of lines with the blanks that they take away, else 0.
fn skipped(text: &str) -> usize {
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('\\').filter(|after| after.starts_with([' ', '\t', '\r', '\n'])) {
        rest = after.trim_start_matches([' ', '\t', '\r', '\n']);
    }
    text.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter of a value that stands as itself is found where it stands.
    #[test]
    fn letters_are_found_behind_escapes_and_line_ends() {
        let strings = [
            r#""a\tb\u00e9c\"d\U0001F600e\x41f""#,
            "\"\"\"\nab \\\n   c\n\\\\d\"\"\"",
            "\"\"\"\r\nab\r\nc \\\r\n d\"\"\"",
            "'''\na\\b\n'c'''",
            "'a\\b'",
            "\"é«a»\"",
        ];
        for written in strings {
            let file = format!("x = {written}");
            let table = toml::de::DeTable::parse(&file).unwrap();
            let text = table.get_ref().get("x").unwrap().get_ref().as_str().unwrap();
            for (at, letter) in text.char_indices().filter(|(_, letter)| ('a'..='f').contains(letter)) {
                let place = place_of(at, text, written);
                assert!(written[place..].starts_with(letter), "{letter} of {written}: {:?}", &written[place..]);
            }
        }
    }
}
