//! `bilan simulate`: synthetic exports in the project's own column mapping.

use std::path::Path;

use super::console::Console;
use super::{Failure, reading};
use crate::cli::SimulateArgs;
use crate::declaration::{self, Overrides};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::project::Project;
use crate::intake;
use crate::simulate::{self, Plan, Written};

/// Runs the verb.
pub fn run(arguments: &SimulateArgs, console: &Console) -> Result<(), Failure> {
    let path = reading::project_path(arguments.project.as_deref())?;
    let project = declaration::load(&path, &Overrides::default())?.project;
    refuse_to_overwrite(&project, arguments)?;
    let written = write(&project, arguments, console)?;
    for file in written {
        console.say(format_args!("{}: {} rows, {} bytes", file.path.display(), file.rows, file.bytes));
    }
    Ok(())
}

fn write(project: &Project, arguments: &SimulateArgs, console: &Console) -> Result<Vec<Written>, Failure> {
    let SimulateArgs { cases, calls, emails, seed, broken, .. } = *arguments;
    let plan = Plan { cases, calls, emails, seed, broken, out: arguments.out.clone() };
    let bar = console.progress(cases + calls + emails, "Writing {bar:32} {human_pos}/{human_len} cases, {eta} left");
    let written = simulate::simulate(project, &plan, &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    written.map_err(|error| {
        Failure::machine(Diagnostic::error(
            Code::Output,
            format!("cannot write exports into {}: {error}", arguments.out.display()),
        ))
    })
}

/// Real exports must not be lost to synthetic ones.
fn refuse_to_overwrite(project: &Project, arguments: &SimulateArgs) -> Result<(), Failure> {
    let out: &Path = &arguments.out;
    let there: Vec<_> = project.sources.iter().flat_map(|source| intake::file_names(source, out)).collect();
    match there.first() {
        Some(first) if !arguments.force => {
            let problem = Diagnostic::error(Code::Output, format!("{} is there already", first.display()));
            Err(Failure::Problems(vec![problem.help("choose another folder with --out, or write over it with --force")]))
        }
        _ => Ok(()),
    }
}
