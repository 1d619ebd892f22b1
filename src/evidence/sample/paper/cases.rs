//! The sheet of cases: what the exports say, what formulas make of it, what the program made of it, and room for the auditor.

use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule, DataValidation, RowNum, Worksheet, XlsxError};

use super::Paper;
use super::columns::{Column, Columns, HEAD};
use super::formulas::Formulas;
use super::page::{self, Page, cell, day_number, moment_number};
use crate::domain::calendar::Day;
use crate::domain::commitment::Unit;
use crate::evidence::sample::row::{Ending, Row};
use crate::evidence::sample::trace::Mention;
use crate::intake::hexadecimal;

/// Fills the sheet.
pub fn write(paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let columns = Columns::new(paper);
    let last = HEAD + RowNum::try_from(paper.drawings.rows.len()).unwrap_or(RowNum::MAX);
    head(paper, &columns, &mut Page(sheet))?;
    for (row, case) in (HEAD + 1..).zip(&paper.drawings.rows) {
        line(paper, &columns, row, case, &mut Page(sheet))?;
    }
    let agreed = columns.place(Column::Agreed);
    let answers = [paper.word("yes"), paper.word("no")];
    sheet.add_data_validation(
        HEAD + 1,
        agreed,
        last.max(HEAD + 1),
        agreed,
        &DataValidation::new().allow_list_strings(&answers)?,
    )?;
    let comparison = columns.place(Column::Comparison);
    let differs = ConditionalFormatText::new()
        .set_rule(ConditionalFormatTextRule::Contains(paper.word("differs")))
        .set_format(page::alarm());
    sheet.add_conditional_format(HEAD + 1, comparison, last.max(HEAD + 1), comparison, &differs)?;
    sheet.set_freeze_panes(HEAD + 1, columns.place(Column::Id) + 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    // On tabloid paper, three pages wide, the keys left out: a person can read it.
    sheet.set_paper_size(3).set_print_fit_to_pages(3, 0).set_repeat_columns(0, columns.place(Column::Id))?;
    sheet.set_print_area(0, 0, last.max(HEAD + 1), columns.place(Column::Key) - 1)?;
    Ok(())
}

fn head(paper: &Paper<'_>, columns: &Columns, page: &mut Page<'_>) -> Result<(), XlsxError> {
    page.text(0, 0, &paper.word("sheet-cases"), &page::title())?;
    let is_minutes = paper.drawings.commitment.clock.unit == Unit::Minutes;
    let note = paper.word(if is_minutes { "cases-note-minutes" } else { "cases-note-days" });
    page.text(1, 0, &note, &page::text().unset_text_wrap())?;
    for (place, column) in columns.all() {
        let name = match column {
            Column::Field(field) => paper.drawings.source.fields[field].name.clone(),
            column => paper.word(&format!("column-{}", key(column))),
        };
        page.text(HEAD, place, &name, &page::head())?;
        if let Some(group) = group(column) {
            page.text(HEAD - 1, place, &paper.word(group), &page::heading())?;
        }
        page.0.set_column_width(place, width(column))?;
    }
    page.0.set_row_height(HEAD, 30)?;
    Ok(())
}

/// The group of columns that begins here.
fn group(column: Column) -> Option<&'static str> {
    match column {
        Column::Number => Some("group-case"),
        Column::Start => Some("group-exports"),
        Column::Seen => Some("group-auditor"),
        Column::ClockStart => Some("group-formulas"),
        Column::Due => Some("group-program"),
        _ => None,
    }
}

fn key(column: Column) -> &'static str {
    match column {
        Column::Number => "number",
        Column::Stratum => "stratum",
        Column::Selection => "selection",
        Column::Id | Column::Field(_) => "id",
        Column::Start => "start",
        Column::StartOffset | Column::RestartOffset | Column::EndOffset => "offset",
        Column::StartRow | Column::RestartRow | Column::EndRow => "row",
        Column::Restart => "restart",
        Column::Ending => "ending",
        Column::EndEvent => "end-event",
        Column::End => "end",
        Column::Seen => "seen",
        Column::StartFound => "start-found",
        Column::EndFound => "end-found",
        Column::Agreed => "agreed",
        Column::Comment => "comment",
        Column::ClockStart => "clock-start",
        Column::ClockEnd => "clock-end",
        Column::Paused => "paused",
        Column::Elapsed => "elapsed",
        Column::Limit => "limit",
        Column::PeriodDay => "period-day",
        Column::Verdict => "verdict",
        Column::Due => "due",
        Column::ProgramElapsed => "program-elapsed",
        Column::ProgramVerdict => "program-verdict",
        Column::Comparison => "comparison",
        Column::Key => "key",
    }
}

fn width(column: Column) -> f64 {
    match column {
        Column::Number => 7.0,
        Column::StartOffset | Column::RestartOffset | Column::EndOffset | Column::Agreed => 9.0,
        Column::Paused | Column::Elapsed | Column::Limit | Column::ProgramElapsed => 10.0,
        Column::Start | Column::Restart | Column::End | Column::StartFound | Column::EndFound => 19.0,
        Column::ClockStart | Column::ClockEnd => 19.0,
        Column::StartRow | Column::RestartRow | Column::EndRow | Column::Comment | Column::Seen => 34.0,
        Column::Key => 68.0,
        _ => 15.0,
    }
}

fn line(paper: &Paper<'_>, columns: &Columns, at: RowNum, row: &Row<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let formulas = Formulas { paper, columns, at, row };
    for (place, column) in columns.all() {
        let (role, kind) = columns.look(column);
        let format = cell(role, kind);
        if let Some((formula, expected)) = formulas.of(column) {
            page.formula(at, place, &formula, expected, &format)?;
            continue;
        }
        match value(paper, at, row, column) {
            Value::Empty => page.blank(at, place, &format)?,
            Value::Text(text) => page.text(at, place, &text, &format)?,
            Value::Number(number) => page.number(at, place, number, &format)?,
        }
    }
    Ok(())
}

enum Value {
    Empty,
    Text(String),
    Number(f64),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

/// What stands in a cell that no formula fills.
fn value(paper: &Paper<'_>, at: RowNum, row: &Row<'_>, column: Column) -> Value {
    let drawings = paper.drawings;
    let case = &row.drawn.candidate;
    let offset = |instant: i64| f64::from(drawings.zone.local(instant).offset().local_minus_utc());
    let wall = |mention: Mention| moment_number(mention.event.moment.seconds) + offset(mention.event.moment.seconds) / 86_400.0;
    let hours = |mention: Mention| offset(mention.event.moment.seconds) / 3600.0;
    let place = |mention: Mention| drawings.place(mention.origin);
    let day = |day: Day| day_number(day);
    match column {
        Column::Number => Value::Number(f64::from(at - HEAD)),
        Column::Stratum => paper.word(&format!("stratum-{}", row.drawn.stratum.name())).into(),
        Column::Selection => paper.word(if row.drawn.at_random { "at-random" } else { "targeted" }).into(),
        Column::Id => case.id.clone().into(),
        Column::Field(field) => case.values.get(field).cloned().into(),
        Column::Start => row.trace.start.map(wall).into(),
        Column::StartOffset => row.trace.start.map(hours).into(),
        Column::StartRow => row.trace.start.map(place).into(),
        Column::Restart => row.trace.restart.map(wall).into(),
        Column::RestartOffset => row.trace.restart.map(hours).into(),
        Column::RestartRow => row.trace.restart.map(place).into(),
        Column::Ending => paper.word(&format!("ending-{}", row.ending.name())).into(),
        Column::EndEvent => row.trace.end.map(|end| drawings.event(&end).to_owned()).into(),
        Column::End => row.trace.end.map(wall).into(),
        // An open case has the offset of the moment at which it was last seen, for the end that an auditor may find.
        Column::EndOffset => match (row.trace.end, row.clock) {
            (Some(end), _) => hours(end).into(),
            (None, Some(clock)) if row.ending == Ending::Open => (offset(clock.end.point()) / 3600.0).into(),
            (None, _) => Value::Empty,
        },
        Column::EndRow => row.trace.end.map(place).into(),
        Column::Due => row.due.map(day).into(),
        Column::ProgramElapsed => row.elapsed.map(|elapsed| elapsed as f64).into(),
        Column::ProgramVerdict => paper.state(row.state).into(),
        Column::Key => hexadecimal(&row.drawn.key).into(),
        Column::Seen | Column::StartFound | Column::EndFound | Column::Agreed | Column::Comment => Value::Empty,
        Column::ClockStart
        | Column::ClockEnd
        | Column::Paused
        | Column::Elapsed
        | Column::Limit
        | Column::PeriodDay
        | Column::Verdict
        | Column::Comparison => Value::Empty,
    }
}
