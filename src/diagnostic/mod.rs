//! Problems are values: severity, code, place, message and help. All of them are shown, not the first.

mod code;
mod print;

pub use code::Code;
pub use print::{Style, print};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The run stops with exit status 1.
    Error,
    /// The run goes on, and what it concerns is counted in the report.
    Warning,
}

/// Where a problem is. Lines and columns start at 1; a column counts characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    pub line: u64,
    pub column: u64,
}

/// The quoted line under a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, without its end.
    pub line: String,
    /// How many characters the caret covers, at least 1.
    pub width: u64,
}

/// Where the declaration says how to read what a problem is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The path of the key: `sources.calls.timestamp`.
    pub key: String,
    /// Where it stands; `None` until it is looked up.
    pub place: Option<SettingPlace>,
}

/// The place of a key of the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingPlace {
    pub file: String,
    pub line: usize,
    /// The table that stands there, where the declaration leaves the key out.
    pub left_out_of: Option<String>,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    pub place: Option<Place>,
    pub excerpt: Option<Excerpt>,
    /// What to do about it.
    pub help: Option<String>,
    pub setting: Option<Setting>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic { severity: Severity::Error, code, message, place: None, excerpt: None, help: None, setting: None }
    }

    /// A warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// The same with a help line.
    pub fn help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same with the key of the declaration that it depends on.
    pub fn set_by(self, key: impl Into<String>) -> Diagnostic {
        Diagnostic { setting: Some(Setting { key: key.into(), place: None }), ..self }
    }

    /// The same with a place and no excerpt.
    pub fn at(self, file: impl Into<String>, line: u64, column: u64) -> Diagnostic {
        Diagnostic { place: Some(Place { file: file.into(), line, column }), ..self }
    }

    /// The same with the place of `range`, a range of bytes of `text`, and the line that it begins on.
    pub fn in_text(self, file: impl Into<String>, text: &str, range: std::ops::Range<usize>) -> Diagnostic {
        let start = floor_boundary(text, range.start);
        let end = floor_boundary(text, range.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let number = text[..line_start].matches('\n').count() as u64 + 1;
        let column = text[line_start..start].chars().count() as u64 + 1;
        let width = (text[start..end.min(line_end)].chars().count() as u64).max(1);
        let line = &text[line_start..line_end];
        let line = line.strip_suffix('\r').unwrap_or(line).to_owned();
        Diagnostic { excerpt: Some(Excerpt { line, width }), ..self.at(file, number, column) }
    }
}

/// The nearest of `known` names to `wanted`, when it is near enough to be what was meant.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.into_iter().map(|name| (distance(wanted, name), name)).min()?;
    (near.0 <= wanted.chars().count().max(3) / 3 + 1).then_some(near.1)
}

/// How many single-character edits (insert, delete, replace) lead from one word to the other, letter case apart.
pub fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_lines() {
        let text = "a = 1\r\né = \"été\" x\n";
        let start = text.find('x').unwrap();
        let diagnostic = Diagnostic::error(Code::BadValue, "").in_text("f", text, start..start + 1);
        assert_eq!(diagnostic.place, Some(Place { file: "f".into(), line: 2, column: 11 }));
        assert_eq!(diagnostic.excerpt.unwrap().line, "é = \"été\" x");
    }

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("pause", ["pauses", "exits"]), Some("pauses"));
        assert_eq!(nearest("colour", ["stop", "within"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
