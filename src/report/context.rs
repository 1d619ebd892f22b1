//! What every part of an edition is written with.

use std::cell::Cell as Counter;

use super::edition::{Align, Cell, Column, Note, Row, RowGroup, State, StateMark, Table, TableKind};
use super::facts::{CommitmentFacts, Facts};
use super::writer::Writer;
use crate::domain::rate::Goal;
use crate::domain::tally::Share;

/// The facts, the language, and the numbers of figures and tables given so far.
pub(super) struct Context<'a> {
    pub facts: &'a Facts<'a>,
    pub writer: &'a Writer<'a>,
    figures: Counter<u64>,
    tables: Counter<u64>,
}

impl<'a> Context<'a> {
    pub fn new(facts: &'a Facts<'a>, writer: &'a Writer<'a>) -> Context<'a> {
        Context { facts, writer, figures: Counter::new(0), tables: Counter::new(0) }
    }

    /// `Figure 1.`, in reading order.
    pub fn figure_label(&self) -> String {
        self.figures.set(self.figures.get() + 1);
        self.writer.message("figure-label", &[("n", (&self.figures.get().to_string()).into())])
    }

    /// `Tableau 1.`, in reading order.
    pub fn table_label(&self) -> String {
        self.tables.set(self.tables.get() + 1);
        self.writer.message("table-label", &[("n", (&self.tables.get().to_string()).into())])
    }

    /// `2025‑2026`.
    pub fn period(&self) -> String {
        self.writer.plain(&self.facts.project.period.label)
    }

    pub fn word(&self, key: &str) -> String {
        self.writer.word(key)
    }

    pub fn short(&self, facts: &CommitmentFacts<'_>) -> String {
        self.writer.text(&facts.commitment.short)
    }

    pub fn section_title(&self, section: usize) -> String {
        self.writer.text(&self.facts.project.sections[section].title)
    }

    pub fn state_mark(&self, state: State) -> StateMark {
        let key = match state {
            State::Reached => "state-reached",
            State::Below => "state-below",
            State::AllOnTime => "state-all-on-time",
            State::NoGoal => "state-no-goal",
            State::NoCases => "state-no-cases",
            State::Masked => "state-masked",
        };
        StateMark { state, word: self.word(key) }
    }

    /// A column of words.
    pub fn column(&self, key: &str) -> Column {
        Column { title: self.word(key), unit: String::new(), align: Align::Start }
    }

    /// A column of figures; the second line is empty or a unit.
    pub fn figures_column(&self, key: &str, unit: String) -> Column {
        Column { title: self.word(key), unit, align: Align::End }
    }

    pub fn rate_column(&self) -> Column {
        self.figures_column("column-rate", self.word("unit-percent"))
    }

    /// The sign of a masked cell.
    pub fn masked(&self) -> Cell {
        self.sign("sign-masked", "spoken-masked")
    }

    /// A sign that stands for words.
    pub fn sign(&self, sign: &str, spoken: &str) -> Cell {
        Cell { text: self.word(sign), spoken: self.word(spoken), ..Cell::default() }
    }

    /// A number of cases.
    pub fn count(&self, count: u64) -> Cell {
        Cell::of(self.writer.number(count))
    }

    /// A rate in a column whose header bears the unit.
    pub fn rate(&self, tenths: u64) -> Cell {
        Cell { unit: self.percent_unit(), ..Cell::of(self.writer.tenths(tenths)) }
    }

    /// `aucun cas`, in the place of a rate.
    pub fn no_cases(&self) -> Cell {
        Cell { quiet: true, ..Cell::of(self.word("no-cases")) }
    }

    /// Rate and cases of a month or of a cell of a breakdown: masked alike, or shown alike. Below the goal, the rate is never rounded
    /// up to it.
    pub fn share(&self, share: Option<Share>, goal: Option<Goal>) -> [Cell; 2] {
        match share.map(|share| (share, share.rate())) {
            None => [self.masked(), self.masked()],
            Some((share, Some(rate))) => [self.rate(rate.displayed_tenths(goal)), self.count(share.counted)],
            Some((share, None)) => [self.no_cases(), self.count(share.counted)],
        }
    }

    /// The unit that a cell bears where its header is out of sight: the pattern of percentages without its number.
    fn percent_unit(&self) -> String {
        self.writer.percent("")
    }

    /// The note that explains the sign of masked cells.
    pub fn masked_note(&self) -> Note {
        Note { sign: self.word("sign-masked"), text: self.word("note-masked") }
    }

    /// A table that stands on its own, with the next number.
    pub fn table(&self, id: String, kind: TableKind, caption: String, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        Table { label: self.table_label(), ..self.unnumbered_table(id, kind, caption, columns, rows) }
    }

    /// A table that belongs to a paragraph or a figure.
    pub fn unnumbered_table(&self, id: String, kind: TableKind, caption: String, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        let groups = vec![RowGroup { title: String::new(), rows }];
        Table { id, kind, label: String::new(), caption, columns, groups, signs: Vec::new(), notes: Vec::new() }
    }

    /// A table of terms and definitions, without number.
    pub fn definitions(&self, id: String, caption: String, definitions: Vec<(String, String)>) -> Table {
        let rows =
            definitions.into_iter().map(|(term, definition)| Row::of(Cell::of(term), vec![Cell::of(definition)])).collect();
        let columns = vec![self.column("column-term"), self.column("column-definition")];
        self.unnumbered_table(id, TableKind::Definitions, caption, columns, rows)
    }
}

impl Cell {
    pub(super) fn of(text: String) -> Cell {
        Cell { text, ..Cell::default() }
    }
}

impl Row {
    pub(super) fn of(header: Cell, cells: Vec<Cell>) -> Row {
        Row { header, cells }
    }
}
