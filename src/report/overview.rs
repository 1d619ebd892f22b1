//! Section 1: the answer in one paragraph and one chart.

use super::charts::commitments::{Group, Row, Rows};
use super::charts::{axis_floor, goal_tenths};
use super::context::Context;
use super::drawing::{Chart, Length};
use super::edition::{Overview, Reference, Span, State};
use super::facts::CommitmentFacts;
use super::prose;
use super::typography::{bold_spans, capitalized};

/// A figure higher than this leaves no room for its heading on a page (design, section 2).
const PAGE_ROOM: Length = Length(52_000);

pub(super) fn build(context: &Context<'_>) -> Overview {
    let project = context.facts.project;
    let explained = context.facts.commitments.iter().filter(|facts| {
        project.commentary.explanations.get(&facts.place).is_some_and(|explanation| explanation.explanation.is_some())
    });
    let introduction = project.commentary.introduction.as_ref();
    Overview {
        anchor: "report-overview".to_string(),
        lead: lead(context),
        explained: explained
            .map(|facts| Reference { anchor: facts.commitment.id.clone(), title: context.short(facts) })
            .collect(),
        introduction: introduction.map(|text| prose::blocks(context, text, None)).unwrap_or_default(),
        charts: charts(context),
    }
}

/// How many commitments there are, and what became of those with and without a goal.
fn lead(context: &Context<'_>) -> Vec<Span> {
    let writer = context.writer;
    let all = &context.facts.commitments;
    let (with_goal, without): (Vec<_>, Vec<_>) = all.iter().partition(|facts| facts.commitment.goal.is_some());
    let total = all.len() as u64;
    let mut sentences = vec![writer.message("lead-total", &[("count", total.into()), ("n", (&writer.number(total)).into())])];
    let groups = [
        (with_goal, "lead-with-goal", "lead-all-with-goal", [State::Reached, State::Below, State::NoCases, State::Masked]),
        (without, "lead-without-goal", "lead-all-without-goal", [State::AllOnTime, State::NoGoal, State::NoCases, State::Masked]),
    ];
    for (group, some_key, all_key, states) in groups {
        let parts: Vec<String> = states.iter().filter_map(|&state| lead_part(context, &group, state)).collect();
        if parts.is_empty() {
            continue;
        }
        let count = group.len() as u64;
        let key = if count == total { all_key } else { some_key };
        let spelled = capitalized(&writer.spelled(count));
        let parts = writer.list(&parts);
        let arguments = [("count", count.into()), ("n", (&spelled).into()), ("parts", (&parts).into())];
        sentences.push(writer.message(key, &arguments));
    }
    bold_spans(&sentences.join(" "))
}

/// `**neuf l’ont atteinte**`; nothing for a state that does not occur.
fn lead_part(context: &Context<'_>, group: &[&CommitmentFacts<'_>], state: State) -> Option<String> {
    let count = group.iter().filter(|facts| facts.state == state).count() as u64;
    let key = match state {
        State::Reached => "lead-reached",
        State::Below => "lead-below",
        State::AllOnTime => "lead-all-on-time",
        State::NoGoal => "lead-not-always",
        State::NoCases => "lead-no-cases",
        State::Masked => "lead-masked",
    };
    let whole = group.len() as u64;
    let all = count == whole && matches!(state, State::Reached | State::Below | State::AllOnTime);
    let spelled = if all { context.word("spelled-all") } else { context.writer.spelled(count) };
    let arguments = [("group", whole.into()), ("count", count.into()), ("n", (&spelled).into())];
    (count > 0).then(|| context.writer.message(key, &arguments))
}

/// What one figure shows: rows in groups, and the commitments that they stand for.
pub(super) type Page<'a> = (Vec<Group>, Vec<&'a CommitmentFacts<'a>>);

/// The commitments that have a row, on as few figures as pages need: a section is parted only where no page holds it.
pub(super) fn pages<'a>(context: &Context<'a>, row: impl Fn(&CommitmentFacts<'_>) -> Option<Row>) -> Vec<Page<'a>> {
    let mut pages: Vec<Page<'a>> = Vec::new();
    let mut room = Length(0);
    for section in 0..context.facts.project.sections.len() {
        let rows = context.facts.of_section(section).filter_map(|facts| Some((row(facts)?, facts)));
        let rows: Vec<(Row, &CommitmentFacts<'_>)> = rows.collect();
        let whole: i64 = rows.iter().map(|(row, _)| Rows::print_height(row).0).sum();
        let mut begins = true;
        let mut fresh = Rows::PRINT_TITLE.0 + whole > room.0;
        for (row, facts) in rows {
            let height = Rows::print_height(&row).0;
            if fresh || height > room.0 {
                pages.push((Vec::new(), Vec::new()));
                (room, begins, fresh) = (PAGE_ROOM, true, false);
            }
            let Some((groups, members)) = pages.last_mut() else { continue };
            if begins {
                groups.push(Group { title: context.section_title(section), rows: Vec::new() });
                (room.0, begins) = (room.0 - Rows::PRINT_TITLE.0, false);
            }
            groups.last_mut().into_iter().for_each(|group| group.rows.push(row.clone()));
            members.push(facts);
            room.0 -= height;
        }
    }
    pages
}

/// One figure, or several of as many sections as a page holds.
fn charts(context: &Context<'_>) -> Vec<Chart> {
    let pages = pages(context, |facts| Some(row(context, facts)));
    pages.into_iter().enumerate().map(|(place, page)| chart(context, place, page)).collect()
}

/// « L’axe commence à 50 % »; nothing where it begins at 0.
pub(super) fn axis_note(context: &Context<'_>, floor: u64) -> String {
    let writer = context.writer;
    let begins = || writer.message("axis-begins", &[("rate", (&writer.percent(&floor.to_string())).into())]);
    if floor == 0 { String::new() } else { begins() }
}

fn chart(context: &Context<'_>, place: usize, (groups, members): Page<'_>) -> Chart {
    let writer = context.writer;
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let floor = axis_floor(rows().flat_map(|row| [row.tenths, row.goal, row.past[0], row.past[1]]).flatten());
    let past = |years: usize| context.facts.past_labels.get(years).map(|label| writer.plain(label)).unwrap_or_default();
    let has_goal = rows().any(|row| row.goal.is_some());
    let drawing = Rows {
        floor,
        key_goal: if has_goal { context.word("key-goal") } else { String::new() },
        key_past: [past(0), past(1)],
        key_range: String::new(),
        axis_note: axis_note(context, floor),
        limit_title: context.word("column-limit"),
        hundred: writer.percent("100"),
        groups,
    };
    Chart {
        id: format!("commitments-{}", place + 1),
        label: context.figure_label(),
        title: chart_title(context, &members),
        caption: writer.message("chart-commitments", &[("period", (&context.period()).into())]),
        description: description(context, &members),
        print: drawing.print(),
        wide: drawing.wide(),
        narrow: drawing.narrow(),
    }
}

/// `20 j`, and `· 20 j, cible 90 %`.
pub(super) fn terms(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> (String, String) {
    let writer = context.writer;
    let limit = writer.limit_short(facts.limit(context.facts.project), facts.unit());
    let terms = match facts.commitment.goal {
        Some(goal) => writer.message("chart-terms-goal", &[("limit", (&limit).into()), ("goal", (&writer.goal(goal)).into())]),
        None => writer.message("chart-terms", &[("limit", (&limit).into())]),
    };
    (limit, terms)
}

fn row(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Row {
    let writer = context.writer;
    let (limit, terms) = terms(context, facts);
    let rate_text = match (facts.tenths, facts.state) {
        (Some(tenths), _) => writer.rate(tenths),
        (None, State::Masked) => context.word("sign-masked"),
        (None, _) => context.word("no-cases"),
    };
    let past = |years: usize| facts.past.get(years).and_then(|figure| figure.as_ref()).map(|figure| figure.tenths);
    Row {
        label: context.short(facts),
        limit,
        terms,
        state: facts.state,
        state_word: context.state_mark(facts.state).word,
        rate_text,
        tenths: facts.tenths,
        goal: facts.commitment.goal.map(goal_tenths),
        past: [past(0), past(1)],
        range: None,
    }
}

/// « Neuf cibles sur douze atteintes », or how many were kept every time where none has a goal.
fn chart_title(context: &Context<'_>, members: &[&CommitmentFacts<'_>]) -> String {
    let count = |wanted: &[State]| members.iter().filter(|facts| wanted.contains(&facts.state)).count() as u64;
    let judged = count(&[State::Reached, State::Below]);
    let (key, part, whole) = match judged {
        0 => ("title-kept", count(&[State::AllOnTime]), count(&[State::AllOnTime, State::NoGoal])),
        _ => ("title-goals", count(&[State::Reached]), judged),
    };
    proportion(context, key, part, whole)
}

pub(super) fn proportion(context: &Context<'_>, key: &str, part: u64, whole: u64) -> String {
    let writer = context.writer;
    let (part_text, whole_text) = (writer.spelled(part), writer.spelled(whole));
    let arguments =
        [("count", part.into()), ("n", (&part_text).into()), ("whole", whole.into()), ("whole-text", (&whole_text).into())];
    capitalized(&writer.message(key, &arguments))
}

/// The chart in words: the proportion, then every commitment that did not reach a goal by name.
fn description(context: &Context<'_>, members: &[&CommitmentFacts<'_>]) -> String {
    let writer = context.writer;
    let judged = members.iter().filter(|facts| matches!(facts.state, State::Reached | State::Below)).count() as u64;
    let reached = members.iter().filter(|facts| facts.state == State::Reached).count() as u64;
    let mut sentences = Vec::new();
    if judged > 0 {
        sentences.push(proportion(context, "description-goals", reached, judged));
    }
    for state in [State::Below, State::AllOnTime, State::NoGoal, State::NoCases, State::Masked] {
        let named: Vec<String> = members.iter().filter(|facts| facts.state == state).map(|facts| named(context, facts)).collect();
        if !named.is_empty() {
            let word = context.state_mark(state).word;
            sentences
                .push(writer.message("description-state", &[("state", (&word).into()), ("names", (&named.join("; ")).into())]));
        }
    }
    sentences.join(" ")
}

fn named(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let writer = context.writer;
    let name = context.short(facts);
    let (Some(tenths), State::Below | State::NoGoal) = (facts.tenths, facts.state) else { return name };
    let rate = writer.rate(tenths);
    match facts.commitment.goal {
        Some(goal) => {
            let goal = writer.goal(goal);
            writer.message("named-with-goal", &[("name", (&name).into()), ("rate", (&rate).into()), ("goal", (&goal).into())])
        }
        None => writer.message("named", &[("name", (&name).into()), ("rate", (&rate).into())]),
    }
}
