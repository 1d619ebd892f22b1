//! A published PDF: what it prints against what it carries.

use std::fs;
use std::path::Path;

use super::Failure;
use super::findings::Findings;
use crate::commands::console::Console;
use crate::commands::report::unrendered;
use crate::diagnostic::{Code, Diagnostic};
use crate::published::{check, document};

/// Verifies a PDF, and names every figure that differs with its page.
pub fn verify(path: &Path, console: &Console) -> Result<(), Failure> {
    let content = fs::read(path).map_err(|error| problem(format!("cannot read {}: {error}", path.display())))?;
    let document = document::parse(&content).map_err(|why| no_report(path, &why))?;
    let checked = check::check(&document).map_err(|why| no_report(path, &why))?;
    let name = path.display().to_string();
    if checked.contradictions.is_empty() {
        let (printed, attached) = (checked.printed, checked.attached);
        let text = format!(
            "{name}: nothing differs\n  pages        {printed} figures are as results.json has them\n  attachments  {attached} figures of results.csv and results.json agree\n"
        );
        return console.result(text).map_err(unrendered);
    }
    let mut findings = Findings::default();
    for found in checked.contradictions {
        let line = format!("says {}, expected {}", found.found, found.expected);
        findings.with(found.place, found.figure, vec![line]);
    }
    console.result(findings.text(&name, console.is_verbose())).map_err(unrendered)?;
    Err(Failure::Difference)
}

fn no_report(path: &Path, why: &str) -> Failure {
    problem(format!("{} is no PDF that bilan published: {why}", path.display()))
}

fn problem(message: String) -> Failure {
    let help = "name a folder that `bilan report` wrote, or a PDF of its `publication` folder";
    Failure::Problems(vec![Diagnostic::error(Code::UnreadableFile, message).help(help)])
}
