//! `results.xlsx`: every figure in one workbook, for those who live in spreadsheets.
//!
//! All texts are written as strings, so that nothing that a declaration or an export holds is run as a formula.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Table as Filter, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};

use crate::report::dataset::{Dataset, Kind, Localized, Side, Table, Value};
use crate::report::results::Decimal;

/// The name of the first sheet.
const ABOUT: &str = "about";
/// Titles, then names: the row where the figures begin.
const FIRST_ROW: u32 = 2;
/// Widths of columns, in characters.
const NARROWEST: usize = 9;
const WIDEST: usize = 48;
/// Characters of a text in a cell; the format ends at 32 767 units of UTF-16, of which a character takes one or two.
const LONGEST_TEXT: usize = 16_000;
/// Characters of a property of the file.
const LONGEST_PROPERTY: usize = 250;
/// Six decimals of a share are four of a percentage: what is shown is what is written, and never a rounder figure.
const RATE: &str = "0.0000%";

/// Writes the workbook; the same tables give the same bytes.
pub fn workbook(dataset: &Dataset) -> Result<Vec<u8>, String> {
    write(dataset).map_err(|error| error.to_string())
}

fn write(dataset: &Dataset) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(dataset)?);
    about(workbook.add_worksheet(), dataset)?;
    for table in &dataset.tables {
        sheet(workbook.add_worksheet(), dataset, table)?;
    }
    workbook.save_to_buffer()
}

fn properties(dataset: &Dataset) -> Result<DocProperties, XlsxError> {
    let both = |texts: &Localized| distinct(texts).join(" / ").chars().take(LONGEST_PROPERTY).collect::<String>();
    let properties = DocProperties::new()
        .set_title(both(&dataset.title))
        .set_company(both(&dataset.organization))
        .set_status(dataset.draft.as_ref().map(both).unwrap_or_default())
        // Not the clock: the same inputs give the same bytes.
        .set_creation_datetime(&ExcelDateTime::parse_from_str(&dataset.as_of)?);
    Ok(properties)
}

/// What this is, in each language, and then what each column means.
fn about(sheet: &mut Worksheet, dataset: &Dataset) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT)?;
    let (title, head, prose) = (
        Format::new().set_bold().set_font_size(14),
        Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
        Format::new().set_text_wrap().set_align(FormatAlign::Top),
    );
    let mut row = 0;
    for language in 0..dataset.languages.len() {
        sheet.write_string_with_format(row, 0, &dataset.title[language], &title)?;
        sheet.write_string(row + 1, 0, &dataset.organization[language])?;
        row += 2;
        if let Some(draft) = &dataset.draft {
            sheet.write_string_with_format(
                row,
                0,
                &draft[language],
                &Format::new().set_bold().set_font_color(Color::RGB(0xA0_1E_1E)),
            )?;
            row += 1;
        }
        for sentence in &dataset.about {
            sheet.write_string(row, 0, &sentence[language])?;
            row += 1;
        }
        row += 1;
    }
    let languages = 0..dataset.languages.len();
    let [tables, columns, titles, meanings] = &dataset.headings;
    sheet.write_string_with_format(row, 0, distinct(tables).join(" / "), &head)?;
    sheet.write_string_with_format(row, 1, distinct(columns).join(" / "), &head)?;
    for (language, column) in languages.clone().zip((2u16..).step_by(2)) {
        sheet.write_string_with_format(row, column, &titles[language], &head)?;
        sheet.write_string_with_format(row, column + 1, &meanings[language], &head)?;
    }
    for table in &dataset.tables {
        for column in &table.columns {
            row += 1;
            sheet.write_string_with_format(row, 0, table.name, &prose)?;
            sheet.write_string_with_format(row, 1, &column.name, &prose)?;
            for (language, place) in languages.clone().zip((2u16..).step_by(2)) {
                sheet.write_string_with_format(row, place, &column.title[language], &prose)?;
                sheet.write_string_with_format(row, place + 1, &column.meaning[language], &prose)?;
            }
        }
    }
    sheet.set_column_width(0, 16)?.set_column_width(1, 18)?;
    for (_, place) in languages.zip((2u16..).step_by(2)) {
        sheet.set_column_width(place, 20)?.set_column_width(place + 1, 60)?;
    }
    print_setup(sheet, dataset);
    Ok(())
}

fn sheet(sheet: &mut Worksheet, dataset: &Dataset, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    let masked = distinct(&dataset.masked).join(" / ");
    let titles = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_italic();
    let hidden = Format::new().set_align(FormatAlign::Right).set_italic();
    for (place, column) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, place, distinct(&column.title).join("\n"), &titles)?;
        let mut widest = column.name.chars().count() + 4;
        for (row, values) in (FIRST_ROW..).zip(&table.rows) {
            let value = &values[usize::from(place)];
            widest = widest.max(width(value, &masked));
            let format = Format::new().set_num_format(number_format(column.kind, value));
            match value {
                Value::Empty => continue,
                Value::Masked => sheet.write_string_with_format(row, place, &masked, &hidden)?,
                Value::Text(text) => sheet.write_string(row, place, cell_text(text))?,
                Value::Whole(number) => sheet.write_number_with_format(row, place, *number as f64, &format)?,
                Value::Decimal(number) | Value::Rate(number, _) => {
                    sheet.write_number_with_format(row, place, float(*number), &format)?
                }
                Value::Flag(flag) => sheet.write_boolean(row, place, *flag)?,
            };
        }
        sheet.set_column_width(place, widest.clamp(NARROWEST, WIDEST) as f64)?;
    }
    let headers: Vec<TableColumn> = table.columns.iter().map(|column| TableColumn::new().set_header(&column.name)).collect();
    let filter = Filter::new().set_name(table.name).set_columns(&headers).set_style(TableStyle::Light1);
    // A table has at least one row below its names; without figures it stays blank.
    let last_row = FIRST_ROW + (table.rows.len() as u32).max(1) - 1;
    sheet.add_table(FIRST_ROW - 1, 0, last_row, table.columns.len() as u16 - 1, &filter)?;
    sheet.set_row_height(0, 15.0 * (1 + dataset.languages.len()) as f64)?;
    sheet.set_freeze_panes(FIRST_ROW, 1)?;
    sheet.set_repeat_rows(0, FIRST_ROW - 1)?;
    print_setup(sheet, dataset);
    Ok(())
}

/// One page wide; a draft says so on every page.
fn print_setup(sheet: &mut Worksheet, dataset: &Dataset) {
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    if let Some(draft) = &dataset.draft {
        sheet.set_header(format!("&C{}", distinct(draft).join(" / ").replace('&', "&&")));
    }
}

/// A text that a cell can hold: without characters that XML has no room for, and cut, with an ellipsis, where it is longer than a
/// spreadsheet reads.
fn cell_text(text: &str) -> String {
    let allowed =
        |character: char| if matches!(character, '\u{fffe}' | '\u{ffff}') { char::REPLACEMENT_CHARACTER } else { character };
    let mut kept: String = text.chars().take(LONGEST_TEXT).map(allowed).collect();
    if text.chars().nth(LONGEST_TEXT).is_some() {
        kept.push('…');
    }
    kept
}

/// How a number is shown.
fn number_format(kind: Kind, value: &Value) -> &'static str {
    match (kind, value) {
        (_, Value::Rate(_, Side::Below)) => "\"< \"0.0000%",
        (_, Value::Rate(_, Side::Above)) => "\"> \"0.0000%",
        (Kind::Rate, _) => RATE,
        (Kind::Count | Kind::Whole, _) => "#,##0",
        (Kind::Decimal, _) => "#,##0.000",
        _ => "General",
    }
}

/// About how many characters a value takes.
fn width(value: &Value, masked: &str) -> usize {
    match value {
        Value::Empty => 0,
        Value::Masked => masked.chars().count(),
        Value::Text(text) => text.chars().count(),
        Value::Whole(number) => number.to_string().len() * 4 / 3 + 1,
        Value::Decimal(_) | Value::Rate(..) => 12,
        Value::Flag(_) => 6,
    }
}

/// The nearest double of a short decimal is shown as that decimal.
fn float(number: Decimal) -> f64 {
    number.scaled as f64 / 10f64.powi(number.decimals as i32)
}

/// The texts of all languages, each once.
fn distinct(texts: &Localized) -> Vec<&str> {
    let mut seen: Vec<&str> = Vec::new();
    for text in texts {
        if !seen.contains(&text.as_str()) {
            seen.push(text);
        }
    }
    seen
}
