//! Parts of `intake` that it keeps to itself.

#[path = "../../../src/intake/encoding.rs"]
pub mod encoding;
#[path = "../../../src/intake/timestamp.rs"]
pub mod timestamp;
#[path = "../../../src/intake/zone.rs"]
pub mod zone;
