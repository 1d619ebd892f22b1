//! `bilan schema`.

use clap::ValueEnum;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan schema declaration > declaration.schema.json
  bilan schema commentary > commentary.schema.json
  bilan schema results | jq .properties

An editor that knows TOML schemas (Even Better TOML, taplo) completes and checks a file whose first line is
  #:schema ./declaration.schema.json";

/// A file that a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// declaration.toml
    Declaration,
    /// commentary.toml
    Commentary,
    /// results.json, published or for the audit
    Results,
}
