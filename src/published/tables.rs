//! The tables of a report, told apart by what stands in them and not by their words, which templates may change.

use std::collections::BTreeSet;

use super::numbers::numbers;
use super::tree::{Element, Node};

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub page: usize,
    /// Its header, written plainly.
    pub head: String,
    /// Its other cells.
    pub cells: Vec<String>,
}

/// A table with its column heads.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub page: usize,
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

/// The cells of a row of bounds: unusable cases, and the rates with all of them late, without them, and with all of them on time.
const BOUNDS: usize = 4;

/// Hyphens and spaces that do not break are there for the layout.
pub(super) fn plain(text: &str) -> String {
    let sign = |sign: char| match sign {
        '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        '\u{a0}' | '\u{202f}' => ' ',
        '\u{2060}' | '\u{200b}' | '\u{ad}' => '\u{0}',
        other => other,
    };
    text.chars().map(sign).filter(|&letter| letter != '\u{0}').collect::<String>().trim().to_owned()
}

impl Table {
    /// The tables of a document in reading order.
    pub fn all(document: &Element) -> Vec<Table> {
        document.named(&["Table"]).into_iter().map(Table::of).collect()
    }

    fn of(element: &Element) -> Table {
        let mut table = Table { page: element.page.unwrap_or(0), heads: Vec::new(), rows: Vec::new() };
        for row in element.named(&["TR"]) {
            let heads: Vec<String> = row.elements().filter(|cell| cell.name == "TH").map(Element::text).collect();
            let cells: Vec<String> = row.elements().filter(|cell| cell.name == "TD").map(Element::text).collect();
            if cells.is_empty() {
                // The heads of the columns stand first; further rows of heads are titles between rows.
                if table.heads.is_empty() {
                    table.heads = heads;
                }
            } else {
                let page = row.page.unwrap_or(table.page);
                table.rows.push(Row { page, head: heads.first().map(|head| plain(head)).unwrap_or_default(), cells });
            }
        }
        table
    }

    /// How many cells a row has beside its header.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

/// The tables of a report by what they show.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub summary: Option<Table>,
    pub cases: Option<Table>,
    pub bounds: Option<Table>,
    pub rates_read: Option<Table>,
    pub cases_read: Option<Table>,
    pub rows: Option<Table>,
    pub fingerprints: Option<Table>,
    /// In the order of the summary: the years of a commitment, its months, and its breakdowns.
    pub commitments: Vec<Commitment>,
}

/// The tables of one commitment.
#[derive(Debug)]
pub(super) struct Commitment {
    pub years: Table,
    pub months: Option<Table>,
    pub fields: Vec<Table>,
}

/// What tells the tables apart.
pub(super) struct Shapes<'a> {
    /// The names of commitments.
    pub names: BTreeSet<String>,
    /// Those of exports.
    pub files: Vec<String>,
    pub period: &'a str,
    /// How many the period has.
    pub months: usize,
    pub language: &'a str,
}

/// Sorts the tables of a report, which are given in reading order.
pub(super) fn sort(all: Vec<Table>, shapes: &Shapes<'_>) -> Report {
    let Shapes { names, files, period, months, language } = shapes;
    let mut report = Report::default();
    let mut in_sections = true;
    let mut keyed: Vec<Table> = Vec::new();
    for table in all {
        let head = table.rows.first().map_or("", |row| row.head.as_str());
        if !table.rows.is_empty() && table.rows.iter().all(|row| names.contains(&row.head)) {
            in_sections = keyed.is_empty();
            keyed.push(table);
        } else if files.iter().any(|file| file == head) {
            in_sections = false;
            let place = if table.width() == 1 { &mut report.fingerprints } else { &mut report.rows };
            *place = Some(table);
        } else if in_sections && head == *period && table.width() == 2 {
            report.commitments.push(Commitment { years: table, months: None, fields: Vec::new() });
        } else if let Some(commitment) = report.commitments.last_mut().filter(|_| in_sections) {
            // A breakdown has the columns of the years; the months are columns themselves.
            if table.heads.get(1..) == commitment.years.heads.get(1..) {
                commitment.fields.push(table);
            } else if commitment.months.is_none() && table.rows.len() == 2 && table.width() == *months {
                commitment.months = Some(table);
            } else {
                // What the program checked of the run as a whole ends the sections.
                in_sections = false;
            }
        }
    }
    let mut keyed = keyed.into_iter();
    report.summary = keyed.next();
    report.cases = keyed.next();
    let mut others: Vec<Table> = keyed.collect();
    let pairs = |table: &Table| table.rows.iter().any(|row| row.cells.iter().any(|cell| numbers(cell, language).len() == 2));
    if others.last().is_some_and(pairs) {
        report.cases_read = others.pop();
        report.rates_read = others.pop();
    }
    // The signs, of which the data say nothing, have three cells.
    report.bounds = others.into_iter().find(|table| table.width() == BOUNDS);
    report
}

/// A paragraph and where it stands.
pub(super) fn paragraphs(document: &Element) -> Vec<(usize, String)> {
    let paragraphs = document.all().into_iter().filter(|element| {
        element.name == "P" && element.children.iter().any(|child| matches!(child, Node::Text(_) | Node::Element(_)))
    });
    paragraphs.map(|element| (element.page.unwrap_or(0), element.text())).collect()
}
