//! One smallest reproducer per diagnostic code: every folder of `tests/errors` is a project, and `expected.txt` is what
//! `bilan check --diagnostics short`, or the verb in `verb.txt`, says about it on stderr; `people.txt`, where there is one, what it says
//! to people. A code without a folder fails, and so does a folder without a code.

use bilan::diagnostic::Code;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

type Outcome = Result<(), Box<dyn Error>>;

fn said(expected: &Path) -> Outcome {
    let project = expected.parent().ok_or("no folder")?;
    let code = project.file_name().ok_or("no name")?.to_string_lossy().into_owned();
    let program = env!("CARGO_BIN_EXE_bilan");
    // Inside the project, so that messages name files without the folder that the repository happens to lie in.
    let verb = fs::read_to_string(project.join("verb.txt")).map_or("check".to_owned(), |verb| verb.trim().to_owned());
    let check = |style| Command::new(program).current_dir(project).args([&verb, "--diagnostics", style]).output();
    if let Ok(wanted) = fs::read_to_string(project.join("people.txt")) {
        let said = String::from_utf8(check("human")?.stderr)?;
        if said != wanted {
            return Err(format!("said to people:\n{said}instead of:\n{wanted}").into());
        }
    }
    let output = check("short")?;
    let said = String::from_utf8(output.stderr)?;
    let wanted = fs::read_to_string(expected)?;
    if said != wanted {
        return Err(format!("said:\n{said}instead of:\n{wanted}").into());
    }
    if !said.contains(&format!("[{code}]")) {
        return Err(format!("no [{code}] in:\n{said}").into());
    }
    let status = if said.contains("error[") { 1 } else { 0 };
    if output.status.code() == Some(status) { Ok(()) } else { Err(format!("exit status {:?}", output.status).into()) }
}

/// Codes that these verbs can't reach: looking for a case, writing and rendering have tests of their own, and an error of the
/// program has no reproducer.
const ELSEWHERE: [Code; 4] = [Code::UnknownCase, Code::Template, Code::Output, Code::Internal];

fn every_code_has_a_reproducer(_: &Path) -> Outcome {
    let folders: BTreeSet<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors"))?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> =
        Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)).map(|code| code.name().to_owned()).collect();
    let missing: Vec<_> = codes.symmetric_difference(&folders).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("without a code or a folder: {missing:?}").into()) }
}

datatest_stable::harness! {
    { test = said, root = "tests/errors", pattern = r"expected\.txt$" },
    { test = every_code_has_a_reproducer, root = "tests", pattern = r"^errors\.rs$" },
}
