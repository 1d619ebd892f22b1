//! Cells of a worksheet: values, formulas with the result that is expected of them, and the look of both.

use rust_xlsxwriter::{ColNum, Color, Format, FormatAlign, FormatBorder, Formula, RowNum, Worksheet, XlsxError};

use crate::domain::calendar::Day;

/// Day 0 of the program, 1 January 1970, as spreadsheets count days.
const EPOCH: f64 = 25_569.0;
const SECONDS_OF_A_DAY: f64 = 86_400.0;
/// In points.
const LINE_HEIGHT: u32 = 15;
/// The longest text of a cell.
const LONGEST: usize = 32_767;

const DATE: &str = "yyyy-mm-dd";
const MOMENT: &str = "yyyy-mm-dd hh:mm:ss";
const INK: Color = Color::RGB(0x1F_2A_37);
const BAND: Color = Color::RGB(0x22_3F_61);
const LINE: Color = Color::RGB(0xC5_CC_D6);
/// Where the auditor writes.
const PAPER: Color = Color::RGB(0xFF_F8_DC);
/// What formulas compute.
const COMPUTED: Color = Color::RGB(0xEA_F1_F8);

/// A day as a spreadsheet counts it.
pub fn day_number(day: Day) -> f64 {
    f64::from(day.0) + EPOCH
}

/// A moment, in seconds since 1970, as a spreadsheet counts it.
pub fn moment_number(seconds: i64) -> f64 {
    seconds as f64 / SECONDS_OF_A_DAY + EPOCH
}

/// A text as a formula writes it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The letters of a column: 0 is `A`.
pub fn letters(column: ColNum) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// What a cell is for: it shows something, computes something, or waits for the auditor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Shown,
    Computed,
    Input,
}

/// How the number in a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Date,
    Moment,
    Share,
}

/// The look of a cell of a table.
pub fn cell(role: Role, kind: Kind) -> Format {
    let format = base().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top);
    let format = match role {
        Role::Shown => format,
        Role::Computed => format.set_background_color(COMPUTED),
        Role::Input => format.set_background_color(PAPER),
    };
    match kind {
        Kind::Text => format.set_align(FormatAlign::Left).set_indent(1),
        Kind::Number => format.set_num_format("0"),
        Kind::Date => format.set_num_format(DATE),
        Kind::Moment => format.set_num_format(MOMENT),
        Kind::Share => format.set_num_format("0.00%"),
    }
}

fn base() -> Format {
    Format::new().set_font_color(INK)
}

/// The look of running text.
pub fn text() -> Format {
    base().set_text_wrap().set_align(FormatAlign::Top)
}

/// The look of a label beside a value.
pub fn label() -> Format {
    base().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

/// The look of the title of a sheet.
pub fn title() -> Format {
    base().set_bold().set_font_size(16)
}

/// The look of a heading.
pub fn heading() -> Format {
    base().set_bold().set_font_size(12).set_font_color(BAND)
}

/// The look of the head of a column.
pub fn head() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_color(Color::White)
        .set_background_color(BAND)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

/// The look of a difference.
pub fn alarm() -> Format {
    Format::new().set_bold().set_font_color(Color::RGB(0x9B_1C_1C)).set_background_color(Color::RGB(0xFD_E8_E8))
}

/// A worksheet that is being filled.
pub struct Page<'a>(pub &'a mut Worksheet);

impl Page<'_> {
    /// A text, always as a text: an id that begins with `=` is no formula.
    pub fn text(&mut self, row: RowNum, column: ColNum, text: &str, format: &Format) -> Result<(), XlsxError> {
        // Spreadsheets count in UTF-16.
        let is_long = text.encode_utf16().count() > LONGEST;
        let shortened: String = if is_long { text.chars().take(LONGEST / 2 - 1).chain(['…']).collect() } else { String::new() };
        self.0.write_string_with_format(row, column, if is_long { &shortened } else { text }, format)?;
        Ok(())
    }

    /// Gives a row the height that a wrapped text takes in a column of so many characters: not every program finds it by itself.
    pub fn fit(&mut self, row: RowNum, text: &str, width: usize) -> Result<(), XlsxError> {
        let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum();
        self.0.set_row_height(row, LINE_HEIGHT * u32::try_from(lines.max(1)).unwrap_or(1))?;
        Ok(())
    }

    /// A number, or a day or moment as a number.
    pub fn number(&mut self, row: RowNum, column: ColNum, number: f64, format: &Format) -> Result<(), XlsxError> {
        self.0.write_number_with_format(row, column, number, format)?;
        Ok(())
    }

    /// An empty cell with a look.
    pub fn blank(&mut self, row: RowNum, column: ColNum, format: &Format) -> Result<(), XlsxError> {
        self.0.write_blank(row, column, format)?;
        Ok(())
    }

    /// A formula, and the result that it is expected to have: what viewers show that don't compute.
    pub fn formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        expected: impl ToString,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(expected.to_string());
        self.0.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }
}
