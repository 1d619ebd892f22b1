//! The last sheet: what the random selection proves about all counted cases, from what the auditor filled in.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::Paper;
use super::columns::{Column, Columns};
use super::page::{self, Kind, Page, Role, cell, quoted};
use crate::domain::sampling::{Share, at_most};
use crate::evidence::sample::draw::Size;

/// Up to so many errors the table goes.
const MOST_ERRORS: u64 = 20;
/// The rows of the counts and of the answer, and the head of the table.
const COUNTS: RowNum = 3;
const HEAD: RowNum = 13;

/// Fills the sheet.
pub fn write(paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 62)?.set_column_width(1, 24)?.set_column_width(2, 24)?.set_column_width(3, 40)?;
    let mut page = Page(sheet);
    page.text(0, 0, &paper.word("sheet-conclusion"), &page::title())?;
    page.text(1, 0, &paper.word("conclusion-note"), &page::text().unset_text_wrap())?;
    let lines = table(paper, &mut page)?;
    counts(paper, lines, &mut page)
}

/// What is known, what was filled in, and what follows.
fn counts(paper: &Paper<'_>, lines: u64, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let sample = paper.drawings.sample;
    let columns = Columns::new(paper);
    let count = |selection: &str, answer: &str| {
        let selection = format!("{},{}", columns.range(Column::Selection), quoted(&paper.word(selection)));
        format!("=COUNTIFS({selection},{},{})", columns.range(Column::Agreed), quoted(&paper.word(answer)))
    };
    let share = |share: Share| f64::from(share.0) / f64::from(Share::ONE.0);
    let shown = cell(Role::Shown, Kind::Number);
    let computed = cell(Role::Computed, Kind::Number);
    let label = |page: &mut Page<'_>, line: RowNum, key: &str| page.text(COUNTS + line, 0, &paper.word(key), &page::label());
    label(page, 0, "conclusion-population")?;
    page.number(COUNTS, 1, sample.counted as f64, &shown)?;
    label(page, 1, "conclusion-random")?;
    page.number(COUNTS + 1, 1, sample.at_random as f64, &shown)?;
    label(page, 2, "conclusion-confidence")?;
    page.number(COUNTS + 2, 1, share(sample.plan.confidence), &cell(Role::Shown, Kind::Share))?;
    label(page, 3, "conclusion-right")?;
    page.formula(COUNTS + 3, 1, &count("at-random", "yes"), 0, &computed)?;
    label(page, 4, "conclusion-wrong")?;
    page.formula(COUNTS + 4, 1, &count("at-random", "no"), 0, &computed)?;
    label(page, 5, "conclusion-wrong-targeted")?;
    page.formula(COUNTS + 5, 1, &count("targeted", "no"), 0, &computed)?;
    label(page, 6, "conclusion-limit")?;
    let [random, right, wrong] = [1, 3, 4].map(|line: RowNum| format!("B{}", COUNTS + line + 1));
    let unfilled = quoted(&paper.word("conclusion-unfilled"));
    let beyond = quoted(&paper.word("conclusion-beyond"));
    let look_up = format!("INDEX($C${}:$C${},{wrong}+1)", HEAD + 2, u64::from(HEAD) + 1 + lines.max(1));
    let limit = format!("=IF({right}+{wrong}<{random},{unfilled},IF({wrong}>={lines},{beyond},{look_up}))");
    let is_empty = sample.at_random == 0;
    let expected = paper.word(if is_empty { "conclusion-beyond" } else { "conclusion-unfilled" });
    page.formula(COUNTS + 6, 1, &limit, expected, &cell(Role::Computed, Kind::Share).set_bold())?;
    if let Size::Planned { tolerable, .. } = sample.plan.size {
        label(page, 7, "conclusion-tolerable")?;
        page.number(COUNTS + 7, 1, share(tolerable), &cell(Role::Shown, Kind::Share))?;
        label(page, 8, "conclusion-proven")?;
        let [limit, tolerable] = [6, 7].map(|line: RowNum| format!("B{}", COUNTS + line + 1));
        let [yes, no] = ["yes", "no"].map(|word| quoted(&paper.word(word)));
        let proven = format!("=IF(ISNUMBER({limit}),IF({limit}<{tolerable},{yes},{no}),\"\")");
        page.formula(COUNTS + 8, 1, &proven, "", &cell(Role::Computed, Kind::Text))?;
    }
    Ok(())
}

/// For each number of errors found, what is proven; how many lines there are.
fn table(paper: &Paper<'_>, page: &mut Page<'_>) -> Result<u64, XlsxError> {
    let sample = paper.drawings.sample;
    let heads = ["conclusion-found", "conclusion-at-most", "conclusion-share", "conclusion-proof"];
    for (column, key) in (0..).zip(heads) {
        page.text(HEAD, column, &paper.word(key), &page::head())?;
    }
    page.0.set_row_height(HEAD, 30)?;
    let longest = MOST_ERRORS.min(sample.at_random.saturating_sub(1));
    let mut lines = 0;
    for (at, found) in (HEAD + 1..).zip(0..=longest) {
        let Some(most) = at_most(found, sample.at_random, sample.counted, sample.plan.confidence) else { break };
        page.number(at, 0, found as f64, &cell(Role::Shown, Kind::Number).set_align(rust_xlsxwriter::FormatAlign::Left))?;
        page.number(at, 1, most as f64, &cell(Role::Shown, Kind::Number))?;
        let share = most as f64 / sample.counted as f64;
        page.formula(at, 2, &format!("=B{}/$B${}", at + 1, COUNTS + 1), share, &cell(Role::Computed, Kind::Share))?;
        let proof = format!("=HYPGEOM.DIST(A{row},$B${},B{row}+1,$B${},TRUE)", COUNTS + 2, COUNTS + 1, row = at + 1);
        let chance = chance(found, sample.at_random, most + 1, sample.counted);
        page.formula(at, 3, &proof, chance, &cell(Role::Computed, Kind::Share).set_num_format("0.0000%"))?;
        lines += 1;
    }
    Ok(lines)
}

/// The chance of at most `found` errors among `drawn` of `population` cases of which `errors` are in error, for show.
fn chance(found: u64, drawn: u64, errors: u64, population: u64) -> f64 {
    let (drawn, errors, population) = (drawn as f64, errors as f64, population as f64);
    let logarithm_of_choices = |whole: f64, part: f64| -> f64 {
        let mut sum = 0.0;
        let mut i = 0.0;
        while i < part {
            sum += ((whole - i) / (part - i)).ln();
            i += 1.0;
        }
        sum
    };
    let all = logarithm_of_choices(population, drawn);
    let term = |i: f64| {
        if i > errors || drawn - i > population - errors {
            return 0.0;
        }
        (logarithm_of_choices(errors, i) + logarithm_of_choices(population - errors, drawn - i) - all).exp()
    };
    (0..=found).map(|i| term(i as f64)).sum()
}
