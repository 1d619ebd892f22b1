//! The columns of the sheet of cases: what stands where.

use rust_xlsxwriter::{ColNum, RowNum};

use super::Paper;
use super::page::{Kind, Role, letters};
use crate::domain::commitment::Unit;

/// The heads of columns stand on this row, their groups one above, the first case one below.
pub const HEAD: RowNum = 4;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Number,
    Stratum,
    Selection,
    Id,
    Field(usize),
    Start,
    StartOffset,
    StartRow,
    Restart,
    RestartOffset,
    RestartRow,
    Ending,
    EndEvent,
    End,
    EndOffset,
    EndRow,
    Seen,
    StartFound,
    EndFound,
    Agreed,
    Comment,
    ClockStart,
    ClockEnd,
    Paused,
    Elapsed,
    Limit,
    PeriodDay,
    Verdict,
    Due,
    ProgramElapsed,
    ProgramVerdict,
    Comparison,
    Key,
}

/// The columns of one paper, in order, with their places.
pub struct Columns {
    columns: Vec<Column>,
    cases: RowNum,
    sheet: String,
    unit: Unit,
}

impl Columns {
    /// Offsets stand where instants are counted: a commitment in days needs none.
    pub fn new(paper: &Paper<'_>) -> Columns {
        use Column::*;
        let unit = paper.drawings.commitment.clock.unit;
        let mut columns = vec![Number, Stratum, Selection, Id];
        columns.extend((0..paper.drawings.source.fields.len()).map(Field));
        columns.extend([Start, StartOffset, StartRow, Restart, RestartOffset, RestartRow]);
        columns.extend([Ending, EndEvent, End, EndOffset, EndRow]);
        columns.extend([Seen, StartFound, EndFound, Agreed, Comment]);
        columns.extend([ClockStart, ClockEnd, Paused, Elapsed, Limit, PeriodDay, Verdict]);
        columns.extend([Due, ProgramElapsed, ProgramVerdict, Comparison, Key]);
        if unit != Unit::Minutes {
            columns.retain(|column| !matches!(column, StartOffset | RestartOffset | EndOffset));
        }
        if paper.drawings.commitment.clock.restarts.is_empty() {
            columns.retain(|column| !matches!(column, Restart | RestartOffset | RestartRow));
        }
        let cases = RowNum::try_from(paper.drawings.rows.len()).unwrap_or(RowNum::MAX);
        Columns { columns, cases, sheet: paper.sheet("sheet-cases"), unit }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = (ColNum, Column)> + '_ {
        (0..).zip(self.columns.iter().copied())
    }

    /// Whether the paper has this column.
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// Where a column stands.
    pub fn place(&self, column: Column) -> ColNum {
        self.all().find(|(_, other)| *other == column).map_or(0, |(place, _)| place)
    }

    /// The cell of a column on a row of this sheet, as formulas write it.
    pub fn cell(&self, column: Column, row: RowNum) -> String {
        format!("${}{}", letters(self.place(column)), row + 1)
    }

    /// The cells of a column over all cases, as formulas of other sheets write them.
    pub fn range(&self, column: Column) -> String {
        let letters = letters(self.place(column));
        // Without a case the range is one empty row.
        format!("{}!${letters}${}:${letters}${}", self.sheet, HEAD + 2, HEAD + 1 + self.cases.max(1))
    }

    /// What the cells of a column are for, and how they are written.
    pub fn look(&self, column: Column) -> (Role, Kind) {
        use Column::*;
        let point = if self.unit == Unit::Minutes { Kind::Moment } else { Kind::Date };
        match column {
            Number => (Role::Shown, Kind::Number),
            Start | Restart | End => (Role::Shown, Kind::Moment),
            Due => (Role::Shown, Kind::Date),
            Seen | Agreed | Comment => (Role::Input, Kind::Text),
            StartFound | EndFound => (Role::Input, Kind::Moment),
            ClockStart | ClockEnd => (Role::Computed, point),
            PeriodDay => (Role::Computed, Kind::Date),
            Paused | Elapsed | Limit => (Role::Computed, Kind::Number),
            Verdict | Comparison => (Role::Computed, Kind::Text),
            ProgramElapsed => (Role::Shown, Kind::Number),
            StartOffset | RestartOffset | EndOffset => (Role::Shown, Kind::Text),
            Stratum | Selection | Id | Field(_) | StartRow | RestartRow | Ending | EndEvent | EndRow | ProgramVerdict | Key => {
                (Role::Shown, Kind::Text)
            }
        }
    }
}
