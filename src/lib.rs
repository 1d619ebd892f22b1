//! bilan measures a declaration of services against the exports of a ministry's systems, and writes the section of the annual
//! management report that says whether it kept its word.
//!
//! ```text
//!  declaration.toml ──► declaration ─┐                         report-templates/ ─┐
//!                                    ├─► measure ──► report ──────────────────────┴─► publish ──► output/…/publication/
//!  exports/*.csv ─────► intake ──────┘   │  ▲        (one value)
//!                                        │  └ domain (pure arithmetic)
//!                                        └──────► evidence ───────────────────────────────────► output/…/audit/
//! ```
//!
//! `ARCHITECTURE.md` holds the rules that keep this picture true, and `tests/architecture.rs` enforces them.

pub mod cli;
pub mod commands;
pub mod declaration;
pub mod diagnostic;
pub mod doctor;
pub mod domain;
pub mod evidence;
pub mod intake;
pub mod measure;
#[cfg(feature = "preview")]
pub mod preview;
pub mod publish;
pub mod published;
pub mod report;
pub mod simulate;
pub mod sql;
