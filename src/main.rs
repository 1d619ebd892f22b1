//! Parses the command line, runs one verb, returns its exit status.

use clap::Parser;
use std::process::ExitCode;

use bilan::cli::Cli;
use bilan::commands;

/// Typesetting makes millions of small values: this allocator takes a seventh off the processor time of a report.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run(Cli::parse())
}
