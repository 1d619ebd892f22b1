//! `bilan explain`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

use super::RunArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan explain 2025-000129                     a case of the project here, else of sample-data
  bilan explain ministry 2025-000129            a case of another project
  bilan explain 2025-000129 --commitment french-course-start --all-days
  bilan explain 2025-000129 --format markdown > paper.md
  bilan explain 2025-000129 --against output/2025-2026

A case of a source without ids is named by file and line: exports/calls-2025.csv:12.
Exit status 4: an earlier run stored something else about the case than the exports say now.";

#[derive(Debug, Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The id of the case, as it stands in the export
    pub case: String,
    /// Only this commitment
    #[arg(long, value_name = "ID")]
    pub commitment: Option<String>,
    /// List every day, instead of one line for days that are alike
    #[arg(long)]
    pub all_days: bool,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
    /// Compare with what the run in this folder stored [default: output/PERIOD, where it was made from the same declaration]
    #[arg(long, value_name = "RUN_DIR")]
    pub against: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Markdown,
    Json,
}
