//! Section 6: what the program checked, what is known to be imperfect, and what a person still attests.

use super::context::Context;
use super::edition::{Cell, Reliability, Row, State, Table, TableKind};
use super::facts::CommitmentFacts;
use super::prose;
use super::quality::percent_share;
use super::typography::capitalized;
use crate::domain::account::SourceAccount;

pub(super) fn build(context: &Context<'_>) -> Reliability {
    let writer = context.writer;
    let project = context.facts.project;
    let text = project.commentary.reliability.as_ref();
    let dates = [project.period.first, project.period.last, project.as_of].map(|day| writer.date(day));
    let organization = writer.text(&project.organization);
    let arguments = [
        ("organization", (&organization).into()),
        ("first", (&dates[0]).into()),
        ("last", (&dates[1]).into()),
        ("as-of", (&dates[2]).into()),
    ];
    let restrictions = restrictions(context);
    Reliability {
        anchor: "report-reliability".to_string(),
        lead: writer.message("reliability-lead", &arguments),
        text: text.map(|text| prose::blocks(context, text, None)).unwrap_or_default(),
        controls: controls(context),
        no_restriction: if restrictions.is_empty() { context.word("restriction-none") } else { String::new() },
        restrictions,
        attestations: ["attest-declaration", "attest-exports", "attest-controls", "attest-explanations"]
            .map(|key| context.word(key))
            .into(),
        signature: ["signature-name", "signature-title", "signature-date", "signature-line"].map(|key| context.word(key)).into(),
    }
}

/// Controls in the order of the data's way: rows, files, cases, calendar, words.
fn controls(context: &Context<'_>) -> Table {
    let writer = context.writer;
    let figures = context.facts.figures;
    let sum = |count: &dyn Fn(&SourceAccount) -> u64| figures.sources.iter().map(count).sum::<u64>();
    let rows_read = sum(&|source| source.rows().rows());
    let duplicates = sum(&|source| source.rows().duplicates);
    let counted_figure =
        |key: &str, count: u64| writer.message(key, &[("count", count.into()), ("n", (&writer.number(count)).into())]);
    let files = figures.sources.iter().map(|source| source.files.len() as u64).sum();
    let mut rows = vec![
        (context.word("control-files"), context.word("finding-fingerprints"), counted_figure("figure-files", files)),
        (context.word("control-rows"), context.word("finding-rows"), counted_figure("figure-rows", rows_read)),
    ];
    for source in &figures.sources {
        rows.push(rejected_rows(context, source));
    }
    rows.push((context.word("control-duplicates"), context.word("finding-removed"), counted_figure("figure-rows", duplicates)));
    let commitments = context.facts.commitments.len() as u64;
    rows.push((context.word("control-cases"), context.word("finding-cases"), counted_figure("figure-commitments", commitments)));
    let totals = context.facts.commitments.iter().map(|facts| facts.tally.cross_totals());
    let (compared, differing) = totals.fold((0, 0), |sum, totals| (sum.0 + totals.0, sum.1 + totals.1));
    rows.push(match differing {
        0 => (context.word("control-totals"), context.word("finding-equal"), counted_figure("figure-totals", compared)),
        _ => (context.word("control-totals"), context.word("finding-differ"), counted_figure("figure-totals", differing)),
    });
    let over = context.facts.commitments.iter().filter(|facts| has_too_many_unusable(context, facts)).count() as u64;
    rows.push((
        context.word("control-unusable"),
        threshold_finding(context, over > 0),
        counted_figure("figure-commitments-over", over),
    ));
    let (holidays, closures) = super::appendices::days_off_counts(context);
    rows.push((
        context.word("control-calendar"),
        context.word("finding-applied"),
        counted_figure("figure-days", holidays + closures),
    ));
    let frozen = context.facts.commitments.iter().flat_map(|facts| &facts.past).flatten();
    let (frozen, restated) = frozen.fold((0, 0), |sum, figure| (sum.0 + 1, sum.1 + u64::from(figure.restated)));
    if frozen > 0 {
        let finding = counted_figure("finding-frozen", restated);
        rows.push((context.word("control-history"), finding, counted_figure("figure-results", frozen)));
    }
    let masked = context.facts.commitments.iter().map(masked_cells).sum();
    let minimum = writer.number(context.facts.project.privacy_minimum);
    rows.push((
        writer.message("control-privacy", &[("minimum", (&minimum).into())]),
        context.word("finding-masked"),
        counted_figure("figure-masked", masked),
    ));
    rows.push(explanations(context));
    let rows =
        rows.into_iter().map(|(control, finding, figure)| Row::of(Cell::of(control), vec![Cell::of(finding), Cell::of(figure)]));
    let columns = vec![
        context.column("column-control"),
        context.column("column-finding"),
        context.figures_column("column-figure", String::new()),
    ];
    context.table("table-controls".to_string(), TableKind::Controls, context.word("controls-caption"), columns, rows.collect())
}

/// Cells of the months and the breakdowns that are masked; the whole of a masked commitment is one.
fn masked_cells(facts: &CommitmentFacts<'_>) -> u64 {
    let months = facts.months.iter().filter(|month| month.share.is_none()).count();
    let fields = facts.breakdowns.iter().flat_map(|breakdown| &breakdown.cells).filter(|(_, share)| share.is_none()).count();
    (months + fields) as u64 + u64::from(facts.is_masked())
}

fn rejected_rows(context: &Context<'_>, source: &SourceAccount) -> (String, String, String) {
    let account = source.rows();
    let share = percent_share(account.rejected_rows(), account.rows());
    let control = context.writer.message("control-rejected", &[("source", source.id.as_str().into())]);
    (
        control,
        threshold_finding(context, has_too_many_rejected(context, source)),
        context.writer.percent(&context.writer.decimal(share)),
    )
}

fn threshold_finding(context: &Context<'_>, exceeded: bool) -> String {
    let threshold = context.writer.goal(context.facts.project.quality.max_rejected);
    let key = if exceeded { "finding-over" } else { "finding-under" };
    context.writer.message(key, &[("threshold", (&threshold).into())])
}

fn has_too_many_rejected(context: &Context<'_>, source: &SourceAccount) -> bool {
    let account = source.rows();
    context.facts.project.quality.max_rejected.is_exceeded_by(account.rejected_rows(), account.rows())
}

fn has_too_many_unusable(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> bool {
    let whole = facts.tally.counted() + facts.tally.unusable();
    !facts.is_masked() && context.facts.project.quality.max_rejected.is_exceeded_by(facts.tally.unusable(), whole)
}

/// Whether the results that call for an explanation have one that somebody approved.
fn explanations(context: &Context<'_>) -> (String, String, String) {
    let writer = context.writer;
    let called_for: Vec<&CommitmentFacts<'_>> =
        context.facts.commitments.iter().filter(|facts| calls_for_explanation(context, facts)).collect();
    let approved = called_for.iter().filter(|facts| is_approved(context, facts)).count();
    let finding = context.word(if approved == called_for.len() { "finding-complete" } else { "finding-incomplete" });
    let (part, whole) = (writer.number(approved as u64), writer.number(called_for.len() as u64));
    (
        context.word("control-explanations"),
        finding,
        writer.message("figure-of", &[("part", (&part).into()), ("whole", (&whole).into())]),
    )
}

/// Below the goal, or without a goal below `quality.explain-below`.
fn calls_for_explanation(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> bool {
    let threshold = context.facts.project.quality.explain_below;
    let low = threshold.is_some_and(|threshold| !threshold.is_reached_by(facts.tally.met, facts.tally.counted()));
    facts.state == State::Below || (facts.state == State::NoGoal && low)
}

fn is_approved(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> bool {
    let explanation = context.facts.project.commentary.explanations.get(&facts.place);
    explanation.is_some_and(|text| text.explanation.is_some() && text.approved_by.is_some() && text.approved_on.is_some())
}

/// What a reader must know before trusting a figure, each as a sentence.
fn restrictions(context: &Context<'_>) -> Vec<String> {
    let writer = context.writer;
    let project = context.facts.project;
    let mut found = Vec::new();
    for source in context.facts.figures.sources.iter().filter(|source| has_too_many_rejected(context, source)) {
        let share = writer.percent(&writer.decimal(percent_share(source.rows().rejected_rows(), source.rows().rows())));
        let threshold = writer.goal(project.quality.max_rejected);
        let arguments = [("source", source.id.as_str().into()), ("share", (&share).into()), ("threshold", (&threshold).into())];
        found.push(writer.message("restriction-rejected", &arguments));
    }
    let mut named = |key: &'static str, wanted: &dyn Fn(&CommitmentFacts<'_>) -> bool| {
        let names: Vec<String> =
            context.facts.commitments.iter().filter(|facts| wanted(facts)).map(|facts| context.short(facts)).collect();
        if !names.is_empty() {
            let count = names.len() as u64;
            found.push(writer.message(key, &[("count", count.into()), ("names", (&names.join("; ")).into())]));
        }
    };
    named("restriction-unusable", &|facts| has_too_many_unusable(context, facts));
    named("restriction-masked", &|facts| facts.is_masked());
    named("restriction-no-cases", &|facts| facts.state == State::NoCases);
    named("restriction-restated", &|facts| facts.past.iter().flatten().any(|figure| figure.restated));
    named("restriction-break", &|facts| facts.limit_break.is_some());
    named("restriction-unexplained", &|facts| calls_for_explanation(context, facts) && !is_approved(context, facts));
    let not_measured =
        project.pledges.iter().filter(|pledge| pledge.survey.is_none() && pledge.statement.is_none()).count() as u64;
    if not_measured > 0 {
        let spelled = capitalized(&writer.spelled(not_measured));
        found.push(writer.message("restriction-pledges", &[("count", not_measured.into()), ("n", (&spelled).into())]));
    }
    found
}
