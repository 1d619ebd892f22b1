//! One file per verb. Each `run` reads as the method, one line per stage; nothing else meets two stages.

mod check;
mod compare;
mod console;
mod doctor;
mod documents;
mod explain;
mod gates;
mod init;
mod interrupt;
mod masks;
#[cfg(feature = "preview")]
mod preview;
mod reading;
mod report;
mod sample;
mod schema;
mod scopes;
mod shell;
mod simulate;
mod sql;
mod stored_run;
mod templates;
mod verify;

use std::process::ExitCode;

use crate::cli::{Cli, Verb};
#[cfg(not(feature = "preview"))]
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use console::Console;

/// Why a verb did not come to its end.
#[derive(Debug)]
pub enum Failure {
    /// The declaration or the exports have errors: exit status 1.
    Problems(Vec<Diagnostic>),
    /// This program can't do what it was asked for: exit status 2.
    Usage(Vec<Diagnostic>),
    /// The machine failed to read, write or render: exit status 3.
    Machine(Vec<Diagnostic>),
    /// A stored run says something else, as has been printed: exit status 4.
    Difference,
}

impl Failure {
    /// The machine failed: to read, write or render.
    pub fn machine(problem: Diagnostic) -> Failure {
        Failure::Machine(vec![problem])
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Failure {
        Failure::Problems(problems)
    }
}

/// Runs one verb and prints what went wrong.
pub fn run(cli: Cli) -> ExitCode {
    interrupt::watch();
    let console = Console::new(&cli);
    let result = match &cli.verb {
        Verb::Report(arguments) => report::run(arguments, &console),
        Verb::Check(arguments) => check::run(arguments, &console),
        Verb::Doctor(arguments) => doctor::run(arguments, &console),
        Verb::Explain(arguments) => explain::run(arguments, &console),
        Verb::Init(arguments) => init::run(arguments, &console),
        #[cfg(feature = "preview")]
        Verb::Preview(arguments) => preview::run(arguments, &console),
        #[cfg(not(feature = "preview"))]
        Verb::Preview(_) => Err(without_preview()),
        Verb::Verify(arguments) => verify::run(arguments, &console),
        Verb::Sample(arguments) => sample::run(arguments, &console),
        Verb::Compare(arguments) => compare::run(arguments, &console),
        Verb::Simulate(arguments) => simulate::run(arguments, &console),
        Verb::Schema { described } => schema::run(*described),
        Verb::Sql(arguments) => sql::run(arguments, &console),
        Verb::Completions { shell } => shell::completions(*shell),
        Verb::Man => shell::manual(),
    };
    let (problems, status) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Difference) => return ExitCode::from(4),
        Err(Failure::Problems(problems)) => (problems, 1),
        Err(Failure::Usage(problems)) => (problems, 2),
        Err(Failure::Machine(problems)) => (problems, 3),
    };
    console.problems(&problems);
    ExitCode::from(status)
}

/// Nothing in a program that is built without asking for it may open a socket.
#[cfg(not(feature = "preview"))]
fn without_preview() -> Failure {
    let problem = Diagnostic::error(Code::Output, "this bilan was built without `preview`, which listens on 127.0.0.1");
    Failure::Usage(vec![problem.help("build it with: cargo build --release --features preview")])
}
