//! `bilan verify`: whether a run is still what it was made from, or a published PDF says what its data say.

mod findings;
mod folder;
mod outputs;
mod pdf;
mod search;

use super::Failure;
use super::console::Console;
use crate::cli::VerifyArgs;

/// Runs the verb.
pub fn run(arguments: &VerifyArgs, console: &Console) -> Result<(), Failure> {
    if arguments.subject.is_file() { pdf::verify(&arguments.subject, console) } else { folder::verify(arguments, console) }
}
