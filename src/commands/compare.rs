//! `bilan compare`: what differs between two runs, and why.

use serde_json::Value;
use std::fs;
use std::path::Path;

use super::Failure;
use super::console::Console;
use super::report::unrendered;
use super::stored_run::{self, manifest};
use crate::cli::{CompareArgs, CompareFormat};
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::comparison::{self, RunEvidence};
use crate::evidence::{CASES, MANIFEST, RESULTS, RULES, StoredCases};
use crate::publish::data;

/// So many cases of a commitment are shown in a terminal unless the user wants to see more.
const IN_A_TERMINAL: usize = 20;
/// So many on a page, which a browser still shows at once.
const ON_A_PAGE: usize = 1000;

/// Runs the verb.
pub fn run(arguments: &CompareArgs, console: &Console) -> Result<(), Failure> {
    let (first_cases, second_cases) = (read(&arguments.first, CASES)?, read(&arguments.second, CASES)?);
    let first = evidence(&arguments.first, &first_cases)?;
    let second = evidence(&arguments.second, &second_cases)?;
    let limit = match arguments.format {
        CompareFormat::Text if !console.is_verbose() => IN_A_TERMINAL,
        CompareFormat::Html => ON_A_PAGE,
        CompareFormat::Text | CompareFormat::Json => usize::MAX,
    };
    let names = [&arguments.first, &arguments.second].map(|folder| folder.display().to_string());
    let comparison = comparison::compare((&names[0], &first), (&names[1], &second), limit)
        .map_err(|problem| unreadable(format!("{CASES} of one of the runs: {problem}")))?;
    let result = match arguments.format {
        CompareFormat::Text => comparison::text(&comparison),
        CompareFormat::Json => String::from_utf8(data::json(&comparison).map_err(unrendered)?).map_err(unrendered)?,
        CompareFormat::Html => comparison::page(&comparison).map_err(unrendered)?,
    };
    console.result(result).map_err(unrendered)?;
    if comparison.is_empty() { Ok(()) } else { Err(Failure::Difference) }
}

/// What a run left in its audit folder.
fn evidence<'a>(run: &Path, cases: &'a [u8]) -> Result<RunEvidence<'a>, Failure> {
    let (manifest, _) = manifest(run)?.map_err(|problem| unreadable(format!("{}: {problem}", run.join(MANIFEST).display())))?;
    Ok(RunEvidence {
        manifest,
        rules: json(run, RULES)?,
        results: json(run, RESULTS)?,
        cases: StoredCases::open(cases).map_err(|problem| unreadable(format!("{}: {problem}", run.join(CASES).display())))?,
    })
}

fn json(run: &Path, name: &str) -> Result<Value, Failure> {
    let content = read(run, name)?;
    serde_json::from_slice(&content).map_err(|error| unreadable(format!("{}: {error}", run.join(name).display())))
}

fn read(run: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    stored_run::check(run)?;
    let path = run.join(name);
    fs::read(&path).map_err(|error| {
        let problem = Diagnostic::error(Code::UnreadableFile, format!("cannot read {}: {error}", path.display()));
        Failure::Problems(vec![problem.help("make the run again with this version, which writes all that is compared")])
    })
}

fn unreadable(message: String) -> Failure {
    Failure::Problems(vec![Diagnostic::error(Code::UnreadableFile, message)])
}
