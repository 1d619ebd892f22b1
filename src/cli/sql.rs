//! `bilan sql`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan sql > audit.sql                             the current folder's
  bilan sql ministry --absolute > audit.sql         a script that runs in any folder
  bilan sql ministry --commitment email-response    one commitment alone

In the folder of the exports:
  duckdb -c '.read audit.sql'
  python3 -c 'import duckdb; duckdb.sql(open(\"audit.sql\").read()).show()'

Refused with its place in the declaration, never approximated:
  encodings of exports other than UTF-8, UTF-16 and Windows-1252
  timestamp patterns with something else than %Y %m %d %H %M %S %.f %z,
  %I with %p, and what is made of them: names of months or weekdays, years of
  two digits";

#[derive(Debug, Args)]
pub struct SqlArgs {
    /// A folder with a declaration.toml, or such a file [default: the current folder, else sample-data]
    pub project: Option<PathBuf>,
    /// The engine that the script is for
    #[arg(long, value_enum, value_name = "ENGINE", default_value_t = Dialect::Duckdb)]
    pub dialect: Dialect,
    /// Look exports up in this folder instead of the project's
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Name the folder of the exports whole, so that the script runs in any folder
    #[arg(long)]
    pub absolute: bool,
    /// Only this commitment, and its source
    #[arg(long, value_name = "ID")]
    pub commitment: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    Duckdb,
}
