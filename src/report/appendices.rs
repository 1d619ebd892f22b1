//! Appendix D, the days off that mattered, and the colophon.

use super::context::Context;
use super::edition::{CalendarNote, Cell, Colophon, Note, Row, RowGroup, TableKind};
use super::typography::verbatim;
use crate::domain::calendar::DayOff;

/// The days off from the first day of the period to the knowledge date.
fn days_off<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a DayOff> {
    let project = context.facts.project;
    project.calendar.days_off().days.range(project.period.first..=project.as_of).map(|(_, day)| day)
}

/// Holidays and closures from the first day of the period to the knowledge date.
pub(super) fn days_off_counts(context: &Context<'_>) -> (u64, u64) {
    let closures = days_off(context).filter(|day| day.closure).count() as u64;
    (days_off(context).count() as u64 - closures, closures)
}

pub(super) fn calendar(context: &Context<'_>) -> CalendarNote {
    let writer = context.writer;
    let project = context.facts.project;
    let rows = days_off(context).map(|day| {
        let kind = context.word(if day.closure { "kind-closure" } else { "kind-holiday" });
        let source = match writer.plain(&day.source) {
            source if source.is_empty() => context.sign("sign-not-applicable", "spoken-not-applicable"),
            source => Cell::of(source),
        };
        let cells = vec![Cell::of(writer.text(&day.name)), Cell::of(kind), source];
        Row::of(Cell::of(writer.date(day.day)), cells)
    });
    let columns = ["column-date", "column-name", "column-kind", "column-source"].map(|key| context.column(key)).into();
    let (first, as_of) = (writer.date(project.period.first), writer.date(project.as_of));
    let caption = context.word("calendar-caption");
    let mut table = context.table("table-days".to_string(), TableKind::Days, caption, columns, rows.collect());
    if days_off(context).any(|day| day.source.is_empty()) {
        table.signs.push(Note { sign: context.word("sign-not-applicable"), text: context.word("note-not-applicable") });
    }
    CalendarNote {
        anchor: "report-calendar".to_string(),
        lead: writer.message("calendar-lead", &[("first", (&first).into()), ("last", (&as_of).into())]),
        table,
    }
}

pub(super) fn colophon(context: &Context<'_>) -> Colophon {
    let version = context
        .writer
        .message("colophon-program", &[("name", env!("CARGO_PKG_NAME").into()), ("version", env!("CARGO_PKG_VERSION").into())]);
    let facts = [
        ("term-program", version),
        ("term-recompute", context.word("colophon-recompute")),
        ("term-attachments", context.word("colophon-attachments")),
        ("term-licences", context.word("colophon-licences")),
    ];
    let facts = facts.map(|(term, text)| (context.word(term), text)).into();
    let groups = context.facts.figures.sources.iter().map(|source| {
        let rows =
            source.files.iter().map(|file| Row::of(Cell::of(verbatim(&file.name)), vec![Cell::of(by_eight(&file.sha256))]));
        RowGroup { title: source.id.clone(), rows: rows.collect() }
    });
    let groups = groups.collect();
    let columns = vec![context.column("column-file"), context.column("column-fingerprint")];
    let mut files =
        context.table("table-files".to_string(), TableKind::Files, context.word("files-caption"), columns, Vec::new());
    files.groups = groups;
    Colophon {
        anchor: "report-colophon".to_string(),
        facts: context.definitions("table-colophon".to_string(), context.word("colophon-caption"), facts),
        files,
    }
}

/// A fingerprint in groups of eight, which an eye can compare.
fn by_eight(fingerprint: &str) -> String {
    let characters: Vec<char> = fingerprint.chars().collect();
    characters.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
