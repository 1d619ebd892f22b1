//! One case, read again from the exports: its rows, and what each commitment makes of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Counter, Run, matches, needs_time, zone_of};
use crate::diagnostic::{Diagnostic, distance};
use crate::domain::calendar::Day;
use crate::domain::clock::Event;
use crate::domain::judge::{Judge, Judged};
use crate::intake::{self, Aside, LocalTime, Origin, Reading, RejectedRow};

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
    let mut first_starts = BTreeMap::new();
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
    first_starts: &mut BTreeMap<usize, (Day, String)>,
) -> Result<TracedSource, Vec<Diagnostic>> {
    let project = run.project;
    let reading = reading(run, zone, source, Some(id));
    let mut case = None;
    let read = intake::read_source(&reading, &mut |row| {
        let mut events: Vec<(Event, Origin)> = row.events.iter().copied().zip(row.origins.iter().copied()).collect();
        events.sort_by_key(|(event, origin)| (event.moment, *origin));
        let on_source = project.commitments.iter().enumerate().filter(|(_, commitment)| commitment.source == source);
        let scope = |(place, commitment)| {
            let mut counter = Counter::new(project, zone, place, commitment);
            let elsewhere = commitment.condition.iter().position(|one| !matches(std::slice::from_ref(one), row.values));
            let scope = match elsewhere {
                Some(condition) => Scope::Elsewhere(condition),
                None => {
                    let judged = counter.judge(row);
                    first_starts.extend(counter.first_start.map(|first| (place, first)));
                    Scope::Judged(judged)
                }
            };
            (place, scope)
        };
        let commitments = on_source.map(scope).collect();
        let values = row.values.iter().map(|value| (*value).to_owned()).collect();
        case = Some(TracedCase { events, values, commitments });
    })?;
    let files = read.account.files.into_iter().map(|file| file.name).collect();
    let rejected = read.rejected.into_iter().filter(|row| mentions(row, id)).collect();
    Ok(TracedSource { source, files, case, asides: read.asides, rejected })
}

/// The judge of a commitment, as the one who judged the cases of a trace.
pub fn judge<'a>(run: &Run<'a>, zone: &'a LocalTime, commitment: usize) -> Judge<'a> {
    super::judge_of(run.project, zone, &run.project.commitments[commitment])
}

/// The time zone of a project's wall times.
pub fn zone(run: &Run<'_>) -> LocalTime {
    zone_of(run.project)
}

/// The ids in the sources at `sources` that are nearest to one that no case has, the nearest first, at most `count`.
pub fn nearest_ids(run: &Run<'_>, zone: &LocalTime, sources: &[usize], id: &str, count: usize) -> Vec<String> {
    let mut nearest: BTreeSet<(usize, String)> = BTreeSet::new();
    for &source in sources {
        let mut sink = |row: &intake::CaseRow<'_>| {
            let away = distance(id, row.id);
            if nearest.len() < count || nearest.last().is_some_and(|(last, _)| away < *last) {
                nearest.insert((away, row.id.to_owned()));
                if nearest.len() > count {
                    nearest.pop_last();
                }
            }
        };
        // What stops a run has been reported by the trace that found no case.
        let _ = intake::read_source(&reading(run, zone, source, None), &mut sink);
    }
    nearest.into_iter().map(|(_, id)| id).collect()
}

fn reading<'a>(run: &Run<'a>, zone: &'a LocalTime, source: usize, only: Option<&'a str>) -> Reading<'a> {
    Reading {
        source: &run.project.sources[source],
        data: run.data,
        zone,
        earliest: run.project.quality.earliest,
        as_of: run.project.as_of,
        needs_time: needs_time(run.project, source),
        only,
        progress: run.progress,
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
