//! The files of a project as they are read: every value keeps its place, every problem is collected.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::keys::Keys;
use super::table::Table;
use super::written::place_of;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::domain::calendar::Day;

/// The problems found so far, in all files of the project.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Diagnostic>>);

impl Problems {
    /// Adds one problem.
    pub fn add(&self, diagnostic: Diagnostic) {
        self.0.borrow_mut().push(diagnostic);
    }

    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().iter().any(|problem| problem.severity == Severity::Error)
    }

    /// All problems: those without a place, those of `first`, those of other files; each file from top to bottom.
    pub fn sorted(&self, first: &str) -> Vec<Diagnostic> {
        let mut problems = self.0.take();
        problems.sort_by_key(|problem| problem.place.clone().map(|place| (place.file != first, place)));
        problems
    }
}

/// A file whose text is at hand.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The path as the declaration writes it, relative to the project's folder.
    pub name: &'a str,
    pub text: &'a str,
    pub problems: &'a Problems,
}

impl<'a> Document<'a> {
    /// Reports an error at a range of bytes of the text.
    pub fn report(self, code: Code, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.add(Diagnostic::error(code, message).help(help).in_text(self.name, self.text, span));
    }

    /// The number of the line that holds a byte, from 1.
    pub fn line_of(self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    }
}

/// A key or a string of a file, with its place.
#[derive(Debug, Clone)]
pub struct Word<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
    pub document: Document<'a>,
}

impl Word<'_> {
    /// Reports an error at this word.
    pub fn problem(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.document.report(code, self.span.clone(), message, help);
    }

    /// Reports an error at a range of bytes of the word.
    pub fn problem_at(&self, range: Range<usize>, code: Code, message: impl Into<String>, help: impl Into<String>) {
        let written = &self.document.text[self.span.clone()];
        let place = |at| self.span.start + place_of(at, self.text, written);
        self.document.report(code, place(range.start)..place(range.end), message, help);
    }

    /// The number of its line, from 1.
    pub fn line(&self) -> usize {
        self.document.line_of(self.span.start)
    }
}

/// A TOML value with its place, and the key that it stands under, for messages.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    label: &'a str,
    value: &'a DeValue<'a>,
    span: Range<usize>,
    document: Document<'a>,
}

impl<'a> Value<'a> {
    /// The value under the key `label`.
    pub fn new(label: &'a str, value: &'a Spanned<DeValue<'a>>, document: Document<'a>) -> Value<'a> {
        Value { label, value: value.get_ref(), span: value.span(), document }
    }

    /// The key that this value, or the list that holds it, stands under.
    pub fn label(&self) -> &'a str {
        self.label
    }

    /// Reports an error at this value.
    pub fn problem(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.document.report(code, self.span.clone(), message, help);
    }

    fn wrong_type<T>(&self, wanted: &str, help: &str) -> Option<T> {
        let message = format!("`{}` is {}, not {wanted}", self.label, kind(self.value));
        self.problem(Code::WrongType, message, help);
        None
    }

    /// A string, empty or not.
    pub fn word(&self) -> Option<Word<'a>> {
        match self.value.as_str() {
            Some(text) => Some(Word { text, span: self.span.clone(), document: self.document }),
            None => self.wrong_type("a text", "put it in quotes: \"…\""),
        }
    }

    /// A string that holds more than blanks.
    pub fn filled(&self) -> Option<Word<'a>> {
        let word = self.word()?;
        if word.text.trim().is_empty() {
            word.problem(
                Code::BadValue,
                format!("`{}` is empty", self.label),
                "write something between the quotes, or leave the key out where it is optional",
            );
            return None;
        }
        Some(word)
    }

    /// A name that may become part of a page's address or of a table: filled, and without control characters.
    pub fn name(&self) -> Option<Word<'a>> {
        let word = self.filled()?;
        if word.text.chars().any(char::is_control) {
            word.problem(
                Code::BadValue,
                format!("`{}` holds a control character: {:?}", self.label, word.text),
                "keep names to letters, digits and hyphens",
            );
            return None;
        }
        if word.text.starts_with(['=', '+', '-', '@']) {
            word.problem(
                Code::BadValue,
                format!("`{}` begins with `{}`, so that a spreadsheet would run it as a formula", self.label, &word.text[..1]),
                "begin it with a letter or a digit",
            );
            return None;
        }
        Some(word)
    }

    /// A day from 1900 to 2199, written as a TOML local date.
    pub fn day(&self) -> Option<Day> {
        let help = "write a date without quotes: 2025-04-01";
        let DeValue::Datetime(written) = self.value else { return self.wrong_type("a date", help) };
        let (Some(date), None, None) = (written.date, written.time, written.offset) else {
            self.problem(Code::WrongType, format!("`{}` is a date with a time, not a date alone", self.label), help);
            return None;
        };
        let day = Day::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day));
        match day.filter(|day| in_range(*day)) {
            Some(day) => Some(day),
            None => {
                self.problem(
                    Code::BadValue,
                    format!("`{}` is {date}, outside 1900-01-01 to 2199-12-31", self.label),
                    "check the year",
                );
                None
            }
        }
    }

    /// An integer, at least 0.
    pub fn number(&self) -> Option<u64> {
        let DeValue::Integer(written) = self.value else {
            return self.wrong_type("a whole number", "write digits alone, without quotes");
        };
        match u64::from_str_radix(written.as_str(), written.radix()) {
            Ok(number) => Some(number),
            Err(_) => {
                self.problem(
                    Code::BadValue,
                    format!("`{}` is {written}, which is no number from 0 up", self.label),
                    "write a whole number of at least 0",
                );
                None
            }
        }
    }

    /// The items of a list.
    pub fn items(&self) -> Option<Vec<Value<'a>>> {
        match self.value.as_array() {
            Some(items) => Some(items.iter().map(|item| Value::new(self.label, item, self.document)).collect()),
            None => self.wrong_type("a list", "put it in brackets: […]"),
        }
    }

    /// The strings of a list; items of another type are reported and left out.
    pub fn words(&self) -> Option<Vec<Word<'a>>> {
        Some(self.items()?.iter().filter_map(Value::word).collect())
    }

    /// The strings of a list that holds at least one.
    pub fn some_words(&self) -> Option<Vec<Word<'a>>> {
        let items = self.items()?;
        if items.is_empty() {
            self.problem(Code::BadValue, format!("`{}` is an empty list", self.label), "name at least one");
            return None;
        }
        Some(items.iter().filter_map(Value::word).collect())
    }

    /// One string, or a list of at least one.
    pub fn one_or_more(&self) -> Option<Vec<Word<'a>>> {
        match self.value {
            DeValue::Array(_) => self.some_words(),
            DeValue::String(_) => self.word().map(|word| vec![word]),
            _ => self.wrong_type("a text or a list of texts", "write \"…\" or [\"…\", \"…\"]"),
        }
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// The string under a key of this table, where there is one; nothing is reported.
    pub fn peek(&self, key: &str) -> Option<&'a str> {
        self.value.as_table()?.get(key)?.get_ref().as_str()
    }

    /// A table with known keys, called `name` in messages.
    pub fn table(&self, name: impl Into<String>, known: &'static Keys) -> Option<Table<'a>> {
        match self.value.as_table() {
            Some(table) => Some(Table::open(name.into(), table, self.span.clone(), self.document, known)),
            None => self.wrong_type("a table", "write { key = value, … }"),
        }
    }

    /// The entries of a table whose keys are names of the ministry's own, in the order as written.
    pub fn entries(&self) -> Option<Vec<(Word<'a>, Value<'a>)>> {
        match self.value.as_table() {
            Some(table) => Some(super::table::entries(table, self.document)),
            None => self.wrong_type("a table", "write { key = value, … }"),
        }
    }

    /// The entries of a table, and nothing when it is none: for a second look at what is read, and reported, elsewhere.
    pub fn entries_if_table(&self) -> Vec<(Word<'a>, Value<'a>)> {
        self.value.as_table().map(|table| super::table::entries(table, self.document)).unwrap_or_default()
    }

    /// The items of a list, and nothing when it is none.
    pub fn items_if_list(&self) -> Vec<Value<'a>> {
        let items = self.value.as_array().map(|items| items.iter()).into_iter().flatten();
        items.map(|item| Value::new(self.label, item, self.document)).collect()
    }

    /// The first byte of the value in its file.
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// One of a few words, each standing for a value.
    pub fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let word = self.word()?;
        let found = choices.iter().find(|(name, _)| *name == word.text);
        if found.is_none() {
            let message = format!("`{}` can't be \"{}\"", self.label, word.text);
            word.problem(Code::BadValue, message, known(word.text, choices.iter().map(|(name, _)| *name)));
        }
        found.map(|(_, value)| *value)
    }
}

/// The days on which dates of a declaration may fall.
pub fn in_range(day: Day) -> bool {
    (1900..=2199).contains(&day.year())
}

/// A help line: the nearest of the known names, or all of them.
pub fn known<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match nearest(wanted, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if names.is_empty() => "none is declared yet".to_owned(),
        None => format!("known: {}", listed(&names)),
    }
}

/// Names in backticks, with commas.
pub fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
