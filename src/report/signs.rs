//! Appendix B: integrity signs, where they say something.

use super::charts::distribution::Bins;
use super::context::Context;
use super::edition::{Row, RowGroup, Table, TableKind};
use super::facts::CommitmentFacts;
use super::quality::name;
use crate::domain::commitment::Cohort;
use crate::domain::rate::Rate;
use crate::domain::signs::{FEWEST, Sighted, Sign, Threshold, year_end};

/// One group for each sign that says something of a commitment whose figures are published; nothing where none does.
pub(super) fn table(context: &Context<'_>) -> Option<Table> {
    let groups: Vec<RowGroup> = Sign::ALL.into_iter().filter_map(|sign| group(context, sign)).collect();
    if groups.is_empty() {
        return None;
    }
    let columns = vec![
        context.column("column-commitment"),
        context.figures_column("column-cases", String::new()),
        context.figures_column("column-among", String::new()),
        context.figures_column("column-share", context.word("unit-percent")),
    ];
    let caption = context.word("signs-caption");
    let mut table = context.table("table-signs".to_string(), TableKind::Reconciliation, caption, columns, Vec::new());
    table.groups = groups;
    let masked = context.masked().text;
    if table.groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells).any(|cell| cell.text == masked) {
        table.signs.push(context.masked_note());
    }
    Some(table)
}

/// What a reader must know before the table.
pub(super) fn lead(context: &Context<'_>) -> String {
    context.writer.message("signs-lead", &[("fewest", (&context.writer.number(FEWEST)).into())])
}

fn group(context: &Context<'_>, sign: Sign) -> Option<RowGroup> {
    let project = context.facts.project;
    let threshold = Threshold::of(sign, &project.period, &project.calendar);
    let speaks = |facts: &&CommitmentFacts<'_>| !facts.is_masked() && threshold.is_passed_by(facts.tally.signs.of(sign));
    let rows: Vec<Row> = context.facts.commitments.iter().filter(speaks).map(|facts| row(context, facts, sign)).collect();
    (!rows.is_empty()).then(|| RowGroup { title: context.word(&format!("sign-of-{}", sign.name())), rows })
}

fn row(context: &Context<'_>, facts: &CommitmentFacts<'_>, sign: Sign) -> Row {
    let sighted = facts.tally.signs.of(sign);
    let share = Rate::new(sighted.found, sighted.among).filter(|_| !gives_away(context, facts, sign, sighted));
    let cells = match share {
        None => [context.masked(), context.masked(), context.masked()],
        Some(share) => [context.count(share.met), context.count(share.counted), context.rate(share.displayed_tenths(None))],
    };
    Row::of(name(context, facts), cells.into())
}

/// Whether the counts are small, or leave a small number of cases when they are subtracted from others that are published.
fn gives_away(context: &Context<'_>, facts: &CommitmentFacts<'_>, sign: Sign, sighted: Sighted) -> bool {
    let project = context.facts.project;
    let is_small = |cases: u64| 0 < cases && cases < project.privacy_minimum;
    let beside = match sign {
        Sign::LastDay => {
            let limit = i64::from(facts.limit(project)) * facts.unit().scale();
            let bins = Bins::new(&facts.tally.histogram, limit, facts.unit(), project.privacy_minimum);
            let bins = bins.iter().flat_map(|bins| &bins.bins).filter(|bin| bin.first <= limit + 1 && limit - 1 <= bin.last);
            let (first, last) =
                bins.fold((limit - 1, limit + 1), |(first, last), bin| (first.min(bin.first), last.max(bin.last)));
            facts.tally.histogram.iter().any(|(elapsed, cases)| (first..=last).contains(&elapsed) && is_small(cases))
        }
        Sign::YearEnd if facts.commitment.counted_by == Cohort::Stop => {
            let months = facts.tally.by_month.range(year_end(&project.period, &project.calendar).month()..);
            is_small(months.map(|(_, share)| share.counted).sum::<u64>().saturating_sub(sighted.found))
        }
        _ => false,
    };
    beside || is_small(sighted.found) || is_small(sighted.among - sighted.found)
}
