//! What kind of text each export of a source is, before any row is read.

use std::path::Path;

use super::{decode_export, files, find_delimiter};
use crate::diagnostic::Diagnostic;
use crate::domain::source::Source;

/// An export that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The path relative to the data folder, with `/`.
    pub name: String,
    /// The encoding's name, lower case: the declared one, or the one found.
    pub encoding: String,
    pub delimiter: u8,
}

/// Looks at the exports of a source, in the order in which they are read. Errors are those that stop a run, as far as they show.
pub fn look_at(source: &Source, data: &Path) -> Result<Vec<Seen>, Vec<Diagnostic>> {
    let found = files::find(source, data)?;
    let mut problems = files::same_content(source, &found);
    let mut seen = Vec::new();
    for file in &found {
        let looked = file.read().map_err(|error| vec![files::unreadable(&file.name, &error)]).and_then(|bytes| {
            let decoded = decode_export(source, file, &bytes)?;
            let delimiter = source.delimiter.unwrap_or_else(|| find_delimiter(&decoded.text));
            Ok(Seen { name: file.name.clone(), encoding: decoded.encoding, delimiter })
        });
        match looked {
            Ok(looked) => seen.push(looked),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(seen) } else { Err(problems) }
}
