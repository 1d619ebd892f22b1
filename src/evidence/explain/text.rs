//! An explanation for the terminal, 80 columns wide.

use std::fmt::Write as _;

use super::earlier::{Difference, Stored};
use super::fold::{Entry, entries, with_weekday};
use super::{Because, ClockNote, EventNote, Explanation, Ledger};

const WIDTH: usize = 80;
/// The columns of a ledger: when, what it adds, elapsed; what it says follows.
const WHEN: usize = 31;
const FIGURE: usize = 8;

/// How an explanation is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// A line for every day, alike or not.
    pub all_days: bool,
    pub color: bool,
}

/// Writes an explanation as text.
pub fn text(explanation: &Explanation, look: Look) -> String {
    let mut page = Page { text: String::new(), look };
    page.head(explanation);
    for ledger in &explanation.commitments {
        page.ledger(ledger, &explanation.declaration);
    }
    if !explanation.not_in_scope.is_empty() {
        page.heading("Not in scope of");
        for elsewhere in &explanation.not_in_scope {
            let because = &elsewhere.because;
            let key = key(because, &explanation.declaration);
            page.wrapped("  ", &format!("{}: {} ({key})", elsewhere.commitment, because.says));
        }
    }
    if let Some(stored) = &explanation.stored {
        page.stored(stored);
    }
    page.text
}

/// The key of a reason, with its line.
pub(super) fn key(because: &Because, declaration: &str) -> String {
    match because.line {
        Some(line) => format!("{}, {declaration}:{line}", because.key),
        None => format!("{}, by default", because.key),
    }
}

/// The sum that the ledger comes to, as a sentence.
pub(super) fn sum(ledger: &Ledger, clock: &ClockNote) -> String {
    let unit = match ledger.unit {
        "business-days" => "business day",
        "calendar-days" => "calendar day",
        _ => "second",
    };
    let plural = if clock.elapsed == 1 { "" } else { "s" };
    let whole = clock.elapsed + clock.paused;
    let paused = if clock.paused > 0 { format!("{whole} less {} paused = ", clock.paused) } else { String::new() };
    let due = match &clock.due_day {
        Some(due) => format!("due on {}", with_weekday(due)),
        None => "no due day".to_owned(),
    };
    format!("{paused}{} {unit}{plural} elapsed; the limit is {}; {due}", clock.elapsed, clock.limit)
}

/// What a comparison came to, as a sentence.
pub(super) fn verdict_on(stored: &Stored) -> String {
    match stored.differences.len() {
        0 => format!("The run in {} stored the same verdicts and figures.", stored.run),
        _ => format!("The run in {} stored something else:", stored.run),
    }
}

/// A difference, as a clause.
pub(super) fn difference(difference: &Difference) -> String {
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let Difference { commitment, column, .. } = difference;
    format!("{commitment}, {column}: stored {}, now {}", said(&difference.stored), said(&difference.now))
}

struct Page {
    text: String,
    look: Look,
}

impl Page {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.look.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.paint("1", heading);
        let _ = write!(self.text, "\n{heading}\n");
    }

    /// A paragraph under an indent; lines after the first stand two columns further in.
    fn wrapped(&mut self, indent: &str, text: &str) {
        for (number, line) in wrap(text, WIDTH - indent.len() - 2).into_iter().enumerate() {
            let further = if number == 0 { "" } else { "  " };
            self.line(&format!("{indent}{further}{line}"));
        }
    }

    fn head(&mut self, explanation: &Explanation) {
        let period = &explanation.period;
        let case = self.paint("1", &format!("Case {}", explanation.case));
        self.line(&case);
        self.line(&format!("Period {}, {} to {}; known up to {}", period.label, period.first, period.last, period.as_of));
        for source in &explanation.sources {
            let fields: Vec<String> = source.fields.iter().map(|(name, value)| format!("{name} `{value}`")).collect();
            let colon = if fields.is_empty() { "" } else { ": " };
            self.wrapped("", &format!("Source {}{colon}{}", source.id, fields.join(", ")));
            for row in &source.rows_without_event {
                self.wrapped("  ", &format!("{}:{} {}", row.file, row.line, row.because));
            }
            for row in &source.rejected {
                let place = format!("{}:{}:{}", row.file, row.line, row.column);
                self.wrapped("  ", &format!("{place} rejected, {}: `{}`", row.code, row.value));
            }
        }
    }

    fn ledger(&mut self, ledger: &Ledger, declaration: &str) {
        let state = ledger.state.to_uppercase();
        let color = match ledger.state {
            "met" => "1;32",
            "missed" => "1;31",
            _ => "1;33",
        };
        let reason = ledger.reason.as_ref().map(|reason| format!(", {reason}")).unwrap_or_default();
        self.heading(&ledger.commitment);
        self.wrapped("", &ledger.title);
        let state = self.paint(color, &state);
        self.line(&format!("{state}{reason}"));
        self.line("");
        if ledger.events.is_empty() {
            self.line("  No event.");
        }
        for event in &ledger.events {
            self.event(event);
        }
        if let Some(clock) = &ledger.clock {
            self.clock(ledger, clock);
        }
        self.line("");
        for because in &ledger.because {
            self.wrapped("  ", &format!("{} ({})", because.says, key(because, declaration)));
        }
    }

    fn event(&mut self, event: &EventNote) {
        // `2025-05-05T09:00:00-04:00` without its T and offset.
        let at = event.at.get(..19).unwrap_or(&event.at).replace('T', " ");
        let says = format!("{}: {}, {}:{}", event.event, event.roles.join(", "), event.file, event.line);
        let lines = wrap(&says, WIDTH - 23);
        for (number, line) in lines.iter().enumerate() {
            let when = if number == 0 { at.as_str() } else { "" };
            self.line(&format!("  {when:19}  {line}"));
        }
    }

    fn clock(&mut self, ledger: &Ledger, clock: &ClockNote) {
        self.line("");
        self.line(&format!("  {:WHEN$}{:>FIGURE$}{:>FIGURE$}", "", "adds", "elapsed"));
        let mut past_end = false;
        for entry in entries(ledger, clock, self.look.all_days) {
            if entry.after_end && !past_end {
                past_end = true;
                self.line("  After the end, as if the clock went on to the due day:");
            }
            self.entry(&entry);
        }
        self.line("");
        self.wrapped("  ", &sum(ledger, clock));
    }

    fn entry(&mut self, entry: &Entry) {
        let adds = entry.adds.map_or(String::new(), |adds| format!("+{adds}"));
        let indent = 2 + WHEN + 2 * FIGURE + 2;
        let mut lines = wrap(&entry.says, WIDTH - indent).into_iter();
        let figures = format!("  {:WHEN$}{adds:>FIGURE$}{:>FIGURE$}  ", entry.span, entry.elapsed);
        self.line(&format!("{figures}{}", lines.next().unwrap_or_default()));
        for line in lines {
            self.line(&format!("{:indent$}{line}", ""));
        }
    }

    fn stored(&mut self, stored: &Stored) {
        self.line("");
        let verdict = verdict_on(stored);
        let color = if stored.differences.is_empty() { "0" } else { "1;31" };
        for line in wrap(&verdict, WIDTH) {
            let line = self.paint(color, &line);
            self.line(&line);
        }
        for one in &stored.differences {
            self.wrapped("  ", &difference(one));
        }
    }
}

/// Breaks a text at blanks into lines of at most `width` characters; a longer word stands on a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
