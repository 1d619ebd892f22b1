//! Why a case differs between two runs: every cause that their evidence leaves open, and no other.
//!
//! Nothing is read again. Where the evidence leaves one cause, that was it; where it leaves several, any of them may have been.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

use super::{RunEvidence, list, named};
use crate::domain::calendar::Day;

/// Something that can change a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// No case of this id stands in the evidence of the first run.
    RowNew,
    /// No case of this id stands in the evidence of the second run.
    RowGone,
    /// The fields or events of the case are others.
    RowChanged,
    /// The rule of the commitment is another.
    RuleChanged,
    /// The exports are read otherwise: columns, codes, time zone, earliest day.
    ReadingChanged,
    /// Days on which the clock of this case may have run are days off in one run only.
    CalendarChanged,
    /// The knowledge date is another, and the case was open or went on after the earlier one.
    AsOfChanged,
    /// The period is another.
    PeriodChanged,
    /// Another version of the program made the run.
    ProgramChanged,
    /// The evidence names nothing that could have changed the case.
    Unexplained,
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Cause::RowNew => "row new",
            Cause::RowGone => "row gone",
            Cause::RowChanged => "row changed",
            Cause::RuleChanged => "rule changed",
            Cause::ReadingChanged => "reading of the exports changed",
            Cause::CalendarChanged => "calendar changed",
            Cause::AsOfChanged => "as-of changed",
            Cause::PeriodChanged => "period changed",
            Cause::ProgramChanged => "program changed",
            Cause::Unexplained => "unexplained",
        })
    }
}

/// What changed between two runs around the cases of one commitment.
#[derive(Debug)]
pub(super) struct Circumstances {
    /// Commitments of this source may hold the case under another name.
    pub source: String,
    /// Whether the source gives its cases no id: they are then told apart by what they say.
    pub anonymous: bool,
    /// The rule differs in more than its limit.
    rule: bool,
    limit: bool,
    reading: bool,
    /// Fields and events have the same names, so that fingerprints of cases can be compared.
    comparable: bool,
    /// Every export of the source has the same bytes.
    same_exports: bool,
    weekend: bool,
    /// Days off in one run only; none where the commitment does not count business days.
    days: BTreeSet<i32>,
    as_of: [i32; 2],
    period: bool,
    program: bool,
}

/// A case as one run stored it. Days are numbers of `Day`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub fingerprint: Option<u64>,
    pub start_day: Option<i32>,
    pub stop_day: Option<i32>,
    pub due_day: Option<i32>,
    pub last_day: Option<i32>,
    pub limit: Option<i64>,
}

/// A case that both runs have, and what of it differs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pair {
    pub first: Known,
    pub second: Known,
    /// A field has another value.
    pub fields: bool,
    /// Its state, the reason of it or the day on which it counts, not only its clock.
    pub standing: bool,
}

impl Circumstances {
    pub fn of(first: &RunEvidence<'_>, second: &RunEvidence<'_>, commitment: &str) -> Circumstances {
        let both = [first, second];
        let rules = both.map(|run| named(&run.rules, "commitments", commitment));
        let source = rules.iter().flatten().next_back().and_then(|rule| rule["source"].as_str()).unwrap_or("").to_owned();
        let sources = both.map(|run| named(&run.rules, "sources", &source));
        let exports = both.map(|run| hashes(&run.results, &source));
        let business = rules.iter().flatten().any(|rule| rule["unit"] == "business-days");
        let days = both.map(|run| days_off(&run.rules));
        let differ = |key: &str| first.rules[key] != second.rules[key];
        let limit = rules.map(|rule| rule.map(|rule| &rule["within"]));
        let others = rules.map(|rule| rule.map(without_limit));
        let names = sources.map(|source| source.map(names).unwrap_or_default());
        Circumstances {
            anonymous: sources.iter().flatten().any(|source| source["case"].is_null()),
            rule: others[0] != others[1],
            limit: limit[0] != limit[1],
            comparable: names[0] == names[1] && !differ("time-zone"),
            reading: sources[0] != sources[1] || differ("time-zone") || differ("earliest"),
            same_exports: exports[0] == exports[1],
            weekend: business && first.rules["calendar"]["weekend"] != second.rules["calendar"]["weekend"],
            days: if business { days[0].symmetric_difference(&days[1]).copied().collect() } else { BTreeSet::new() },
            as_of: both.map(|run| day(&run.rules["period"]["as-of"]).unwrap_or(i32::MAX)),
            period: ["first", "last"].iter().any(|key| first.rules["period"][key] != second.rules["period"][key]),
            program: first.manifest.version != second.manifest.version,
            source,
        }
    }

    /// Everything that can have changed a case which both runs have.
    pub fn of_pair(&self, pair: Pair) -> Vec<Cause> {
        let Pair { first, second, .. } = pair;
        let earlier = self.as_of[0].min(self.as_of[1]);
        let other_as_of = self.as_of[0] != self.as_of[1];
        let went_on = other_as_of && [first, second].iter().any(|case| case.last_day > Some(earlier));
        let ended = |case: Known| case.stop_day.is_some_and(|day| day <= earlier);
        let other_end = (ended(first) || ended(second)) && first.stop_day != second.stop_day;
        // Events after the earlier knowledge date make a case another without any row having changed, unless something differs that
        // both runs could know.
        let known_by_both = !went_on || pair.fields || first.start_day != second.start_day || other_end;
        let other_row = !self.comparable || first.fingerprint != second.fingerprint;
        self.or_else(&[
            (Cause::RowChanged, other_row && !self.same_exports && known_by_both),
            (Cause::RuleChanged, self.rule || (self.limit && first.limit != second.limit)),
            (Cause::ReadingChanged, self.reading && other_row),
            (Cause::CalendarChanged, self.calendar_matters(first, second)),
            (Cause::AsOfChanged, other_as_of && (went_on || !ended(first) || !ended(second))),
            (Cause::PeriodChanged, self.period && pair.standing),
        ])
    }

    /// Everything that can be why only one run has a case; `elsewhere`: the other has it under another commitment.
    pub fn of_one(&self, in_first: bool, case: Known, elsewhere: bool) -> Vec<Cause> {
        let other_as_of = if in_first { self.as_of[1] } else { self.as_of[0] };
        let after = |day: Option<i32>| day > Some(other_as_of);
        let row = if in_first { Cause::RowGone } else { Cause::RowNew };
        self.or_else(&[
            (Cause::RowChanged, elsewhere && !self.same_exports),
            (row, !elsewhere && !self.same_exports && !after(case.start_day)),
            (Cause::RuleChanged, self.rule),
            (Cause::ReadingChanged, self.reading),
            (Cause::AsOfChanged, after(case.start_day.or(case.last_day))),
        ])
    }

    fn or_else(&self, candidates: &[(Cause, bool)]) -> Vec<Cause> {
        let causes: Vec<Cause> = candidates.iter().filter(|(_, holds)| *holds).map(|(cause, _)| *cause).collect();
        match (causes.is_empty(), self.program) {
            (false, _) => causes,
            (true, true) => vec![Cause::ProgramChanged],
            (true, false) => vec![Cause::Unexplained],
        }
    }

    /// Whether a day off in one run only lies between the start of the case and its end or due day.
    fn calendar_matters(&self, first: Known, second: Known) -> bool {
        let Some(start) = [first.start_day, second.start_day].into_iter().flatten().min() else { return false };
        let end = |case: Known, as_of: i32| case.stop_day.unwrap_or(as_of).max(case.due_day.unwrap_or(i32::MIN));
        let end = end(first, self.as_of[0]).max(end(second, self.as_of[1]));
        self.weekend || (start <= end && self.days.range(start..=end).next().is_some())
    }
}

fn without_limit(rule: &Value) -> Value {
    let mut rule = rule.clone();
    if let Some(members) = rule.as_object_mut() {
        members.retain(|name, _| name != "within");
    }
    rule
}

/// The names of fields and events, which fingerprints of cases hold.
fn names(source: &Value) -> Vec<String> {
    let keys = |value: &Value| value.as_object().into_iter().flat_map(|members| members.keys().cloned()).collect::<Vec<String>>();
    [keys(&source["fields"]), keys(&source["reading"]["events"])].concat()
}

fn hashes<'a>(results: &'a Value, source: &str) -> Vec<Option<&'a str>> {
    let files = named(results, "sources", source).map_or(&[][..], |source| list(source, "files"));
    files.iter().map(|file| file["sha256"].as_str()).collect()
}

fn days_off(rules: &Value) -> BTreeSet<i32> {
    let of = |kind: &str| rules["calendar"][kind].as_object().into_iter().flat_map(|days| days.keys());
    of("holidays").chain(of("closures")).filter_map(|date| day_of(date)).collect()
}

fn day(value: &Value) -> Option<i32> {
    day_of(value.as_str()?)
}

fn day_of(date: &str) -> Option<i32> {
    date.parse().ok().map(|date| Day::from_date(date).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unchanged() -> Circumstances {
        Circumstances {
            source: "s".to_owned(),
            anonymous: false,
            rule: false,
            limit: false,
            reading: false,
            comparable: true,
            same_exports: false,
            weekend: false,
            days: BTreeSet::new(),
            as_of: [100, 100],
            period: false,
            program: false,
        }
    }

    fn case(fingerprint: u64, start: i32, stop: Option<i32>) -> Known {
        let last_day = stop.or(Some(start));
        Known { fingerprint: Some(fingerprint), start_day: Some(start), stop_day: stop, last_day, ..Known::default() }
    }

    fn pair(first: Known, second: Known) -> Pair {
        Pair { first, second, fields: false, standing: true }
    }

    #[test]
    fn the_same_rows_can_only_be_judged_otherwise() {
        let stopped = pair(case(1, 10, Some(20)), case(1, 10, Some(20)));
        assert_eq!(Circumstances { rule: true, ..unchanged() }.of_pair(stopped), [Cause::RuleChanged]);
        let calendar = |day| Circumstances { days: BTreeSet::from([day]), ..unchanged() };
        assert_eq!(calendar(15).of_pair(stopped), [Cause::CalendarChanged]);
        assert_eq!(calendar(21).of_pair(stopped), [Cause::Unexplained]);
        let due_later = Known { due_day: Some(25), ..stopped.first };
        assert_eq!(calendar(21).of_pair(pair(due_later, due_later)), [Cause::CalendarChanged]);
        assert_eq!(Circumstances { period: true, ..unchanged() }.of_pair(stopped), [Cause::PeriodChanged]);
        assert_eq!(Circumstances { program: true, ..unchanged() }.of_pair(stopped), [Cause::ProgramChanged]);
    }

    #[test]
    fn another_limit_matters_to_the_cases_that_it_holds_for() {
        let limit = Circumstances { limit: true, period: true, ..unchanged() };
        let of = |first, second| {
            let known = |limit| Known { limit: Some(limit), ..case(1, 10, Some(20)) };
            limit.of_pair(pair(known(first), known(second)))
        };
        assert_eq!(of(5, 4), [Cause::RuleChanged, Cause::PeriodChanged]);
        assert_eq!(of(5, 5), [Cause::PeriodChanged]);
    }

    #[test]
    fn other_rows_and_later_events_are_told_apart() {
        assert_eq!(unchanged().of_pair(pair(case(1, 10, Some(20)), case(2, 10, Some(21)))), [Cause::RowChanged]);
        let later = Circumstances { as_of: [100, 130], ..unchanged() };
        assert_eq!(later.of_pair(pair(case(1, 10, None), case(2, 10, Some(120)))), [Cause::AsOfChanged]);
        // A stop that the earlier run could have known was put in later.
        assert_eq!(later.of_pair(pair(case(1, 10, None), case(2, 10, Some(90)))), [Cause::RowChanged, Cause::AsOfChanged]);
        let other_start = pair(case(1, 10, None), case(2, 11, Some(120)));
        assert_eq!(later.of_pair(other_start), [Cause::RowChanged, Cause::AsOfChanged]);
        let same = Circumstances { same_exports: true, ..later };
        assert_eq!(same.of_pair(pair(case(1, 10, None), case(2, 10, Some(120)))), [Cause::AsOfChanged]);
    }

    #[test]
    fn a_case_of_one_run_is_new_gone_or_moved() {
        assert_eq!(unchanged().of_one(false, case(1, 10, None), false), [Cause::RowNew]);
        assert_eq!(unchanged().of_one(true, case(1, 10, None), false), [Cause::RowGone]);
        assert_eq!(unchanged().of_one(false, case(1, 10, None), true), [Cause::RowChanged]);
        let later = Circumstances { as_of: [100, 130], ..unchanged() };
        assert_eq!(later.of_one(false, case(1, 110, None), false), [Cause::AsOfChanged]);
    }
}
