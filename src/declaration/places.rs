//! The line on which each key of a declaration stands: for those who must find the rule that decided.

use std::collections::BTreeMap;

use super::document::{Document, Value, Word};

/// The lines of the keys of a file, by their path: `report.as-of`, `commitments[2].exits.withdrawn`, `calendar.closures[0]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, usize>);

impl Places {
    /// The places of every key below the entries of a file, and of every item of a list.
    pub fn of(entries: &[(Word<'_>, Value<'_>)], document: Document<'_>) -> Places {
        let line_ends = document.text.match_indices('\n').map(|(at, _)| at).collect();
        let mut walk = Walk { line_ends, lines: BTreeMap::new() };
        walk.entries("", entries);
        Places(walk.lines)
    }

    /// The line, from 1, of the key with this path; `None` where the file does not have it.
    pub fn line(&self, path: &str) -> Option<usize> {
        self.0.get(path).copied()
    }

    /// The line of the key with this path or, where the file leaves it out, of the nearest table above it, with the path found.
    pub fn nearest<'a>(&self, path: &'a str) -> Option<(&'a str, usize)> {
        let above = std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(above, _)| above));
        above.into_iter().find_map(|path| self.line(path).map(|line| (path, line)))
    }
}

struct Walk {
    line_ends: Vec<usize>,
    lines: BTreeMap<String, usize>,
}

impl Walk {
    fn entries(&mut self, above: &str, entries: &[(Word<'_>, Value<'_>)]) {
        for (key, value) in entries {
            let path = if above.is_empty() { key.text.to_owned() } else { format!("{above}.{}", key.text) };
            self.note(&path, key.span.start);
            self.value(&path, value);
        }
    }

    fn value(&mut self, path: &str, value: &Value<'_>) {
        for (place, item) in value.items_if_list().iter().enumerate() {
            let path = format!("{path}[{place}]");
            self.note(&path, item.start());
            self.value(&path, item);
        }
        self.entries(path, &value.entries_if_table());
    }

    fn note(&mut self, path: &str, at: usize) {
        self.lines.insert(path.to_owned(), self.line_ends.partition_point(|&end| end < at) + 1);
    }
}
