//! What each event of a case is to the clock of a commitment, and why it is nothing where it is nothing (specification, section 3).

use super::clock::{Clock, Clockwork, Course, End, Event, Interval, Mark};
use super::commitment::EventId;

/// What an event is to a clock. Places are those in the lists of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// After the knowledge date: as if it had not been exported.
    Unknown,
    /// The commitment does not name it.
    Unused,
    /// `s0`.
    FirstStart,
    LaterStart,
    /// `t`.
    Stop,
    StopBeforeStart,
    /// A stop of a case that has no start.
    StopWithoutStart,
    /// After the case had ended, or at the same point as the row that ended it.
    LaterStop,
    /// `e`.
    Exit(usize),
    ExitBeforeStart(usize),
    /// The case ended by a stop or another exit, before it or at the same point.
    LaterExit(usize),
    /// An exit or a restart of a case that has no clock.
    Idle,
    /// The clock starts again here.
    Restart,
    /// At or before `s0`.
    EarlyRestart,
    /// A later restart counts.
    SupersededRestart,
    RestartAfterEnd,
    /// Opens a pause of the rule.
    PauseFrom(usize),
    /// Inside an open pause of its rule: it opens nothing.
    PauseInside(usize),
    /// Closes a pause of the rule.
    PauseUntil(usize),
    /// No pause of the rule is open.
    PauseNothing(usize),
}

/// The roles of each event, in the order of `events`, which stand in order of time. Every event has at least one.
pub fn roles(clockwork: &Clockwork<'_>, course: &Course, events: &[Event]) -> Vec<Vec<Role>> {
    let cast = Cast::new(clockwork, course, events);
    (0..events.len()).map(|place| cast.roles(place)).collect()
}

/// What the roles of one case rest on.
struct Cast<'a> {
    clockwork: &'a Clockwork<'a>,
    events: &'a [Event],
    /// The place of the event that is `s0`.
    first_start: Option<usize>,
    running: Option<Running<'a>>,
}

struct Running<'a> {
    clock: &'a Clock,
    /// The place of the event that ended the clock.
    end: Option<usize>,
    /// The place of the event that started it again.
    restart: Option<usize>,
    intervals: Vec<Interval>,
}

impl<'a> Cast<'a> {
    fn new(clockwork: &'a Clockwork<'a>, course: &'a Course, events: &'a [Event]) -> Cast<'a> {
        let starts = (0..events.len()).filter(|&place| clockwork.rule.start.contains(&events[place].kind));
        let first_start = starts.min_by_key(|&place| clockwork.mark(events[place].moment).point);
        let first_start = first_start.filter(|&place| events[place].moment.day <= clockwork.as_of);
        let at = |kinds: &[EventId], mark: Mark| {
            let is = |event: &Event| kinds.contains(&event.kind) && clockwork.mark(event.moment) == mark;
            events.iter().position(is)
        };
        let running = match course {
            Course::Running(clock) => Some(Running {
                clock,
                end: match clock.end {
                    End::Stopped(mark) => at(&clockwork.rule.stop, mark),
                    End::Exited(place, mark) => at(&[clockwork.rule.exits[place].event], mark),
                    End::Open(_) => None,
                },
                restart: clockwork.chosen_restart(clock, events).and_then(|mark| at(&clockwork.rule.restarts, mark)),
                intervals: clockwork.intervals(clock, events),
            }),
            Course::NotStarted | Course::Unusable { .. } => None,
        };
        Cast { clockwork, events, first_start, running }
    }

    fn roles(&self, place: usize) -> Vec<Role> {
        let event = &self.events[place];
        if event.moment.day > self.clockwork.as_of {
            return vec![Role::Unknown];
        }
        let rule = self.clockwork.rule;
        let mut roles = Vec::new();
        if rule.start.contains(&event.kind) {
            roles.push(if self.first_start == Some(place) { Role::FirstStart } else { Role::LaterStart });
        }
        if rule.stop.contains(&event.kind) {
            roles.push(self.stop(place));
        }
        if let Some(exit) = rule.exits.iter().position(|exit| exit.event == event.kind) {
            roles.push(self.exit(place, exit));
        }
        if rule.restarts.contains(&event.kind) {
            roles.push(self.restart(place));
        }
        for (number, pause) in rule.pauses.iter().enumerate() {
            if pause.from == event.kind {
                roles.push(self.pause_from(place, number));
            }
            if pause.until == event.kind {
                roles.push(self.pause_until(place, number));
            }
        }
        if roles.is_empty() {
            roles.push(Role::Unused);
        }
        roles
    }

    fn point(&self, place: usize) -> i64 {
        self.clockwork.mark(self.events[place].moment).point
    }

    fn is_before_start(&self, place: usize) -> bool {
        self.first_start.is_some_and(|start| self.point(place) < self.point(start))
    }

    fn stop(&self, place: usize) -> Role {
        match &self.running {
            _ if self.first_start.is_none() => Role::StopWithoutStart,
            _ if self.is_before_start(place) => Role::StopBeforeStart,
            Some(running) if running.end == Some(place) => Role::Stop,
            Some(_) | None => Role::LaterStop,
        }
    }

    fn exit(&self, place: usize, exit: usize) -> Role {
        match &self.running {
            None => Role::Idle,
            Some(_) if self.is_before_start(place) => Role::ExitBeforeStart(exit),
            Some(running) if running.end == Some(place) => Role::Exit(exit),
            Some(_) => Role::LaterExit(exit),
        }
    }

    fn restart(&self, place: usize) -> Role {
        match &self.running {
            None => Role::Idle,
            Some(running) if running.restart == Some(place) => Role::Restart,
            Some(running) if self.point(place) <= running.clock.first_start.point => Role::EarlyRestart,
            Some(running) if self.point(place) > running.clock.end.point() => Role::RestartAfterEnd,
            Some(_) => Role::SupersededRestart,
        }
    }

    /// Of the `from` events of a rule that the same `until` event closes, the earliest opens the pause.
    fn pause_from(&self, place: usize, rule: usize) -> Role {
        let Some(running) = &self.running else { return Role::Idle };
        let closed = |opened: i64| {
            running.intervals.iter().find(|one| one.rule == rule && one.opened == opened).and_then(|one| one.closed)
        };
        let mine = closed(self.point(place));
        let kind = self.events[place].kind;
        let inside = (0..place).any(|earlier| self.events[earlier].kind == kind && closed(self.point(earlier)) == mine);
        if inside { Role::PauseInside(rule) } else { Role::PauseFrom(rule) }
    }

    fn pause_until(&self, place: usize, rule: usize) -> Role {
        let Some(running) = &self.running else { return Role::Idle };
        let (kind, point) = (self.events[place].kind, self.point(place));
        let closes = running.intervals.iter().any(|one| one.rule == rule && one.closed == Some(point));
        let is_first = !(0..place).any(|earlier| self.events[earlier].kind == kind && self.point(earlier) == point);
        if closes && is_first { Role::PauseUntil(rule) } else { Role::PauseNothing(rule) }
    }
}
