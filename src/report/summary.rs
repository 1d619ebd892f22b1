//! Section 2: every commitment in one table, and the years beside each commitment.

use super::context::Context;
use super::edition::{Align, Cell, Column, Mark, Note, Row, RowGroup, Summary, Table, TableKind};
use super::facts::{CommitmentFacts, LimitBreak, PastFigure};
use crate::domain::commitment::Unit;

pub(super) fn build(context: &Context<'_>) -> Summary {
    let writer = context.writer;
    let last = writer.date(context.facts.project.period.last);
    Summary {
        anchor: "report-summary".to_string(),
        lead: writer.message("summary-lead", &[("date", (&last).into())]),
        table: table(context),
    }
}

/// The notes of one table, as they come up in reading order.
#[derive(Default)]
struct Notes {
    lettered: Vec<Note>,
    restated: Vec<Note>,
}

impl Notes {
    /// A mark that points to a new note under the next letter.
    fn letter(&mut self, context: &Context<'_>, text: String) -> Mark {
        let letter = char::from(b'a' + (self.lettered.len() % 26) as u8).to_string();
        let spoken = context.writer.message("spoken-note", &[("letter", (&letter).into())]);
        self.lettered.push(Note { sign: letter.clone(), text });
        Mark { sign: letter, spoken }
    }

    /// The mark of a restated rate.
    fn restated(&mut self, context: &Context<'_>, text: String) -> Mark {
        let sign = context.word("sign-restated");
        let spoken = context.writer.message("spoken-restated", &[("letter", (&sign).into())]);
        self.restated.push(Note { sign: sign.clone(), text });
        Mark { sign, spoken }
    }

    fn all(self) -> Vec<Note> {
        self.restated.into_iter().chain(self.lettered).collect()
    }
}

fn table(context: &Context<'_>) -> Table {
    let mut notes = Notes::default();
    let mut groups = Vec::new();
    for section in 0..context.facts.project.sections.len() {
        let rows: Vec<Row> = context.facts.of_section(section).map(|facts| row(context, facts, &mut notes)).collect();
        if !rows.is_empty() {
            groups.push(RowGroup { title: context.section_title(section), rows });
        }
    }
    Table {
        id: "table-summary".to_string(),
        kind: TableKind::Summary,
        label: context.table_label(),
        caption: context.word("summary-caption"),
        columns: columns(context),
        signs: signs(context, &groups),
        groups,
        notes: notes.all(),
    }
}

fn columns(context: &Context<'_>) -> Vec<Column> {
    let percent = context.word("unit-percent");
    let year = |label: &str| Column { title: context.writer.plain(label), unit: percent.clone(), align: Align::End };
    let mut columns = vec![
        context.column("column-commitment"),
        context.figures_column("column-limit", String::new()),
        context.figures_column("column-goal", percent.clone()),
        year(&context.facts.project.period.label),
    ];
    columns.extend(context.facts.past_labels.iter().map(|label| year(label)));
    columns.push(context.figures_column("column-cases", context.period()));
    columns.push(context.figures_column("column-overdue", context.writer.day_month(context.facts.project.period.last)));
    columns.push(context.column("column-result"));
    columns
}

fn row(context: &Context<'_>, facts: &CommitmentFacts<'_>, notes: &mut Notes) -> Row {
    let writer = context.writer;
    let limit = facts.limit(context.facts.project);
    let mut cells = vec![
        Cell { spoken: writer.limit(limit, facts.unit()), ..Cell::of(writer.limit_short(limit, facts.unit())) },
        goal_cell(context, facts),
        Cell { strong: facts.tenths.is_some(), ..current_rate(context, facts) },
    ];
    cells.extend(facts.past.iter().map(|figure| past_rate(context, figure.as_ref())));
    for (years, figure) in facts.past.iter().enumerate() {
        if let Some(figure) = figure.as_ref().filter(|figure| figure.restated) {
            let label = context.facts.past_labels[years];
            cells[3 + years].mark =
                Some(notes.restated(context, restated_note(context, Some(&context.short(facts)), label, figure)));
        }
    }
    if let Some(change) = facts.limit_break.as_ref().filter(|change| change.after_year < facts.past.len()) {
        cells[2 + change.after_year].break_after = true;
        cells[0].mark = Some(notes.letter(context, break_note(context, facts, change)));
    }
    cells.push(facts.counted().map_or_else(|| context.masked(), |counted| context.count(counted)));
    cells.push(if facts.is_masked() { context.masked() } else { context.count(facts.tally.stock.overdue) });
    let mark = context.state_mark(facts.state);
    cells.push(Cell { text: mark.word.clone(), state: Some(mark), ..Cell::default() });
    Row::of(Cell { anchor: facts.commitment.id.clone(), ..Cell::of(context.short(facts)) }, cells)
}

fn goal_cell(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Cell {
    match facts.commitment.goal {
        Some(goal) => Cell { unit: context.rate(0).unit, ..Cell::of(context.writer.goal_number(goal)) },
        None => context.sign("sign-not-applicable", "spoken-no-goal"),
    }
}

/// The rate of this period, or what stands in its place.
pub(super) fn current_rate(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Cell {
    match facts.tenths {
        Some(tenths) => context.rate(tenths),
        None if facts.is_masked() => context.masked(),
        None => context.no_cases(),
    }
}

fn past_rate(context: &Context<'_>, figure: Option<&PastFigure<'_>>) -> Cell {
    match figure {
        Some(figure) => context.rate(figure.tenths),
        None => context.sign("sign-not-available", "spoken-not-measured"),
    }
}

/// What had been published, and why it was revised. Only a table of several commitments names the commitment.
fn restated_note(context: &Context<'_>, name: Option<&str>, label: &str, figure: &PastFigure<'_>) -> String {
    let writer = context.writer;
    let key = match (name, figure.published_before) {
        (Some(_), Some(_)) => "note-restated",
        (Some(_), None) => "note-restated-unknown",
        (None, Some(_)) => "note-restated-year",
        (None, None) => "note-restated-year-unknown",
    };
    let (period, before) = (writer.plain(label), figure.published_before.map(|before| writer.rate(before)));
    let mut arguments = vec![("period", (&period).into())];
    arguments.extend(name.map(|name| ("name", name.into())));
    arguments.extend(before.as_ref().map(|before| ("rate", before.into())));
    let (note, reason) = (writer.message(key, &arguments), writer.text(figure.reason));
    if reason.is_empty() { note } else { format!("{note} {reason}") }
}

fn break_note(context: &Context<'_>, facts: &CommitmentFacts<'_>, change: &LimitBreak) -> String {
    let writer = context.writer;
    let (before, after) = (writer.limit(change.limit_before, facts.unit()), writer.limit(change.limit_after, facts.unit()));
    let date = writer.date(change.from);
    writer.message("note-break", &[("before", (&before).into()), ("after", (&after).into()), ("date", (&date).into())])
}

/// Notes for the signs and the units that the table uses, and no others.
fn signs(context: &Context<'_>, groups: &[RowGroup]) -> Vec<Note> {
    let unit = |key: &str, unit: Unit| {
        let used = context.facts.commitments.iter().any(|facts| facts.unit() == unit);
        used.then(|| Note { sign: context.word(&format!("{key}-sign")), text: context.word(key) })
    };
    let sign = |sign: &str, note: &str| {
        let sign = context.word(sign);
        let used = groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells).any(|cell| cell.text == sign);
        used.then(|| Note { sign, text: context.word(note) })
    };
    let notes = [
        unit("note-business-days", Unit::BusinessDays),
        unit("note-calendar-days", Unit::CalendarDays),
        unit("note-minutes", Unit::Minutes),
        sign("sign-not-applicable", "note-no-goal"),
        sign("sign-not-available", "note-not-measured"),
        sign("sign-masked", "note-masked"),
    ];
    notes.into_iter().flatten().collect()
}

/// Year, rate, cases of one commitment, newest first.
pub(super) fn years(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Table {
    let writer = context.writer;
    let mut notes = Notes::default();
    let cases = facts.counted().map_or_else(|| context.masked(), |counted| context.count(counted));
    let current = Cell { strong: facts.tenths.is_some(), ..current_rate(context, facts) };
    let mut rows = vec![Row::of(Cell { strong: true, ..Cell::of(context.period()) }, vec![current, cases])];
    for (label, figure) in context.facts.past_labels.iter().zip(&facts.past) {
        let mut rate = past_rate(context, figure.as_ref());
        if let Some(figure) = figure.as_ref().filter(|figure| figure.restated) {
            rate.mark = Some(notes.restated(context, restated_note(context, None, label, figure)));
        }
        let counted = figure.as_ref().and_then(|figure| figure.counted);
        let cases =
            counted.map_or_else(|| context.sign("sign-not-available", "spoken-not-published"), |counted| context.count(counted));
        rows.push(Row::of(Cell::of(writer.plain(label)), vec![rate, cases]));
    }
    if let Some(change) = facts.limit_break.as_ref().filter(|change| change.after_year + 1 < rows.len()) {
        let mark = notes.letter(context, break_note(context, facts, change));
        let row = &mut rows[change.after_year];
        row.header.mark = Some(mark);
        row.header.break_after = true;
        row.cells.iter_mut().for_each(|cell| cell.break_after = true);
    }
    let columns =
        vec![context.column("column-year"), context.rate_column(), context.figures_column("column-cases", String::new())];
    let caption = writer.message("years-caption", &[("name", (&context.short(facts)).into())]);
    let unavailable = context.word("sign-not-available");
    let mut table = context.unnumbered_table(format!("years-{}", facts.commitment.id), TableKind::Years, caption, columns, rows);
    let uses =
        |sign: &str| table.groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells).any(|cell| cell.text == sign);
    let not_measured = uses(&unavailable).then(|| Note { sign: unavailable.clone(), text: context.word("note-not-measured") });
    let masked = facts.is_masked().then(|| context.masked_note());
    table.signs = not_measured.into_iter().chain(masked).collect();
    table.notes = notes.all();
    table
}
