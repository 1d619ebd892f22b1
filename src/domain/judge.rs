//! One case judged: its standing in the period, the other readings, the stock, all added to the tally of a commitment.

use super::calendar::{Calendar, Day, Month};
use super::clock::{Clock, Clockwork, Course, End, Event, Zone};
use super::cohort::{Exits, Placement, Reckoned, Standing};
use super::commitment::{ClockRule, Cohort, Commitment, CountFrom, EventId, Treatment, Unit};
use super::project::Period;
use super::signs::{Sights, Watch};
use super::tally::{Reading, Tally};

/// A case as the judge meets it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub events: &'a [Event],
    /// The first exclude rule that matches the fields of the case, by its place in `exclude`.
    pub exclude_rule: Option<usize>,
    /// The value of each field of the source.
    pub values: &'a [&'a str],
}

/// What a case is in the period, after exclude rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Standing(Standing),
    /// Would have been counted; taken out by the rule at this place in `exclude`.
    ExcludedByRule(usize),
}

/// Everything that one case came to: the sums over it are the tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub course: Course,
    pub verdict: Verdict,
    /// In the order of `Reading::ALL`: whether the case was met under this reading, where it counts under it.
    pub readings: [Option<bool>; 8],
    /// Where the case is open on the last day of the period.
    pub open: Option<Open>,
    pub sights: Sights,
}

/// A case open on the last day of the period: the clock computed again with that knowledge date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Days, or seconds for minutes.
    pub elapsed: i64,
    /// Whether that exceeds the limit.
    pub overdue: bool,
}

/// A commitment with everything that judging a case of it needs.
pub struct Judge<'a> {
    commitment: &'a Commitment,
    period: &'a Period,
    clockwork: Clockwork<'a>,
    watch: Watch<'a>,
    same_day: ClockRule,
    /// The month of every day of the period.
    months: Vec<Month>,
}

impl<'a> Judge<'a> {
    /// Prepares the declared rule, and the one under which the day of the start counts.
    pub fn new(
        commitment: &'a Commitment,
        period: &'a Period,
        calendar: &'a Calendar,
        zone: &'a dyn Zone,
        as_of: Day,
    ) -> Judge<'a> {
        let rule = &commitment.clock;
        let count_from = if rule.unit == Unit::Minutes { rule.count_from } else { CountFrom::SameDay };
        let clockwork = Clockwork { rule, calendar, zone, as_of };
        Judge {
            commitment,
            period,
            clockwork,
            watch: Watch::new(clockwork, period, None),
            same_day: ClockRule { count_from, ..rule.clone() },
            months: (period.first.0..=period.last.0).map(|day| Day(day).month()).collect(),
        }
    }

    /// The same judge, who also looks at how long after `received` a case was `registered`.
    pub fn with_registration(self, registration: Option<(EventId, EventId)>) -> Judge<'a> {
        Judge { watch: Watch::new(self.clockwork, self.period, registration), ..self }
    }

    /// The clock of the commitment as declared.
    pub fn clockwork(&self) -> &Clockwork<'a> {
        &self.clockwork
    }

    /// How the commitment as declared places its cases in the period.
    pub fn placement_as_declared(&self) -> Placement<'_> {
        self.placement(self.clockwork, None, None)
    }

    /// Judges a case, and adds it to `tally`.
    pub fn judge(&self, case: &Case<'_>, tally: &mut Tally) -> Judged {
        let course = self.clockwork.course(case.events);
        let clock = match &course {
            Course::Running(clock) => Some(Reckoned::new(&self.clockwork, clock)),
            Course::NotStarted | Course::Unusable { .. } => None,
        };
        let placed = |placement: &Placement<'_>| match &clock {
            Some(clock) => placement.place_running(clock),
            None => placement.place(&course),
        };
        let verdict = after_rules(placed(&self.placement_as_declared()), case);
        let mut readings = [None; 8];
        for (met, reading) in readings.iter_mut().zip(Reading::ALL) {
            *met = counted(self.read(reading, case, &course, verdict, &placed));
        }
        let open = self.open(case, &course);
        self.count(verdict, case, tally);
        for (share, reading) in tally.readings.iter_mut().zip(readings) {
            reading.into_iter().for_each(|met| share.count(met));
        }
        open.into_iter().for_each(|open| tally.stock.count(open.elapsed, open.overdue));
        let sights = self.watch.sights(case.events, &course, verdict);
        tally.signs.count(&sights);
        Judged { course, verdict, readings, open, sights }
    }

    fn placement<'p>(&'p self, clockwork: Clockwork<'p>, cohort: Option<Cohort>, treatment: Option<Treatment>) -> Placement<'p> {
        let cohort = cohort.unwrap_or(self.commitment.counted_by);
        Placement { clockwork, period: self.period, cohort, exits: treatment.map_or(Exits::AsDeclared, Exits::All) }
    }

    fn count(&self, verdict: Verdict, case: &Case<'_>, tally: &mut Tally) {
        match verdict {
            Verdict::ExcludedByRule(rule) => tally.excluded_by_rule[rule] += 1,
            Verdict::Standing(Standing::ExcludedByExit(exit)) => tally.excluded_by_exit[exit] += 1,
            Verdict::Standing(Standing::Pending) => tally.pending += 1,
            Verdict::Standing(Standing::NotStarted) => tally.not_started += 1,
            Verdict::Standing(Standing::Outside) => tally.outside += 1,
            Verdict::Standing(Standing::Unusable(reason)) => tally.unusable[reason as usize] += 1,
            Verdict::Standing(Standing::Counted { met, day, elapsed }) => {
                *(if met { &mut tally.met } else { &mut tally.missed }) += 1;
                tally.by_month.entry(self.month(day)).or_default().count(met);
                if let Some(elapsed) = elapsed {
                    tally.histogram.count(elapsed, 1);
                }
                for (cells, &field) in tally.by_field.iter_mut().zip(&self.commitment.breakdown) {
                    let value = case.values[field];
                    match cells.get_mut(value) {
                        Some(cell) => cell.count(met),
                        None => cells.entry(value.to_owned()).or_default().count(met),
                    }
                }
            }
        }
    }

    fn month(&self, day: Day) -> Month {
        let place = usize::try_from(day.0 - self.period.first.0).ok();
        place.and_then(|place| self.months.get(place)).map_or_else(|| day.month(), |&month| month)
    }

    /// The commitment as declared with one thing changed (section 6). `placed` places the case as its clock runs by the declaration.
    fn read(
        &self,
        reading: Reading,
        case: &Case<'_>,
        course: &Course,
        declared: Verdict,
        placed: &impl Fn(&Placement<'_>) -> Standing,
    ) -> Verdict {
        let by = |cohort| match cohort == self.commitment.counted_by {
            true => declared,
            false => after_rules(placed(&self.placement(self.clockwork, Some(cohort), None)), case),
        };
        let treating = |treatment| match course {
            Course::Running(Clock { end: End::Exited(..), .. }) => {
                after_rules(placed(&self.placement(self.clockwork, None, Some(treatment))), case)
            }
            _ => declared,
        };
        match (reading, course) {
            (Reading::ByStop, _) => by(Cohort::Stop),
            (Reading::ByDue, _) => by(Cohort::Due),
            (Reading::ByStart, _) => by(Cohort::Start),
            (Reading::StartDayCounts, Course::Running(_)) if self.same_day.count_from != self.clockwork.rule.count_from => {
                let clockwork = Clockwork { rule: &self.same_day, ..self.clockwork };
                after_rules(self.placement(clockwork, None, None).place(course), case)
            }
            (Reading::PausesIgnored, Course::Running(clock)) if !clock.pauses.is_empty() || clock.open_pause.is_some() => {
                let clock = Clock { pauses: Vec::new(), open_pause: None, ..*clock };
                after_rules(self.placement_as_declared().place(&Course::Running(clock)), case)
            }
            (Reading::StartDayCounts | Reading::PausesIgnored, _) => declared,
            (Reading::ExitsExcluded, _) => treating(Treatment::Exclude),
            (Reading::ExitsMissed, _) => treating(Treatment::Missed),
            (Reading::UnusableMissed, _) => match declared {
                Verdict::Standing(Standing::Unusable(_)) => {
                    Verdict::Standing(Standing::Counted { met: false, day: self.period.last, elapsed: None })
                }
                _ => declared,
            },
        }
    }

    /// Whether the case is open on the last day of the period, and since when; never one under an exclude rule.
    fn open(&self, case: &Case<'_>, course: &Course) -> Option<Open> {
        if case.exclude_rule.is_some() {
            return None;
        }
        let at_end = Clockwork { as_of: self.period.last, ..self.clockwork };
        let clock = self.open_at_end(&at_end, case, course)?;
        let elapsed = at_end.elapsed(&clock);
        Some(Open { elapsed, overdue: elapsed > at_end.limit(&clock) })
    }

    /// The clock of the case on the last day of the period, where it is open then.
    fn open_at_end(&self, at_end: &Clockwork<'_>, case: &Case<'_>, course: &Course) -> Option<Clock> {
        // A case that cannot be used, or has not begun, on the knowledge date was not open before it either.
        let Course::Running(clock) = course else {
            return None;
        };
        let ended = clock.end.day().is_some_and(|day| day <= self.period.last);
        if ended || clock.first_start.day > self.period.last {
            return None;
        }
        match at_end.course(case.events) {
            Course::Running(clock) if matches!(clock.end, End::Open(_)) => Some(clock),
            _ => None,
        }
    }
}

/// A standing after exclude rules.
fn after_rules(standing: Standing, case: &Case<'_>) -> Verdict {
    match (standing, case.exclude_rule) {
        (Standing::Counted { .. }, Some(rule)) => Verdict::ExcludedByRule(rule),
        _ => Verdict::Standing(standing),
    }
}

/// Whether a verdict counts, and if so whether it was met.
fn counted(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Standing(Standing::Counted { met, .. }) => Some(met),
        _ => None,
    }
}
