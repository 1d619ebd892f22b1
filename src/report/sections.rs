//! Section 3: what each part of the declaration promised and what came of it.

use super::context::Context;
use super::edition::{
    Align, Block, Column, CommitmentBlock, GapBlock, MonthsBlock, PledgeBlock, Row, Section, State, Table, TableKind,
};
use super::facts::{Breakdown, CommitmentFacts};
use super::typography::{capitalized, shortened, verbatim};
use super::{distribution, months, prose, sentences, summary};
use crate::domain::commitment::Pledge;
use crate::domain::project::Explanation;
use crate::domain::prose::Prose;
use crate::domain::rate::Rate;

/// Charts by month and by elapsed time need this many counted cases and this many months that are not masked (design, section 5).
const CHART_CASES: u64 = 120;
const CHART_MONTHS: usize = 6;

pub(super) fn build(context: &Context<'_>) -> Vec<Section> {
    let project = context.facts.project;
    let sections = project.sections.iter().enumerate().map(|(place, section)| Section {
        anchor: format!("section-{}", section.id),
        title: context.section_title(place),
        commitments: context.facts.of_section(place).map(|facts| commitment(context, facts)).collect(),
        pledges: project
            .pledges
            .iter()
            .filter(|pledge| pledge.section == place)
            .map(|pledge| self::pledge(context, pledge))
            .collect(),
    });
    sections.filter(|section| !section.commitments.is_empty() || !section.pledges.is_empty()).collect()
}

fn commitment(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> CommitmentBlock {
    let open_months = facts.months.iter().filter(|month| month.share.is_some_and(|share| share.counted > 0)).count();
    let has_charts = facts.counted().is_some_and(|counted| counted >= CHART_CASES) && open_months >= CHART_MONTHS;
    CommitmentBlock {
        anchor: facts.commitment.id.clone(),
        title: context.writer.text(&facts.commitment.title),
        short: context.short(facts),
        state: context.state_mark(facts.state),
        opens_page: has_charts,
        sentences: sentences::of(context, facts),
        gap: context
            .facts
            .project
            .commentary
            .explanations
            .get(&facts.place)
            .and_then(|explanation| gap(context, facts, explanation)),
        years: summary::years(context, facts),
        months: has_charts
            .then(|| MonthsBlock { chart: Some(months::chart(context, facts)), table: months::table(context, facts) }),
        distribution: if has_charts { distribution::chart(context, facts) } else { None },
        breakdowns: facts
            .breakdowns
            .iter()
            .filter(|breakdown| !breakdown.cells.is_empty())
            .map(|part| breakdown(context, facts, part))
            .collect(),
    }
}

/// The ministry's words, with the figures of the commitment in the place of their names.
fn gap(context: &Context<'_>, facts: &CommitmentFacts<'_>, explanation: &Explanation) -> Option<GapBlock> {
    let writer = context.writer;
    let blocks = |text: &Option<Prose>| -> Vec<Block> {
        text.as_ref().map(|text| prose::blocks(context, text, Some(facts))).unwrap_or_default()
    };
    let below = matches!(facts.state, State::Below | State::NoGoal);
    let (text, action) = (blocks(&explanation.explanation), blocks(&explanation.action));
    let approval = match (&explanation.approved_by, explanation.approved_on) {
        (Some(person), Some(day)) => {
            let (person, date) = (writer.plain(person), writer.date(day));
            Some(writer.message("approved", &[("date", (&date).into()), ("person", (&person).into())]))
        }
        _ => None,
    };
    (!text.is_empty() || !action.is_empty()).then(|| GapBlock {
        explanation_title: context.word(if below { "gap-why" } else { "gap-context" }),
        explanation: text,
        action_title: context.word("gap-action"),
        action,
        approved: approval.is_some(),
        approval: approval.unwrap_or_else(|| context.word("not-approved")),
    })
}

fn breakdown(context: &Context<'_>, facts: &CommitmentFacts<'_>, breakdown: &Breakdown<'_>) -> Table {
    let writer = context.writer;
    let field = field_name(context, breakdown.field);
    let rows = breakdown.cells.iter().map(|&(value, share)| {
        Row::of(super::edition::Cell::of(value_name(context, value)), context.share(share, facts.commitment.goal).into())
    });
    let columns = vec![
        Column { title: capitalized(&field), unit: String::new(), align: Align::Start },
        context.rate_column(),
        context.figures_column("column-cases", String::new()),
    ];
    let caption = writer.message("breakdown-caption", &[("field", (&field).into())]);
    let id = format!("by-{}-{}", breakdown.field, facts.commitment.id);
    let mut table = context.table(id, TableKind::Breakdown, caption, columns, rows.collect());
    if breakdown.cells.iter().any(|(_, share)| share.is_none()) {
        table.signs.push(context.masked_note());
    }
    table
}

/// The name of a field: from the catalogue where it has one, else as the declaration writes it.
pub(super) fn field_name(context: &Context<'_>, field: &str) -> String {
    context.writer.catalogue.optional(&format!("field-{field}")).unwrap_or_else(|| verbatim(field))
}

/// So many characters of a value are shown: a longer one would push the figures off the page. The data files hold all of it.
const LONGEST_VALUE: usize = 100;

/// The name of a value of a field, likewise; a blank value has a name too.
pub(super) fn value_name(context: &Context<'_>, value: &str) -> String {
    if value.is_empty() {
        return context.word("value-blank");
    }
    let as_exported = || context.writer.plain(&shortened(value, LONGEST_VALUE));
    context.writer.catalogue.optional(&format!("value-{value}")).unwrap_or_else(as_exported)
}

fn pledge(context: &Context<'_>, pledge: &Pledge) -> PledgeBlock {
    let writer = context.writer;
    let mut block = PledgeBlock {
        anchor: format!("pledge-{}", pledge.id),
        title: writer.text(&pledge.title),
        result: Vec::new(),
        question: String::new(),
        respondents: String::new(),
        statement: pledge.statement.as_ref().map(|text| prose::blocks(context, text, None)).unwrap_or_default(),
        not_measured: String::new(),
    };
    let surveys = &context.facts.project.surveys;
    let survey = pledge.survey.as_ref().and_then(|name| surveys.iter().find(|survey| survey.pledge == *name));
    if let Some((survey, rate)) = survey.and_then(|survey| Some((survey, Rate::new(survey.favourable, survey.respondents)?))) {
        let number = |number: u64| writer.number(number);
        let rate = writer.rate(rate.displayed_tenths(None));
        let counts = [number(survey.favourable), number(survey.respondents), number(survey.invited)];
        block.result = writer.spans(
            "survey-result",
            &[("rate", (&rate).into()), ("favourable", (&counts[0]).into()), ("respondents", (&counts[1]).into())],
        );
        block.question = writer.message("survey-question", &[("question", (&writer.text(&survey.question)).into())]);
        let fielded = fielded(context, &survey.fielded);
        let share = Rate::new(survey.respondents, survey.invited).map(|share| writer.rate(share.displayed_tenths(None)));
        let share = share.unwrap_or_default();
        let arguments = [
            ("respondents", (&counts[1]).into()),
            ("invited", (&counts[2]).into()),
            ("share", (&share).into()),
            ("fielded", (&fielded).into()),
        ];
        block.respondents = writer.message("survey-respondents", &arguments);
    }
    if block.result.is_empty() && block.statement.is_empty() {
        block.not_measured = context.word("not-measured");
    }
    block
}

/// The date of a survey: written in the language where it is a date, else as the file has it.
fn fielded(context: &Context<'_>, written: &str) -> String {
    let mut parts = written.split('-').map(|part| part.parse::<u32>().ok());
    let day = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) => {
            i32::try_from(year).ok().and_then(|year| crate::domain::calendar::Day::from_ymd(year, month, day))
        }
        _ => None,
    };
    day.map_or_else(|| context.writer.plain(written), |day| context.writer.date(day))
}
