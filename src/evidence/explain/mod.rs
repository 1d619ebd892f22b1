//! The ledger of one case: what its rows say, what each commitment makes of them, day by day or moment by moment, and why.

mod because;
mod build;
pub mod earlier;
mod fold;
mod markdown;
mod roles;
mod text;

pub use build::{Disagreement, Telling, explain};
pub use earlier::Stored;
pub use markdown::markdown;
pub use text::{Look, text};

use serde::Serialize;
use std::collections::BTreeMap;

/// One case, explained.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    pub schema: &'static str,
    pub case: String,
    pub period: Period,
    /// The name of the declaration file, to which `line` of a reason belongs.
    pub declaration: String,
    /// Every source that has rows of this case.
    pub sources: Vec<SourceNote>,
    /// The commitments that the case is in scope of, in declaration order.
    pub commitments: Vec<Ledger>,
    /// The commitments on its source whose `where` it does not match.
    pub not_in_scope: Vec<Elsewhere>,
    /// What an earlier run stored about the case; `None` where none was looked at.
    pub stored: Option<Stored>,
}

/// The period of the run, and the knowledge date.
#[derive(Debug, Clone, Serialize)]
pub struct Period {
    pub label: String,
    pub first: String,
    pub last: String,
    pub as_of: String,
}

/// What a source says of the case besides its events.
#[derive(Debug, Clone, Serialize)]
pub struct SourceNote {
    pub id: String,
    pub fields: BTreeMap<String, String>,
    pub rows_without_event: Vec<AsideNote>,
    pub rejected: Vec<RejectedNote>,
}

/// A sound row that gave the case no event.
#[derive(Debug, Clone, Serialize)]
pub struct AsideNote {
    pub file: String,
    pub line: u32,
    pub because: &'static str,
}

/// A rejected row that mentions the case.
#[derive(Debug, Clone, Serialize)]
pub struct RejectedNote {
    pub file: String,
    pub line: u64,
    pub column: u64,
    pub code: &'static str,
    pub value: String,
}

/// A commitment that the case is not in scope of.
#[derive(Debug, Clone, Serialize)]
pub struct Elsewhere {
    pub commitment: String,
    #[serde(flatten)]
    pub because: Because,
}

/// A reason, and the key of the declaration that gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    pub says: String,
    /// The path of the key: `within`, `exits.withdrawn`, `report.period`.
    pub key: String,
    /// Its line in the declaration; `None` where the declaration leaves it out and the default holds.
    pub line: Option<usize>,
}

/// What one commitment makes of the case.
#[derive(Debug, Clone, Serialize)]
pub struct Ledger {
    pub commitment: String,
    pub title: String,
    /// `business-days`, `calendar-days` or `minutes`; figures of time are in days or seconds.
    pub unit: &'static str,
    pub state: &'static str,
    pub reason: Option<String>,
    /// In order of time.
    pub events: Vec<EventNote>,
    /// `None` for a case that has no clock.
    pub clock: Option<ClockNote>,
    /// From the start to the state, each with its rule.
    pub because: Vec<Because>,
}

/// An event of the case, and what it is to the commitment.
#[derive(Debug, Clone, Serialize)]
pub struct EventNote {
    pub event: String,
    /// With its offset: `2025-05-05T09:00:00-04:00`.
    pub at: String,
    /// The local day.
    pub day: String,
    pub file: String,
    pub line: u32,
    /// Whether the clock takes notice of it.
    pub counts: bool,
    pub roles: Vec<String>,
}

/// The clock of the case.
#[derive(Debug, Clone, Serialize)]
pub struct ClockNote {
    /// `s`, as a day or, in minutes, as a moment.
    pub start: String,
    /// The point at which it ended: the day or moment of the stop, of the exit or of the knowledge date.
    pub end: String,
    /// `stopped`, `exited` or `open`.
    pub ended: &'static str,
    pub elapsed: i64,
    pub paused: i64,
    pub limit: i64,
    pub due_day: Option<String>,
    pub pauses: Vec<PauseNote>,
    /// In days: every day from the start to the later of the end and the due day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayNote>,
    /// In minutes: every stretch from the start to the end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stretches: Vec<StretchNote>,
}

/// A pause that takes something from the clock, before pauses are united.
#[derive(Debug, Clone, Serialize)]
pub struct PauseNote {
    pub opened_by: RowNote,
    /// `None` while nothing has closed it.
    pub closed_by: Option<RowNote>,
    #[serde(flatten)]
    pub rule: Because,
}

/// An event with its row.
#[derive(Debug, Clone, Serialize)]
pub struct RowNote {
    pub event: String,
    /// A day or, in minutes, a moment.
    pub at: String,
    pub file: String,
    pub line: u32,
}

/// One day of a clock in days.
#[derive(Debug, Clone, Serialize)]
pub struct DayNote {
    pub day: String,
    pub counted: bool,
    /// Elapsed at its end.
    pub elapsed: i64,
    pub weekend: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holiday: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closure: Option<String>,
    /// The place in `pauses` of the pause that the day lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<usize>,
    /// Whether it lies after the end, and is only listed on the way to the due day.
    pub after_end: bool,
}

/// A stretch of a clock in minutes.
#[derive(Debug, Clone, Serialize)]
pub struct StretchNote {
    pub from: String,
    pub until: String,
    pub seconds: i64,
    /// Elapsed at its end.
    pub elapsed: i64,
    /// The place in `pauses` of the pause that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<usize>,
}

impl RowNote {
    /// `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}
