//! `bilan report`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

use super::RunArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan report                                  the project of the current folder, else sample-data
  bilan report ministry --out published         another project, another output folder
  bilan report ministry --data /mnt/exports     exports kept elsewhere
  bilan report --period 2024-2025 --first 2024-04-01 --last 2025-03-31 --as-of 2025-04-30
  bilan report --lang fr --format pdf,json      one language, two formats
  bilan report --format html-fragment           for a page of a content-management system";

#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// Write into this folder, under the name of the period
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',', default_values_t = Format::USUAL)]
    pub format: Vec<Format>,
    /// Templates, style sheet and catalogues of this folder replace those built in
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Pdf,
    Html,
    /// The report without html and head, for a content-management system; only when asked for
    HtmlFragment,
    Json,
    Csv,
    Xlsx,
}

impl Format {
    /// The default: what a publication consists of. A fragment is for those who put it into a page of their own.
    pub const USUAL: [Format; 5] = [Format::Pdf, Format::Html, Format::Json, Format::Csv, Format::Xlsx];
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = self.to_possible_value();
        formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}
