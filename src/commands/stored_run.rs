//! The folder of an earlier run: whether it is one, and its manifest.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::{MANIFEST, Manifest, RESULTS};

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

/// The files that the run in a folder wrote, as its manifest has them; none where there is no run.
pub fn files(run: &Path) -> BTreeSet<PathBuf> {
    let Ok(Ok((manifest, _))) = manifest(run) else { return BTreeSet::new() };
    manifest.outputs.into_iter().map(|output| output.name).chain([MANIFEST.to_owned()]).map(PathBuf::from).collect()
}

/// Whether the run in a folder is a final report.
pub fn is_final(run: &Path) -> bool {
    let results = fs::read(run.join(RESULTS)).ok().and_then(|content| serde_json::from_slice::<Value>(&content).ok());
    results.is_some_and(|results| results["status"] == "final")
}

fn problem(message: String, help: &str) -> Failure {
    Failure::Problems(vec![Diagnostic::error(Code::UnreadableFile, message).help(help)])
}
