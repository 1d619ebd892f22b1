//! The evidence behind the figures: for the analyst and the auditors, never published.

mod case_file;
mod case_reader;
mod cases;
pub mod comparison;
pub mod difference;
pub mod explain;
mod manifest;
mod page_store;
pub mod reconciliation;
mod rejected;
mod rules;
pub mod sample;
mod signs;
mod spreadsheet;
mod stored;

pub use case_file::{CaseFile, write_cases};
pub use manifest::{Input, InputKind, Manifest, Options, OutputFile, OutputWriter, sha256};
pub use page_store::PageStore;
pub use rejected::write_rejected;
pub use rules::rules;
pub use signs::write_signs;
pub use stored::StoredCases;

/// Where the manifest lies in the folder of a run.
pub const MANIFEST: &str = "audit/manifest.json";
/// Where the rules that ran lie.
pub const RULES: &str = "audit/rules.json";
/// Where the figures without masks lie.
pub const RESULTS: &str = "audit/results.json";
/// Where the verdict on each case lies.
pub const CASES: &str = "audit/cases.parquet";

use crate::measure::{JudgedCase, Witness};

/// Keeps no evidence: for runs that write nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoWitness;

impl Witness for NoWitness {
    fn take(&mut self, _: &JudgedCase<'_>) {}

    fn append(&mut self, NoWitness: Self) {}
}
