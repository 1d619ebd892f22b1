//! What can happen in a source, as the declaration lets one see it: its promises, its services, its values.

use chrono::Days;

use crate::domain::calendar::Day;
use crate::domain::commitment::{Commitment, FieldCondition, Unit};
use crate::domain::project::Project;
use crate::domain::source::{Layout, Source};

use super::values::{self, Choice};

/// How far a commitment ends from its goal, in thousandths, by its place among the commitments with a goal:
/// two thirds reach it, none is far above it, and the gaps are of several sizes.
const DISTANCES: [i32; 12] = [24, -33, 16, 38, -52, 31, 18, -26, -44, 31, 14, 27];

/// The share on time of commitments without a goal, in thousandths, by their place among these.
const WITHOUT_GOAL: [u32; 3] = [885, ALWAYS, 974];

/// A promise that is kept in every case.
pub const ALWAYS: u32 = 1000;

/// More combinations of values than this are not told apart: the later ones do not occur.
const MOST_PROFILES: usize = 512;

/// A commitment and how well it is kept.
pub struct Promise<'a> {
    pub commitment: &'a Commitment,
    /// Cases on time, in thousandths.
    pub on_time: u32,
}

/// A kind of case: the values that a service's commitments ask for.
pub struct Profile {
    /// By field of the source; `None` is drawn for each case.
    pub values: Vec<Option<String>>,
    pub weight: u64,
    /// The first day on which such a case arrives: early enough that some are still open when the period begins.
    pub from: Day,
}

pub struct Scenario<'a> {
    pub project: &'a Project,
    pub source: &'a Source,
    pub promises: Vec<Promise<'a>>,
    /// By field of the source.
    pub choices: Vec<Vec<Choice>>,
    pub profiles: Vec<Profile>,
}

impl<'a> Scenario<'a> {
    /// Reads the source in place `source` of the declaration.
    pub fn new(project: &'a Project, source: usize) -> Scenario<'a> {
        let promises: Vec<Promise> =
            promises(project).into_iter().filter(|promise| promise.commitment.source == source).collect();
        let source = &project.sources[source];
        let commitments: Vec<&Commitment> = promises.iter().map(|promise| promise.commitment).collect();
        let choices = values::choices(source, &commitments);
        let profiles = profiles(project, source, &commitments);
        Scenario { project, source, promises, choices, profiles }
    }

    /// Whether a commitment in minutes is measured here: people who wait in a line, during opening hours.
    pub fn is_a_queue(&self) -> bool {
        self.promises.iter().any(|promise| promise.commitment.clock.unit == Unit::Minutes)
    }

    /// Whether the export has one row per event.
    pub fn is_a_log(&self) -> bool {
        matches!(self.source.layout, Layout::Events { .. })
    }

    /// Events that the export knows and no commitment uses.
    pub fn unused_events(&self) -> Vec<usize> {
        let is_used = |event: usize| {
            self.promises.iter().any(|promise| {
                let clock = &promise.commitment.clock;
                let pauses = clock.pauses.iter().flat_map(|pause| [pause.from, pause.until]);
                let exits = clock.exits.iter().map(|exit| exit.event);
                let others = clock.start.iter().chain(&clock.stop).chain(&clock.restarts).copied();
                others.chain(pauses).chain(exits).any(|used| event == used.0 as usize)
            })
        };
        (0..self.source.events.len()).filter(|&event| !is_used(event)).collect()
    }
}

fn promises(project: &Project) -> Vec<Promise<'_>> {
    let (mut with_goal, mut without_goal) = (0, 0);
    let promise = |commitment| {
        let on_time = match goal_in_thousandths(commitment) {
            Some(goal) => {
                with_goal += 1;
                goal.saturating_add_signed(DISTANCES[(with_goal - 1) % DISTANCES.len()]).min(ALWAYS - 8)
            }
            None => {
                without_goal += 1;
                WITHOUT_GOAL[(without_goal - 1) % WITHOUT_GOAL.len()]
            }
        };
        Promise { commitment, on_time }
    };
    project.commitments.iter().map(promise).collect()
}

fn goal_in_thousandths(commitment: &Commitment) -> Option<u32> {
    let goal = commitment.goal?;
    u32::try_from(goal.scaled * 10 / 10u64.pow(goal.decimals)).ok()
}

/// One profile for each combination of the values that a commitment asks for.
fn profiles(project: &Project, source: &Source, commitments: &[&Commitment]) -> Vec<Profile> {
    let mut kinds: Vec<Vec<Option<String>>> = Vec::new();
    for commitment in commitments {
        for kind in combinations(source.fields.len(), &commitment.condition) {
            if !kinds.contains(&kind) && kinds.len() < MOST_PROFILES {
                kinds.push(kind);
            }
        }
    }
    let profile = |values: Vec<Option<String>>| {
        let named = values.iter().zip(&source.fields).filter_map(|(value, field)| Some((field, value.as_ref()?)));
        let weight = named.map(|(field, value)| values::weight(&field.name, value)).product();
        let lead = Days::new(lead_days(project, &values, commitments));
        let first = project.period.first.date();
        let from = Day::from_date(first.checked_sub_days(lead).unwrap_or(first));
        Profile { values, weight, from }
    };
    kinds.into_iter().map(profile).collect()
}

fn combinations(fields: usize, condition: &[FieldCondition]) -> Vec<Vec<Option<String>>> {
    let mut kinds = vec![vec![None; fields]];
    for FieldCondition { field, values } in condition {
        let with = |kind: &Vec<Option<String>>, value: &String| {
            let mut kind = kind.clone();
            kind[*field] = Some(value.clone());
            kind
        };
        kinds = kinds.iter().flat_map(|kind| values.iter().map(move |value| with(kind, value))).take(MOST_PROFILES).collect();
    }
    kinds
}

/// The limits that such a case meets one after the other and some delay, in calendar days, a week at least.
fn lead_days(project: &Project, values: &[Option<String>], commitments: &[&Commitment]) -> u64 {
    let could_match = |commitment: &&&Commitment| {
        commitment
            .condition
            .iter()
            .all(|condition| values[condition.field].as_ref().is_none_or(|value| condition.values.contains(value)))
    };
    let days = |commitment: &&Commitment| {
        let limit = u64::from(commitment.clock.limit_on(project.period.first));
        match commitment.clock.unit {
            Unit::BusinessDays => limit * 9 / 5,
            Unit::CalendarDays => limit * 5 / 4,
            Unit::Minutes => 0,
        }
    };
    commitments.iter().filter(could_match).map(days).sum::<u64>().clamp(7, 400)
}
