//! Appendix B: where every row and every case went.

use std::collections::BTreeMap;

use super::context::Context;
use super::edition::{Cell, Column, Quality, Row, RowGroup, Table, TableKind};
use super::facts::CommitmentFacts;
use super::signs;
use super::typography::verbatim;
use super::writer::Scaled;
use crate::domain::account::{Reject, RowAccount};
use crate::domain::rate::divide_rounded;

pub(super) fn build(context: &Context<'_>) -> Quality {
    // Tables are numbered as they are built, so fields stand in reading order.
    let mut quality = Quality {
        anchor: "report-quality".to_string(),
        lead: context.word("quality-lead"),
        rows: rows(context),
        rejected: rejected(context),
        cases: cases(context),
        bounds: bounds(context),
        no_bounds: String::new(),
        signs_lead: signs::lead(context),
        signs: signs::table(context),
        no_signs: String::new(),
    };
    if quality.bounds.is_none() {
        quality.no_bounds = context.word("quality-no-unusable");
    }
    if quality.signs.is_none() {
        quality.no_signs = context.word("signs-none");
    }
    quality
}

/// `rows = accepted + duplicates + rejected`, per file and per source.
fn rows(context: &Context<'_>) -> Table {
    let columns: Vec<Column> = [
        context.column("column-file"),
        context.figures_column("column-rows", String::new()),
        context.figures_column("column-accepted", String::new()),
        context.figures_column("column-duplicates", String::new()),
        context.figures_column("column-rejected", String::new()),
        context.figures_column("column-rejected-share", context.word("unit-percent")),
    ]
    .into();
    let groups = context.facts.figures.sources.iter().map(|source| {
        let mut rows: Vec<Row> =
            source.files.iter().map(|file| account(context, Cell::of(verbatim(&file.name)), &file.rows)).collect();
        let total = Cell { strong: true, ..Cell::of(context.word("total")) };
        if rows.len() != 1 {
            rows.push(account(context, total, &source.rows()));
        }
        let cases = context.writer.number(source.cases);
        let arguments = [("source", source.id.as_str().into()), ("count", source.cases.into()), ("n", (&cases).into())];
        RowGroup { title: context.writer.message("quality-source", &arguments), rows }
    });
    Table {
        groups: groups.collect(),
        ..context.table("table-rows".to_string(), TableKind::Reconciliation, context.word("rows-caption"), columns, Vec::new())
    }
}

fn account(context: &Context<'_>, header: Cell, account: &RowAccount) -> Row {
    let strong = header.strong;
    let mut cells: Vec<Cell> =
        [account.rows(), account.accepted, account.duplicates, account.rejected_rows()].map(|rows| context.count(rows)).into();
    cells.push(Cell::of(context.writer.decimal(percent_share(account.rejected_rows(), account.rows()))));
    cells.iter_mut().for_each(|cell| cell.strong = strong);
    Row::of(header, cells)
}

/// A share in hundredths of a percent, half away from zero; not 0 while there is something.
pub(super) fn percent_share(part: u64, whole: u64) -> Scaled {
    let scaled =
        if whole == 0 { 0 } else { divide_rounded(u128::from(part) * 10_000, u128::from(whole)).max(u64::from(part > 0)) };
    Scaled { scaled, decimals: 2 }
}

/// Rejected rows by reason, one column for each source; nothing where none was rejected.
fn rejected(context: &Context<'_>) -> Option<Table> {
    let sources = &context.facts.figures.sources;
    let accounts: Vec<RowAccount> = sources.iter().map(|source| source.rows()).collect();
    let mut totals: BTreeMap<Reject, u64> = BTreeMap::new();
    for (&reason, &rows) in accounts.iter().flat_map(|account| &account.rejected) {
        *totals.entry(reason).or_default() += rows;
    }
    let rows: Vec<Row> = totals
        .iter()
        .filter(|(_, rows)| **rows > 0)
        .map(|(reason, _)| {
            let cells = accounts.iter().map(|account| context.count(account.rejected.get(reason).copied().unwrap_or(0)));
            Row::of(Cell::of(context.word(&format!("reject-{}", reason.name()))), cells.collect())
        })
        .collect();
    let mut columns = vec![context.column("column-reason")];
    columns.extend(
        sources.iter().map(|source| Column { title: source.id.clone(), ..context.figures_column("column-rows", String::new()) }),
    );
    let table = || {
        context.table(
            "table-rejected".to_string(),
            TableKind::Reconciliation,
            context.word("rejected-caption"),
            columns,
            rows.clone(),
        )
    };
    (!rows.is_empty()).then(table)
}

/// `in scope = met + missed + pending + excluded + unusable + not started + outside`, per commitment.
fn cases(context: &Context<'_>) -> Table {
    let names = ["in-scope", "met", "missed", "pending", "excluded", "unusable", "not-started", "outside"];
    let mut columns = vec![context.column("column-commitment")];
    columns.extend(names.map(|name| context.figures_column(&format!("column-{name}"), String::new())));
    let rows = context.facts.commitments.iter().map(|facts| {
        let tally = facts.tally;
        let counts = [
            tally.in_scope(),
            tally.met,
            tally.missed,
            tally.pending,
            tally.excluded(),
            tally.unusable(),
            tally.not_started,
            tally.outside,
        ];
        let cells = counts.map(|count| if facts.is_masked() { context.masked() } else { context.count(count) });
        Row::of(name(context, facts), cells.into())
    });
    let mut table = context.table(
        "table-cases".to_string(),
        TableKind::Reconciliation,
        context.word("cases-caption"),
        columns,
        rows.collect(),
    );
    if context.facts.commitments.iter().any(CommitmentFacts::is_masked) {
        table.signs.push(context.masked_note());
    }
    table
}

pub(super) fn name(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Cell {
    Cell { anchor: facts.commitment.id.clone(), ..Cell::of(context.short(facts)) }
}

/// What the rate would be if every unusable case were late, and if every one were on time.
fn bounds(context: &Context<'_>) -> Option<Table> {
    let affected: Vec<&CommitmentFacts<'_>> =
        context.facts.commitments.iter().filter(|facts| facts.tally.unusable() > 0 && facts.tenths.is_some()).collect();
    let rows: Vec<Row> = affected
        .iter()
        .filter_map(|facts| {
            let (low, high) = facts.tally.bounds()?;
            let goal = facts.commitment.goal;
            let rates = [low.displayed_tenths(goal), facts.tenths?, high.displayed_tenths(goal)];
            let mut cells = vec![context.count(facts.tally.unusable())];
            cells.extend(rates.map(|tenths| context.rate(tenths)));
            Some(Row::of(name(context, facts), cells))
        })
        .collect();
    let percent = context.word("unit-percent");
    let columns = vec![
        context.column("column-commitment"),
        context.figures_column("column-unusable", String::new()),
        context.figures_column("column-low", percent.clone()),
        context.figures_column("column-rate", percent.clone()),
        context.figures_column("column-high", percent),
    ];
    let table = || {
        context.table(
            "table-bounds".to_string(),
            TableKind::Reconciliation,
            context.word("bounds-caption"),
            columns,
            rows.clone(),
        )
    };
    (!rows.is_empty()).then(table)
}
