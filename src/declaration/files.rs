//! Reading the files of a project, and keeping a list of them for the manifest.

use std::cell::RefCell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::document::{Problems, Word};
use crate::diagnostic::{Code, Diagnostic};

/// A file that was read, with the bytes that were read: nothing that happens to it later changes what a run was made from.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// As the declaration names it, with `/`.
    pub name: String,
    /// As it was opened.
    pub path: PathBuf,
    pub content: Vec<u8>,
}

/// The folder of a project, and which of its files were read.
#[derive(Debug)]
pub struct Files<'a> {
    folder: &'a Path,
    problems: &'a Problems,
    read: RefCell<Vec<InputFile>>,
}

impl<'a> Files<'a> {
    /// No file was read yet.
    pub fn new(folder: &'a Path, problems: &'a Problems) -> Files<'a> {
        Files { folder, problems, read: RefCell::default() }
    }

    /// The text of the file `name`, without byte order mark; `named_at` is where the declaration asks for it.
    pub fn text(&self, name: &str, named_at: Option<&Word<'_>>) -> Option<String> {
        let path = self.folder.join(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = match error.kind() {
                    ErrorKind::NotFound => "there is no such file".to_owned(),
                    ErrorKind::PermissionDenied => "its permissions forbid it".to_owned(),
                    _ => error.to_string(),
                };
                match named_at {
                    Some(word) => word.problem(
                        Code::UnreadableFile,
                        format!("can't read `{name}`: {reason}"),
                        "paths are relative to the declaration file",
                    ),
                    None => {
                        let message = format!("can't read `{}`: {reason}", path.display());
                        self.problems.add(
                            Diagnostic::error(Code::UnreadableFile, message)
                                .help("name a project's folder or its declaration.toml, or make one with `bilan init DIR`"),
                        );
                    }
                }
                return None;
            }
        };
        self.read.borrow_mut().push(InputFile { name: name.replace('\\', "/"), path, content: bytes.clone() });
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.remove(0);
                }
                Some(text)
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes());
                let problem = Diagnostic::error(
                    Code::UnreadableFile,
                    format!("`{name}` is not UTF-8: it holds bytes that are no character"),
                );
                let problem = problem.help("save it as UTF-8 (in Excel: CSV UTF-8)");
                // Up to the first invalid byte the lossy text has the same bytes.
                self.problems.add(problem.in_text(name, &text, valid..valid + 1));
                None
            }
        }
    }

    /// The files read, in order.
    pub fn into_read(self) -> Vec<InputFile> {
        self.read.into_inner()
    }
}
