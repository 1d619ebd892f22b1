//! The days off that the formulas leave out: holidays and closures, each with its name and source.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::Paper;
use super::page::{self, Kind, Page, Role};

const FIRST: RowNum = 3;

/// Fills the sheet; the name of its days, and where they stand.
pub fn write(paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<(&'static str, String), XlsxError> {
    let days: Vec<_> = paper.drawings.project.calendar.days_off().days.values().collect();
    let mut page = Page(sheet);
    page.text(0, 0, &paper.word("sheet-calendar"), &page::title())?;
    page.text(1, 0, &paper.word("calendar-note"), &page::text().unset_text_wrap())?;
    for (column, key) in (0..).zip(["calendar-day", "calendar-name", "calendar-kind", "calendar-source"]) {
        page.text(FIRST - 1, column, &paper.word(key), &page::head())?;
    }
    let plain = page::cell(Role::Shown, Kind::Text);
    for (row, off) in (FIRST..).zip(&days) {
        page.number(row, 0, page::day_number(off.day), &page::cell(Role::Shown, Kind::Date))?;
        page.text(row, 1, off.name.in_language(paper.words.language()), &plain)?;
        page.text(row, 2, &paper.word(if off.closure { "calendar-closure" } else { "calendar-holiday" }), &plain)?;
        page.text(row, 3, &off.source, &plain)?;
    }
    for (column, width) in [(0, 12), (1, 42), (2, 14), (3, 70)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    // Without a day off the range is one empty row.
    let last = FIRST + RowNum::try_from(days.len().max(1)).unwrap_or(1);
    Ok(("holidays", format!("{}!$A${}:$A${last}", paper.sheet("sheet-calendar"), FIRST + 1)))
}
