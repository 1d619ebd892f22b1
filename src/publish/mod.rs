//! Turns the report into files. Nothing here can compute a figure: this folder sees the report value and no other.

pub mod charts;
pub mod data;
pub mod datapackage;
pub mod folder;
pub mod html;
pub mod pdf;
pub mod templates;
pub mod xlsx;
