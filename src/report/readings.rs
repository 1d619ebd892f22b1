//! Appendix C: how much hangs on the way of counting.

use super::charts::commitments::{Row as ChartRow, Rows};
use super::charts::{axis_floor, goal_tenths};
use super::context::Context;
use super::drawing::Chart;
use super::edition::{Cell, Column, Mark, Note, Readings, Row, Table, TableKind};
use super::facts::CommitmentFacts;
use super::overview::{Page, axis_note, pages, proportion, terms};
use crate::domain::tally::{Reading, Share};

pub(super) fn build(context: &Context<'_>) -> Readings {
    let shown: Vec<Shown<'_>> = context.facts.commitments.iter().filter_map(Shown::new).collect();
    // Figures and tables are numbered as they are built, so fields stand in reading order.
    Readings {
        anchor: "report-readings".to_string(),
        lead: context.word(if shown.is_empty() { "readings-none" } else { "readings-lead" }),
        charts: charts(context),
        rates: (!shown.is_empty()).then(|| rates(context, &shown)),
        cases: (!shown.is_empty()).then(|| cases(context, &shown)),
    }
}

/// A commitment that has a rate to compare.
struct Shown<'a> {
    facts: &'a CommitmentFacts<'a>,
    declared_tenths: u64,
}

impl<'a> Shown<'a> {
    fn new(facts: &'a CommitmentFacts<'a>) -> Option<Shown<'a>> {
        Some(Shown { facts, declared_tenths: facts.tenths? })
    }

    fn readings(&self) -> impl Iterator<Item = (Reading, Share)> {
        Reading::ALL.into_iter().zip(self.facts.tally.readings)
    }

    fn tenths(&self, share: Share) -> Option<u64> {
        share.rate().map(|rate| rate.displayed_tenths(self.facts.commitment.goal))
    }

    /// Whether the goal would be reached where it is not, or the other way round.
    fn turns_the_verdict(&self, share: Share) -> bool {
        let tally = self.facts.tally;
        let goal = self.facts.commitment.goal.filter(|_| share.counted > 0);
        goal.is_some_and(|goal| goal.is_reached_by(share.met, share.counted) != goal.is_reached_by(tally.met, tally.counted()))
    }

    /// The lowest and the highest rate, the declared one among them.
    fn range(&self) -> (u64, u64) {
        let rates = || self.readings().filter_map(|(_, share)| self.tenths(share)).chain([self.declared_tenths]);
        (rates().min().unwrap_or(self.declared_tenths), rates().max().unwrap_or(self.declared_tenths))
    }
}

/// The rates: the declared one, then all eight readings; a mark where the verdict turns.
fn rates(context: &Context<'_>, all: &[Shown<'_>]) -> Table {
    let rows = all.iter().map(|shown| {
        let mut cells = vec![Cell { strong: true, ..context.rate(shown.declared_tenths) }];
        cells.extend(shown.readings().map(|(_, share)| {
            let cell = shown.tenths(share).map_or_else(|| context.no_cases(), |tenths| context.rate(tenths));
            let turns = shown.turns_the_verdict(share);
            let mark = || Mark { sign: context.word("sign-turned"), spoken: context.word("spoken-turned") };
            Cell { mark: turns.then(mark), strong: turns, ..cell }
        }));
        Row::of(name(context, shown), cells)
    });
    let mut columns = vec![context.column("column-commitment"), context.figures_column("column-declared", String::new())];
    columns.extend(reading_columns(context));
    let caption = context.word("readings-caption");
    let mut table = context.table("table-readings".to_string(), TableKind::Readings, caption, columns, rows.collect());
    let explained = |reading: &Reading| {
        let text = context
            .writer
            .message("note-reading", &[("reading", (&context.word(&format!("reading-{}", reading.name()))).into())]);
        Note { sign: heading(context, *reading), text }
    };
    table.signs.extend(Reading::ALL.iter().map(explained));
    if all.iter().any(|shown| shown.readings().any(|(_, share)| shown.turns_the_verdict(share))) {
        table.signs.push(Note { sign: context.word("sign-turned"), text: context.word("note-turned") });
    }
    table
}

/// The cases behind the rates: on time of counted.
fn cases(context: &Context<'_>, all: &[Shown<'_>]) -> Table {
    let writer = context.writer;
    let rows = all.iter().map(|shown| {
        let cell = |(_, share): (Reading, Share)| {
            let (part, whole) = (writer.number(share.met), writer.number(share.counted));
            Cell::of(writer.message("figure-of", &[("part", (&part).into()), ("whole", (&whole).into())]))
        };
        Row::of(name(context, shown), shown.readings().map(cell).collect())
    });
    let mut columns = vec![context.column("column-commitment")];
    columns.extend(reading_columns(context));
    let caption = context.word("readings-cases-caption");
    context.table("table-readings-cases".to_string(), TableKind::Readings, caption, columns, rows.collect())
}

fn name(context: &Context<'_>, shown: &Shown<'_>) -> Cell {
    Cell { anchor: shown.facts.commitment.id.clone(), ..Cell::of(context.short(shown.facts)) }
}

fn reading_columns(context: &Context<'_>) -> impl Iterator<Item = Column> {
    Reading::ALL
        .into_iter()
        .map(|reading| Column { title: heading(context, reading), ..context.figures_column("column-reading", String::new()) })
}

/// The short name of a reading, at the head of its column.
fn heading(context: &Context<'_>, reading: Reading) -> String {
    context.word(&format!("heading-{}", reading.name()))
}

fn charts(context: &Context<'_>) -> Vec<Chart> {
    let pages = pages(context, |facts| Some(chart_row(context, &Shown::new(facts)?)));
    pages.into_iter().enumerate().map(|(place, page)| chart(context, place, page)).collect()
}

fn chart_row(context: &Context<'_>, shown: &Shown<'_>) -> ChartRow {
    let facts = shown.facts;
    let (limit, terms) = terms(context, facts);
    ChartRow {
        label: context.short(facts),
        limit,
        terms,
        state: facts.state,
        state_word: range_text(context, shown),
        rate_text: context.writer.rate(shown.declared_tenths),
        tenths: Some(shown.declared_tenths),
        goal: facts.commitment.goal.map(goal_tenths),
        past: [None, None],
        range: Some(shown.range()),
    }
}

/// `84,6 à 92,1 %`.
fn range_text(context: &Context<'_>, shown: &Shown<'_>) -> String {
    let writer = context.writer;
    let (low, high) = shown.range();
    let (low, high) = (writer.tenths(low), writer.rate(high));
    writer.message("readings-range", &[("low", (&low).into()), ("high", (&high).into())])
}

fn chart(context: &Context<'_>, place: usize, (groups, members): Page<'_>) -> Chart {
    let writer = context.writer;
    let shown: Vec<Shown<'_>> = members.into_iter().filter_map(Shown::new).collect();
    let marks = shown.iter().flat_map(|shown| [Some(shown.range().0), shown.facts.commitment.goal.map(goal_tenths)]).flatten();
    let floor = axis_floor(marks);
    let judged = shown.iter().filter(|shown| shown.facts.commitment.goal.is_some()).count() as u64;
    let turning = |shown: &&Shown<'_>| shown.readings().any(|(_, share)| shown.turns_the_verdict(share));
    let title = match judged {
        0 => context.word("readings-caption"),
        _ => proportion(context, "title-readings", shown.iter().filter(turning).count() as u64, judged),
    };
    let named = shown.iter().map(|shown| {
        let (name, rate) = (context.short(shown.facts), writer.rate(shown.declared_tenths));
        let range = range_text(context, shown);
        writer.message("named-with-range", &[("name", (&name).into()), ("rate", (&rate).into()), ("range", (&range).into())])
    });
    let names = named.collect::<Vec<_>>().join("; ");
    let drawing = Rows {
        floor,
        key_goal: if judged > 0 { context.word("key-goal") } else { String::new() },
        key_past: [String::new(), String::new()],
        key_range: context.word("key-range"),
        axis_note: axis_note(context, floor),
        limit_title: context.word("column-limit"),
        hundred: writer.percent("100"),
        groups,
    };
    Chart {
        id: format!("readings-{}", place + 1),
        label: context.figure_label(),
        description: writer.message("description-readings", &[("title", (&title).into()), ("names", (&names).into())]),
        title,
        caption: context.word("chart-readings"),
        print: drawing.print(),
        wide: drawing.wide(),
        narrow: drawing.narrow(),
    }
}
