//! One case judged: its standing in the period, the other readings, the stock, all added to the tally of a commitment.

use super::calendar::{Calendar, Day};
use super::clock::{Clock, Clockwork, Course, End, Event, Zone};
use super::cohort::{Exits, Placement, Standing};
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
    /// The value of each field of `breakdown`.
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
    without_pauses: ClockRule,
}

impl<'a> Judge<'a> {
    /// Prepares the declared rule and the two other rules that the readings need.
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
            without_pauses: ClockRule { pauses: Vec::new(), ..rule.clone() },
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
        let verdict = self.verdict(&self.placement_as_declared(), &course, case);
        let readings = Reading::ALL.map(|reading| counted(self.read(reading, case, &course, verdict)));
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

    fn verdict(&self, placement: &Placement<'_>, course: &Course, case: &Case<'_>) -> Verdict {
        let standing = placement.place(course);
        match (standing, case.exclude_rule) {
            (Standing::Counted { .. }, Some(rule)) => Verdict::ExcludedByRule(rule),
            _ => Verdict::Standing(standing),
        }
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
                tally.by_month.entry(day.month()).or_default().count(met);
                if let Some(elapsed) = elapsed {
                    *tally.histogram.entry(elapsed).or_default() += 1;
                }
                for (cells, value) in tally.by_field.iter_mut().zip(case.values) {
                    match cells.get_mut(*value) {
                        Some(cell) => cell.count(met),
                        None => cells.entry((*value).to_owned()).or_default().count(met),
                    }
                }
            }
        }
    }

    /// The commitment as declared with one thing changed (section 6).
    fn read(&self, reading: Reading, case: &Case<'_>, course: &Course, declared: Verdict) -> Verdict {
        let by = |cohort| self.verdict(&self.placement(self.clockwork, Some(cohort), None), course, case);
        let treating = |treatment| self.verdict(&self.placement(self.clockwork, None, Some(treatment)), course, case);
        let under = |rule| {
            let clockwork = Clockwork { rule, ..self.clockwork };
            self.verdict(&self.placement(clockwork, None, None), &clockwork.course(case.events), case)
        };
        match reading {
            Reading::ByStop => by(Cohort::Stop),
            Reading::ByDue => by(Cohort::Due),
            Reading::ByStart => by(Cohort::Start),
            Reading::StartDayCounts if self.same_day.count_from != self.clockwork.rule.count_from => under(&self.same_day),
            Reading::PausesIgnored if !self.clockwork.rule.pauses.is_empty() => under(&self.without_pauses),
            Reading::StartDayCounts | Reading::PausesIgnored => declared,
            Reading::ExitsExcluded => treating(Treatment::Exclude),
            Reading::ExitsMissed => treating(Treatment::Missed),
            Reading::UnusableMissed => match declared {
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

/// Whether a verdict counts, and if so whether it was met.
fn counted(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Standing(Standing::Counted { met, .. }) => Some(met),
        _ => None,
    }
}
