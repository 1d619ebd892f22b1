//! The arithmetic of a declaration of services, and nothing else.
//!
//! An auditor who reads Rust can check this folder in an hour: it sees no file, no time zone, no locale, no float.
//! Rules are those of the measurement specification; each function names the section that it applies.

pub mod account;
pub mod calendar;
pub mod clock;
pub mod cohort;
pub mod commitment;
pub mod deduction;
pub mod figures;
pub mod gate;
pub mod histogram;
pub mod judge;
pub mod ledger;
pub mod masking;
#[cfg(test)]
mod may;
mod natural;
pub mod project;
pub mod prose;
pub mod rate;
pub mod roles;
pub mod sampling;
pub mod signs;
pub mod source;
pub mod strata;
pub mod tally;
pub mod text;
