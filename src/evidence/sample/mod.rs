//! An audit sample: drawn by strata, listed with the rows that each case rests on, and laid out as a working paper.

mod draw;
mod list;
mod paper;
mod query;
mod row;
mod trace;

pub use draw::{Drawing, Plan, Sample, Size};
pub use list::write as write_list;
pub use paper::working_paper;
pub use row::Drawings;
