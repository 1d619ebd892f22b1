//! A drawn case as both files of the sample show it.

use crate::domain::calendar::Day;
use crate::domain::clock::{Clock, Clockwork, Course, End};
use crate::domain::cohort::Standing;
use crate::domain::commitment::Commitment;
use crate::domain::judge::Verdict;
use crate::domain::project::Project;
use crate::domain::source::Source;
use crate::evidence::cases;
use crate::intake::{LocalTime, Origin};

use super::draw::{Drawn, Sample};
use super::trace::{Mention, Trace, trace};

/// How the clock of a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Stopped,
    /// By the exit at this place in `exits`.
    Exited(usize),
    Open,
    /// There is no clock.
    Unusable,
}

impl Ending {
    /// Its name in `sample.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Ending::Stopped => "stopped",
            Ending::Exited(_) => "exited",
            Ending::Open => "open",
            Ending::Unusable => "unusable",
        }
    }
}

/// A drawn case with its clock read and its rows found.
pub struct Row<'a> {
    pub drawn: &'a Drawn,
    pub trace: Trace,
    pub ending: Ending,
    pub clock: Option<&'a Clock>,
    pub state: &'static str,
    pub reason: Option<String>,
    /// Days, or seconds for minutes.
    pub paused: Option<i64>,
    pub elapsed: Option<i64>,
    pub limit: Option<i64>,
    pub due: Option<Day>,
    /// The day that put a counted case into the period.
    pub counted: Option<Day>,
}

/// Everything that the files of a sample are written from.
pub struct Drawings<'a> {
    pub project: &'a Project,
    pub commitment: &'a Commitment,
    pub source: &'a Source,
    pub sample: &'a Sample,
    /// The names of the source's files.
    pub files: &'a [String],
    pub zone: &'a LocalTime,
    pub rows: Vec<Row<'a>>,
}

impl<'a> Drawings<'a> {
    /// Reads the clocks of a sample. `files` are the names of the files of the commitment's source.
    pub fn new(project: &'a Project, sample: &'a Sample, files: &'a [String], zone: &'a LocalTime) -> Drawings<'a> {
        let commitment = &project.commitments[sample.plan.commitment];
        let clockwork = Clockwork { rule: &commitment.clock, calendar: &project.calendar, zone, as_of: project.as_of };
        let rows = sample.cases.iter().map(|drawn| row(project, commitment, &clockwork, drawn)).collect();
        Drawings { project, commitment, source: &project.sources[commitment.source], sample, files, zone, rows }
    }

    /// `file:line` of a row of the exports.
    pub fn place(&self, origin: Origin) -> String {
        format!("{}:{}", self.files.get(origin.file as usize).map_or("", String::as_str), origin.line)
    }

    /// The name of an event; `other` for a code that no commitment names, of a source that takes any.
    pub fn event(&self, mention: &Mention) -> &'a str {
        self.source.events.get(mention.event.kind.0 as usize).map_or("other", String::as_str)
    }

    /// The clock that the rule of the commitment runs by.
    pub fn clockwork(&self) -> Clockwork<'_> {
        Clockwork { rule: &self.commitment.clock, calendar: &self.project.calendar, zone: self.zone, as_of: self.project.as_of }
    }
}

fn row<'a>(project: &Project, commitment: &Commitment, clockwork: &Clockwork<'_>, drawn: &'a Drawn) -> Row<'a> {
    let case = &drawn.candidate;
    let (state, reason) = cases::state(project, commitment, &case.course, case.verdict);
    let clock = match &case.course {
        Course::Running(clock) => Some(clock),
        Course::NotStarted | Course::Unusable { .. } => None,
    };
    let ending = clock.map_or(Ending::Unusable, |clock| match clock.end {
        End::Stopped(_) => Ending::Stopped,
        End::Exited(place, _) => Ending::Exited(place),
        End::Open(_) => Ending::Open,
    });
    let counted = match case.verdict {
        Verdict::Standing(Standing::Counted { day, .. }) => Some(day),
        _ => None,
    };
    Row {
        drawn,
        trace: trace(clockwork, case),
        ending,
        clock,
        state,
        reason,
        paused: clock.map(|clock| clockwork.paused(clock)),
        elapsed: clock.map(|clock| clockwork.elapsed(clock)),
        limit: clock.map(|clock| clockwork.limit(clock)),
        due: clock.and_then(|clock| clockwork.due_day(clock)).filter(|day| day.0 < i32::MAX),
        counted,
    }
}
