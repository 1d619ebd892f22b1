//! `bilan completions` and `bilan man`.

use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

use super::Failure;
use crate::cli::Cli;
use crate::diagnostic::{Code, Diagnostic};

/// Prints the completions of a shell.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "bilan", &mut text);
    print(&text)
}

/// Prints the manual page: the program, then each verb.
pub fn manual() -> Result<(), Failure> {
    let mut text = Vec::new();
    let program = Cli::command();
    let mut pages = vec![clap_mangen::Man::new(program.clone())];
    pages.extend(
        program
            .get_subcommands()
            .map(|verb| clap_mangen::Man::new(verb.clone().display_name(format!("bilan {}", verb.get_name())))),
    );
    for page in pages {
        page.render(&mut text).map_err(unwritable)?;
    }
    print(&text)
}

/// Writes to stdout.
pub fn print(text: &[u8]) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text) {
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(unwritable),
    }
}

fn unwritable(error: io::Error) -> Failure {
    Failure::machine(Diagnostic::error(Code::Output, format!("cannot write: {error}")))
}
