//! Why a case is what it is: one reason after the other, from its start to its state, each with the key that decides.

use super::Because;
use super::build::Teller;
use crate::domain::calendar::Day;
use crate::domain::clock::{Clock, Course, End};
use crate::domain::cohort::Standing;
use crate::domain::commitment::{Cohort, EventId, LimitVersion, Treatment, Unit};
use crate::domain::judge::Verdict;
use crate::domain::project::Period;
use crate::domain::tally::Unusable;

/// Collects the reasons of one commitment.
pub(super) struct Reasons<'r, 't, 'a> {
    teller: &'r Teller<'t, 'a>,
    list: Vec<Because>,
}

impl<'r, 't, 'a> Reasons<'r, 't, 'a> {
    pub fn new(teller: &'r Teller<'t, 'a>) -> Reasons<'r, 't, 'a> {
        Reasons { teller, list: Vec::new() }
    }

    /// Every reason, in order.
    pub fn list(mut self, course: &Course, verdict: Verdict) -> Vec<Because> {
        match course {
            Course::NotStarted => {
                let says = format!("no {} by {}: it has not started", self.names(&self.rule().start), self.as_of());
                self.say("start", says);
            }
            Course::Unusable { reason, last_stop, .. } => self.unusable(*reason, *last_stop, verdict),
            Course::Running(clock) => {
                self.start(clock);
                self.end(clock);
                self.limit(clock);
                self.state(clock, verdict);
            }
        }
        self.list
    }

    fn say(&mut self, key: impl Into<String>, says: impl Into<String>) {
        let key = key.into();
        let path = match key.starts_with("report.") {
            true => key.clone(),
            false => format!("commitments[{}].{key}", self.teller.place),
        };
        self.list.push(Because { says: says.into(), line: (self.teller.telling.line_of)(&path), key });
    }

    fn rule(&self) -> &'a crate::domain::commitment::ClockRule {
        &self.teller.commitment().clock
    }

    fn period(&self) -> &'a Period {
        &self.teller.telling.project.period
    }

    fn as_of(&self) -> String {
        on(self.teller.telling.project.as_of)
    }

    fn names(&self, events: &[EventId]) -> String {
        let names: Vec<String> = events.iter().map(|event| format!("`{}`", self.teller.event_name(*event))).collect();
        names.join(" or ")
    }

    /// The name of an exit and its key.
    fn exit(&self, place: usize) -> (String, String) {
        let name = self.teller.event_name(self.rule().exits[place].event);
        (format!("`{name}`"), format!("exits.{name}"))
    }

    /// An elapsed time with its unit.
    fn time(&self, number: i64) -> String {
        self.quantity(number, "second")
    }

    /// A number of the unit, of which `short` is the one for minutes.
    fn quantity(&self, number: i64, short: &str) -> String {
        let unit = match self.rule().unit {
            Unit::BusinessDays => "business day",
            Unit::CalendarDays => "calendar day",
            Unit::Minutes => short,
        };
        format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
    }

    /// A point of the clock: the day with its name, or the moment.
    fn at(&self, point: i64, day: Day) -> String {
        match self.rule().unit {
            Unit::Minutes => self.teller.telling.zone.local(point).format("%Y-%m-%d %H:%M:%S").to_string(),
            Unit::BusinessDays | Unit::CalendarDays => on(day),
        }
    }

    fn unusable(&mut self, reason: Unusable, last_stop: Day, verdict: Verdict) {
        let (starts, stops) = (self.names(&self.rule().start), self.names(&self.rule().stop));
        match reason {
            Unusable::StopWithoutStart => self.say("start", format!("it has {stops} and no {starts}: it can't be judged")),
            Unusable::StopBeforeStart => {
                self.say("stop", format!("every {stops} lies before the earliest {starts}: it can't be judged"));
            }
        }
        let lies = match verdict {
            Verdict::Standing(Standing::Unusable(_)) => "in the period, which it is listed in as unusable",
            _ => "outside the period",
        };
        self.say("report.period", format!("its last stop, on {}, lies {lies}", on(last_stop)));
    }

    fn start(&mut self, clock: &Clock) {
        let first = clock.first_start;
        self.say(
            "start",
            format!("started on {}, its earliest {}", self.at(first.point, first.day), self.names(&self.rule().start)),
        );
        let events: Vec<_> = self.teller.case.events.iter().map(|(event, _)| *event).collect();
        let restart = self.teller.clockwork().chosen_restart(clock, &events);
        if let Some(restart) = restart {
            let names = self.names(&self.rule().restarts);
            self.say(
                "restarts",
                format!("started again on {}, its latest {names} up to the end", self.at(restart.point, restart.day)),
            );
        }
        let before_move = restart.unwrap_or(first);
        if before_move.point != clock.start.point {
            let (closed, open) = (on(before_move.day), on(clock.start.day));
            self.say("received-when-closed", format!("{closed} is no business day: the clock starts on {open}"));
        }
    }

    fn end(&mut self, clock: &Clock) {
        match clock.end {
            End::Stopped(mark) => {
                let stops = self.names(&self.rule().stop);
                self.say("stop", format!("stopped on {}, its earliest {stops} from the start on", self.at(mark.point, mark.day)));
            }
            End::Exited(place, mark) => {
                let (name, key) = self.exit(place);
                self.say(key, format!("ended on {} by {name}, without the service", self.at(mark.point, mark.day)));
            }
            End::Open(_) => self.say("report.as-of", format!("still open on {}, the last day known", self.as_of())),
        }
    }

    fn limit(&mut self, clock: &Clock) {
        let rule = self.rule();
        let version =
            rule.limits.iter().rposition(|version| version.from.is_none_or(|from| from <= clock.start.day)).unwrap_or(0);
        let in_force = match (rule.limits.len(), &rule.limits[version]) {
            (1, _) => String::new(),
            (_, LimitVersion { from, until, .. }) => {
                let from = from.map(|day| format!(" from {}", day.date())).unwrap_or_default();
                let until = until.map(|day| format!(" until {}", day.date())).unwrap_or_default();
                format!(", in force{from}{until}: the clock starts on {}", clock.start.day.date())
            }
        };
        self.say("within", format!("the limit is {}{in_force}", self.quantity(rule.limits[version].limit.into(), "minute")));
        let clockwork = self.teller.clockwork();
        let (elapsed, limit) = (clockwork.elapsed(clock), clockwork.limit(clock));
        let against = if elapsed > limit { "more than" } else { "not more than" };
        self.say("within", format!("{} elapsed, {against} {limit}", self.time(elapsed)));
    }

    fn state(&mut self, clock: &Clock, verdict: Verdict) {
        match verdict {
            Verdict::ExcludedByRule(place) => {
                let standing = self.teller.judge.placement_as_declared().place(&Course::Running(clock.clone()));
                self.placed(clock, "lies in the period");
                let rule = &self.teller.commitment().exclude[place];
                let would = if matches!(standing, Standing::Counted { met: true, .. }) { "met" } else { "missed" };
                let because = rule.because.in_language(self.teller.telling.language);
                self.say(format!("exclude[{place}]"), format!("would be {would}, and `{}` excludes it: {because}", rule.name));
            }
            Verdict::Standing(Standing::Counted { met, .. }) => self.counted(clock, met),
            Verdict::Standing(Standing::ExcludedByExit(place)) => {
                self.placed(clock, "lies in the period");
                let (name, key) = self.exit(place);
                let why = match self.rule().exits[place].treatment {
                    Treatment::ByWait => "counts by wait, and the limit was not exceeded: excluded",
                    Treatment::Exclude | Treatment::Missed => "excludes",
                };
                self.say(key, format!("{name} {why}"));
            }
            Verdict::Standing(Standing::Pending) => self.pending(clock),
            Verdict::Standing(_) => self.outside(clock),
        }
    }

    fn counted(&mut self, clock: &Clock, met: bool) {
        self.placed(clock, "lies in the period");
        match clock.end {
            End::Stopped(_) => {
                self.say("within", if met { "stopped within the limit: met" } else { "stopped after the limit: missed" });
            }
            End::Open(_) => self.say("counted-by", "open, and the limit is exceeded: missed"),
            End::Exited(place, exit) => {
                let (name, key) = self.exit(place);
                let due = self.teller.clockwork().due_day(clock);
                let after_due = self.teller.commitment().counted_by == Cohort::Due && due.is_some_and(|due| exit.day > due);
                let why = match self.rule().exits[place].treatment {
                    _ if after_due => "came after the due day: missed, whatever an exit counts as",
                    Treatment::ByWait => "counts by wait, and the limit was exceeded: missed",
                    Treatment::Missed | Treatment::Exclude => "counts as missed",
                };
                self.say(key, format!("{name} {why}"));
            }
        }
    }

    /// Says which day places the case, and where it lies.
    fn placed(&mut self, clock: &Clock, lies: &str) {
        let placement = self.teller.judge.placement_as_declared();
        let Some(day) = placement.deciding_day(clock) else { return };
        let name = match (placement.cohort, clock.end) {
            (Cohort::Start, _) => "start",
            (Cohort::Due, End::Exited(_, exit)) if exit.day == day => "exit, not after the due day",
            (Cohort::Due, _) => "due day",
            (Cohort::Stop, End::Exited(..)) => "exit",
            (Cohort::Stop, End::Stopped(_) | End::Open(_)) => "stop",
        };
        self.say("counted-by", format!("the day of its {name}, {}, {lies}", on(day)));
    }

    fn pending(&mut self, clock: &Clock) {
        let period = self.period();
        let placement = self.teller.judge.placement_as_declared();
        match placement.deciding_day(clock) {
            Some(day) if day > period.last => self.placed(clock, "lies after the period"),
            Some(_) if matches!(clock.end, End::Open(_)) => {
                self.placed(clock, "places it, and while it is open it is only counted once the limit is exceeded");
            }
            Some(_) => self.placed(clock, "lies before the period"),
            None => match placement.cohort {
                Cohort::Due => self.say("counted-by", "its clock stands still, so that it has no due day"),
                Cohort::Stop | Cohort::Start => self.say("counted-by", "it has no stop"),
            },
        }
        self.say("report.period", format!("started by {} and not ended by then: pending", on(period.last)));
    }

    fn outside(&mut self, clock: &Clock) {
        let period = self.period();
        if clock.first_start.day > period.last {
            self.say("report.period", format!("started after {}, the last day of the period: outside", on(period.last)));
            return;
        }
        let placement = self.teller.judge.placement_as_declared();
        match placement.deciding_day(clock) {
            Some(day) if day < period.first => self.placed(clock, "lies before the period: outside"),
            Some(day) if day > period.last => {
                self.placed(clock, "lies after the period");
                self.say("report.period", "it had ended by the last day of the period: outside");
            }
            _ => self.say("report.period", "it had ended by the last day of the period, and is counted in another: outside"),
        }
    }
}

/// A day with its name: `Monday 5 May 2025`.
fn on(day: Day) -> String {
    day.date().format("%A %Y-%m-%d").to_string()
}
