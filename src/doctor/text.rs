//! The findings as text for people.

use std::fmt::Write as _;

use super::proposal::{counted, in_file};
use super::{Column, Export, Group};

/// Describes a group: each file by its outside, then the columns that they share.
pub fn describe(group: &Group) -> String {
    let mut text = String::new();
    for export in &group.exports {
        outside(export, &mut text);
    }
    columns(group, &mut text);
    text
}

fn outside(export: &Export, text: &mut String) {
    let _ = writeln!(text, "{}: {}, {} bytes", export.name, counted(export.rows), export.bytes);
    let mut line = |what: &str, found: String| {
        let _ = writeln!(text, "  {what:<10} {found}");
    };
    line("encoding", format!("{}: {}", export.encoding.name, export.encoding.because));
    line("line ends", line_ends(export.line_ends));
    line("delimiter", delimiter(export));
    line("header", format!("line {}: {}", export.header_line, export.header.join(" · ")));
    for fault in &export.faults {
        line("!", fault.clone());
    }
}

fn line_ends((feeds, pairs): (u64, u64)) -> String {
    match (feeds, pairs) {
        (0, 0) => "none: a single line".to_owned(),
        (feeds, 0) => format!("LF, 0A, {feeds} times"),
        (0, pairs) => format!("CRLF, 0D 0A, {pairs} times"),
        (feeds, pairs) => format!("mixed: LF {feeds} times, CRLF {pairs} times; both are read"),
    }
}

fn delimiter(export: &Export) -> String {
    let name = |delimiter: u8| if delimiter == b'\t' { "tab".to_owned() } else { char::from(delimiter).to_string() };
    let count = |delimiter: u8| export.delimiters.iter().find(|(other, _)| *other == delimiter).map_or(0, |(_, count)| *count);
    let others = export.delimiters.iter().filter(|(other, count)| *other != export.delimiter && *count > 0);
    let others: Vec<String> = others.map(|(other, count)| format!("{} {count}", name(*other))).collect();
    let rest = if others.is_empty() { "the others not once".to_owned() } else { format!("after it {}", others.join(", ")) };
    let (byte, times) = (export.delimiter, count(export.delimiter));
    format!("{}, {byte:02X}, {times} times in the header; {rest}", name(byte))
}

fn columns(group: &Group, text: &mut String) {
    let width = group.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0).clamp(6, 32);
    let _ = writeln!(text, "  {:<width$}  {:>10}  {:>10}  what it holds", "column", "filled", "different");
    for column in &group.columns {
        let (name, filled, different) = (&column.name, column.filled, column.different());
        let _ = writeln!(text, "  {name:<width$}  {filled:>10}  {different:>10}  {}", holds(column, group));
    }
}

fn holds(column: &Column, group: &Group) -> String {
    if let Some(stamps) = &column.stamps {
        let forms: Vec<String> =
            stamps.choices.iter().map(|choice| format!("{} {}", choice.order.in_words(), choice.patterns.join(" or "))).collect();
        let form = if stamps.automatic { "ISO".to_owned() } else { forms.join(", or ") };
        let (spot, value) = &stamps.first;
        let mut text = format!("timestamps, {form}: {value} {}", in_file(group, *spot));
        if let Some((spot, value)) = stamps.first_unread.as_ref().filter(|_| stamps.unread > 0) {
            let _ = write!(text, "; {} are none, the first {value} {}", stamps.unread, in_file(group, *spot));
        }
        return text;
    }
    let Some((spot, value)) = &column.first else { return "nothing".to_owned() };
    let example = format!("{} {}", short(value), in_file(group, *spot));
    if column.is_time() {
        return format!("times of day: {example}");
    }
    if column.tells_rows_apart() {
        let again = column.filled - column.different();
        let but = if again > 0 { format!(", {again} again") } else { String::new() };
        return format!("another value on every row{but}: {example}");
    }
    if let Some(codes) = column.codes() {
        let shown: Vec<String> = codes.iter().take(4).map(|(code, count)| format!("{} {count}", short(code))).collect();
        let more = if codes.len() > 4 { format!(" and {} more", codes.len() - 4) } else { String::new() };
        return format!("codes: {}{more}", shown.join(", "));
    }
    match &column.repeated {
        Some((value, first, second)) => format!("comes back: {} on lines {first} and {second}", short(value)),
        None => format!("text: {example}"),
    }
}

/// A value on one line of a terminal.
fn short(value: &str) -> String {
    let plain: String = value.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).take(32).collect();
    if plain.chars().count() < value.chars().count() { format!("{plain}…") } else { plain }
}
