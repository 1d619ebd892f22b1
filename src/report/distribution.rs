//! The elapsed times of one commitment: chart (c) and its description, from published bins only.

use super::charts::distribution::{Bins, Distribution, case_ticks};
use super::context::Context;
use super::drawing::Chart;
use super::facts::CommitmentFacts;
use super::writer::unit_name;
use crate::domain::commitment::Unit;
use crate::domain::rate::Rate;

/// Chart (c); `None` where late cases are few, where no bins can be published, or where cases were held to two limits.
pub(super) fn chart(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Option<Chart> {
    let writer = context.writer;
    let project = context.facts.project;
    let scale = facts.unit().scale();
    let limit = i64::from(facts.limit(project)) * scale;
    let histogram = &facts.tally.histogram;
    let on_time: u64 = histogram.iter().filter(|(elapsed, _)| *elapsed <= limit).map(|(_, cases)| cases).sum();
    let late = histogram.cases() - on_time;
    let two_limits = facts.limit_break.as_ref().is_some_and(|change| change.after_year == 0);
    if late < project.privacy_minimum || on_time != facts.tally.met || two_limits {
        return None;
    }
    let bins = Bins::new(histogram, limit, facts.unit(), project.privacy_minimum)?;
    let shares = shares(context, facts, on_time, late);
    let largest = bins.bins.iter().map(|bin| bin.cases).max().unwrap_or(1);
    let open_label =
        bins.bins.last().filter(|_| bins.open_end).map(|bin| open_label(context, bin.first, facts.unit())).unwrap_or_default();
    let title = title(context, facts, &bins);
    let unit = unit_name(facts.unit());
    let drawing = Distribution {
        bins,
        unit: facts.unit(),
        on_time: [context.word("chart-on-time"), shares[0].clone()],
        late: [context.word("chart-late"), shares[1].clone()],
        axis_title: context.word(&format!("chart-axis-{unit}")),
        case_axis: case_ticks(largest).into_iter().map(|cases| (cases, writer.number(cases))).collect(),
        open_label,
    };
    Some(Chart {
        id: format!("chart-times-{}", facts.commitment.id),
        label: context.figure_label(),
        title,
        caption: context.word(&format!("chart-times-{unit}")),
        description: description(context, facts, on_time, late),
        print: drawing.print(),
        wide: drawing.wide(),
        narrow: drawing.narrow(),
    })
}

/// The two shares; where counted cases never stopped (an exit that counts as missed), the drawing holds fewer cases
/// than the rate, and counts stand in the place of shares.
fn shares(context: &Context<'_>, facts: &CommitmentFacts<'_>, on_time: u64, late: u64) -> [String; 2] {
    let writer = context.writer;
    match facts.tenths {
        Some(tenths) if on_time + late == facts.tally.counted() => [writer.rate(tenths), writer.rate(1000 - tenths)],
        _ => [writer.number(on_time), writer.number(late)],
    }
}

fn open_label(context: &Context<'_>, first: i64, unit: Unit) -> String {
    let first = match unit {
        Unit::Minutes => context.writer.decimal(super::writer::Scaled::tenths((first.unsigned_abs() - 1) * 10 / 60)),
        _ => context.writer.number(first.unsigned_abs()),
    };
    context.writer.message("chart-open-end", &[("first", (&first).into())])
}

/// « 57,1 % des retards : 5 jours ou moins », from published bins.
fn title(context: &Context<'_>, facts: &CommitmentFacts<'_>, bins: &Bins) -> String {
    let half = bins.half_of_late().and_then(|(lateness, cases)| Some((lateness, Rate::new(cases, bins.late())?)));
    let Some((lateness, share)) = half else { return context.word("title-times") };
    let share = context.writer.rate(share.displayed_tenths(None));
    let lateness = context.writer.elapsed(lateness, facts.unit());
    context.writer.message("title-times-late", &[("share", (&share).into()), ("lateness", (&lateness).into())])
}

/// Both shares with counts, median, p90.
fn description(context: &Context<'_>, facts: &CommitmentFacts<'_>, on_time: u64, late: u64) -> String {
    let writer = context.writer;
    let elapsed = facts.tally.elapsed();
    let written = |percent| elapsed.percentile(percent).map(|value| writer.elapsed(value, facts.unit())).unwrap_or_default();
    let (median, p90) = (written(50), written(90));
    let stopped = Rate::new(on_time, on_time + late).map(|rate| rate.displayed_tenths(facts.commitment.goal)).unwrap_or_default();
    let texts = [writer.rate(stopped), writer.number(on_time), writer.rate(1000 - stopped), writer.number(late)];
    writer.message(
        "description-times",
        &[
            ("on-time-share", (&texts[0]).into()),
            ("on-time", (&texts[1]).into()),
            ("late-share", (&texts[2]).into()),
            ("late", (&texts[3]).into()),
            ("median", (&median).into()),
            ("p90", (&p90).into()),
        ],
    )
}
