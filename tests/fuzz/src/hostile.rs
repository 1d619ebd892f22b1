//! The recount of the tests of broken exports; it names this crate as they do.

#[path = "../../hostile/account.rs"]
#[expect(dead_code, reason = "what a broken export came to is of use to the tests alone")]
pub mod account;
#[path = "../../hostile/damage.rs"]
#[expect(dead_code, reason = "the fuzzers damage the exports themselves")]
pub mod damage;
#[path = "../../hostile/lines.rs"]
pub mod lines;
