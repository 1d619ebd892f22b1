//! `bilan report`: the whole batch, from exports to a published section.

use std::path::Path;
use std::time::Instant;

use super::console::Console;
use super::{Failure, session};
use crate::cli::{Format, ReportArgs};
use crate::declaration::Loaded;
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::figures::Figures;
use crate::evidence::{self, CaseTable, Input, Manifest, OutputFile, reconciliation};
use crate::measure::Measured;
use crate::publish::data;
use crate::publish::folder::{self, Files, FolderError};
use crate::report::results::{Audience, Results};

/// Runs the verb.
pub fn run(arguments: &ReportArgs, console: &Console) -> Result<(), Failure> {
    let began = Instant::now();
    let loaded = session::load(&arguments.run, console)?;
    let target = arguments.out.join(&loaded.project.period.label);
    folder::check(&target).map_err(unwritable)?;
    let measured = session::measure(&loaded, &arguments.run, console, |_| CaseTable::new(&loaded.project))?;
    let rate_text = |language: &str, tenths: Option<u64>| match (language, tenths) {
        ("fr", None) => "aucun cas".to_owned(),
        (_, None) => "no cases".to_owned(),
        ("fr", Some(t)) => format!("{},{}\u{a0}%", t / 10, t % 10),
        (_, Some(t)) => format!("{}.{}%", t / 10, t % 10),
    };
    let public = Results::new(&loaded.project, &measured.figures, Audience::Public, &rate_text);
    let auditors = Results::new(&loaded.project, &measured.figures, Audience::Auditors, &rate_text);
    let mut files: Files = Vec::new();
    files.push(("publication/results.json".into(), data::json(&public).map_err(unrendered)?));
    files.push(("publication/results.csv".into(), data::csv(&public, Audience::Public).map_err(unrendered)?));
    files.extend(audit(&loaded, measured, &auditors)?);
    folder::replace(&target, &files).map_err(unwritable)?;
    console.say(format_args!("{} in {:?}", target.display(), began.elapsed()));
    Ok(())
}

/// The evidence: everything but the manifest, which names all the other files.
fn audit(loaded: &Loaded, measured: Measured<CaseTable<'_>>, results: &Results) -> Result<Files, Failure> {
    let project = &loaded.project;
    let names: Vec<Vec<String>> =
        measured.figures.sources.iter().map(|source| source.files.iter().map(|file| file.name.clone()).collect()).collect();
    let (mut rejected, mut lines, mut cases) = (Vec::new(), Vec::new(), Vec::new());
    evidence::write_rejected(measured.rejected.iter().flatten(), &mut rejected).map_err(unrendered)?;
    reconciliation::write(&reconciliation::lines(project, &measured.figures), &mut lines).map_err(unrendered)?;
    evidence::write_cases(project, measured.witnesses, &names, &mut cases).map_err(unrendered)?;
    Ok(vec![
        ("audit/results.json".to_owned(), data::json(results).map_err(unrendered)?),
        ("audit/results.csv".to_owned(), data::csv(results, Audience::Auditors).map_err(unrendered)?),
        ("audit/rejected.csv".to_owned(), rejected),
        ("audit/reconciliation.csv".to_owned(), lines),
        ("audit/cases.parquet".to_owned(), cases),
    ])
}

fn unrendered(error: impl std::fmt::Display) -> Failure {
    Failure::Machine(Diagnostic::error(Code::Output, format!("cannot render: {error}")))
}

fn unwritable(error: FolderError) -> Failure {
    match error {
        FolderError::Foreign(path) => {
            let problem = Diagnostic::error(Code::Output, format!("{} is no output of bilan, and would be lost", path.display()));
            Failure::Problems(vec![problem.help("move it, or choose another folder with --out")])
        }
        FolderError::Io(path, error) => {
            Failure::Machine(Diagnostic::error(Code::Output, format!("cannot write {}: {error}", path.display())))
        }
    }
}
