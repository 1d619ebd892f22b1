//! Faulty templates: every folder of `tests/templates` replaces templates of the program, and `expected.txt` is what
//! `bilan report --templates` says about them on stderr, with the file, the line, the column and the line itself.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

type Outcome = Result<(), Box<dyn Error>>;

fn said(expected: &Path) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir()?;
    let folder = expected.parent().ok_or("no folder")?;
    // From the root of the repository, so that messages name files as people would.
    let output = Command::new(env!("CARGO_BIN_EXE_bilan"))
        .current_dir(root)
        .args(["report", "tests/cases/hand-01-friday-to-monday", "--templates"])
        .arg(folder.strip_prefix(root).unwrap_or(folder))
        .args(["--format", "html,pdf", "--out"])
        .arg(out.path())
        .output()?;
    let said = String::from_utf8(output.stderr)?;
    let wanted = fs::read_to_string(expected)?;
    if wanted.trim().is_empty() || !said.starts_with(&wanted) {
        return Err(format!("said:\n{said}instead of:\n{wanted}").into());
    }
    let faulty = wanted.contains("error[");
    let status = if faulty { 3 } else { 0 };
    if output.status.code() != Some(status) {
        return Err(format!("exit status {:?}", output.status).into());
    }
    let written = fs::read_dir(out.path())?.count();
    if faulty == (written == 0) { Ok(()) } else { Err(format!("{written} folders written").into()) }
}

datatest_stable::harness! {
    { test = said, root = "tests/templates", pattern = r"expected\.txt$" },
}
