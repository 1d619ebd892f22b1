//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

use crate::declaration::parse_day;
use crate::domain::calendar::Day;

/// Measures a declaration of services against the exports of a ministry's systems, and writes the report section that says whether
/// it kept its word.
#[derive(Debug, Parser)]
#[command(name = "bilan", version, propagate_version = true, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every rejected row with its place
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// How problems are printed: for people, one line each, or one JSON object a line
    #[arg(long, global = true, value_enum, default_value_t = DiagnosticStyle::Human, value_name = "STYLE")]
    pub diagnostics: DiagnosticStyle,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  done; a missed commitment is a result, not a failure
  1  the declaration or the exports have errors, or a gate of a final report is open
  2  wrong usage
  3  the machine failed: cannot read, write or render";

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read, judge and write everything: the report as PDF and HTML, the data, the evidence
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Read and judge everything, write nothing; print problems and the reconciliation
    #[command(after_help = CHECK_EXAMPLES)]
    Check(RunArgs),
    /// Write synthetic exports in the project's own column mapping
    #[command(after_help = SIMULATE_EXAMPLES)]
    Simulate(SimulateArgs),
    /// Print the completions of a shell
    #[command(
        after_help = "Examples:\n  bilan completions bash > ~/.local/share/bash-completion/completions/bilan\n  bilan completions fish > ~/.config/fish/completions/bilan.fish"
    )]
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    #[command(after_help = "Example:\n  bilan man > ~/.local/share/man/man1/bilan.1")]
    Man,
}

const REPORT_EXAMPLES: &str = "\
Examples:
  bilan report                                  the project of the current folder, else sample-data
  bilan report ministry --out published         another project, another output folder
  bilan report ministry --data /mnt/exports     exports kept elsewhere
  bilan report --period 2024-2025 --first 2024-04-01 --last 2025-03-31 --as-of 2025-04-30
  bilan report --lang fr --format pdf,json      one language, two formats";

const CHECK_EXAMPLES: &str = "\
Examples:
  bilan check                                   problems and reconciliation of the project
  bilan check ministry --diagnostics short      one line each, for an editor
  bilan check ministry --diagnostics json       for a pipeline";

const SIMULATE_EXAMPLES: &str = "\
Examples:
  bilan simulate sample-data --seed 1 --out /tmp/try
  bilan simulate ministry --cases 2000000 --calls 40000000 --emails 5000000 --seed 7 --out /tmp/large
  bilan report ministry --data /tmp/large --out /tmp/large/output";

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

#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// Write into this folder, under the name of the period
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',', default_values_t = Format::ALL)]
    pub format: Vec<Format>,
    /// Templates, style sheet and catalogues of this folder replace those built in
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// A folder with a declaration.toml, or such a file [default: the current folder, else sample-data]
    pub project: Option<PathBuf>,
    /// Cases of sources with one row per event
    #[arg(long, value_name = "N", default_value_t = 8000)]
    pub cases: u64,
    /// Cases of sources with one row per case in which a commitment counts minutes
    #[arg(long, value_name = "N", default_value_t = 60_000)]
    pub calls: u64,
    /// Cases of other sources with one row per case
    #[arg(long, value_name = "N", default_value_t = 12_000)]
    pub emails: u64,
    /// The same seed writes the same files
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Rows broken on purpose, in each source
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub broken: u64,
    /// The data folder to write: file patterns of the declaration are relative to it
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write even over exports that are there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Pdf,
    Html,
    Json,
    Csv,
}

impl Format {
    /// Every format, which is the default.
    pub const ALL: [Format; 4] = [Format::Pdf, Format::Html, Format::Json, Format::Csv];
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = self.to_possible_value();
        formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiagnosticStyle {
    Human,
    Short,
    Json,
}
