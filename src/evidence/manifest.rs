//! `manifest.json`: what a run was made from and what it wrote.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a run read and wrote. Of all this only `seconds` differs between two runs over the same inputs.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    pub program: &'static str,
    pub version: &'static str,
    /// The declaration and the files that it names, templates, exports.
    pub inputs: Vec<Input>,
    pub outputs: Vec<OutputFile>,
    /// Rows of all exports.
    pub rows: u64,
    /// From the first byte read to the last document rendered.
    pub seconds: f64,
}

/// A file that was read.
#[derive(Debug, Clone, Serialize)]
pub struct Input {
    /// `declaration`, `export` or `template`.
    pub kind: &'static str,
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A file that was written, relative to the folder of the run.
#[derive(Debug, Clone, Serialize)]
pub struct OutputFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

impl OutputFile {
    /// Describes a file by its content.
    pub fn of(name: &str, content: &[u8]) -> OutputFile {
        OutputFile { name: name.to_owned(), bytes: content.len() as u64, sha256: sha256(content) }
    }
}

impl Input {
    /// Describes a file by its content.
    pub fn of(kind: &'static str, name: &str, content: &[u8]) -> Input {
        Input { kind, name: name.to_owned(), bytes: content.len() as u64, sha256: sha256(content) }
    }
}

fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
