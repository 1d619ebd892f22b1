//! Drives the exports through the clock: every case of every source is judged for every commitment on that source.

pub mod trace;

use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::calendar::Day;
use crate::domain::clock::Course;
use crate::domain::commitment::{ClockRule, Commitment, EventId, FieldCondition, Unit};
use crate::domain::figures::Figures;
use crate::domain::judge::{Case, Judge, Judged};
use crate::domain::project::Project;
use crate::domain::tally::Tally;
use crate::intake::{self, CaseRow, LocalTime, Reading, RejectedRow, Sink, SourceRead, locked};

/// What a run is made with.
pub struct Run<'a> {
    pub project: &'a Project,
    /// Patterns of exports are looked up here.
    pub data: &'a Path,
    /// How many sources are read at a time, and how many pieces of each, at least 1. It changes no figure.
    pub threads: usize,
    /// So many bytes of events are gathered in memory; what is beyond them goes into temporary files. It changes no figure.
    pub memory: usize,
    /// Told how many further bytes and lines have been read.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// A case as one commitment judged it: the evidence behind a figure.
pub struct JudgedCase<'a> {
    /// The place of the commitment in the project.
    pub commitment: usize,
    pub row: &'a CaseRow<'a>,
    pub judged: &'a Judged,
    pub judge: &'a Judge<'a>,
}

/// Takes the judged cases of one source, in the order in which they are judged. Several are made, for cases that follow one another,
/// and put together in their order.
pub trait Witness: Send {
    /// Takes one case.
    fn take(&mut self, case: &JudgedCase<'_>);

    /// Told after the last case, before anything is added.
    fn close(&mut self) {}

    /// Adds what has taken the cases that follow.
    fn append(&mut self, later: Self);
}

/// A run that came to figures.
#[derive(Debug)]
pub struct Measured<W> {
    pub figures: Figures,
    /// By source, in declaration order.
    pub rejected: Vec<Vec<RejectedRow>>,
    /// By source, in declaration order.
    pub witnesses: Vec<W>,
}

/// Reads and judges everything. Errors are those that stop the run, of all sources.
pub fn measure<W: Witness>(run: &Run<'_>, witness: impl Fn(usize) -> W + Sync) -> Result<Measured<W>, Vec<Diagnostic>> {
    let zone = zone_of(run.project);
    let sources = 0..run.project.sources.len();
    let next = Mutex::new(sources.clone());
    let done = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..run.threads.clamp(1, sources.len().max(1)) {
            scope.spawn(|| {
                while let Some(source) = locked(&next).next() {
                    let result = measure_source(run, &zone, source, &|| witness(source));
                    locked(&done).insert(source, result);
                }
            });
        }
    });
    let mut problems = Vec::new();
    let mut figures = Figures { commitments: vec![Tally::default(); run.project.commitments.len()], sources: Vec::new() };
    let mut first_starts = FirstStarts::default();
    let (mut rejected, mut witnesses) = (Vec::new(), Vec::new());
    for result in done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values() {
        match result {
            Err(found) => problems.extend(found),
            Ok(source) => {
                figures.sources.push(source.read.account);
                rejected.push(source.read.rejected);
                witnesses.push(source.witness);
                for counted in source.counted {
                    figures.commitments[counted.place] = counted.tally;
                    first_starts.add_all(counted.first_starts);
                }
            }
        }
    }
    problems.extend(missing_years(run.project, &first_starts));
    if problems.is_empty() { Ok(Measured { figures, rejected, witnesses }) } else { Err(problems) }
}

/// The judge of a commitment of the project.
fn judge_of<'a>(project: &'a Project, zone: &'a LocalTime, commitment: &'a Commitment) -> Judge<'a> {
    Judge::new(commitment, &project.period, &project.calendar, zone, project.as_of)
        .with_registration(project.sources[commitment.source].registration())
}

fn zone_of(project: &Project) -> LocalTime {
    LocalTime::new(project.time_zone.parse().unwrap_or(Tz::UTC))
}

struct SourceMeasured<W> {
    read: SourceRead,
    counted: Vec<Counted>,
    witness: W,
}

fn measure_source<W: Witness>(
    run: &Run<'_>,
    zone: &LocalTime,
    source: usize,
    witness: &(impl Fn() -> W + Sync),
) -> Result<SourceMeasured<W>, Vec<Diagnostic>> {
    let project = run.project;
    let on_source = project.commitments.iter().enumerate().filter(|(_, commitment)| commitment.source == source);
    let judges: Vec<(usize, &Commitment, Judge<'_>)> =
        on_source.map(|(place, commitment)| (place, commitment, judge_of(project, zone, commitment))).collect();
    let counters = || judges.iter().map(|(place, commitment, judge)| Counter::new(*place, commitment, judge)).collect();
    let (read, counters) =
        intake::read_source(&reading(run, zone, source, None), || Counters { counters: counters(), witness: witness() })?;
    let counted = counters.counters.into_iter().map(|counter| counter.counted).collect();
    Ok(SourceMeasured { read, counted, witness: counters.witness })
}

fn reading<'a>(run: &Run<'a>, zone: &'a LocalTime, source: usize, only: Option<&'a str>) -> Reading<'a> {
    let project = run.project;
    Reading {
        source: &project.sources[source],
        data: run.data,
        zone,
        earliest: project.quality.earliest,
        as_of: project.as_of,
        needs_time: needs_time(project, source),
        only,
        threads: run.threads,
        memory: run.memory,
        progress: run.progress,
    }
}

/// What all commitments on a source make of cases that follow one another.
struct Counters<'a, W> {
    counters: Vec<Counter<'a>>,
    witness: W,
}

impl<W: Witness> Sink for Counters<'_, W> {
    fn take(&mut self, row: &CaseRow<'_>) {
        for counter in &mut self.counters {
            counter.take(row, &mut self.witness);
        }
    }

    fn close(&mut self) {
        self.witness.close();
    }

    fn append(&mut self, later: Self) {
        for (counter, later) in self.counters.iter_mut().zip(later.counters) {
            counter.counted.add(later.counted);
        }
        self.witness.append(later.witness);
    }
}

/// The outcome of one commitment.
struct Counted {
    /// Its place in the project.
    place: usize,
    tally: Tally,
    /// In business days.
    first_starts: FirstStarts,
}

/// The earliest `s0` in scope, each with its case and the place of its source: one, and a second of another case.
#[derive(Debug, Default)]
struct FirstStarts(Vec<(Day, String, usize)>);

impl FirstStarts {
    fn add(&mut self, day: Day, case: &str, source: usize) {
        if self.0.get(1).is_some_and(|(latest, known, _)| (*latest, known.as_str()) <= (day, case)) {
            return;
        }
        match self.0.iter_mut().find(|(_, known, of)| known == case && *of == source) {
            Some(same) => same.0 = same.0.min(day),
            None => self.0.push((day, case.to_owned(), source)),
        }
        self.0.sort();
        self.0.truncate(2);
    }

    fn add_all(&mut self, others: FirstStarts) {
        others.0.into_iter().for_each(|(day, case, source)| self.add(day, &case, source));
    }
}

impl Counted {
    fn add(&mut self, later: Counted) {
        self.tally.add(&later.tally);
        self.first_starts.add_all(later.first_starts);
    }
}

/// Judges the cases of one commitment.
struct Counter<'a> {
    commitment: &'a Commitment,
    judge: &'a Judge<'a>,
    counted: Counted,
}

impl<'a> Counter<'a> {
    fn new(place: usize, commitment: &'a Commitment, judge: &'a Judge<'a>) -> Counter<'a> {
        let tally = Tally::new(commitment.clock.exits.len(), commitment.exclude.len(), commitment.breakdown.len());
        Counter { commitment, judge, counted: Counted { place, tally, first_starts: FirstStarts::default() } }
    }

    fn take(&mut self, row: &CaseRow<'_>, witness: &mut impl Witness) {
        if !matches(&self.commitment.condition, row.values) {
            return;
        }
        let judged = self.judge(row);
        witness.take(&JudgedCase { commitment: self.counted.place, row, judged: &judged, judge: self.judge });
    }

    /// Judges a case that is in scope.
    fn judge(&mut self, row: &CaseRow<'_>) -> Judged {
        let exclude_rule = self.commitment.exclude.iter().position(|rule| matches(&rule.condition, row.values));
        let case = Case { events: row.events, exclude_rule, values: row.values };
        let judged = self.judge.judge(&case, &mut self.counted.tally);
        self.note_first_start(&judged.course, row.id);
        judged
    }

    fn note_first_start(&mut self, course: &Course, id: &str) {
        let day = match course {
            Course::NotStarted => None,
            Course::Unusable { first_start, .. } => *first_start,
            Course::Running(clock) => Some(clock.first_start.day),
        };
        if self.commitment.clock.unit == Unit::BusinessDays
            && let Some(day) = day
        {
            self.counted.first_starts.add(day, id, self.commitment.source);
        }
    }
}

fn matches(condition: &[FieldCondition], values: &[&str]) -> bool {
    condition.iter().all(|field| field.values.iter().any(|value| value == values[field.field]))
}

/// By event of the source: whether a commitment in minutes uses it, whether or not its `where` matches.
fn needs_time(project: &Project, source: usize) -> Vec<bool> {
    let mut needs = vec![false; project.sources[source].events.len()];
    for commitment in &project.commitments {
        if commitment.source == source && commitment.clock.unit == Unit::Minutes {
            for event in used_events(&commitment.clock) {
                needs[event.0 as usize] = true;
            }
        }
    }
    needs
}

fn used_events(rule: &ClockRule) -> impl Iterator<Item = EventId> {
    let named = rule.start.iter().chain(&rule.stop).chain(&rule.restarts).copied();
    let paused = rule.pauses.iter().flat_map(|pause| [pause.from, pause.until]);
    named.chain(paused).chain(rule.exits.iter().map(|exit| exit.event))
}

/// Every calendar year from that of the earliest `s0` to that of as-of needs a line in the holiday file (section 2). The case is named
/// when only one asks for a year.
fn missing_years(project: &Project, first_starts: &FirstStarts) -> Vec<Diagnostic> {
    let Some((first, case, _)) = first_starts.0.first() else {
        return Vec::new();
    };
    let days_off = &project.calendar.days_off().days;
    let covered = |year: i32| days_off.values().any(|off| !off.closure && off.day.year() == year);
    let missing = (first.year()..=project.as_of.year()).filter(|&year| !covered(year));
    let problem = |year| {
        let several = first_starts.0.get(1).is_some_and(|(second, ..)| second.year() <= year);
        let which = if several { "the earliest of several cases".to_owned() } else { format!("the case `{case}`") };
        let message = format!(
            "the holiday file has no line for {year}; {which} started on {}, and the data are known until {}",
            first.date(),
            project.as_of.date()
        );
        Diagnostic::error(Code::CalendarYearMissing, message)
            .help("add the holidays of that year, or set quality.earliest if the date is a mistake in the export")
    };
    missing.map(problem).collect()
}
