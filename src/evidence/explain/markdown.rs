//! An explanation as Markdown, for a working paper.

use std::fmt::Write as _;

use super::fold::entries;
use super::text::{difference, key, sum, verdict_on};
use super::{ClockNote, Explanation, Ledger};

/// Writes an explanation as Markdown.
pub fn markdown(explanation: &Explanation, all_days: bool) -> String {
    let period = &explanation.period;
    let mut text = format!("# Case {}\n\n", escaped(&explanation.case));
    let _ =
        writeln!(text, "Period {}, {} to {}; known up to {}.\n", escaped(&period.label), period.first, period.last, period.as_of);
    for source in &explanation.sources {
        let fields: Vec<String> =
            source.fields.iter().map(|(name, value)| format!("{} “{}”", escaped(name), escaped(value))).collect();
        let _ = writeln!(text, "- Source {}{}", escaped(&source.id), list_of(&fields));
        for row in &source.rows_without_event {
            let _ = writeln!(text, "  - {}:{} {}", escaped(&row.file), row.line, row.because);
        }
        for row in &source.rejected {
            let place = format!("{}:{}:{}", escaped(&row.file), row.line, row.column);
            let _ = writeln!(text, "  - {place} rejected, {}: “{}”", row.code, escaped(&row.value));
        }
    }
    for ledger in &explanation.commitments {
        of_ledger(&mut text, ledger, &explanation.declaration, all_days);
    }
    if !explanation.not_in_scope.is_empty() {
        text.push_str("\n## Not in scope of\n\n");
        for elsewhere in &explanation.not_in_scope {
            let because = &elsewhere.because;
            let key = key(because, &explanation.declaration);
            let _ = writeln!(text, "- {}: {} ({})", escaped(&elsewhere.commitment), escaped(&because.says), escaped(&key));
        }
    }
    if let Some(stored) = &explanation.stored {
        let _ = writeln!(text, "\n## Against an earlier run\n\n{}", escaped(&verdict_on(stored)));
        for (number, one) in stored.differences.iter().enumerate() {
            let _ = writeln!(text, "{}- {}", if number == 0 { "\n" } else { "" }, escaped(&difference(one)));
        }
    }
    text
}

fn list_of(fields: &[String]) -> String {
    if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) }
}

fn of_ledger(text: &mut String, ledger: &Ledger, declaration: &str, all_days: bool) {
    let reason = ledger.reason.as_ref().map(|reason| format!(", {}", escaped(reason))).unwrap_or_default();
    let _ = writeln!(text, "\n## {}\n\n{}\n", escaped(&ledger.commitment), escaped(&ledger.title));
    let _ = writeln!(text, "**{}**{reason}\n", ledger.state);
    if !ledger.events.is_empty() {
        text.push_str("| at | event | what it is to the clock | row |\n|---|---|---|---|\n");
    }
    for event in &ledger.events {
        let row = format!("{}:{}", escaped(&event.file), event.line);
        let _ = writeln!(text, "| {} | {} | {} | {row} |", event.at, escaped(&event.event), event.roles.join(", "));
    }
    if let Some(clock) = &ledger.clock {
        of_clock(text, ledger, clock, all_days);
    }
    text.push('\n');
    for because in &ledger.because {
        let _ = writeln!(text, "1. {} ({})", escaped(&because.says), escaped(&key(because, declaration)));
    }
}

fn of_clock(text: &mut String, ledger: &Ledger, clock: &ClockNote, all_days: bool) {
    text.push_str("\n| when | adds | elapsed | |\n|---|---:|---:|---|\n");
    for entry in entries(ledger, clock, all_days) {
        let adds = entry.adds.map_or(String::new(), |adds| format!("+{adds}"));
        let after = if entry.after_end { "(after the end) " } else { "" };
        let _ = writeln!(text, "| {} | {adds} | {} | {after}{} |", entry.span, entry.elapsed, escaped(&entry.says));
    }
    let _ = writeln!(text, "\n{}.", sum(ledger, clock));
}

/// A text of an export or of the declaration with what Markdown would take for markup escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
