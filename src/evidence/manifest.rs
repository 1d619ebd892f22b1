//! `manifest.json`: what a run was made from, how it was asked for, and what it wrote.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

use crate::intake::hexadecimal;

/// What a run read and wrote. Of all this only `seconds` differs between two runs over the same inputs.
///
/// It holds no path of the machine: names are relative to the declaration, to the data folder, to the folder of templates or to the
/// folder of the run, and what has moved is found again by its fingerprint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    pub program: String,
    pub version: String,
    pub options: Options,
    /// The declaration and the files that it names, templates, exports.
    pub inputs: Vec<Input>,
    pub outputs: Vec<OutputFile>,
    /// Rows of all exports.
    pub rows: u64,
    /// From the first byte read to the last document rendered, to the millisecond.
    pub seconds: f64,
}

/// What the command line said in place of the declaration, and what was to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Options {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Vec<String>>,
    #[serde(default, rename = "final", skip_serializing_if = "std::ops::Not::not")]
    pub is_final: bool,
    pub format: Vec<String>,
}

/// What a file that was read is to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// The declaration, which is the first, and the files that it names.
    Declaration,
    Template,
    Export,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub kind: InputKind,
    pub name: String,
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

/// A file that was written, relative to the folder of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    pub name: String,
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

impl OutputFile {
    /// Describes a file by its content.
    pub fn of(name: &str, content: &[u8]) -> OutputFile {
        OutputFile { name: name.to_owned(), bytes: content.len() as u64, sha256: sha256(content) }
    }
}

/// Describes a file while it is written to `out`.
pub struct OutputWriter<W> {
    out: W,
    bytes: u64,
    fingerprint: Sha256,
}

impl<W: Write> OutputWriter<W> {
    pub fn new(out: W) -> OutputWriter<W> {
        OutputWriter { out, bytes: 0, fingerprint: Sha256::new() }
    }

    /// What was written, under its name, once all of it is.
    pub fn finish(mut self, name: &str) -> io::Result<OutputFile> {
        self.out.flush()?;
        Ok(OutputFile { name: name.to_owned(), bytes: self.bytes, sha256: hexadecimal(&self.fingerprint.finalize()) })
    }
}

impl<W: Write> Write for OutputWriter<W> {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        let written = self.out.write(content)?;
        self.bytes += written as u64;
        self.fingerprint.update(&content[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Input {
    /// Describes a file by its content.
    pub fn of(kind: InputKind, name: &str, content: &[u8]) -> Input {
        Input { kind, name: name.to_owned(), bytes: content.len() as u64, sha256: sha256(content) }
    }
}

impl Manifest {
    /// The inputs of one kind, in order.
    pub fn inputs_of(&self, kind: InputKind) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(move |input| input.kind == kind)
    }
}

/// The SHA-256 of `content`, in lower-case hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}
