//! The months of one commitment: table, chart (b) and its description, under one mask.

use super::charts::months::{Column, FEW_CASES, Months, Point, volume_top};
use super::charts::{axis_floor, goal_tenths};
use super::context::Context;
use super::drawing::Chart;
use super::edition::{Cell, Row, Table, TableKind};
use super::facts::{CommitmentFacts, MonthShare};
use super::typography::capitalized;
use crate::domain::rate::{Rate, divide_rounded};
use crate::domain::tally::Share;

/// A month that is shown and has cases.
struct Shown {
    place: usize,
    month: MonthShare,
    share: Share,
    rate: Rate,
    tenths: u64,
}

fn shown(facts: &CommitmentFacts<'_>) -> Vec<Shown> {
    let months = facts.months.iter().enumerate().filter_map(|(place, &month)| {
        let share = month.share?;
        let rate = share.rate()?;
        Some(Shown { place, month, share, rate, tenths: rate.displayed_tenths(facts.commitment.goal) })
    });
    months.collect()
}

fn reached(facts: &CommitmentFacts<'_>, share: Share) -> Option<bool> {
    facts.commitment.goal.map(|goal| goal.is_reached_by(share.met, share.counted))
}

/// One row for each month of the period; rates under the goal are marked.
pub(super) fn table(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Table {
    let rows = facts.months.iter().map(|month| {
        let cells = match month.share.and_then(|share| Some((share, share.rate()?))) {
            None => context.share(month.share, None),
            Some((share, _)) => {
                let [rate, cases] = context.share(Some(share), facts.commitment.goal);
                [Cell { late: reached(facts, share) == Some(false), ..rate }, cases]
            }
        };
        Row::of(Cell::of(context.writer.month_short(month.month)), cells.into())
    });
    let columns =
        vec![context.column("column-month"), context.rate_column(), context.figures_column("column-cases", String::new())];
    let caption = context.writer.message("months-caption", &[("name", (&context.short(facts)).into())]);
    let mut table =
        context.unnumbered_table(format!("months-{}", facts.commitment.id), TableKind::Months, caption, columns, rows.collect());
    if facts.months.iter().any(|month| month.share.is_none()) {
        table.signs.push(context.masked_note());
    }
    table
}

/// Chart (b).
pub(super) fn chart(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Chart {
    let writer = context.writer;
    let shown = shown(facts);
    let goal = facts.commitment.goal;
    let floor = axis_floor(shown.iter().map(|month| month.tenths).chain(goal.map(goal_tenths)));
    let top = volume_top(shown.iter().map(|month| month.share.counted).max().unwrap_or(1));
    let enough = shown.iter().filter(|month| month.share.counted >= FEW_CASES);
    let drawing = Months {
        floor,
        goal: goal.map(goal_tenths),
        goal_label: goal
            .map(|goal| writer.message("chart-goal-label", &[("goal", (&writer.goal(goal)).into())]))
            .unwrap_or_default(),
        volume_label: context.word("chart-volume-label"),
        hundred: writer.percent("100"),
        columns: facts.months.iter().enumerate().map(|(place, month)| column(context, facts, &shown, place, month)).collect(),
        lowest: enough.min_by_key(|month| month.tenths).map(|month| month.place),
        volume_axis: [0, top / 2, top].map(|cases| (cases, writer.number(cases))),
    };
    Chart {
        id: format!("chart-months-{}", facts.commitment.id),
        label: context.figure_label(),
        title: title(context, facts, &shown),
        caption: context.word("chart-months"),
        description: description(context, &shown),
        print: drawing.print(),
        wide: drawing.wide(),
        narrow: drawing.narrow(),
    }
}

fn column(context: &Context<'_>, facts: &CommitmentFacts<'_>, shown: &[Shown], place: usize, month: &MonthShare) -> Column {
    let writer = context.writer;
    let initial = writer.month_long(month.month).chars().next().map(String::from).unwrap_or_default();
    let point = shown.iter().find(|month| month.place == place).map(|month| Point {
        share: month.share,
        tenths: month.tenths,
        rate_text: writer.rate(month.tenths),
        reached: reached(facts, month.share),
    });
    Column { initial: capitalized(&initial), point }
}

/// « Huit mois sur douze à la cible ou au-dessus »; without a goal, from the lowest to the highest month.
fn title(context: &Context<'_>, facts: &CommitmentFacts<'_>, shown: &[Shown]) -> String {
    let writer = context.writer;
    if let Some(goal) = facts.commitment.goal {
        let (whole, part) = (
            shown.len() as u64,
            shown.iter().filter(|month| goal.is_reached_by(month.rate.met, month.rate.counted)).count() as u64,
        );
        let (part_text, whole_text) = (writer.spelled(part), writer.spelled(whole));
        let arguments =
            [("count", part.into()), ("n", (&part_text).into()), ("whole", whole.into()), ("whole-text", (&whole_text).into())];
        return capitalized(&writer.message("title-months", &arguments));
    }
    let (Some(lowest), Some(highest)) = (lowest(shown), highest(shown)) else { return context.word("chart-months") };
    if lowest.tenths == highest.tenths {
        return writer.message("title-months-same", &[("rate", (&writer.rate(lowest.tenths)).into())]);
    }
    let words = |month: &Shown| (writer.rate(month.tenths), writer.month_long(month.month.month));
    let ((low, low_month), (high, high_month)) = (words(lowest), words(highest));
    let arguments = [
        ("low", (&low).into()),
        ("low-month", (&low_month).into()),
        ("high", (&high).into()),
        ("high-month", (&high_month).into()),
    ];
    writer.message("title-months-range", &arguments)
}

fn lowest(shown: &[Shown]) -> Option<&Shown> {
    shown.iter().min_by_key(|month| month.tenths)
}

/// The first of the highest months.
fn highest(shown: &[Shown]) -> Option<&Shown> {
    shown.iter().rev().max_by_key(|month| month.tenths)
}

/// Highest, lowest and last month with their rates; the volume of the lowest against the mean month.
fn description(context: &Context<'_>, shown: &[Shown]) -> String {
    let writer = context.writer;
    let (Some(lowest), Some(highest), Some(last)) = (lowest(shown), highest(shown), shown.last()) else { return String::new() };
    let words = |month: &Shown| (writer.rate(month.tenths), writer.month_year(month.month.month));
    let ((low, low_month), (high, high_month), (end, end_month)) = (words(lowest), words(highest), words(last));
    let total: u64 = shown.iter().map(|month| month.share.counted).sum();
    let mean = writer.number(divide_rounded(u128::from(total), shown.len() as u128));
    let cases = writer.number(lowest.share.counted);
    writer.message(
        "description-months",
        &[
            ("low", (&low).into()),
            ("low-month", (&low_month).into()),
            ("high", (&high).into()),
            ("high-month", (&high_month).into()),
            ("last", (&end).into()),
            ("last-month", (&end_month).into()),
            ("cases", (&cases).into()),
            ("mean", (&mean).into()),
        ],
    )
}
