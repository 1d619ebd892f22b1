//! The sheet of pauses: one interval a row, in order, united and clipped to the clock by formulas.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::Paper;
use super::columns::{Column, Columns};
use super::formulas::between;
use super::page::{self, Kind, Page, Role, cell, letters, moment_number};
use crate::domain::calendar::Day;
use crate::domain::commitment::Unit;
use crate::evidence::sample::row::Row;
use crate::evidence::sample::trace::{Mention, Pause};

const HEAD: RowNum = 3;
/// The columns, in order. Offsets are empty where days are counted.
const HEADS: [&str; 14] = [
    "column-number",
    "column-id",
    "pause-rule",
    "pause-from",
    "column-offset",
    "column-row",
    "pause-until",
    "column-offset",
    "column-row",
    "column-clock-start",
    "column-clock-end",
    "pause-counted-from",
    "pause-counted-until",
    "column-paused",
];
const FROM: ColNum = 3;
const UNTIL: ColNum = 6;
const CLOCK_START: ColNum = 9;
const CLOCK_END: ColNum = 10;
const COUNTED_FROM: ColNum = 11;
const COUNTED_UNTIL: ColNum = 12;
const PAUSED: ColNum = 13;

/// Where other sheets find the pauses.
pub struct PauseRanges {
    pub numbers: String,
    pub paused: String,
}

impl Paper<'_> {
    /// Where the numbers of the cases and the paused time of each interval stand.
    pub fn pauses(&self) -> PauseRanges {
        let pauses: usize = self.drawings.rows.iter().map(|row| row.trace.pauses.len()).sum();
        let last = HEAD + 1 + RowNum::try_from(pauses.max(1)).unwrap_or(1);
        let range = |column: ColNum| {
            let letters = letters(column);
            format!("{}!${letters}${}:${letters}${last}", self.sheet("sheet-pauses"), HEAD + 2)
        };
        PauseRanges { numbers: range(0), paused: range(PAUSED) }
    }
}

/// Fills the sheet.
pub fn write(paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let mut page = Page(sheet);
    page.text(0, 0, &paper.word("sheet-pauses"), &page::title())?;
    page.text(1, 0, &paper.word("pauses-note"), &page::text().unset_text_wrap())?;
    for (column, key) in (0..).zip(HEADS) {
        page.text(HEAD, column, &paper.word(key), &page::head())?;
        page.0.set_column_width(column, [7, 16, 44, 19, 9, 34, 19, 9, 34, 19, 19, 19, 19, 12][usize::from(column)])?;
    }
    let columns = Columns::new(paper);
    let mut at = HEAD + 1;
    for (number, row) in (1..).zip(&paper.drawings.rows) {
        // Up to where earlier intervals of this case have been counted.
        let mut covered = i64::MIN;
        for pause in &row.trace.pauses {
            covered = line(paper, &columns, (at, number), (row, pause, covered), &mut page)?;
            at += 1;
        }
    }
    if rule_unit(paper) != Unit::Minutes {
        sheet.set_column_hidden(FROM + 1)?.set_column_hidden(UNTIL + 1)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 2)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

/// Writes one interval, and tells up to where this case is covered now.
fn line(
    paper: &Paper<'_>,
    columns: &Columns,
    (at, number): (RowNum, RowNum),
    (row, pause, covered): (&Row<'_>, &Pause, i64),
    page: &mut Page<'_>,
) -> Result<i64, XlsxError> {
    let drawings = paper.drawings;
    let rule = &drawings.commitment.clock.pauses[pause.rule];
    let names = |event: crate::domain::commitment::EventId| drawings.source.events[event.0 as usize].as_str();
    let plain = cell(Role::Shown, Kind::Text);
    page.number(at, 0, f64::from(number), &cell(Role::Shown, Kind::Number))?;
    page.text(at, 1, &row.drawn.candidate.id, &plain)?;
    page.text(at, 2, &format!("{} → {}", names(rule.from), names(rule.until)), &plain)?;
    mention(paper, at, FROM, Some(&pause.from), page)?;
    mention(paper, at, UNTIL, pause.until.as_ref(), page)?;
    let Some(clock) = row.clock else { return Ok(covered) };
    let point = |mention: &Mention| match rule_unit(paper) {
        Unit::Minutes => mention.event.moment.seconds,
        Unit::BusinessDays | Unit::CalendarDays => i64::from(mention.event.moment.day.0),
    };
    let from = point(&pause.from).max(clock.start.point).max(covered);
    let until = pause.until.as_ref().map_or(i64::MAX, point).min(clock.end.point()).max(from);
    let paused = match rule_unit(paper) {
        Unit::BusinessDays => drawings.project.calendar.between(day(from), day(until)).0,
        Unit::CalendarDays | Unit::Minutes => until - from,
    };
    let formulas = formulas(paper, columns, at);
    let kind = if rule_unit(paper) == Unit::Minutes { Kind::Moment } else { Kind::Date };
    let shown = |point: i64| match rule_unit(paper) {
        Unit::Minutes => moment_number(point),
        Unit::BusinessDays | Unit::CalendarDays => page::day_number(day(point)),
    };
    let expected = [shown(clock.start.point), shown(clock.end.point()), shown(from), shown(until)];
    for (column, (formula, expected)) in (CLOCK_START..).zip(formulas.iter().zip(expected)) {
        page.formula(at, column, formula, expected, &cell(Role::Computed, kind))?;
    }
    page.formula(at, PAUSED, &formulas[4], paused, &cell(Role::Computed, Kind::Number))?;
    Ok(until)
}

fn rule_unit(paper: &Paper<'_>) -> Unit {
    paper.drawings.commitment.clock.unit
}

fn day(point: i64) -> Day {
    Day(i32::try_from(point).unwrap_or(i32::MAX))
}

/// The wall time, offset and row of an event; empty cells where a pause is still open.
fn mention(
    paper: &Paper<'_>,
    at: RowNum,
    column: ColNum,
    mention: Option<&Mention>,
    page: &mut Page<'_>,
) -> Result<(), XlsxError> {
    let [moment, plain] = [Kind::Moment, Kind::Text].map(|kind| cell(Role::Shown, kind));
    let Some(mention) = mention else {
        page.blank(at, column, &moment)?;
        page.blank(at, column + 1, &plain)?;
        return page.blank(at, column + 2, &plain);
    };
    let instant = mention.event.moment.seconds;
    let offset = f64::from(paper.drawings.zone.local(instant).offset().local_minus_utc());
    page.number(at, column, moment_number(instant) + offset / 86_400.0, &moment)?;
    match rule_unit(paper) {
        Unit::Minutes => page.number(at, column + 1, offset / 3600.0, &plain)?,
        Unit::BusinessDays | Unit::CalendarDays => page.blank(at, column + 1, &plain)?,
    }
    page.text(at, column + 2, &paper.drawings.place(mention.origin), &plain)
}

/// The start and end of the clock, from where and until where this interval counts, and the time that it takes.
///
/// An interval counts from where the clock begins, it begins itself, and earlier intervals of the case have been counted.
fn formulas(paper: &Paper<'_>, columns: &Columns, at: RowNum) -> [String; 5] {
    let cell = |column: ColNum, row: RowNum| format!("${}{}", letters(column), row + 1);
    let looked_up =
        |column: Column| format!("=INDEX({},MATCH({},{},0))", columns.range(column), cell(0, at), columns.range(Column::Number));
    let point = |column: ColNum| match rule_unit(paper) {
        Unit::Minutes => format!("{}-{}/24", cell(column, at), cell(column + 1, at)),
        Unit::BusinessDays | Unit::CalendarDays => format!("INT({})", cell(column, at)),
    };
    let covered = format!("IF({}={},{},0)", cell(0, at), cell(0, at - 1), cell(COUNTED_UNTIL, at - 1));
    let (from, until) = (cell(COUNTED_FROM, at), cell(COUNTED_UNTIL, at));
    [
        looked_up(Column::ClockStart),
        looked_up(Column::ClockEnd),
        format!("=MAX({},{},{covered})", point(FROM), cell(CLOCK_START, at)),
        format!("=MAX({from},MIN({end},IF({}=\"\",{end},{})))", cell(UNTIL, at), point(UNTIL), end = cell(CLOCK_END, at)),
        format!("={}", between(rule_unit(paper), &from, &until)),
    ]
}
