//! Which rows a case rests on: start, restart, end and pauses, each with its place in the exports.

use crate::domain::clock::{Clock, Clockwork, Course, Event};
use crate::domain::roles::{Role, roles};
use crate::intake::Origin;

use super::draw::Candidate;

/// An event and the row that tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub event: Event,
    pub origin: Origin,
}

/// From one event until another, or still going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The place of its rule in the commitment's `pauses`.
    pub rule: usize,
    pub from: Mention,
    pub until: Option<Mention>,
}

/// The rows behind the clock of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub start: Option<Mention>,
    /// The restart that the clock counts from.
    pub restart: Option<Mention>,
    /// The stop or exit that ended the clock; of an unusable case, its last stop.
    pub end: Option<Mention>,
    /// In order of their beginnings; not united, and not clipped to the clock.
    pub pauses: Vec<Pause>,
}

/// Finds the rows of a case.
pub fn trace(clockwork: &Clockwork<'_>, case: &Candidate) -> Trace {
    let events: Vec<Event> = case.rows.iter().map(|row| row.event).collect();
    let cast: Vec<(Mention, Role)> = case
        .rows
        .iter()
        .zip(roles(clockwork, &case.course, &events))
        .flat_map(|(row, roles)| roles.into_iter().map(|role| (*row, role)))
        .collect();
    let last = |is: fn(&Role) -> bool| cast.iter().rev().find(|(_, role)| is(role)).map(|(row, _)| *row);
    let (end, pauses) = match &case.course {
        Course::Running(clock) => {
            (last(|role| matches!(role, Role::Stop | Role::Exit(_))), pauses(clockwork, clock, &events, &cast))
        }
        Course::NotStarted | Course::Unusable { .. } => {
            (last(|role| matches!(role, Role::StopBeforeStart | Role::StopWithoutStart)), Vec::new())
        }
    };
    Trace { start: last(|role| *role == Role::FirstStart), restart: last(|role| *role == Role::Restart), end, pauses }
}

fn pauses(clockwork: &Clockwork<'_>, clock: &Clock, events: &[Event], cast: &[(Mention, Role)]) -> Vec<Pause> {
    let point = |row: &Mention| clockwork.mark(row.event.moment).point;
    let intervals = clockwork.intervals(clock, events);
    let opened = cast.iter().filter_map(|(from, role)| match role {
        Role::PauseFrom(rule) => Some((*rule, *from)),
        _ => None,
    });
    let mut pauses: Vec<Pause> = opened
        .map(|(rule, from)| {
            let interval = intervals.iter().find(|one| one.rule == rule && one.opened == point(&from));
            let closed = interval.and_then(|one| one.closed);
            let closes = |(until, role): &&(Mention, Role)| *role == Role::PauseUntil(rule) && Some(point(until)) == closed;
            Pause { rule, from, until: cast.iter().find(closes).map(|(until, _)| *until) }
        })
        .collect();
    pauses.sort_by_key(|pause| (point(&pause.from), pause.rule));
    pauses
}
