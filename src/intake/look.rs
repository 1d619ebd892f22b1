//! What kind of text each export of a source is, before any row is read.

use std::path::Path;

use super::files;
use super::opening::{encoding_by_letters, pieces};
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
    let (mut seen, mut hashes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for file in &found {
        let looked = pieces(source, file, None).and_then(|(begun, encoding, is_assumed)| {
            let encoding = if is_assumed { encoding_by_letters(source, file)? } else { encoding };
            let begun = if is_assumed { pieces(source, file, Some(encoding))?.0 } else { begun };
            let sha256 = files::fingerprint(&file.path).map_err(|error| vec![files::unreadable(&file.name, &error)])?;
            let name = file.name.clone();
            Ok((Seen { name, encoding: encoding.name().to_lowercase(), delimiter: begun.delimiter() }, sha256))
        });
        match looked {
            Ok((looked, sha256)) => {
                hashes.push((file.name.clone(), sha256));
                seen.push(looked);
            }
            Err(found) => problems.extend(found),
        }
    }
    let same = files::same_content(source, hashes.iter().map(|(name, sha256)| (&**name, &**sha256)));
    let problems: Vec<Diagnostic> = same.into_iter().chain(problems).collect();
    if problems.is_empty() { Ok(seen) } else { Err(problems) }
}
