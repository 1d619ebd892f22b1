//! One case, read again from the exports: its rows, and what each commitment makes of it.

use std::collections::BTreeSet;

use super::{Counter, FirstStarts, Run, judge_of, matches, reading, zone_of};
use crate::diagnostic::{Diagnostic, distance};
use crate::domain::clock::Event;
use crate::domain::commitment::Commitment;
use crate::domain::judge::{Judge, Judged};
use crate::intake::{self, Aside, CaseRow, LocalTime, Origin, RejectedRow, Sink};

/// What one source says under an id.
#[derive(Debug)]
pub struct TracedSource {
    /// The place of the source in the project.
    pub source: usize,
    /// The names of its files.
    pub files: Vec<String>,
    /// `None` where no event, and no record, stands under the id by the knowledge date.
    pub case: Option<TracedCase>,
    /// Rows of the case that gave it no event.
    pub asides: Vec<(Origin, Aside)>,
    /// Rejected rows that mention the id, or stand where it points.
    pub rejected: Vec<RejectedRow>,
}

/// A case of a source.
#[derive(Debug)]
pub struct TracedCase {
    /// With the row of each, in order of time.
    pub events: Vec<(Event, Origin)>,
    /// The value of each field of the source.
    pub values: Vec<String>,
    /// What each commitment on the source makes of it, by its place in the project.
    pub commitments: Vec<(usize, Scope)>,
}

/// Whether a case is in scope of a commitment.
#[derive(Debug)]
pub enum Scope {
    Judged(Judged),
    /// The condition at this place of the commitment's `where` does not hold.
    Elsewhere(usize),
}

/// Reads the rows of one case in the sources at `sources`, and judges it. Errors are those that stop a run.
pub fn trace(run: &Run<'_>, zone: &LocalTime, sources: &[usize], id: &str) -> Result<Vec<TracedSource>, Vec<Diagnostic>> {
    let (mut traced, mut problems) = (Vec::new(), Vec::new());
    let mut first_starts = FirstStarts::default();
    for &source in sources {
        match trace_source(run, zone, source, id, &mut first_starts) {
            Ok(found) => traced.push(found),
            Err(found) => problems.extend(found),
        }
    }
    problems.extend(super::missing_years(run.project, &first_starts));
    if problems.is_empty() { Ok(traced) } else { Err(problems) }
}

fn trace_source(
    run: &Run<'_>,
    zone: &LocalTime,
    source: usize,
    id: &str,
    first_starts: &mut FirstStarts,
) -> Result<TracedSource, Vec<Diagnostic>> {
    let project = run.project;
    let reading = reading(run, zone, source, Some(id));
    let (read, found) = intake::read_source(&reading, Found::default)?;
    let case = found.0.map(|TakenDown { mut events, values }| {
        events.sort_by_key(|(event, origin)| (event.moment, *origin));
        let texts: Vec<&str> = values.iter().map(String::as_str).collect();
        let (kinds, origins): (Vec<Event>, Vec<Origin>) = events.iter().copied().unzip();
        let row = CaseRow { id, events: &kinds, origins: &origins, values: &texts };
        let on_source = project.commitments.iter().enumerate().filter(|(_, commitment)| commitment.source == source);
        let scope = |(place, commitment): (usize, &Commitment)| {
            let elsewhere = commitment.condition.iter().position(|one| !matches(std::slice::from_ref(one), &texts));
            let scope = match elsewhere {
                Some(condition) => Scope::Elsewhere(condition),
                None => {
                    let judge = judge_of(project, zone, commitment);
                    let mut counter = Counter::new(place, commitment, &judge);
                    let judged = counter.judge(&row);
                    first_starts.add_all(counter.counted.first_starts);
                    Scope::Judged(judged)
                }
            };
            (place, scope)
        };
        let commitments = on_source.map(scope).collect();
        TracedCase { events, values, commitments }
    });
    let files = read.account.files.into_iter().map(|file| file.name).collect();
    let rejected = read.rejected.into_iter().filter(|row| mentions(row, id)).collect();
    Ok(TracedSource { source, files, case, asides: read.asides, rejected })
}

/// The one case that is looked for, copied.
#[derive(Default)]
struct Found(Option<TakenDown>);

struct TakenDown {
    events: Vec<(Event, Origin)>,
    values: Vec<String>,
}

impl Sink for Found {
    fn take(&mut self, case: &CaseRow<'_>) {
        let events = case.events.iter().copied().zip(case.origins.iter().copied()).collect();
        self.0 = Some(TakenDown { events, values: case.values.iter().map(|value| (*value).to_owned()).collect() });
    }

    fn append(&mut self, later: Self) {
        self.0 = later.0.or(self.0.take());
    }
}

/// The judge of a commitment, as the one who judged the cases of a trace.
pub fn judge<'a>(run: &Run<'a>, zone: &'a LocalTime, commitment: usize) -> Judge<'a> {
    judge_of(run.project, zone, &run.project.commitments[commitment])
}

/// The time zone of a project's wall times.
pub fn zone(run: &Run<'_>) -> LocalTime {
    zone_of(run.project)
}

/// The ids in the sources at `sources` that are nearest to one that no case has, the nearest first, at most `count`.
pub fn nearest_ids(run: &Run<'_>, zone: &LocalTime, sources: &[usize], id: &str, count: usize) -> Vec<String> {
    let none = || Nearest { id, count, found: BTreeSet::new() };
    let mut nearest = none();
    for &source in sources {
        // What stops a run has been reported by the trace that found no case.
        if let Ok((_, found)) = intake::read_source(&reading(run, zone, source, None), none) {
            nearest.append(found);
        }
    }
    nearest.found.into_iter().map(|(_, id)| id).collect()
}

/// Those ids of some cases that are nearest to one, by how far away they are.
struct Nearest<'a> {
    id: &'a str,
    count: usize,
    found: BTreeSet<(usize, String)>,
}

impl Nearest<'_> {
    fn keep(&mut self, away: usize, id: &str) {
        if self.found.len() < self.count || self.found.last().is_some_and(|(last, _)| away < *last) {
            self.found.insert((away, id.to_owned()));
            if self.found.len() > self.count {
                self.found.pop_last();
            }
        }
    }
}

impl Sink for Nearest<'_> {
    fn take(&mut self, case: &CaseRow<'_>) {
        self.keep(distance(self.id, case.id), case.id);
    }

    fn append(&mut self, later: Self) {
        for (away, id) in later.found {
            self.keep(away, &id);
        }
    }
}

/// Whether the text of a row holds the id as a word of its own, or the id is the row's place.
fn mentions(row: &RejectedRow, id: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_');
    let stands_alone =
        |(at, _): (usize, &str)| !is_part(row.row[..at].chars().next_back()) && !is_part(row.row[at + id.len()..].chars().next());
    let is_place = id.rsplit_once(':').is_some_and(|(file, line)| file == row.place.file && line == row.place.line.to_string());
    is_place || row.row.match_indices(id).any(stands_alone)
}
