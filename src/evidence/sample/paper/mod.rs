//! `sample.xlsx`: the working paper of an audit sample. Formulas redo every elapsed time and verdict from the dates.

mod calendar;
mod cases;
mod columns;
mod conclusion;
mod formulas;
mod method;
mod page;
mod pauses;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::row::Drawings;
use crate::domain::calendar::Day;
use crate::domain::tally::Tally;
use crate::report::PaperWords;

/// What the sheets of a paper are written from.
struct Paper<'a> {
    drawings: &'a Drawings<'a>,
    tally: &'a Tally,
    words: &'a PaperWords<'a>,
}

/// The workbook as bytes, the same for the same sample.
pub fn working_paper(drawings: &Drawings<'_>, tally: &Tally, words: &PaperWords<'_>) -> Result<Vec<u8>, XlsxError> {
    let paper = Paper { drawings, tally, words };
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(words.message("title", &[("commitment", drawings.commitment.short.in_language(words.language()))]))
            .set_author("bilan")
            .set_creation_datetime(&noon(drawings.project.as_of)?),
    );
    let names = ["sheet-method", "sheet-cases", "sheet-pauses", "sheet-calendar", "sheet-conclusion"];
    for name in names {
        let sheet = book.add_worksheet().set_name(words.word(name))?;
        // Letter paper, as in Canada. Empty results are texts, not zeros, to those who only show the file.
        sheet.set_landscape().set_paper_size(1).set_print_fit_to_pages(1, 0).set_formula_result_default("");
    }
    let sheets = book.worksheets_mut();
    let defined = method::write(&paper, &mut sheets[0])?;
    cases::write(&paper, &mut sheets[1])?;
    pauses::write(&paper, &mut sheets[2])?;
    let holidays = calendar::write(&paper, &mut sheets[3])?;
    conclusion::write(&paper, &mut sheets[4])?;
    for (name, range) in defined.into_iter().chain([holidays]) {
        book.define_name(name, &format!("={range}"))?;
    }
    book.save_to_buffer()
}

impl Paper<'_> {
    fn word(&self, key: &str) -> String {
        self.words.word(key)
    }

    /// The name of a sheet as formulas write it.
    fn sheet(&self, key: &str) -> String {
        format!("'{}'", self.word(key).replace('\'', "''"))
    }

    /// The word for a state of `results.json`.
    fn state(&self, state: &str) -> String {
        self.word(&format!("state-{state}"))
    }
}

/// The workbook is dated like what it shows: by the knowledge date, never by the clock.
fn noon(day: Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_timestamp(i64::from(day.0) * 86_400 + 43_200)
}
