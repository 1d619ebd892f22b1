//! From a traced case to its explanation. Every figure comes from the domain, and the listing must add up to it.

use std::collections::BTreeMap;
use std::fmt;

use super::because::Reasons;
use super::roles::{counts, words};
use super::{
    AsideNote, Because, ClockNote, DayNote, Elsewhere, EventNote, Explanation, Ledger, PauseNote, Period, RejectedNote, RowNote,
    SourceNote, StretchNote,
};
use crate::domain::calendar::Day;
use crate::domain::clock::{Clock, Clockwork, Course, End, Event, Interval};
use crate::domain::commitment::{Commitment, EventId, Unit};
use crate::domain::judge::{Judge, Verdict};
use crate::domain::ledger;
use crate::domain::project::Project;
use crate::domain::roles::{Role, roles as roles_of};
use crate::evidence::cases::state;
use crate::intake::{Aside, LocalTime, Origin};
use crate::measure::trace::{Scope, TracedCase, TracedSource};

/// A due day further after the end than this is named, not walked to.
const FURTHEST: i32 = 1000;

/// What explaining needs besides the case.
pub struct Telling<'a> {
    pub project: &'a Project,
    pub zone: &'a LocalTime,
    /// The name of the declaration file.
    pub declaration: &'a str,
    /// The line of a key of the declaration, by its path.
    pub line_of: &'a dyn Fn(&str) -> Option<usize>,
    /// Only this commitment, by its place.
    pub commitment: Option<usize>,
    /// The language of names and titles.
    pub language: &'a str,
}

/// The listing of a case does not add up to what was judged: an error of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    pub commitment: String,
    pub what: &'static str,
    pub listed: i64,
    pub judged: i64,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Disagreement { commitment, what, listed, judged } = self;
        write!(formatter, "the ledger of `{commitment}` lists {listed} as {what}, and {judged} was judged")
    }
}

/// Explains a case that was found in these sources.
pub fn explain<'a>(
    telling: &Telling<'a>,
    id: &str,
    sources: &[TracedSource],
    judge: &dyn Fn(usize) -> Judge<'a>,
) -> Result<Explanation, Disagreement> {
    let project = telling.project;
    let date = |day: Day| day.date().to_string();
    let mut explanation = Explanation {
        schema: "bilan.explain/1",
        case: id.to_owned(),
        period: Period {
            label: project.period.label.clone(),
            first: date(project.period.first),
            last: date(project.period.last),
            as_of: date(project.as_of),
        },
        declaration: telling.declaration.to_owned(),
        sources: Vec::new(),
        commitments: Vec::new(),
        not_in_scope: Vec::new(),
        stored: None,
    };
    for source in sources {
        explanation.sources.extend(source_note(project, source));
        let Some(case) = &source.case else { continue };
        for (place, scope) in &case.commitments {
            if telling.commitment.is_some_and(|wanted| wanted != *place) {
                continue;
            }
            match scope {
                Scope::Elsewhere(condition) => explanation.not_in_scope.push(elsewhere(telling, case, *place, *condition)),
                Scope::Judged(judged) => {
                    let teller = Teller { telling, files: &source.files, case, place: *place, judge: judge(*place) };
                    explanation.commitments.push(teller.ledger(&judged.course, judged.verdict)?);
                }
            }
        }
    }
    Ok(explanation)
}

fn source_note(project: &Project, traced: &TracedSource) -> Option<SourceNote> {
    if traced.case.is_none() && traced.asides.is_empty() && traced.rejected.is_empty() {
        return None;
    }
    let source = &project.sources[traced.source];
    let values = traced.case.iter().flat_map(|case| &case.values).cloned();
    let aside = |(origin, aside): &(Origin, Aside)| AsideNote {
        file: traced.files[origin.file as usize].clone(),
        line: origin.line,
        because: match aside {
            Aside::Duplicate => "says again what an earlier row says: dropped as a duplicate",
            Aside::IgnoredCode => "its code stands in ignore-events",
        },
    };
    let rejected = traced.rejected.iter().map(|row| RejectedNote {
        file: row.place.file.clone(),
        line: row.place.line,
        column: row.place.column,
        code: row.reason.name(),
        value: row.value.clone(),
    });
    Some(SourceNote {
        id: source.id.clone(),
        fields: source.fields.iter().map(|field| field.name.clone()).zip(values).collect::<BTreeMap<_, _>>(),
        rows_without_event: traced.asides.iter().map(aside).collect(),
        rejected: rejected.collect(),
    })
}

fn elsewhere(telling: &Telling<'_>, case: &TracedCase, place: usize, condition: usize) -> Elsewhere {
    let commitment = &telling.project.commitments[place];
    let condition = &commitment.condition[condition];
    let field = &telling.project.sources[commitment.source].fields[condition.field].name;
    let value = match case.values[condition.field].as_str() {
        "" => "blank".to_owned(),
        value => format!("`{value}`"),
    };
    let wanted: Vec<String> = condition.values.iter().map(|value| format!("`{value}`")).collect();
    let key = format!("where.{field}");
    let line = (telling.line_of)(&format!("commitments[{place}].{key}"));
    let says = format!("its {field} is {value}, not {}", wanted.join(" or "));
    Elsewhere { commitment: commitment.id.clone(), because: Because { says, key, line } }
}

/// Tells what one commitment makes of a case.
pub(super) struct Teller<'t, 'a> {
    pub telling: &'t Telling<'a>,
    pub files: &'t [String],
    pub case: &'t TracedCase,
    pub place: usize,
    pub judge: Judge<'a>,
}

impl<'a> Teller<'_, 'a> {
    pub fn commitment(&self) -> &'a Commitment {
        &self.telling.project.commitments[self.place]
    }

    pub fn clockwork(&self) -> &Clockwork<'a> {
        self.judge.clockwork()
    }

    fn events(&self) -> Vec<Event> {
        self.case.events.iter().map(|(event, _)| *event).collect()
    }

    /// Our name of an event. Codes of a source that takes any have a name only where a commitment uses them.
    pub fn event_name(&self, event: EventId) -> &str {
        let names = &self.telling.project.sources[self.commitment().source].events;
        names.get(event.0 as usize).map_or("(an event that no commitment names)", String::as_str)
    }

    /// A point of the clock: a day, or a moment for minutes.
    pub fn point(&self, point: i64) -> String {
        match self.commitment().clock.unit {
            Unit::Minutes => self.telling.zone.local(point).to_rfc3339(),
            Unit::BusinessDays | Unit::CalendarDays => Day(i32::try_from(point).unwrap_or(i32::MAX)).date().to_string(),
        }
    }

    fn ledger(&self, course: &Course, verdict: Verdict) -> Result<Ledger, Disagreement> {
        let commitment = self.commitment();
        let (state, reason) = state(self.telling.project, commitment, course, verdict);
        let clock = match course {
            Course::Running(clock) => Some(self.clock(clock)?),
            Course::NotStarted | Course::Unusable { .. } => None,
        };
        Ok(Ledger {
            commitment: commitment.id.clone(),
            title: commitment.title.in_language(self.telling.language).to_owned(),
            unit: match commitment.clock.unit {
                Unit::BusinessDays => "business-days",
                Unit::CalendarDays => "calendar-days",
                Unit::Minutes => "minutes",
            },
            state,
            reason,
            events: self.event_notes(course),
            clock,
            because: Reasons::new(self).list(course, verdict),
        })
    }

    fn event_notes(&self, course: &Course) -> Vec<EventNote> {
        let events = self.events();
        let roles_of_events = roles_of(self.clockwork(), course, &events);
        let note = |((event, origin), roles): (&(Event, Origin), Vec<Role>)| EventNote {
            event: self.event_name(event.kind).to_owned(),
            at: self.telling.zone.local(event.moment.seconds).to_rfc3339(),
            day: event.moment.day.date().to_string(),
            file: self.files[origin.file as usize].clone(),
            line: origin.line,
            counts: roles.iter().any(|role| counts(*role)),
            roles: roles.into_iter().map(|role| words(role).to_owned()).collect(),
        };
        self.case.events.iter().zip(roles_of_events).map(note).collect()
    }

    fn clock(&self, clock: &Clock) -> Result<ClockNote, Disagreement> {
        let clockwork = self.clockwork();
        let (elapsed, paused) = (clockwork.elapsed(clock), clockwork.paused(clock));
        let due = clockwork.due_day(clock).filter(|due| due.0 < i32::MAX);
        let intervals: Vec<Interval> =
            clockwork.intervals(clock, &self.events()).into_iter().filter(|one| one.from < one.until).collect();
        let mut note = ClockNote {
            start: self.point(clock.start.point),
            end: match clock.end {
                End::Open(_) => self.telling.project.as_of.date().to_string(),
                End::Stopped(mark) | End::Exited(_, mark) => self.point(mark.point),
            },
            ended: match clock.end {
                End::Stopped(_) => "stopped",
                End::Exited(..) => "exited",
                End::Open(_) => "open",
            },
            elapsed,
            paused,
            limit: clockwork.limit(clock),
            due_day: due.map(|due| due.date().to_string()),
            pauses: intervals.iter().map(|interval| self.pause(interval)).collect(),
            days: Vec::new(),
            stretches: Vec::new(),
        };
        let (listed, listed_paused, reached) = match self.commitment().clock.unit {
            Unit::Minutes => self.list_stretches(clock, &intervals, &mut note),
            Unit::BusinessDays | Unit::CalendarDays => self.list_days(clock, due, &intervals, &mut note),
        };
        self.agree("elapsed", listed, elapsed)?;
        self.agree("paused", listed_paused, paused)?;
        if let (Some(reached), Some(due)) = (reached, due) {
            self.agree("the due day", i64::from(reached.0), i64::from(due.0))?;
        }
        Ok(note)
    }

    fn agree(&self, what: &'static str, listed: i64, judged: i64) -> Result<(), Disagreement> {
        let commitment = || self.commitment().id.clone();
        if listed == judged { Ok(()) } else { Err(Disagreement { commitment: commitment(), what, listed, judged }) }
    }

    /// Lists the days; returns elapsed and paused as they add up to the end, and the day on which the limit is reached.
    fn list_days(
        &self,
        clock: &Clock,
        due: Option<Day>,
        intervals: &[Interval],
        note: &mut ClockNote,
    ) -> (i64, i64, Option<Day>) {
        let end = Day(i32::try_from(clock.end.point()).unwrap_or(i32::MAX));
        let last = due.filter(|due| due.0 - end.0 <= FURTHEST).map_or(end, |due| due.max(end));
        let language = self.telling.language;
        let (mut elapsed, mut paused, mut reached) = (0, 0, None);
        for line in ledger::days(self.clockwork(), clock, last) {
            let after_end = line.day > end;
            let name = |closure: bool| {
                line.off.filter(|off| off.closure == closure).map(|off| off.name.in_language(language).to_owned())
            };
            note.days.push(DayNote {
                day: line.day.date().to_string(),
                counted: line.counted,
                elapsed: line.elapsed,
                weekend: line.weekend,
                holiday: name(false),
                closure: name(true),
                pause: line.paused.then(|| place_of(intervals, i64::from(line.day.0))).flatten(),
                after_end,
            });
            if !after_end {
                elapsed += i64::from(line.counted);
                paused += i64::from(line.paused && line.open);
            }
            if line.elapsed >= note.limit && reached.is_none() {
                reached = Some(line.day);
            }
        }
        (elapsed, paused, reached)
    }

    fn list_stretches(&self, clock: &Clock, intervals: &[Interval], note: &mut ClockNote) -> (i64, i64, Option<Day>) {
        let (mut elapsed, mut paused) = (0, 0);
        let mut reached = None;
        for stretch in ledger::stretches(clock) {
            let seconds = stretch.until - stretch.from;
            let before = elapsed;
            *(if stretch.paused { &mut paused } else { &mut elapsed }) += seconds;
            if elapsed >= note.limit && reached.is_none() {
                let at = stretch.from + (note.limit - before);
                reached = Some(crate::domain::clock::Zone::day_of(self.telling.zone, at));
            }
            note.stretches.push(StretchNote {
                from: self.point(stretch.from),
                until: self.point(stretch.until),
                seconds,
                elapsed: stretch.elapsed,
                pause: stretch.paused.then(|| place_of(intervals, stretch.until)).flatten(),
            });
        }
        (elapsed, paused, reached)
    }

    fn pause(&self, interval: &Interval) -> PauseNote {
        let rule = &self.commitment().clock.pauses[interval.rule];
        let names = [rule.from, rule.until].map(|event| self.event_name(event));
        PauseNote {
            opened_by: self.row(rule.from, interval.opened),
            closed_by: interval.closed.map(|closed| self.row(rule.until, closed)),
            rule: Because {
                says: format!("the clock stands still from `{}` until `{}`", names[0], names[1]),
                key: format!("pauses[{}]", interval.rule),
                line: (self.telling.line_of)(&format!("commitments[{}].pauses[{}]", self.place, interval.rule)),
            },
        }
    }

    /// The first row with an event of this kind at a point of the clock, where it is certain that there is one.
    pub fn row(&self, kind: EventId, point: i64) -> RowNote {
        let at = |(event, _): &&(Event, Origin)| event.kind == kind && self.clockwork().mark(event.moment).point == point;
        let origin = self.case.events.iter().find(at).map(|(_, origin)| *origin);
        RowNote {
            event: self.event_name(kind).to_owned(),
            at: self.point(point),
            file: origin.and_then(|origin| self.files.get(origin.file as usize)).cloned().unwrap_or_default(),
            line: origin.map_or(0, |origin| origin.line),
        }
    }
}

/// The pause in which a point lies; of several, the one that opened first.
fn place_of(intervals: &[Interval], point: i64) -> Option<usize> {
    let holding = (0..intervals.len()).filter(|&place| intervals[place].from < point && point <= intervals[place].until);
    holding.min_by_key(|&place| intervals[place].opened)
}
