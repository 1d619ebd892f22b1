//! TOML tables with known keys: unknown ones are reported when a table is opened, missing ones when they are asked for.

use std::ops::Range;

use toml::de::DeTable;

use super::document::{Document, Value, Word, known};
use super::keys::Keys;
use crate::diagnostic::Code;

/// A table whose keys the specification fixes.
#[derive(Debug)]
pub struct Table<'a> {
    name: String,
    span: Range<usize>,
    document: Document<'a>,
    known: &'static Keys,
    entries: Vec<(Word<'a>, Value<'a>)>,
}

impl<'a> Table<'a> {
    /// Opens a table, called `name` in messages, and reports its unknown keys.
    pub fn open(
        name: String,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        document: Document<'a>,
        keys: &'static Keys,
    ) -> Table<'a> {
        let entries = entries(table, document);
        for (key, _) in entries.iter().filter(|(key, _)| !keys.names().contains(&key.text)) {
            let help = known(key.text, keys.names().iter().copied());
            key.problem(Code::UnknownKey, format!("{name} has no key `{}`", key.text), help);
        }
        Table { name, span, document, known: keys, entries }
    }

    /// What the table is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value under an optional key.
    pub fn get(&self, key: &'static str) -> Option<Value<'a>> {
        debug_assert!(self.known.names().contains(&key), "`{key}` is not among the known keys of {}", self.name);
        self.entries.iter().find(|(word, _)| word.text == key).map(|(_, value)| value.clone())
    }

    /// The value under a key that must be there; reported when it is not.
    pub fn need(&self, key: &'static str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            self.problem(
                Code::MissingKey,
                format!("{} has no `{key}`", self.name),
                format!("add `{key} = …`, as in `sample-data/declaration.toml`"),
            );
        }
        value
    }

    /// The place of a key, for keys that may not stand here.
    pub fn key(&self, key: &str) -> Option<&Word<'a>> {
        self.entries.iter().map(|(word, _)| word).find(|word| word.text == key)
    }

    /// Reports an error at the table as a whole.
    pub fn problem(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.document.report(code, self.span.clone(), message, help);
    }
}

/// The entries of a table in the order as written, whatever order the map keeps.
pub fn entries<'a>(table: &'a DeTable<'a>, document: Document<'a>) -> Vec<(Word<'a>, Value<'a>)> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let text: &'a str = key.get_ref();
            (Word { text, span: key.span(), document }, Value::new(text, value, document))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    entries
}
