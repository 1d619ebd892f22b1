//! `bilan compare`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan compare output/2024-2025 output/2025-2026           two years
  bilan compare may/2025-2026 june/2025-2026                the same year before and after a correction
  bilan compare may/2025-2026 june/2025-2026 --format json
  bilan compare may/2025-2026 june/2025-2026 --format html > differences.html

Why a case differs is told from what the runs stored, without the exports: its row is new, gone or changed, or the rule, the
reading of the exports, the calendar, the as-of date, the period or the program is another. Where several could be why, all
are named. The output names cases: it is not to be published.
Exit status 4: something differs.";

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The folder of the first run, the earlier one
    #[arg(value_name = "RUN_A")]
    pub first: PathBuf,
    /// The folder of the second run, the later one
    #[arg(value_name = "RUN_B")]
    pub second: PathBuf,
    /// How to write the differences
    #[arg(long, value_enum, default_value_t = CompareFormat::Text, value_name = "FORMAT")]
    pub format: CompareFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    Text,
    Json,
    Html,
}
