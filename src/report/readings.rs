//! Appendix C: how much hangs on the way of counting.

use super::charts::{goal_tenths, strip};
use super::context::Context;
use super::edition::{Cell, Readings, ReadingsBlock, Row, Strip, TableKind};
use super::facts::CommitmentFacts;
use super::typography::capitalized;
use crate::domain::commitment::Cohort;
use crate::domain::tally::{Reading, Share};

pub(super) fn build(context: &Context<'_>) -> Readings {
    Readings {
        anchor: "report-readings".to_string(),
        lead: context.word("readings-lead"),
        tables: context.facts.commitments.iter().filter_map(|facts| Some(block(context, facts, facts.tenths?))).collect(),
    }
}

/// The reading that is the declared rule itself.
fn declared(cohort: Cohort) -> Reading {
    match cohort {
        Cohort::Stop => Reading::ByStop,
        Cohort::Due => Reading::ByDue,
        Cohort::Start => Reading::ByStart,
    }
}

fn block(context: &Context<'_>, facts: &CommitmentFacts<'_>, declared_tenths: u64) -> ReadingsBlock {
    let writer = context.writer;
    let goal = facts.commitment.goal;
    let declared = declared(facts.commitment.counted_by);
    let mut readings: Vec<(Reading, Share)> = Reading::ALL.into_iter().zip(facts.tally.readings).collect();
    readings.sort_by_key(|(reading, _)| *reading != declared);
    let tenths = |share: Share| share.rate().map(|rate| rate.displayed_tenths(goal));
    let lowest = readings.iter().filter_map(|(_, share)| tenths(*share)).chain(goal.map(goal_tenths)).min().unwrap_or(0);
    let floor = (lowest / 100 * 10).min(90);
    let rows = readings.iter().enumerate().map(|(place, &(reading, share))| {
        let is_declared = reading == declared;
        let name = context.word(&format!("reading-{}", reading.name()));
        let name =
            if is_declared { writer.message("reading-declared", &[("reading", (&name).into())]) } else { capitalized(&name) };
        let (rate, gap) = match tenths(share) {
            Some(tenths) => (context.rate(tenths), Cell::of(writer.difference(tenths as i64 - declared_tenths as i64))),
            None => (context.no_cases(), context.sign("sign-not-applicable", "spoken-not-applicable")),
        };
        let cells = vec![context.count(share.met), context.count(share.counted), Cell { strong: is_declared, ..rate }, gap];
        let drawing = strip::draw(floor, tenths(share), declared_tenths, goal.map(goal_tenths), is_declared);
        let strip = Strip { id: format!("strip-{}-{}", facts.commitment.id, place + 1), drawing };
        Row { header: Cell { strong: is_declared, ..Cell::of(name) }, cells, strip: Some(strip) }
    });
    let columns = vec![
        context.column("column-reading"),
        context.figures_column("column-met", String::new()),
        context.figures_column("column-cases", String::new()),
        context.rate_column(),
        context.figures_column("column-difference", context.word("unit-points")),
    ];
    let name = context.short(facts);
    let caption = writer.message("readings-caption", &[("name", (&name).into())]);
    let low = floor.to_string();
    let note = writer.message("readings-note", &[("rate", (&writer.percent(&low)).into())]);
    ReadingsBlock {
        anchor: format!("readings-{}", facts.commitment.id),
        title: name,
        finding: finding(context, facts, &readings),
        table: context.table(
            format!("table-readings-{}", facts.commitment.id),
            TableKind::Readings,
            caption,
            columns,
            rows.collect(),
        ),
        axis_low: low,
        axis_high: writer.percent("100"),
        strip_note: if goal.is_some() { format!("{note} {}", context.word("readings-note-goal")) } else { note },
    }
}

/// Whether another reading would change the verdict, or how far the rates lie apart.
fn finding(context: &Context<'_>, facts: &CommitmentFacts<'_>, readings: &[(Reading, Share)]) -> String {
    let writer = context.writer;
    let with_cases = || readings.iter().filter(|(_, share)| share.counted > 0);
    let Some(goal) = facts.commitment.goal else {
        let rates = || with_cases().filter_map(|(_, share)| Some(share.rate()?.displayed_tenths(None)));
        let (low, high) = (rates().min().unwrap_or(0), rates().max().unwrap_or(0));
        return writer.message("finding-range", &[("low", (&writer.rate(low)).into()), ("high", (&writer.rate(high)).into())]);
    };
    let text = writer.goal(goal);
    let reached = |share: &Share| goal.is_reached_by(share.met, share.counted);
    let now = goal.is_reached_by(facts.tally.met, facts.tally.counted());
    let others: Vec<String> = with_cases()
        .filter(|(_, share)| reached(share) != now)
        .map(|(reading, _)| context.word(&format!("reading-{}", reading.name())))
        .collect();
    match (others.is_empty(), now) {
        (true, true) => writer.message("finding-all-reach", &[("goal", (&text).into())]),
        (true, false) => writer.message("finding-none-reach", &[("goal", (&text).into())]),
        (false, true) => {
            writer.message("finding-some-miss", &[("goal", (&text).into()), ("readings", (&others.join("; ")).into())])
        }
        (false, false) => {
            writer.message("finding-some-reach", &[("goal", (&text).into()), ("readings", (&others.join("; ")).into())])
        }
    }
}
