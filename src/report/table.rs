//! The tables of the report: cells with their signs, marks and states.

use serde::Serialize;

/// What a commitment came to: drawn as a shape and always written beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A filled disc.
    Reached,
    /// An open diamond, in the colour `late`.
    Below,
    /// A filled square.
    AllOnTime,
    /// An open square.
    NoGoal,
    /// A short line.
    NoCases,
    /// The letter x.
    Masked,
}

/// A state with its word in the language.
#[derive(Debug, Clone, Serialize)]
pub struct StateMark {
    pub state: State,
    pub word: String,
}

/// Any table of the report. The first column holds the row headers (`Row::header`); `Row::cells` has one cell less than `columns`.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Unique in the document and the same in all languages.
    pub id: String,
    pub kind: TableKind,
    /// `Tableau 1.`
    pub label: String,
    pub caption: String,
    pub columns: Vec<Column>,
    /// A table without groups has one, with an empty title.
    pub groups: Vec<RowGroup>,
    /// What the signs and the short headers of the table stand for, in one line beneath it.
    pub signs: Vec<Note>,
    /// What the letters beside figures refer to, one below the other beneath the signs.
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    Summary,
    /// Year, rate, cases: beside the sentence of a commitment.
    Years,
    /// Month, rate, cases: one row for each month of the period. In print it is turned so that it shares the columns of chart (b).
    Months,
    /// Value, rate, cases.
    Breakdown,
    /// Two columns, term and definition; the header row is not shown.
    Definitions,
    /// Control, finding, figure.
    Controls,
    /// Rows of files, cases of commitments: many narrow columns of figures.
    Reconciliation,
    /// Commitment, then a narrow column for each reading.
    Readings,
    /// Date, name, kind, source.
    Days,
    /// File, fingerprint.
    Files,
}

#[derive(Debug, Clone, Serialize)]
pub struct Column {
    pub title: String,
    /// The second line of the header: `%`, `points`, `31 mars`; may be empty.
    pub unit: String,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    Start,
    End,
}

#[derive(Debug, Clone, Serialize)]
pub struct RowGroup {
    /// A header over all columns (`scope="rowgroup"`); empty: none.
    pub title: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub header: Cell,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// What is seen: a figure without its unit, a sign (`x`, `..`, `…`), words.
    pub text: String,
    /// Where `text` is a sign, the words that are heard instead of it; else empty.
    pub spoken: String,
    /// A letter in superscript that points to a note; hangs outside the alignment.
    pub mark: Option<Mark>,
    /// The figure that matters in its row: bold.
    pub strong: bool,
    /// A rate under the goal in a table of months: bold, in the colour `late`.
    pub late: bool,
    /// Words in a column of figures (`aucun cas`): secondary ink.
    pub quiet: bool,
    /// The result: shape and word. `text` repeats the word.
    pub state: Option<StateMark>,
    /// An anchor of the document that the text links to, else empty.
    pub anchor: String,
    /// The unit that a narrow card adds after the figure, with the space before it: ` %`; else empty.
    pub unit: String,
    /// A break in the series: a double vertical rule on the right edge of this cell (the older year stands to the right;
    /// in a table of years, under it).
    pub break_after: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// `r`, `a`, `b`.
    pub sign: String,
    /// `taux révisé, voir la note r`.
    pub spoken: String,
}

/// A note beneath a table.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// `j`, `…`, `r`, `a`.
    pub sign: String,
    /// `= jours ouvrables` follows a sign that is explained; a lettered note is a sentence.
    pub text: String,
}
