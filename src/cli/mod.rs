//! The command line: the program here, the arguments of each verb in a file of their own.

mod compare;
mod doctor;
mod explain;
mod init;
mod preview;
mod report;
mod run;
mod sample;
mod schema;
mod simulate;
mod sql;
mod verify;

pub use compare::{CompareArgs, CompareFormat};
pub use doctor::DoctorArgs;
pub use explain::{ExplainArgs, ExplainFormat};
pub use init::InitArgs;
pub use preview::PreviewArgs;
pub use report::{Format, ReportArgs};
pub use run::RunArgs;
pub use sample::SampleArgs;
pub use schema::Described;
pub use simulate::SimulateArgs;
pub use sql::{Dialect, SqlArgs};
pub use verify::VerifyArgs;

use clap::{Parser, Subcommand, ValueEnum};

/// Measures a declaration of services against the exports of a ministry's systems, and writes the report section that says whether
/// it kept its word.
#[derive(Debug, Parser)]
#[command(name = "bilan", version, propagate_version = true, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
    /// Say nothing on stderr but errors; results still go to stdout
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
  1  the declaration or the exports have errors or cannot be read, or a gate of a final report is open
  2  wrong usage
  3  the machine failed: cannot write or render, or a template is at fault
  4  explain, verify: a stored run says something else than is so now; compare: two runs differ
  130  stopped by Ctrl-C; nothing is half written";

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read, judge and write everything: the report as PDF and HTML, the data, the evidence
    #[command(after_help = report::EXAMPLES)]
    Report(ReportArgs),
    /// Read and judge everything, write nothing; print problems and the reconciliation
    #[command(after_help = run::CHECK_EXAMPLES)]
    Check(RunArgs),
    /// Look at exports that no declaration describes yet, and propose the tables that read them
    #[command(after_help = doctor::EXAMPLES)]
    Doctor(DoctorArgs),
    /// Explain one case: what counted, what paused, what decided, and the row of each
    #[command(after_help = explain::EXAMPLES, allow_missing_positional = true)]
    Explain(ExplainArgs),
    /// Make a new project: declaration, calendar, commentary, templates to edit
    #[command(after_help = init::EXAMPLES)]
    Init(InitArgs),
    /// Show the pages in a browser while declaration, commentary and templates are edited
    #[command(after_help = preview::EXAMPLES)]
    Preview(PreviewArgs),
    /// Hold a run against its inputs, its files and its figures made again
    #[command(after_help = verify::EXAMPLES)]
    Verify(VerifyArgs),
    /// Draw an audit sample of one commitment: a list, and a working paper whose formulas redo every elapsed time
    #[command(after_help = sample::EXAMPLES)]
    Sample(SampleArgs),
    /// Tell what differs between two runs: rules, figures, cases, and why
    #[command(after_help = compare::EXAMPLES)]
    Compare(CompareArgs),
    /// Write synthetic exports in the project's own column mapping
    #[command(after_help = simulate::EXAMPLES)]
    Simulate(SimulateArgs),
    /// Print the JSON Schema of a file, for editors and validators
    #[command(after_help = schema::EXAMPLES)]
    Schema {
        /// The file that it describes
        #[arg(value_name = "FILE")]
        described: Described,
    },
    /// Print the declaration as SQL over the exports, which counts the same in another engine
    #[command(after_help = sql::EXAMPLES)]
    Sql(SqlArgs),
    /// Print the completions of a shell
    #[command(
        after_help = "Examples:\n  bilan completions bash > ~/.local/share/bash-completion/completions/bilan\n  bilan completions fish > ~/.config/fish/completions/bilan.fish"
    )]
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    #[command(after_help = "Example:\n  bilan man > ~/.local/share/man/man1/bilan.1")]
    Man,
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
