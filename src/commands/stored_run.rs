//! The folder of an earlier run: whether it is one, and its manifest.

use std::fs;
use std::path::Path;

use super::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::{MANIFEST, Manifest};

/// A failure where the folder is no run.
pub fn check(run: &Path) -> Result<(), Failure> {
    if run.join("audit").is_dir() || run.join("publication").is_dir() {
        return Ok(());
    }
    let message = format!("{} is not the folder of a run: it has neither `publication` nor `audit`", run.display());
    Err(problem(message, "name a folder that `bilan report` wrote, like output/2025-2026"))
}

/// The manifest and its bytes, or what is wrong with it; a failure where the folder is no run.
pub fn manifest(run: &Path) -> Result<Result<(Manifest, Vec<u8>), String>, Failure> {
    check(run)?;
    match fs::read(run.join(MANIFEST)) {
        Ok(content) => Ok(match serde_json::from_slice(&content) {
            Ok(manifest) => Ok((manifest, content)),
            Err(error) => Err(format!("is no manifest: {error}")),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(Err("missing: nothing tells what the run was made from".to_owned()))
        }
        Err(error) => Err(problem(format!("cannot read {MANIFEST}: {error}"), "the audit folder is part of a run")),
    }
}

fn problem(message: String, help: &str) -> Failure {
    Failure::Problems(vec![Diagnostic::error(Code::UnreadableFile, message).help(help)])
}
