//! Diagnostics as text: for people, one line each, or JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Code, Diagnostic, Excerpt, Place, Setting, SettingPlace, Severity};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With the quoted line; in colour where the terminal has it.
    Human { color: bool },
    /// `file:line:column: error[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
}

/// So many problems of one code are shown to people; the rest are counted. Machines get all.
const SHOWN: usize = 10;
/// A quoted line of up to so many characters is shown whole.
const WHOLE: usize = 110;
/// Of a longer one, so many characters are shown on either side of the caret.
const AROUND: usize = 50;

/// Prints all diagnostics, in the order given.
pub fn print(diagnostics: &[Diagnostic], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let number = shown.entry(diagnostic.code).or_default();
        *number += 1;
        match style {
            Style::Json => writeln!(out, "{}", json(diagnostic))?,
            Style::Short if *number <= SHOWN => writeln!(out, "{}", short(diagnostic))?,
            Style::Human { color } if *number <= SHOWN => writeln!(out, "{}", human(diagnostic, color))?,
            Style::Short | Style::Human { .. } => {}
        }
    }
    if style != Style::Json {
        for (code, number) in shown.into_iter().filter(|(_, number)| *number > SHOWN) {
            writeln!(out, "… and {} more of {}", number - SHOWN, code.name())?;
        }
    }
    Ok(())
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn short(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map_or(String::new(), |place| format!("{}: ", printed(place)));
    let code = diagnostic.code.name();
    format!("{place}{}[{code}]: {}", severity(diagnostic), visible(&diagnostic.message))
}

fn human(diagnostic: &Diagnostic, color: bool) -> String {
    let (strong, faint, plain) = match (color, diagnostic.severity) {
        (false, _) => ("", "", ""),
        (true, Severity::Error) => ("\x1b[1;31m", "\x1b[36m", "\x1b[0m"),
        (true, Severity::Warning) => ("\x1b[1;33m", "\x1b[36m", "\x1b[0m"),
    };
    let mut text =
        format!("{strong}{}[{}]{plain}: {}\n", severity(diagnostic), diagnostic.code.name(), visible(&diagnostic.message));
    let digits = diagnostic.place.as_ref().map_or(1, |place| place.line.to_string().len());
    if let Some(place) = &diagnostic.place {
        let _ = writeln!(text, "{:digits$}{faint}-->{plain} {}", "", printed(place));
        if let Some(excerpt) = &diagnostic.excerpt {
            let (line, caret) = quoted(excerpt, place.column);
            let _ = writeln!(text, "{faint}{} |{plain} {line}", place.line);
            let _ = writeln!(text, "{:digits$} {faint}|{plain} {strong}{caret}{plain}", "");
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "{:digits$} {faint}={plain} help: {}", "", visible(help));
    }
    if let Some(Setting { key, place: Some(place) }) = &diagnostic.setting {
        let SettingPlace { file, line, left_out_of } = place;
        let what = match left_out_of {
            Some(table) => format!("{table} has no {}", key[table.len()..].trim_start_matches('.')),
            None => key.clone(),
        };
        let _ = writeln!(text, "{:digits$} {faint}={plain} declared: {}:{line} ({})", "", visible(file), visible(&what));
    }
    text
}

fn printed(place: &Place) -> String {
    format!("{}:{}:{}", visible(&place.file), place.line, place.column)
}

/// The part of the line around the caret, and the carets under it.
fn quoted(excerpt: &Excerpt, column: u64) -> (String, String) {
    let characters: Vec<char> = excerpt.line.chars().collect();
    let at = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX).min(characters.len());
    let width = usize::try_from(excerpt.width).unwrap_or(usize::MAX).clamp(1, AROUND);
    let (from, until) = if characters.len() <= WHOLE {
        (0, characters.len())
    } else {
        (at.saturating_sub(AROUND), (at + width + AROUND).min(characters.len()))
    };
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    let shown: String = characters[from..until].iter().collect();
    let line = format!("{}{}{}", ellipsis(from > 0), visible(&shown), ellipsis(until < characters.len()));
    let caret = format!("{}{}", " ".repeat(at - from + usize::from(from > 0)), "^".repeat(width));
    (line, caret)
}

/// The text with control characters made visible, one character each, so that an export can't write to the terminal.
fn visible(text: &str) -> String {
    let picture = |character: char| match character {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => '\u{fffd}',
        other => other,
    };
    text.chars().map(picture).collect()
}

fn json(diagnostic: &Diagnostic) -> String {
    let mut text = format!("{{\"severity\":\"{}\",\"code\":\"{}\"", severity(diagnostic), diagnostic.code.name());
    if let Some(place) = &diagnostic.place {
        let _ = write!(text, ",\"file\":{},\"line\":{},\"column\":{}", json_string(&place.file), place.line, place.column);
    }
    let _ = write!(text, ",\"message\":{}", json_string(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, ",\"help\":{}", json_string(help));
    }
    if let Some(Setting { key, place: Some(place) }) = &diagnostic.setting {
        let (key, file, line) = (json_string(key), json_string(&place.file), place.line);
        let _ = write!(text, ",\"setting\":{{\"key\":{key},\"file\":{file},\"line\":{line}}}");
    }
    text.push('}');
    text
}

fn json_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(quoted, "\\u{:04x}", character as u32);
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed_as(diagnostics: &[Diagnostic], style: Style) -> String {
        let mut out = Vec::new();
        print(diagnostics, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn bad_timestamp() -> Diagnostic {
        let text = "id,at\nx,2025-02-30\n";
        Diagnostic::warning(Code::BadTimestamp, "no such day").in_text("a.csv", text, 8..18).help("February has 28 days")
    }

    #[test]
    fn people_see_the_line_with_a_caret_under_the_field() {
        let expected = "warning[bad-timestamp]: no such day\n --> a.csv:2:3\n2 | x,2025-02-30\n  |   ^^^^^^^^^^\n  = help: February has 28 days\n\n";
        assert_eq!(printed_as(&[bad_timestamp()], Style::Human { color: false }), expected);
    }

    #[test]
    fn after_ten_of_one_code_the_rest_are_counted() {
        let many = vec![bad_timestamp(); 13];
        let printed = printed_as(&many, Style::Short);
        assert_eq!(printed.lines().count(), 11);
        assert!(printed.ends_with("… and 3 more of bad-timestamp\n"));
        assert_eq!(printed_as(&many, Style::Json).lines().count(), 13);
    }

    #[test]
    fn an_export_cannot_write_escapes_to_the_terminal() {
        let hostile = Diagnostic::error(Code::BadValue, "\x1b[2J\u{202e}");
        assert_eq!(printed_as(&[hostile], Style::Short), "error[bad-value]: ␛[2J\u{fffd}\n");
    }
}
