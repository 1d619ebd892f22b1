//! The formulas that redo a case: clock, elapsed time, limit, period, verdict (measurement specification, sections 3 and 4).
//!
//! They follow the rule of the commitment and the dates on the row. `NETWORKDAYS.INTL` counts both ends, the rule counts the days
//! after the start up to the end: the formulas ask it for the day after the start.

use super::Paper;
use super::columns::{Column, Columns};
use super::page::{day_number, moment_number, quoted};
use crate::domain::commitment::{Cohort, CountFrom, ReceivedWhenClosed, Treatment, Unit};
use crate::domain::judge::Verdict;
use crate::evidence::sample::row::{Ending, Row};

/// Business days from one day to another, both included.
pub fn business_days(from: &str, until: &str) -> String {
    format!("NETWORKDAYS.INTL({from},{until},weekend,holidays)")
}

/// Time after `from` up to `until`: days, or whole seconds. Both are cells, or sums of cells.
pub fn between(unit: Unit, from: &str, until: &str) -> String {
    match unit {
        Unit::BusinessDays => format!("IF({until}<={from},0,{})", business_days(&format!("{from}+1"), until)),
        Unit::CalendarDays => format!("MAX(0,{until}-{from})"),
        Unit::Minutes => format!("MAX(0,ROUND(({until}-{from})*86400,0))"),
    }
}

/// What makes the formulas of one row.
pub struct Formulas<'a> {
    pub paper: &'a Paper<'a>,
    pub columns: &'a Columns,
    pub at: u32,
    pub row: &'a Row<'a>,
}

impl Formulas<'_> {
    /// The formula of a cell with the result that the program expects; `None` where no formula belongs.
    pub fn of(&self, column: Column) -> Option<(String, String)> {
        if column == Column::Verdict && self.row.ending == Ending::Unusable {
            return Some((self.verdict_without_clock(), self.paper.state(self.row.state)));
        }
        if column == Column::Comparison {
            return Some((self.comparison(), self.paper.word("agrees")));
        }
        let clock = self.row.clock?;
        let point = |point: i64| match self.unit() {
            Unit::Minutes => moment_number(point).to_string(),
            Unit::BusinessDays | Unit::CalendarDays => (point as f64 + day_number(crate::domain::calendar::Day(0))).to_string(),
        };
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        match column {
            Column::ClockStart => Some((self.clock_start(), point(clock.start.point))),
            Column::ClockEnd => Some((self.clock_end(), point(clock.end.point()))),
            Column::Paused => Some((self.paused(), number(self.row.paused))),
            Column::Elapsed => Some((self.elapsed(), number(self.row.elapsed))),
            Column::Limit => Some((self.limit(), number(self.row.limit))),
            Column::PeriodDay => Some((self.period_day(), self.expected_period_day())),
            Column::Verdict => Some((self.verdict(), self.paper.state(self.row.state))),
            _ => None,
        }
    }

    fn unit(&self) -> Unit {
        self.paper.drawings.commitment.clock.unit
    }

    fn cohort(&self) -> Cohort {
        self.paper.drawings.commitment.counted_by
    }

    fn cell(&self, column: Column) -> String {
        self.columns.cell(column, self.at)
    }

    fn has_restart(&self) -> bool {
        self.columns.has(Column::Restart)
    }

    /// What the auditor found, else what the exports say.
    fn found_or(&self, found: Column, exported: Column) -> String {
        let (found, exported) = (self.cell(found), self.cell(exported));
        format!("IF({found}=\"\",{exported},{found})")
    }

    /// The wall time of the start event.
    fn first_start(&self) -> String {
        self.found_or(Column::StartFound, Column::Start)
    }

    /// The local day on which the clock begins, before it is moved to a business day.
    fn begin_day(&self) -> String {
        let first = format!("INT({})", self.first_start());
        if !self.has_restart() {
            return first;
        }
        let restart = self.cell(Column::Restart);
        format!("IF({restart}=\"\",{first},INT({restart}))")
    }

    fn clock_start(&self) -> String {
        let rule = &self.paper.drawings.commitment.clock;
        match self.unit() {
            Unit::Minutes => {
                let first = format!("{}-{}/24", self.first_start(), self.cell(Column::StartOffset));
                if !self.has_restart() {
                    return format!("={first}");
                }
                let restart = self.cell(Column::Restart);
                format!("=IF({restart}=\"\",{first},{restart}-{}/24)", self.cell(Column::RestartOffset))
            }
            _ if rule.received_when_closed == ReceivedWhenClosed::NextBusinessDay => {
                format!("=WORKDAY.INTL({}-1,1,weekend,holidays)", self.begin_day())
            }
            _ => format!("={}", self.begin_day()),
        }
    }

    fn clock_end(&self) -> String {
        let is_open = self.row.ending == Ending::Open;
        let (found, end) = (self.cell(Column::EndFound), self.found_or(Column::EndFound, Column::End));
        match (self.unit(), is_open) {
            (Unit::Minutes, false) => format!("={end}-{}/24", self.cell(Column::EndOffset)),
            (Unit::Minutes, true) => format!("=IF({found}=\"\",as_of_end,{found}-{}/24)", self.cell(Column::EndOffset)),
            (_, false) => format!("=INT({end})"),
            (_, true) => format!("=IF({found}=\"\",as_of,INT({found}))"),
        }
    }

    /// The local day of the end; empty for an open case.
    fn end_day(&self) -> String {
        let found = self.cell(Column::EndFound);
        match self.row.ending {
            Ending::Open => format!("IF({found}=\"\",\"\",INT({found}))"),
            _ => format!("INT({})", self.found_or(Column::EndFound, Column::End)),
        }
    }

    fn paused(&self) -> String {
        let pauses = self.paper.pauses();
        format!("=SUMIFS({},{},{})", pauses.paused, pauses.numbers, self.cell(Column::Number))
    }

    fn elapsed(&self) -> String {
        let (start, end) = (self.cell(Column::ClockStart), self.cell(Column::ClockEnd));
        let run = format!("={}-{}", between(self.unit(), &start, &end), self.cell(Column::Paused));
        if self.paper.drawings.commitment.clock.count_from == CountFrom::NextDay {
            return run;
        }
        match self.unit() {
            Unit::BusinessDays => format!("{run}+IF({end}>={start},{},0)", business_days(&start, &start)),
            Unit::CalendarDays => format!("{run}+IF({end}>={start},1,0)"),
            Unit::Minutes => run,
        }
    }

    fn limit(&self) -> String {
        let day = match self.unit() {
            Unit::Minutes => self.begin_day(),
            Unit::BusinessDays | Unit::CalendarDays => self.cell(Column::ClockStart),
        };
        format!("=LOOKUP({day},limit_from,limit_value)*{}", self.unit().scale())
    }

    /// The day that puts the case into a period; empty where nothing does yet.
    fn period_day(&self) -> String {
        let (end, due) = (self.end_day(), self.cell(Column::Due));
        match (self.cohort(), self.row.ending) {
            (Cohort::Stop, _) => format!("={end}"),
            (Cohort::Start, _) => match self.unit() {
                Unit::Minutes => format!("={}", self.begin_day()),
                Unit::BusinessDays | Unit::CalendarDays => format!("={}", self.cell(Column::ClockStart)),
            },
            (Cohort::Due, Ending::Exited(_)) => format!("=IF({due}=\"\",{end},MIN({end},{due}))"),
            (Cohort::Due, _) => format!("=IF({due}=\"\",\"\",{due})"),
        }
    }

    fn expected_period_day(&self) -> String {
        let end = self.row.clock.and_then(|clock| clock.end.day());
        let day = match (self.cohort(), self.row.ending) {
            (Cohort::Stop, _) => end,
            (Cohort::Start, _) => self.row.clock.map(|clock| clock.start.day),
            (Cohort::Due, Ending::Exited(_)) => end.into_iter().chain(self.row.due).min(),
            (Cohort::Due, _) => self.row.due,
        };
        day.map(|day| day_number(day).to_string()).unwrap_or_default()
    }

    /// Section 4: the period that the case belongs to, then what it is there.
    fn verdict(&self) -> String {
        let day = self.cell(Column::PeriodDay);
        let outside = quoted(&self.paper.state("outside"));
        let pending = quoted(&self.paper.state("pending"));
        let end = self.end_day();
        let later = format!(
            "IF(OR(INT({})>period_last,IF({end}=\"\",FALSE,{end}<=period_last)),{outside},{pending})",
            self.first_start()
        );
        let earlier = match (self.cohort(), self.row.ending) {
            (Cohort::Start, Ending::Open) => {
                let (elapsed, limit) = (self.cell(Column::Elapsed), self.cell(Column::Limit));
                format!("IF({elapsed}>{limit},{outside},{pending})")
            }
            _ => outside,
        };
        let within = self.within();
        format!("=IF({day}=\"\",{later},IF({day}>period_last,{later},IF({day}<period_first,{earlier},{within})))")
    }

    /// What the case is in its period.
    fn within(&self) -> String {
        let word = |state: &str| quoted(&self.paper.state(state));
        let [met, missed, excluded, pending] = ["met", "missed", "excluded", "pending"].map(word);
        let (elapsed, limit) = (self.cell(Column::Elapsed), self.cell(Column::Limit));
        let judged = |late: &str, on_time: &str| format!("IF({elapsed}>{limit},{late},{on_time})");
        let state = match self.row.ending {
            Ending::Stopped | Ending::Unusable => judged(&missed, &met),
            Ending::Open => {
                format!("IF({}=\"\",{},{})", self.cell(Column::EndFound), judged(&missed, &pending), judged(&missed, &met))
            }
            Ending::Exited(place) => {
                let treated = match self.paper.drawings.commitment.clock.exits[place].treatment {
                    Treatment::Exclude => excluded.clone(),
                    Treatment::Missed => missed.clone(),
                    Treatment::ByWait => judged(&missed, &excluded),
                };
                match self.cohort() {
                    Cohort::Due => format!("IF({}>{},{missed},{treated})", self.end_day(), self.cell(Column::Due)),
                    Cohort::Stop | Cohort::Start => treated,
                }
            }
        };
        match self.row.drawn.candidate.verdict {
            // A rule takes out what would have been counted.
            Verdict::ExcludedByRule(_) => format!("IF(OR({state}={met},{state}={missed}),{excluded},{state})"),
            Verdict::Standing(_) => state,
        }
    }

    /// Unusable: a stop without a start, or all stops before it.
    fn verdict_without_clock(&self) -> String {
        let unusable = quoted(&self.paper.state("unusable"));
        let usable = quoted(&self.paper.word("state-usable"));
        let (start, found) = (self.cell(Column::Start), self.cell(Column::StartFound));
        let (first, end) = (self.first_start(), self.found_or(Column::EndFound, Column::End));
        let is_earlier = match self.unit() {
            Unit::Minutes => {
                format!("{end}-{}/24<{first}-{}/24", self.cell(Column::EndOffset), self.cell(Column::StartOffset))
            }
            Unit::BusinessDays | Unit::CalendarDays => format!("INT({end})<INT({first})"),
        };
        format!("=IF(AND({start}=\"\",{found}=\"\"),{unusable},IF({is_earlier},{unusable},{usable}))")
    }

    fn comparison(&self) -> String {
        let same_verdict = format!("{}={}", self.cell(Column::Verdict), self.cell(Column::ProgramVerdict));
        let same = match self.row.clock {
            Some(_) => format!("AND({same_verdict},{}={})", self.cell(Column::Elapsed), self.cell(Column::ProgramElapsed)),
            None => same_verdict,
        };
        format!("=IF({same},{},{})", quoted(&self.paper.word("agrees")), quoted(&self.paper.word("differs")))
    }
}
