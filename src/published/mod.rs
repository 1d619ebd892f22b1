//! What is published, read back: the structure of a PDF as a screen reader meets it, its text and its attachments, and whether they
//! say the same.

mod attached;
pub mod check;
pub mod document;
mod numbers;
mod printed;
mod tables;
pub mod tree;
