//! `bilan sql`: the declaration as SQL over the same exports.

use std::collections::BTreeMap;
use std::path::Path;

use super::console::Console;
use super::{Failure, reading};
use crate::cli::{Dialect, SqlArgs};
use crate::declaration::{self, Loaded, Overrides};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::project::Project;
use crate::intake::{self, Seen};
use crate::sql::{self, Export, Unsupported};

/// Runs the verb.
pub fn run(arguments: &SqlArgs, console: &Console) -> Result<(), Failure> {
    let loaded = declaration::load(&reading::project_path(arguments.project.as_deref())?, &Overrides::default())?;
    console.warnings(&loaded.warnings);
    let project = &loaded.project;
    let commitments = match &arguments.commitment {
        None => (0..project.commitments.len()).collect(),
        Some(id) => vec![reading::commitment(project, id)?],
    };
    let data = arguments.data.as_deref().unwrap_or(&loaded.folder);
    let exports = exports(project, arguments.commitment.is_some().then_some(&commitments), data)?;
    let Dialect::Duckdb = arguments.dialect;
    let written = sql::script(project, &commitments, &exports, &folder(data, arguments.absolute)?);
    let script = written.map_err(|found| found.iter().map(|what| diagnostic(&loaded, what)).collect::<Vec<_>>())?;
    let cannot_write = |error| Failure::machine(Diagnostic::error(Code::Output, format!("cannot write: {error}")));
    console.result(script).map_err(cannot_write)
}

/// The exports of every source, or of those of some commitments, by the place of the source; or why they can't be read.
fn exports(project: &Project, only: Option<&Vec<usize>>, data: &Path) -> Result<BTreeMap<usize, Vec<Export>>, Failure> {
    let is_used = |source: usize| only.is_none_or(|only| only.iter().any(|&place| project.commitments[place].source == source));
    let mut problems = Vec::new();
    let mut all = BTreeMap::new();
    for (place, source) in project.sources.iter().enumerate().filter(|(place, _)| is_used(*place)) {
        match intake::look_at(source, data) {
            Ok(seen) => drop(all.insert(place, seen.into_iter().map(export).collect())),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(Failure::Problems(problems)) }
}

fn export(seen: Seen) -> Export {
    Export { name: seen.name, encoding: seen.encoding, delimiter: seen.delimiter }
}

/// The data folder as the script names it.
fn folder(data: &Path, absolute: bool) -> Result<String, Failure> {
    if !absolute {
        return Ok(".".to_owned());
    }
    let whole = std::fs::canonicalize(data).map_err(|error| {
        Failure::machine(Diagnostic::error(Code::UnreadableFile, format!("cannot read {}: {error}", data.display())))
    })?;
    Ok(whole.to_string_lossy().into_owned())
}

/// With the place in the declaration, which is the first file that was read.
fn diagnostic(loaded: &Loaded, what: &Unsupported) -> Diagnostic {
    let problem = Diagnostic::error(Code::NotInSql, &what.message).help(what.help);
    let place = loaded.inputs.first().and_then(|file| {
        let text = std::str::from_utf8(&file.content).ok()?;
        let span = declaration::span_of(text, &what.keys)?;
        Some((&file.name, text, span))
    });
    match place {
        Some((name, text, span)) => problem.in_text(name, text, span),
        None => problem,
    }
}
