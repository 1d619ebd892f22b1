//! Everything that a run counted: what reports and evidence are made from.

use super::account::SourceAccount;
use super::tally::Tally;

/// The outcome of a run. Both lists are in declaration order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// One tally for each commitment of the project.
    pub commitments: Vec<Tally>,
    pub sources: Vec<SourceAccount>,
}
