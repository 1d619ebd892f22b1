//! What was promised: commitments with a limit, and pledges without one.

use super::calendar::Day;
use super::prose::Prose;
use super::rate::Goal;
use super::text::Text;

/// The unit of a limit and of the elapsed time that is held against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    BusinessDays,
    CalendarDays,
    /// The limit is in minutes, every elapsed time in whole seconds.
    Minutes,
}

impl Unit {
    /// How many elapsed units (days, seconds) one unit of the limit holds.
    pub fn scale(self) -> i64 {
        match self {
            Unit::BusinessDays | Unit::CalendarDays => 1,
            Unit::Minutes => 60,
        }
    }
}

/// A limit and the days on which it is in force, both inclusive; `None` is open-ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitVersion {
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// In the unit of the commitment, at least 1.
    pub limit: u32,
}

/// The name of an event in a source: its place in the source's vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// From one event until another the clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseRule {
    pub from: EventId,
    pub until: EventId,
}

/// What becomes of a case that an exit ends without the service (section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Not counted; listed under the exit's name.
    Exclude,
    /// Counted as missed.
    Missed,
    /// Missed when elapsed at the exit exceeds the limit, else excluded.
    ByWait,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub event: EventId,
    pub treatment: Treatment,
}

/// One field with the values that it may have; a condition is a list of these, all of which hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCondition {
    /// The place of the field in the source's `fields`.
    pub field: usize,
    pub values: Vec<String>,
}

/// An `exclude` rule: takes out a case that would have been counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludeRule {
    pub name: String,
    pub condition: Vec<FieldCondition>,
    pub because: Text,
}

/// The cohort that decides which period a case is counted in (section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cohort {
    Stop,
    Due,
    Start,
}

/// Whether the day of the start counts (section 3, point 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountFrom {
    NextDay,
    SameDay,
}

/// What a start on a day that is not a business day means (section 3, point 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedWhenClosed {
    AsReceived,
    NextBusinessDay,
}

/// The part of a commitment that the clock of a case needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRule {
    pub unit: Unit,
    /// In order of time, without gap or overlap.
    pub limits: Vec<LimitVersion>,
    pub start: Vec<EventId>,
    pub stop: Vec<EventId>,
    pub restarts: Vec<EventId>,
    pub pauses: Vec<PauseRule>,
    /// In the order as written, which breaks ties.
    pub exits: Vec<Exit>,
    pub count_from: CountFrom,
    pub received_when_closed: ReceivedWhenClosed,
}

impl ClockRule {
    /// The limit in force on `day`, in the unit of the commitment.
    pub fn limit_on(&self, day: Day) -> u32 {
        let position = self.limits.partition_point(|version| version.from.is_none_or(|from| from <= day));
        self.limits[position.saturating_sub(1)].limit
    }
}

/// A promise with a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Stable: earlier years join on it.
    pub id: String,
    /// The place of its section in the project.
    pub section: usize,
    /// The place of its source in the project.
    pub source: usize,
    pub title: Text,
    /// For tables and charts; the title where the declaration gives none.
    pub short: Text,
    /// What is counted, in the plural; `None` stands for cases.
    pub noun: Option<Text>,
    /// Where the promise stands, as the declaration file cites it.
    pub cite: Option<String>,
    pub condition: Vec<FieldCondition>,
    pub clock: ClockRule,
    pub exclude: Vec<ExcludeRule>,
    pub counted_by: Cohort,
    pub goal: Option<Goal>,
    /// Places of fields in the source's `fields`.
    pub breakdown: Vec<usize>,
}

/// A promise without a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    pub id: String,
    /// The place of its section in the project.
    pub section: usize,
    pub title: Text,
    /// The line of `surveys.csv` that measures it.
    pub survey: Option<String>,
    pub statement: Option<Prose>,
}
