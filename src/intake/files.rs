//! Which files a source consists of.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::source::Source;

/// A file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path relative to the data folder, with `/`.
    pub name: String,
    pub path: PathBuf,
}

/// The paths that match the patterns of a source, as far as they can be looked at; nothing is read.
pub fn file_names(source: &Source, data: &Path) -> Vec<PathBuf> {
    let matches = source.files.iter().filter_map(|pattern| matching(pattern, data).ok());
    matches.flatten().filter_map(Result::ok).filter(|path| path.is_file()).collect()
}

/// The files that match the patterns of a source, each once, in code-point order of their names.
pub fn find(source: &Source, data: &Path) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let mut found = BTreeMap::new();
    let mut problems = Vec::new();
    for pattern in &source.files {
        match matching(pattern, data) {
            Err(error) => {
                problems.push(Diagnostic::error(Code::NoFile, format!("`{pattern}` is no pattern of file names: {}", error.msg)))
            }
            Ok(paths) => {
                for path in paths {
                    match path {
                        Ok(path) if path.is_file() => drop(found.insert(name_in(data, &path), path)),
                        Ok(_) => {}
                        Err(error) => problems.push(unreadable(&error.path().to_string_lossy(), error.error())),
                    }
                }
            }
        }
    }
    if found.is_empty() && problems.is_empty() {
        let patterns = source.files.join(", ");
        let message = format!("no file of source `{}` matches {patterns} in {}", source.id, data.display());
        problems.push(
            Diagnostic::error(Code::NoFile, message)
                .set_by(source.key("files"))
                .help("put the exports there, correct `files`, name another folder with --data, or write synthetic ones with `bilan simulate`"),
        );
    }
    let files = found.into_iter().map(|(name, path)| SourceFile { name, path }).collect();
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// The names of the files of a source, in the order in which they are read; none where they cannot be found.
pub fn found_names(source: &Source, data: &Path) -> Vec<String> {
    find(source, data).map_or_else(|_| Vec::new(), |files| files.into_iter().map(|file| file.name).collect())
}

/// A star does not reach over folders, and hidden files are files.
fn matching(pattern: &str, data: &Path) -> Result<glob::Paths, glob::PatternError> {
    let options =
        glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };
    glob::glob_with(&format!("{}/{pattern}", glob::Pattern::escape(&data.to_string_lossy())), options)
}

/// Files of a source with the same content: counting them all would count every row twice. `files` are names and fingerprints.
pub fn same_content<'f>(source: &Source, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, sha256) in files {
        match seen.get(sha256) {
            None => {
                seen.insert(sha256, name);
            }
            Some(first) => {
                let message = format!("{name} has the same content as {first}, in source `{}`", source.id);
                let problem = Diagnostic::error(Code::SameFileTwice, message).set_by(source.key("files"));
                problems.push(problem.help("remove one of them, or narrow `files`"));
            }
        }
    }
    problems
}

/// The sha256 of a file, in lower-case hexadecimal.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(&block[..read]),
        }
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn name_in(data: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(data).unwrap_or(path);
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A file that the machine can't read.
pub fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::UnreadableFile, format!("cannot read {name}: {error}"))
}
