//! Parses the command line, runs one verb, returns its exit status.

use clap::Parser;
use std::process::ExitCode;

use bilan::cli::Cli;
use bilan::commands;

fn main() -> ExitCode {
    commands::run(Cli::parse())
}
