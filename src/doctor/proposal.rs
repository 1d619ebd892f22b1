//! The table `[sources.…]` to paste into a declaration, with a reason beside each key and a question where the bytes leave one.

use std::fmt::Write as _;

use super::column::plain;
use super::forms::{Choice, Order, Stamps};
use super::parts::At;
use super::{Column, Group, Parts, Spot};

/// Writes the table of a group. A question is a line that begins with `# ?`: what it asks for is left out, or stands there as the
/// first of several choices.
pub fn proposal(group: &Group, parts: &Parts, name: &str) -> String {
    let mut text = format!("[sources.{}]\n", key(name));
    let mut line = |key: &str, value: String, because: &str| {
        write_line(&mut text, &format!("{key} = {value}"), because);
    };
    let columns = &group.columns;
    let named = |place: usize| columns[place].name.as_str();
    let files: Vec<String> = group.exports.iter().map(|export| quoted(&export.name)).collect();
    line("files", format!("[{}]", files.join(", ")), "or a pattern: \"exports/name-*.csv\"");
    line("layout", quoted(if parts.is_log { "events" } else { "records" }), &parts.because);
    match parts.id {
        Some(id) => line("id", quoted(named(id)), &or_else("the case", columns, &parts.other_ids)),
        None if parts.is_log => {}
        None => line("# ? id", quoted(""), "no column names each row: without `id` each row is a case of its own"),
    }
    if let Some(event) = parts.event {
        line("event", quoted(named(event)), &or_else("what happened", columns, &parts.other_events));
    }
    if parts.is_log
        && let Some(at) = parts.at.first()
    {
        let others: Vec<usize> = parts.at.iter().skip(1).map(|at| at.date()).collect();
        line("at", place(*at, columns), &or_else("when", columns, &others));
    }
    let fields: Vec<String> =
        parts.fields.iter().map(|&field| format!("{} = {}", key(&slug(named(field))), quoted(named(field)))).collect();
    if !fields.is_empty() {
        line("fields", format!("{{ {} }}", fields.join(", ")), "keep those that a commitment or a breakdown needs");
    }
    shape(group, &mut line);
    timestamp(group, parts, &mut line);
    nulls_and_line_breaks(group, &mut line);
    text.push('\n');
    if parts.is_log {
        codes(group, parts, name, &mut text)
    } else {
        record_events(group, parts, name, &mut text)
    }
    text
}

type Line<'l> = dyn FnMut(&str, String, &str) + 'l;

/// Encoding and delimiter, which every file of the group shares, or not.
fn shape(group: &Group, line: &mut Line<'_>) {
    let first = &group.exports[0];
    if group.exports.iter().all(|export| export.encoding.name == first.encoding.name) {
        line("encoding", quoted(&first.encoding.name), &first.encoding.because);
    } else {
        line("encoding", quoted("auto"), "the files differ; each is recognised by its bytes");
    }
    if group.exports.iter().all(|export| export.delimiter == first.delimiter) {
        let name = if first.delimiter == b'\t' { "tab".to_owned() } else { char::from(first.delimiter).to_string() };
        line("delimiter", quoted(&name), "the commonest of , ; tab | in the header");
    } else {
        line("delimiter", quoted("auto"), "the files differ");
    }
}

/// The forms of all timestamps of the source: one key for all its columns.
fn timestamp(group: &Group, parts: &Parts, line: &mut Line<'_>) {
    let used = if parts.is_log { &parts.at[..parts.at.len().min(1)] } else { &parts.at[..] };
    let stamps: Vec<(At, &Stamps)> =
        used.iter().filter_map(|&at| Some((at, group.columns[at.date()].stamps.as_ref()?))).collect();
    if stamps.is_empty() {
        line(
            "# ? timestamp",
            quoted(""),
            "no column of dates was recognised: name `at` or the columns of `events`, and their pattern",
        );
        return;
    }
    if stamps.iter().all(|(_, stamps)| stamps.automatic) {
        let (spot, value) = &stamps[0].1.first;
        line("timestamp", quoted("auto"), &format!("ISO dates, such as {value} {}", in_file(group, *spot)));
        return;
    }
    // An order that one column proves holds for the others: they come from one system. Two proofs against each other are a question.
    let orders = Order::ALL
        .into_iter()
        .filter(|order| stamps.iter().all(|(_, stamps)| stamps.choices.iter().any(|choice| choice.order == *order)));
    let orders: Vec<Order> = orders.collect();
    for order in &orders {
        let chosen: Vec<(At, &Choice)> = stamps
            .iter()
            .filter_map(|(at, stamps)| Some((*at, stamps.choices.iter().find(|choice| choice.order == *order)?)))
            .collect();
        let patterns = patterns(&chosen, group);
        let value = if let [one] = &patterns[..] { quoted(one) } else { format!("[{}]", joined(&patterns)) };
        let proof = chosen.iter().find_map(|(_, choice)| choice.proof.as_ref());
        match (proof, orders.len()) {
            (_, 2..) => line(
                "# ? timestamp",
                value,
                &format!("{}: every value can be read so; choose, and take the # ? away", order.in_words()),
            ),
            (Some((spot, text)), _) => {
                line("timestamp", value, &format!("{}: nothing else reads {text} {}", order.in_words(), in_file(group, *spot)));
            }
            (None, _) => line("timestamp", value, order.in_words()),
        }
    }
    if orders.is_empty() {
        line(
            "# ? timestamp",
            quoted(""),
            "the columns of dates are written in different orders: split them into two sources, or list patterns",
        );
    }
}

fn patterns(chosen: &[(At, &Choice)], group: &Group) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for (at, choice) in chosen {
        for pattern in &choice.patterns {
            let with_time = match at {
                At::One(_) => vec![pattern.clone()],
                At::Pair(_, time) => {
                    let example = group.columns[*time].first.as_ref().map_or("", |(_, text)| text.as_str());
                    let time = if example.len() > 5 { "%H:%M:%S" } else { "%H:%M" };
                    // A row may hold a date and no time.
                    vec![format!("{pattern} {time}"), pattern.clone()]
                }
            };
            patterns.extend(with_time.into_iter().filter(|pattern| !patterns.contains(pattern)).collect::<Vec<_>>());
        }
    }
    patterns
}

fn nulls_and_line_breaks(group: &Group, line: &mut Line<'_>) {
    let mut nulls: Vec<&str> = Vec::new();
    let mut where_found = String::new();
    for column in &group.columns {
        for (&null, &(count, spot)) in &column.nulls {
            if !nulls.contains(&null) {
                nulls.push(null);
                let _ = write!(where_found, "{null}: {count} in `{}`, the first {}; ", column.name, in_file(group, spot));
            }
        }
    }
    if !nulls.is_empty() {
        let nulls: Vec<String> = nulls.into_iter().map(str::to_owned).collect();
        line("# ? nulls", format!("[{}]", joined(&nulls)), &format!("{where_found}do they mean that there is no value?"));
    }
    for column in &group.columns {
        if let Some((count, spot)) = column.line_breaks {
            let because = format!(
                "{} with a line break inside, the first {}: notes, or a stray quote that swallows rows?",
                counted(count),
                in_file(group, spot)
            );
            line("# ? multiline", format!("[{}]", quoted(&column.name)), &because);
        }
    }
}

/// Each code of a log with a name of ours to be chosen.
fn codes(group: &Group, parts: &Parts, name: &str, text: &mut String) {
    let Some(event) = parts.event else { return };
    let _ = writeln!(
        text,
        "[sources.{}.events]   # our name = their code: rename the left side, or move codes to ignore-events",
        key(name)
    );
    let mut names: Vec<String> = Vec::new();
    for (code, count) in group.columns[event].codes().unwrap_or_default() {
        let mut name = slug(code);
        let like =
            if names.contains(&name) { format!("; one event with {name}? Then put both codes in a list") } else { String::new() };
        while names.contains(&name) {
            name.push_str("-2");
        }
        write_line(text, &format!("{} = {}", key(&name), quoted(code)), &format!("{}{like}", counted(count)));
        names.push(name);
    }
}

/// The events of a table of cases: its columns of timestamps.
fn record_events(group: &Group, parts: &Parts, name: &str, text: &mut String) {
    let _ = writeln!(text, "[sources.{}.events]   # our name = their column: rename the left side", key(name));
    for &at in &parts.at {
        let column = &group.columns[at.date()];
        let line = format!("{} = {}", key(&slug(&column.name)), place(at, &group.columns));
        write_line(text, &line, &format!("{} with one", counted(column.filled)));
    }
    for &seconds in &parts.seconds {
        let base = parts.at.first().map_or("", |at| group.columns[at.date()].name.as_str());
        let line =
            format!("# ? answered = {{ after = {}, seconds = {} }}", quoted(&slug(base)), quoted(&group.columns[seconds].name));
        write_line(text, &line, "numbers: an event so many seconds after another? `when = { … }` says under which condition");
    }
}

/// A line of the table with its reason, aligned as far as the lines allow.
fn write_line(text: &mut String, line: &str, because: &str) {
    let _ = writeln!(text, "{line:<50}  # {because}");
}

/// So many rows, in words.
pub fn counted(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

/// What a part is, and which other columns could play it.
fn or_else(part: &str, columns: &[Column], others: &[usize]) -> String {
    let names: Vec<&str> = others.iter().take(3).map(|&place| columns[place].name.as_str()).collect();
    match &names[..] {
        [] => part.to_owned(),
        names => format!("{part}; it could also be {}", names.join(", ")),
    }
}

fn place(at: At, columns: &[Column]) -> String {
    match at {
        At::One(column) => quoted(&columns[column].name),
        At::Pair(date, time) => format!("[{}, {}]", quoted(&columns[date].name), quoted(&columns[time].name)),
    }
}

/// `on line 3, column 9`, with the file where there are several.
pub fn in_file(group: &Group, spot: Spot) -> String {
    let of_file = if group.exports.len() > 1 { format!("{}, ", group.exports[spot.file].name) } else { String::new() };
    format!("({of_file}line {}, column {})", spot.line, spot.column)
}

/// A name of ours for a name of theirs: lower case, without accents, with hyphens.
pub fn slug(name: &str) -> String {
    let letters: String = plain(name).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("-") }
}

fn joined(texts: &[String]) -> String {
    texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare { name.to_owned() } else { quoted(name) }
}

/// A TOML string; what can't be typed is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
