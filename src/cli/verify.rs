//! `bilan verify`.

use clap::Args;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan verify output/2025-2026                             every input, file and figure of a run
  bilan verify bilan.fr.pdf                                 what a published PDF prints against what it carries
  bilan verify output/2025-2026 --project ministry          the project lies elsewhere now
  bilan verify output/2025-2026 --data /mnt/exports         the exports lie elsewhere now

The project, the exports and the templates are looked for under the current folder and around RUN_DIR, by the names of their
files; the options are needed where they lie elsewhere, or where several projects could be meant.

Of a PDF, the attachments are held against each other (results.csv and every rate against results.json), and against them what is
printed: the summary, years, months, breakdowns, the account of cases and of rows, the effect of unusable cases, the other readings,
rate and cases in the sentence on each commitment and on each survey, SHA-256 of the exports. Not checked: elapsed times and other
numbers in sentences, numbers in words, what charts draw, the reasons of rejected rows, integrity signs, the controls, the method,
the holidays, and what people wrote. To make all of it again, verify the folder of the run.

Exit status 4: something differs.";

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The folder of a run, with `publication` and `audit`; or a PDF that was published
    #[arg(value_name = "RUN_DIR|REPORT.pdf")]
    pub subject: PathBuf,
    /// The project that the run was made from
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<PathBuf>,
    /// Look exports up in this folder instead of the project's
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The folder of templates that the run was made with
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// How many sources to read at a time [default: the machine's processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub threads: Option<u32>,
}
