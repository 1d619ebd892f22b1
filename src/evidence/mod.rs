//! The evidence behind the figures: for the analyst and the auditors, never published.

mod cases;
pub mod explain;
mod manifest;
pub mod reconciliation;
mod rejected;
mod spreadsheet;

pub use cases::{CaseTable, write_cases};
pub use manifest::{Input, Manifest, OutputFile};
pub use rejected::write_rejected;

use crate::measure::{JudgedCase, Witness};

/// Keeps no evidence: for runs that write nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoWitness;

impl Witness for NoWitness {
    fn take(&mut self, _: &JudgedCase<'_>) {}
}
