//! What differs between two versions of a file, named by what the file says rather than by its bytes.

mod cases;
mod data;
mod text;

pub use cases::cases;
pub use data::{csv, json};
pub use text::{bytes, lines};

/// One place at which two versions of a file differ, and what stands there in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `commitments.csq-peq-decision.met`, `line 12`.
    pub place: String,
    /// `nothing` where only the second has something.
    pub first: String,
    /// `nothing` where only the first has something.
    pub second: String,
}

/// What stands at a place that only the other version has.
pub const NOTHING: &str = "nothing";

/// Longer values are cut in the middle: both ends are what tells them apart.
const SHOWN: usize = 160;

impl Difference {
    /// A difference, with values cut to what a line can hold.
    pub fn new(place: impl Into<String>, first: impl AsRef<str>, second: impl AsRef<str>) -> Difference {
        let (first, second) = (shortened(first.as_ref()), shortened(second.as_ref()));
        Difference { place: place.into(), first, second }
    }
}

fn shortened(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= SHOWN {
        return text.to_owned();
    }
    let half = SHOWN / 2;
    let ends = [&characters[..half], &characters[characters.len() - half..]];
    ends.map(|end| end.iter().collect::<String>()).join(" … ")
}
