//! The paragraph that says all about one commitment (design, section 6).

use super::context::Context;
use super::edition::{Span, State};
use super::facts::CommitmentFacts;
use super::typography::bold_spans;
use super::writer::{Scaled, shortest};
use crate::domain::rate::Goal;

/// Limit, rate, goal, usual times, open and overdue; each only where there is something to say.
pub(super) fn of(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Vec<Span> {
    let mut sentences = vec![promise(context, facts)];
    sentences.extend(result(context, facts));
    if !facts.is_masked() {
        sentences.extend(usual_times(context, facts));
        sentences.push(overdue(context, facts));
    }
    bold_spans(&sentences.join(" "))
}

fn promise(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let writer = context.writer;
    let limit = writer.limit(facts.limit(context.facts.project), facts.unit());
    match &facts.limit_break {
        Some(change) if change.after_year == 0 && change.from > context.facts.project.period.first => {
            let (before, date) = (writer.limit(change.limit_before, facts.unit()), writer.date(change.from));
            writer
                .message("promise-changed", &[("limit", (&limit).into()), ("before", (&before).into()), ("date", (&date).into())])
        }
        _ => writer.message("promise", &[("limit", (&limit).into())]),
    }
}

fn result(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Vec<String> {
    let writer = context.writer;
    let period = context.period();
    let (met, counted) = (writer.number(facts.tally.met), writer.number(facts.tally.counted()));
    let Some(tenths) = facts.tenths else {
        let minimum = context.facts.project.privacy_minimum;
        return vec![match facts.state {
            State::Masked => writer.message("result-masked", &[("minimum", (&writer.number(minimum)).into())]),
            _ => writer.message("result-no-cases", &[("period", (&period).into())]),
        }];
    };
    if facts.state == State::AllOnTime {
        return vec![writer.message(
            "result-all-on-time",
            &[("met", (&met).into()), ("counted", (&counted).into()), ("period", (&period).into())],
        )];
    }
    let noun = facts.commitment.noun.as_ref().map_or_else(|| context.word("noun-cases"), |noun| writer.text(noun));
    let rate = writer.rate(tenths);
    let arguments = [
        ("period", (&period).into()),
        ("rate", (&rate).into()),
        ("noun", (&noun).into()),
        ("met", (&met).into()),
        ("counted", (&counted).into()),
    ];
    let mut sentences = vec![writer.message("result-rate", &arguments)];
    if let Some(goal) = facts.commitment.goal {
        let goal_text = writer.goal(goal);
        sentences.push(match facts.state {
            State::Reached => writer.message("result-reached", &[("goal", (&goal_text).into())]),
            _ => {
                let gap = gap(goal, tenths);
                let gap_text = writer.decimal(gap);
                let arguments = [
                    ("points", super::catalogue::Argument::Decimal(gap)),
                    ("n", (&gap_text).into()),
                    ("goal", (&goal_text).into()),
                ];
                writer.message("result-below", &arguments)
            }
        });
    }
    sentences
}

/// The goal less the displayed rate, so that a reader finds it again; with the goal's decimals, at least one.
fn gap(goal: Goal, tenths: u64) -> Scaled {
    let goal = shortest(goal);
    let decimals = goal.decimals.max(1);
    let goal_scaled = goal.scaled * 10u64.pow(decimals - goal.decimals);
    Scaled { scaled: goal_scaled.saturating_sub(tenths * 10u64.pow(decimals - 1)), decimals }
}

fn usual_times(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Option<String> {
    let elapsed = facts.tally.elapsed();
    let written = |percent| Some(context.writer.elapsed(elapsed.percentile(percent)?, facts.unit()));
    let (median, p90) = (written(50)?, written(90)?);
    Some(context.writer.message("usual-times", &[("median", (&median).into()), ("p90", (&p90).into())]))
}

/// Stands beside every rate: a rate over finished cases alone improves when late files are left undecided.
fn overdue(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let writer = context.writer;
    let stock = facts.tally.stock;
    let date = writer.date(context.facts.project.period.last);
    match stock.oldest {
        Some(oldest) if stock.overdue > 0 => {
            let (number, oldest) = (writer.number(stock.overdue), writer.elapsed_full(oldest, facts.unit()));
            let arguments = [
                ("count", stock.overdue.into()),
                ("n", (&number).into()),
                ("date", (&date).into()),
                ("oldest", (&oldest).into()),
            ];
            writer.message("overdue-some", &arguments)
        }
        _ => writer.message("overdue-none", &[("date", (&date).into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The gap is subtracted from the displayed rate: 90 − 84.2 = 5.8; 92.55 − 92.4 = 0.15.
    #[test]
    fn the_gap_can_be_found_again_from_the_displayed_rate() {
        assert_eq!(gap(Goal::parse("90 %").unwrap(), 842), Scaled { scaled: 58, decimals: 1 });
        assert_eq!(gap(Goal::parse("92.55 %").unwrap(), 924), Scaled { scaled: 15, decimals: 2 });
        assert_eq!(gap(Goal::parse("92.50 %").unwrap(), 924), Scaled { scaled: 1, decimals: 1 });
    }
}
