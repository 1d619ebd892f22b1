//! `bilan doctor`.

use clap::Args;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan doctor exports/calls-2025.csv
  bilan doctor exports/*.csv > sources.toml     the tables alone: what is said of the files goes to the terminal";

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Exports; those with the same header become one source
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}
