//! `bilan init`.

use clap::Args;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan init ministry                           a new project
  bilan check ministry                          what to do next
  bilan simulate ministry --out ministry        synthetic exports, to try it
  bilan report ministry";

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make; one that holds other files already is fine, but nothing is written over
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
