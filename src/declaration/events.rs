//! The events of a source: codes in layout `events`, columns in layout `records`.

use std::collections::BTreeMap;

use super::document::{Value, Word, known};
use super::keys;
use super::source::time_columns;
use crate::diagnostic::Code;
use crate::domain::source::{EventOrigin, Layout, TimeColumns};

/// The events that a source knows, and how they are read.
#[derive(Debug)]
pub struct Vocabulary {
    pub names: Vec<String>,
    pub layout: Layout,
    /// Whether names outside the list are events too.
    pub open: bool,
    pub ignored: Vec<String>,
}

impl Vocabulary {
    /// The events of a source whose layout can't be read: no name is refused on top of that.
    pub fn faulty() -> Vocabulary {
        Vocabulary { names: Vec::new(), layout: Layout::Records { events: Vec::new() }, open: true, ignored: Vec::new() }
    }
}

/// Layout `events`: each name with its code or codes; without a table the codes are the names.
pub fn codes(table: Option<&Value<'_>>, ignored: &[Word<'_>], event: String, at: TimeColumns) -> Vocabulary {
    let mut names = Vec::new();
    let mut codes = Vec::new();
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let entries = table.map(|value| value.entries().unwrap_or_default());
    for (name, value) in entries.iter().flatten() {
        let mut own = Vec::new();
        check_name(name);
        for code in value.one_or_more().unwrap_or_default() {
            if code.text.trim().is_empty() {
                code.problem(
                    Code::BadValue,
                    format!("a code of the event `{}` is empty", name.text),
                    "write the code as it stands in the export",
                );
            }
            match owners.insert(code.text, name.text) {
                Some(owner) if owner != name.text => {
                    let message = format!("the code \"{}\" stands for `{owner}` and for `{}`", code.text, name.text);
                    code.problem(Code::DuplicateId, message, "a code is one event: take it out of one of them");
                }
                Some(_) => {}
                None => own.push(code.text.to_owned()),
            }
        }
        names.push(name.text.to_owned());
        codes.push(own);
    }
    for code in ignored {
        if let Some(owner) = owners.get(code.text) {
            let message = format!("the code \"{}\" is ignored and stands for the event `{owner}`", code.text);
            code.problem(Code::DuplicateId, message, "take it out of `ignore-events` or of `events`");
        }
    }
    if let Some(value) = table.filter(|value| value.is_table() && names.is_empty()) {
        value.problem(
            Code::BadValue,
            "the table `events` is empty: every row would be rejected",
            "name the events, or leave the table out to take codes as they are",
        );
    }
    let open = table.is_none_or(|value| !value.is_table());
    let ignored: Vec<String> = ignored.iter().map(|word| word.text.to_owned()).collect();
    let layout = Layout::Events { event, at, codes: (!open).then_some(codes), ignored: ignored.clone() };
    Vocabulary { names, layout, open, ignored }
}

/// An event derived from another, before its base is looked up.
struct Derivation<'a> {
    name: &'a str,
    base: Word<'a>,
}

/// Layout `records`: each name with its column, its two columns, or another event that it follows.
pub fn columns(table: &Value<'_>) -> Vocabulary {
    let entries = table.entries().unwrap_or_default();
    if table.is_table() && entries.is_empty() {
        table.problem(
            Code::BadValue,
            "the table `events` is empty",
            "name the column of each event: events = { received = \"received_at\" }",
        );
    }
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.text).collect();
    let mut origins = Vec::new();
    let mut derivations: Vec<Option<Derivation<'_>>> = Vec::new();
    for (name, value) in &entries {
        check_name(name);
        let (origin, base) =
            if value.is_table() { derived(name, value, &names) } else { (time_columns(value).map(EventOrigin::Columns), None) };
        origins.push(origin.unwrap_or(EventOrigin::Columns(TimeColumns::One(String::new()))));
        derivations.push(base.map(|base| Derivation { name: name.text, base }));
    }
    report_cycles(&origins, &derivations);
    Vocabulary {
        open: names.is_empty(),
        names: names.into_iter().map(str::to_owned).collect(),
        layout: Layout::Records { events: origins },
        ignored: Vec::new(),
    }
}

fn derived<'a>(name: &Word<'a>, value: &Value<'a>, names: &[&str]) -> (Option<EventOrigin>, Option<Word<'a>>) {
    let Some(table) = value.table(format!("the derived event `{}`", name.text), &keys::DERIVED_EVENT) else {
        return (None, None);
    };
    let base = table.need("after").and_then(|value| value.word());
    let after = base.as_ref().and_then(|word| {
        let found = names.iter().position(|name| *name == word.text);
        if found.is_none() {
            let message = format!("`{}` comes after `{}`, which is no event of this source", name.text, word.text);
            word.problem(Code::UnknownReference, message, known(word.text, names.iter().copied()));
        }
        found
    });
    let seconds = table.need("seconds").and_then(|value| value.filled());
    let mut when = Vec::new();
    for (column, values) in table.get("when").and_then(|value| value.entries()).unwrap_or_default() {
        let values = values.some_words().unwrap_or_default();
        when.push((column.text.to_owned(), values.iter().map(|word| word.text.to_owned()).collect()));
    }
    let origin =
        after.zip(seconds).map(|(after, seconds)| EventOrigin::Derived { after, seconds: seconds.text.to_owned(), when });
    (origin, base)
}

/// Reports each circle of derived events once, at its first event as written.
fn report_cycles(origins: &[EventOrigin], derivations: &[Option<Derivation<'_>>]) {
    let base_of = |event: usize| match origins.get(event) {
        Some(EventOrigin::Derived { after, .. }) => Some(*after),
        _ => None,
    };
    for (event, derivation) in derivations.iter().enumerate() {
        let chain: Vec<usize> =
            std::iter::successors(base_of(event), |at| base_of(*at).filter(|_| *at != event)).take(origins.len()).collect();
        let closes = chain.last() == Some(&event) && chain.iter().all(|other| *other >= event);
        if let Some(derivation) = derivation.as_ref().filter(|_| closes) {
            let message = format!("`{}` is derived from itself", derivation.name);
            derivation.base.problem(Code::BadValue, message, "one event of the chain must have a column of its own");
        }
    }
}

fn check_name(name: &Word<'_>) {
    if name.text.trim().is_empty() || name.text.chars().any(char::is_control) {
        name.problem(
            Code::BadValue,
            format!("{:?} is no name for an event", name.text),
            "name it with letters, digits and hyphens",
        );
    }
}
