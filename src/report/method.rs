//! Appendix A, written from the rules that ran: what all commitments share, then what each one adds.

use super::context::Context;
use super::edition::{Method, MethodBlock};
use super::facts::CommitmentFacts;
use super::sections::{field_name, value_name};
use crate::domain::calendar::Day;
use crate::domain::commitment::{Cohort, Commitment, CountFrom, EventId, FieldCondition, ReceivedWhenClosed, Treatment, Unit};
use crate::domain::tally::Unusable;
use chrono::Weekday;

/// Terms with their definitions.
type Definitions = Vec<(String, String)>;

pub(super) fn build(context: &Context<'_>) -> Method {
    let commitments = context.facts.commitments.iter().map(|facts| MethodBlock {
        anchor: format!("method-{}", facts.commitment.id),
        title: context.short(facts),
        table: context.definitions(
            format!("method-table-{}", facts.commitment.id),
            context.writer.message("method-commitment-caption", &[("name", (&context.short(facts)).into())]),
            differences(context, facts),
        ),
    });
    Method {
        anchor: "report-method".to_string(),
        lead: context.word("method-lead"),
        common: context.definitions("method-common".to_string(), context.word("method-common-caption"), common(context)),
        commitments: commitments.collect(),
    }
}

/// The value that every commitment has; `None` where they differ.
fn shared<T: PartialEq>(context: &Context<'_>, value: impl Fn(&Commitment) -> T) -> Option<T> {
    let mut values = context.facts.commitments.iter().map(|facts| value(facts.commitment));
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn has_unit(context: &Context<'_>, wanted: Unit) -> bool {
    context.facts.commitments.iter().any(|facts| facts.unit() == wanted)
}

fn common(context: &Context<'_>) -> Definitions {
    let writer = context.writer;
    let project = context.facts.project;
    let mut rows = Definitions::new();
    let mut add = |term: &str, definition: String| rows.push((context.word(term), definition));
    let commitments = || context.facts.commitments.iter().map(|facts| facts.commitment);
    let (first, last) = (writer.date(project.period.first), writer.date(project.period.last));
    let counted = shared(context, |commitment| commitment.counted_by)
        .map_or_else(|| context.word("method-counted-varies"), |cohort| cohort_text(context, cohort));
    add(
        "term-counted",
        writer.message("method-counted", &[("first", (&first).into()), ("last", (&last).into()), ("cohort", (&counted).into())]),
    );
    add("term-known", writer.message("method-known", &[("date", (&writer.date(project.as_of)).into())]));
    let days = has_unit(context, Unit::BusinessDays) || has_unit(context, Unit::CalendarDays);
    if days {
        let start = shared(context, |commitment| commitment.clock.count_from);
        add("term-day-zero", start.map_or_else(|| context.word("method-start-varies"), |start| start_text(context, start)));
    }
    if has_unit(context, Unit::BusinessDays) {
        add("term-business-days", business_days(context));
    }
    if has_unit(context, Unit::CalendarDays) {
        add("term-calendar-days", context.word("method-calendar-days"));
    }
    if has_unit(context, Unit::Minutes) {
        add("term-minutes", context.word("method-minutes"));
    }
    if commitments().any(|commitment| !commitment.clock.pauses.is_empty()) {
        add("term-pauses", context.word("method-pauses"));
    }
    if commitments().any(|commitment| !commitment.clock.restarts.is_empty()) {
        add("term-restarts", context.word("method-restarts"));
    }
    if commitments().any(|commitment| !commitment.clock.exits.is_empty()) {
        add("term-exits", context.word("method-exits"));
    }
    add("term-unusable", context.word("method-unusable"));
    add("term-overdue", writer.message("method-overdue", &[("date", (&last).into())]));
    add("term-rounding", rounding(context));
    add("term-privacy", writer.message("method-privacy", &[("minimum", (&writer.number(project.privacy_minimum)).into())]));
    rows
}

fn cohort_text(context: &Context<'_>, cohort: Cohort) -> String {
    context.word(match cohort {
        Cohort::Stop => "cohort-stop",
        Cohort::Due => "cohort-due",
        Cohort::Start => "cohort-start",
    })
}

fn start_text(context: &Context<'_>, count_from: CountFrom) -> String {
    context.word(match count_from {
        CountFrom::NextDay => "method-next-day",
        CountFrom::SameDay => "method-same-day",
    })
}

fn business_days(context: &Context<'_>) -> String {
    let writer = context.writer;
    let calendar = &context.facts.project.calendar;
    let weekend: Vec<String> = calendar.days_off().weekend.iter().map(|day| context.word(weekday_key(*day))).collect();
    let (holidays, closures) = super::appendices::days_off_counts(context);
    let weekend = writer.list(&weekend);
    writer.message(
        "method-business-days",
        &[
            ("weekend", (&weekend).into()),
            ("holidays", holidays.into()),
            ("holidays-text", (&writer.number(holidays)).into()),
            ("closures", closures.into()),
            ("closures-text", (&writer.number(closures)).into()),
        ],
    )
}

fn weekday_key(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "weekday-monday",
        Weekday::Tue => "weekday-tuesday",
        Weekday::Wed => "weekday-wednesday",
        Weekday::Thu => "weekday-thursday",
        Weekday::Fri => "weekday-friday",
        Weekday::Sat => "weekday-saturday",
        Weekday::Sun => "weekday-sunday",
    }
}

/// The rule, with an example of this report where a guard was at work.
fn rounding(context: &Context<'_>) -> String {
    let writer = context.writer;
    let guarded = context.facts.commitments.iter().find(|facts| {
        let plain = facts
            .tally
            .rate()
            .map(|rate| crate::domain::rate::divide_rounded(u128::from(rate.met) * 1000, u128::from(rate.counted)));
        facts.tenths.is_some() && facts.tenths != plain
    });
    let rule = context.word("method-rounding");
    let Some((facts, tenths)) = guarded.and_then(|facts| Some((facts, facts.tenths?))) else { return rule };
    let texts = [writer.number(facts.tally.met), writer.number(facts.tally.counted()), writer.rate(tenths)];
    let example = writer.message(
        "method-rounding-example",
        &[("met", (&texts[0]).into()), ("counted", (&texts[1]).into()), ("rate", (&texts[2]).into())],
    );
    format!("{rule} {example}")
}

/// The rules of one commitment, and how many cases they took out.
fn differences(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> Definitions {
    let writer = context.writer;
    let commitment = facts.commitment;
    let clock = &commitment.clock;
    let mut rows = Definitions::new();
    let mut add = |term: &str, definition: String| {
        if !definition.is_empty() {
            rows.push((context.word(term), definition));
        }
    };
    let cite = commitment.cite.as_ref().map(|cite| writer.plain(cite));
    add("term-cite", cite.map_or_else(String::new, |cite| writer.message("method-cite", &[("place", (&cite).into())])));
    add("term-limit", limits(context, facts));
    add("term-scope", scope(context, commitment));
    add("term-start", events(context, commitment, &clock.start));
    add("term-stop", events(context, commitment, &clock.stop));
    let pauses = clock.pauses.iter().map(|pause| {
        let (from, until) = (event(context, commitment, pause.from), event(context, commitment, pause.until));
        writer.message("method-pause", &[("from", (&from).into()), ("until", (&until).into())])
    });
    add("term-pauses", pauses.collect::<Vec<_>>().join(" "));
    add("term-restarts", events(context, commitment, &clock.restarts));
    add("term-exits", exits(context, facts));
    add("term-excluded", exclusions(context, facts));
    if shared(context, |commitment| commitment.counted_by).is_none() {
        add("term-counted", cohort_text(context, commitment.counted_by));
    }
    if facts.unit() != Unit::Minutes {
        if shared(context, |commitment| commitment.clock.count_from).is_none() {
            add("term-day-zero", start_text(context, clock.count_from));
        }
        if clock.received_when_closed == ReceivedWhenClosed::NextBusinessDay {
            add("term-closed", context.word("method-next-business-day"));
        }
    }
    if !facts.is_masked() {
        add("term-unusable", unusable(context, facts));
    }
    rows
}

fn limits(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let writer = context.writer;
    let date = |day: Day| writer.date(day);
    let versions = facts.commitment.clock.limits.iter().map(|version| {
        let limit = writer.limit(version.limit, facts.unit());
        match (version.from, version.until) {
            (None, None) => writer.message("method-limit", &[("limit", (&limit).into())]),
            (None, Some(until)) => {
                writer.message("method-limit-until", &[("limit", (&limit).into()), ("until", (&date(until)).into())])
            }
            (Some(from), None) => {
                writer.message("method-limit-from", &[("limit", (&limit).into()), ("from", (&date(from)).into())])
            }
            (Some(from), Some(until)) => writer.message(
                "method-limit-between",
                &[("limit", (&limit).into()), ("from", (&date(from)).into()), ("until", (&date(until)).into())],
            ),
        }
    });
    let mut text = versions.collect::<Vec<_>>().join(" ");
    if facts.commitment.clock.limits.len() > 1 {
        text.push(' ');
        text.push_str(&context.word("method-limit-rule"));
    }
    text
}

fn scope(context: &Context<'_>, commitment: &Commitment) -> String {
    let source = context.facts.project.sources[commitment.source].id.as_str();
    let source = context.writer.message("method-source", &[("source", source.into())]);
    let conditions = conditions(context, commitment, &commitment.condition);
    if conditions.is_empty() { source } else { format!("{source} {conditions}") }
}

/// `service : caq-studies; mailbox : information`. Values are those of the data, so that an auditor finds them there.
fn conditions(context: &Context<'_>, commitment: &Commitment, conditions: &[FieldCondition]) -> String {
    let fields = &context.facts.project.sources[commitment.source].fields;
    let parts = conditions.iter().map(|condition| {
        let name = field_name(context, &fields[condition.field].name);
        let values: Vec<String> = condition.values.iter().map(|value| value_name(context, value)).collect();
        let values = context.writer.list(&values);
        context.writer.message("method-condition", &[("field", (&name).into()), ("values", (&values).into())])
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { super::typography::capitalized(&format!("{}.", parts.join("; "))) }
}

/// The name of an event: from the catalogue where it has one, else as the declaration writes it.
fn event(context: &Context<'_>, commitment: &Commitment, event: EventId) -> String {
    let name = context.facts.project.sources[commitment.source].events.get(event.0 as usize).map_or("", String::as_str);
    context.writer.catalogue.optional(&format!("event-{name}")).unwrap_or_else(|| name.to_string())
}

fn events(context: &Context<'_>, commitment: &Commitment, list: &[EventId]) -> String {
    let names: Vec<String> = list.iter().map(|&id| event(context, commitment, id)).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => super::typography::capitalized(&format!("{only}.")),
        _ => context.writer.message("method-earliest", &[("events", (&context.writer.list(&names)).into())]),
    }
}

fn exits(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let exits = facts.commitment.clock.exits.iter().zip(&facts.tally.excluded_by_exit).map(|(exit, &excluded)| {
        let name = super::typography::capitalized(&event(context, facts.commitment, exit.event));
        let key = match exit.treatment {
            Treatment::Exclude => "exit-exclude",
            Treatment::Missed => "exit-missed",
            Treatment::ByWait => "exit-by-wait",
        };
        let rule = context.writer.message(key, &[("event", (&name).into())]);
        if facts.is_masked() || exit.treatment == Treatment::Missed {
            rule
        } else {
            format!("{rule} {}", left_out(context, excluded))
        }
    });
    exits.collect::<Vec<_>>().join(" ")
}

fn exclusions(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let rules = facts.commitment.exclude.iter().zip(&facts.tally.excluded_by_rule).map(|(rule, &excluded)| {
        let because = context.writer.text(&rule.because);
        let because = because.trim_end_matches('.');
        let conditions = conditions(context, facts.commitment, &rule.condition);
        let text = context
            .writer
            .message("exclude-rule", &[("because", because.into()), ("conditions", conditions.trim_end_matches('.').into())]);
        if facts.is_masked() { text } else { format!("{text} {}", left_out(context, excluded)) }
    });
    rules.collect::<Vec<_>>().join(" ")
}

fn left_out(context: &Context<'_>, excluded: u64) -> String {
    context.writer.message("left-out", &[("count", excluded.into()), ("n", (&context.writer.number(excluded)).into())])
}

fn unusable(context: &Context<'_>, facts: &CommitmentFacts<'_>) -> String {
    let reasons = Unusable::ALL.iter().zip(facts.tally.unusable).filter(|(_, cases)| *cases > 0).map(|(reason, cases)| {
        let number = context.writer.number(cases);
        context.writer.message(&format!("unusable-{}", reason.name()), &[("count", cases.into()), ("n", (&number).into())])
    });
    reasons.collect::<Vec<_>>().join(" ")
}
