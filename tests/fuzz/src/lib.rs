//! The rooms that read what people hand in, and what the fuzzers ask of them.

#[path = "../../../src/declaration/mod.rs"]
pub mod declaration;
#[path = "../../../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../../src/intake/mod.rs"]
pub mod intake;

extern crate self as bilan;

mod dates;
mod hostile;
pub mod parts;
pub mod targets;
