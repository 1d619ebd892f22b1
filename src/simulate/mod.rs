//! Synthetic exports in the column mapping of any declaration.
//!
//! Everything comes out of the declaration: which services there are, which events begin, stop, pause or end a
//! commitment, the limits and the goals around which delays are drawn, the columns, codes, formats and encodings. The
//! same declaration, plan and seed write the same bytes on any machine. Cases are written one by one, in order of
//! arrival: memory does not grow with their number.

mod arrivals;
mod damage;
mod delays;
mod random;
mod rows;
mod scenario;
mod sink;
mod story;
mod timestamps;
mod values;

use std::io;
use std::path::PathBuf;

use crate::domain::calendar::Day;
use crate::domain::commitment::Unit;
use crate::domain::project::Project;
use crate::domain::source::Layout;

use arrivals::Arrivals;
use damage::Damages;
use random::Random;
use rows::{Columns, Row};
use scenario::{Profile, Scenario};
use sink::Sink;
use values::Choice;

pub use sink::Written;

/// How much to write, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Cases of all the sources with one row per event.
    pub cases: u64,
    /// Cases of all the sources with one row per case in which a commitment counts minutes.
    pub calls: u64,
    /// Cases of all the other sources with one row per case.
    pub emails: u64,
    pub seed: u64,
    /// Rows broken on purpose, in each source.
    pub broken: u64,
    /// The data folder: file patterns of the declaration are relative to it.
    pub out: PathBuf,
}

/// How often progress is told, in cases.
const STEP: u64 = 4096;

/// The parts of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cases,
    Calls,
    Emails,
}

/// Writes the exports of every source, in declaration order. `progress` is told how many cases have been written.
pub fn simulate(project: &Project, plan: &Plan, progress: &mut dyn FnMut(u64)) -> io::Result<Vec<Written>> {
    let kinds: Vec<Option<Kind>> = (0..project.sources.len()).map(|source| kind(project, source)).collect();
    let mut written = Vec::new();
    let mut done = 0;
    for (source, kind) in kinds.iter().enumerate() {
        let cases = kind.map_or(0, |kind| share(plan, kind, &kinds, source));
        written.extend(export(project, plan, source, cases, &mut |more| {
            done += more;
            progress(done);
        })?);
    }
    Ok(written)
}

/// Which part of the plan fills a source; `None` where no commitment is measured in it.
fn kind(project: &Project, source: usize) -> Option<Kind> {
    let mut units = project
        .commitments
        .iter()
        .filter(|commitment| commitment.source == source)
        .map(|commitment| commitment.clock.unit)
        .peekable();
    units.peek()?;
    Some(match project.sources[source].layout {
        Layout::Events { .. } => Kind::Cases,
        Layout::Records { .. } if units.any(|unit| unit == Unit::Minutes) => Kind::Calls,
        Layout::Records { .. } => Kind::Emails,
    })
}

/// The cases of one source: an equal part of those of its kind, the first sources taking what is left over.
fn share(plan: &Plan, kind: Kind, kinds: &[Option<Kind>], source: usize) -> u64 {
    let cases = match kind {
        Kind::Cases => plan.cases,
        Kind::Calls => plan.calls,
        Kind::Emails => plan.emails,
    };
    let alike = |kinds: &[Option<Kind>]| kinds.iter().filter(|other| **other == Some(kind)).count() as u64;
    cases / alike(kinds) + u64::from(alike(&kinds[..source]) < cases % alike(kinds))
}

/// Writes the files of one source.
fn export(project: &Project, plan: &Plan, source: usize, cases: u64, progress: &mut dyn FnMut(u64)) -> io::Result<Vec<Written>> {
    let scenario = Scenario::new(project, source);
    let columns = Columns::new(project, scenario.source)?;
    let mut sink = Sink::create(project, scenario.source, &plan.out, &columns.names)?;
    let mut damages = Damages::new(scenario.source, &columns, &scenario, sink.is_utf8());
    let mut random = Random::new(plan.seed, &scenario.source.id);
    let takes_messages = (0..scenario.promises.len()).any(|place| story::is_entered_by_exit(&scenario, place));
    let arrivals = Arrivals::new(&mut random, &scenario, takes_messages);
    let broken_until = |told: u64| (u128::from(plan.broken) * u128::from(told) / u128::from(cases.max(1))) as u64;
    let (mut number, mut told, mut broken, mut unreported) = (0, 0, 0, 0);
    for (day, count) in arrivals.spread(cases) {
        let mut today: Vec<_> = (0..count).map(|_| arrivals::arrival(&mut random, &scenario, takes_messages, day)).collect();
        today.sort_by_key(|arrival| arrival.at);
        for arrival in &today {
            let values = values_of(&mut random, &scenario, day, arrival.outside_hours);
            let happenings = story::tell(&scenario, &mut random, arrival, &values);
            let case_rows = columns.rows(&mut random, &next_id(&scenario, day, &mut number), day, &values, &happenings);
            for (day, row) in &case_rows {
                sink.write(*day, row)?;
            }
            told += 1;
            if let Some((last_day, last)) = case_rows.last() {
                while broken < broken_until(told) {
                    let ids = [next_id(&scenario, day, &mut number), next_id(&scenario, day, &mut number)];
                    damages.write(&mut sink, &columns, &scenario, *last_day, last, ids)?;
                    broken += 1;
                }
            }
            unreported += 1;
            if unreported == STEP {
                progress(std::mem::take(&mut unreported));
            }
        }
    }
    progress(unreported);
    sink.finish()
}

/// The values of a case that arrives on `day`: those of one of the profiles present by then, the others drawn.
fn values_of(random: &mut Random, scenario: &Scenario, day: Day, closed: bool) -> Row {
    let weight = |profile: &Profile| if profile.from <= day { profile.weight } else { 0 };
    let profile = &scenario.profiles[random.weighted(scenario.profiles.iter().map(weight))];
    let mut values = Row::with_capacity(scenario.choices.len());
    for (fixed, choices) in profile.values.iter().zip(&scenario.choices) {
        values.push(fixed.clone().unwrap_or_else(|| {
            let weight = |choice: &Choice| if closed { choice.weight_when_closed } else { choice.weight };
            let place = random.weighted(choices.iter().map(weight));
            choices[place].value.clone()
        }));
    }
    values
}

/// Numbers that follow one another: with the year in a log, as in a register of files, else alone.
fn next_id(scenario: &Scenario, day: Day, number: &mut u64) -> String {
    *number += 1;
    match scenario.is_a_log() {
        true => format!("{}-{:06}", day.year(), *number),
        false => (1_000_000 + *number).to_string(),
    }
}
