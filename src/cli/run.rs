//! What every verb that measures is given.

use clap::Args;
use std::path::PathBuf;

use crate::declaration::parse_day;
use crate::domain::calendar::Day;

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  bilan check                                   problems and reconciliation of the project
  bilan check ministry --diagnostics short      one line each, for an editor
  bilan check ministry --diagnostics json       for a pipeline";

/// What is read, and over which period.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A folder with a declaration.toml, or such a file [default: the current folder, else sample-data]
    pub project: Option<PathBuf>,
    /// Look exports up in this folder instead of the project's
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Name the period differently
    #[arg(long, value_name = "LABEL")]
    pub period: Option<String>,
    /// Begin the period on another day
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub first: Option<Day>,
    /// End the period on another day
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub last: Option<Day>,
    /// Ignore events after another day
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<Day>,
    /// Languages, the official one first
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub lang: Option<Vec<String>>,
    /// A final report instead of a draft: refused while a gate is open
    #[arg(long = "final")]
    pub is_final: bool,
    /// How many sources to read at a time [default: the machine's processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub threads: Option<u32>,
}
