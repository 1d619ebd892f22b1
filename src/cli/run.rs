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
    /// How many sources, and pieces of each, to read at a time [default: the machine's processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub threads: Option<u32>,
    /// Keep so many bytes of events in memory, such as 500M or 4G, and the rest in temporary files [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<usize>,
}

const NO_SIZE: &str = "not a size: write bytes, or a number with K, M or G";

/// Bytes, or with K, M or G so many times 1024, 1024² or 1024³ of them.
fn parse_size(text: &str) -> Result<usize, String> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()));
    let shift = match unit.to_ascii_uppercase().as_str() {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err(NO_SIZE.to_owned()),
    };
    let number: usize = number.parse().map_err(|_| NO_SIZE.to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "more than this machine can count".to_owned())
}
