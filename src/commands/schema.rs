//! `bilan schema`: the JSON Schema of a file.

use super::{Failure, shell};
use crate::cli::Described;

/// Runs the verb.
pub fn run(described: Described) -> Result<(), Failure> {
    let schema = match described {
        Described::Declaration => include_str!("../../schemas/declaration.schema.json"),
        Described::Commentary => include_str!("../../schemas/commentary.schema.json"),
        Described::Results => include_str!("../../schemas/results.schema.json"),
    };
    shell::print(schema.as_bytes())
}
