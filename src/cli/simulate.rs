//! `bilan simulate`.

use clap::Args;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan simulate sample-data --seed 1 --out /tmp/try
  bilan simulate ministry --cases 2000000 --calls 40000000 --emails 5000000 --seed 7 --out /tmp/large
  bilan report ministry --data /tmp/large --out /tmp/large/output";

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
