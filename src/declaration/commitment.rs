//! The tables `[[sections]]`, `[[commitments]]` and `[[pledges]]`.

use std::collections::BTreeMap;

use super::document::{Value, Word};
use super::keys::{self, Keys};
use super::limit::limits;
use super::markdown::prose;
use super::report::{percentage, reference};
use super::source::ParsedSource;
use super::table::Table;
use super::texts::text;
use crate::diagnostic::Code;
use crate::domain::commitment::{
    ClockRule, Cohort, Commitment, CountFrom, EventId, ExcludeRule, Exit, PauseRule, Pledge, ReceivedWhenClosed, Treatment, Unit,
};
use crate::domain::project::Section;
use crate::domain::text::Language;

/// Names of tables of `commentary.toml` that are no commitment.
pub const RESERVED: [&str; 2] = ["introduction", "reliability"];

/// Ids that were seen, with the line of each.
pub type Ids<'a> = BTreeMap<&'a str, usize>;

/// Reads an id that may stand only once.
fn id<'a>(table: &Table<'a>, seen: &mut Ids<'a>) -> String {
    let Some(word) = table.need("id").and_then(|value| value.name()) else { return String::new() };
    if word.text.contains(char::is_whitespace) {
        let message = format!("the id `{}` holds a space, which no address of a page may", word.text);
        word.problem(Code::BadValue, message, "keep ids to letters, digits and hyphens");
    }
    match seen.get(word.text) {
        Some(line) => word.problem(
            Code::DuplicateId,
            format!("the id `{}` stands twice, first on line {line}", word.text),
            "give each its own id",
        ),
        None => {
            seen.insert(word.text, word.line());
        }
    }
    word.text.to_owned()
}

fn tables<'a>(root: &Table<'a>, list: &'static str, one: &str, known: &'static Keys) -> Vec<Table<'a>> {
    let items = root.get(list).and_then(|value| value.items()).unwrap_or_default();
    let open = |item: &Value<'a>| {
        let name = item.peek("id").map_or_else(|| format!("this {one}"), |id| format!("the {one} `{id}`"));
        item.table(name, known)
    };
    items.iter().filter_map(open).collect()
}

/// Reads the sections, in order.
pub fn sections(root: &Table<'_>, languages: &[Language]) -> Vec<Section> {
    let mut seen = Ids::new();
    let section = |table: &Table<'_>| table.need("title").map(|value| text(&value, languages)).unwrap_or_default();
    tables(root, "sections", "section", &keys::SECTION)
        .iter()
        .map(|table| Section { id: id(table, &mut seen), title: section(table) })
        .collect()
}

/// Reads the commitments, in order; codes that they name are added to sources that take any.
pub fn commitments<'a>(
    root: &Table<'a>,
    languages: &[Language],
    sections: &[Section],
    sources: &mut [ParsedSource],
    seen: &mut Ids<'a>,
) -> Vec<Commitment> {
    let tables = tables(root, "commitments", "commitment", &keys::COMMITMENT);
    tables.iter().map(|table| commitment(table, languages, sections, sources, seen)).collect()
}

fn commitment<'a>(
    table: &Table<'a>,
    languages: &[Language],
    sections: &[Section],
    sources: &mut [ParsedSource],
    seen: &mut Ids<'a>,
) -> Commitment {
    let id = id(table, seen);
    if let Some(value) = table.get("id").filter(|_| RESERVED.contains(&id.as_str())) {
        value.problem(
            Code::BadValue,
            format!("`{id}` is a text of the commentary and can't be a commitment's id"),
            "choose another id",
        );
    }
    let written_text = |key| table.get(key).map(|value| text(&value, languages));
    let title = table.need("title").map(|value| text(&value, languages)).unwrap_or_default();
    let limits = table.need("within").and_then(|value| limits(&value));
    let source = table.need("source").and_then(|value| value.word()).and_then(|word| {
        let names: Vec<&str> = sources.iter().map(|source| source.source.id.as_str()).collect();
        reference(&word, "source", names)
    });
    let mut unknown = ParsedSource::unknown();
    let parsed = source.and_then(|place| sources.get_mut(place));
    let known_source = parsed.is_some();
    let parsed = parsed.unwrap_or(&mut unknown);
    let (unit, limits) = limits.map_or((None, Vec::new()), |(unit, limits)| (Some(unit), limits));
    let clock = clock(table, unit, parsed);
    let clock = ClockRule { limits, ..clock };
    let exits = table.get("exits").and_then(|value| value.entries()).unwrap_or_default();
    let exclude = exclude(table, languages, parsed, &exits, known_source);
    let condition = table.get("where").map(|value| if known_source { parsed.condition(&value) } else { Vec::new() });
    let breakdown = breakdown(table, parsed, known_source);
    let cohorts = [("stop", Cohort::Stop), ("due", Cohort::Due), ("start", Cohort::Start)];
    Commitment {
        section: section(table, sections),
        source: source.unwrap_or(0),
        short: written_text("short").unwrap_or_else(|| title.clone()),
        title,
        noun: written_text("noun"),
        cite: table.get("cite").and_then(|value| value.filled()).map(|word| word.text.to_owned()),
        condition: condition.unwrap_or_default(),
        clock,
        exclude,
        counted_by: table.get("counted-by").and_then(|value| value.choice(&cohorts)).unwrap_or(Cohort::Stop),
        goal: table.get("goal").and_then(|value| percentage(&value, 1)),
        breakdown,
        id,
    }
}

fn section(table: &Table<'_>, sections: &[Section]) -> usize {
    let word = table.need("section").and_then(|value| value.word());
    word.and_then(|word| reference(&word, "section", sections.iter().map(|section| section.id.as_str()))).unwrap_or(0)
}

/// The clock, but for its limits. Events are looked up in the order start, stop, restarts, pauses, exits.
fn clock(table: &Table<'_>, unit: Option<Unit>, source: &mut ParsedSource) -> ClockRule {
    let start = table.need("start").and_then(|value| value.one_or_more()).unwrap_or_default();
    let start = start.iter().map(|word| source.event(word)).collect();
    let stop = table.need("stop").and_then(|value| value.one_or_more()).unwrap_or_default();
    let stop = stop.iter().map(|word| source.event(word)).collect();
    let restarts = table.get("restarts").and_then(|value| value.words()).unwrap_or_default();
    let restarts = restarts.iter().map(|word| source.event(word)).collect();
    let mut pauses = Vec::new();
    for item in table.get("pauses").and_then(|value| value.items()).unwrap_or_default() {
        let Some(pause) = item.table("a pause", &keys::PAUSE) else { continue };
        let mut event = |key| pause.need(key).and_then(|value| value.word()).map_or(EventId(0), |word| source.event(&word));
        pauses.push(PauseRule { from: event("from"), until: event("until") });
    }
    let treatments = [("exclude", Treatment::Exclude), ("missed", Treatment::Missed), ("by-wait", Treatment::ByWait)];
    let mut exits = Vec::new();
    for (word, treatment) in table.get("exits").and_then(|value| value.entries()).unwrap_or_default() {
        let event = source.event(&word);
        exits.extend(treatment.choice(&treatments).map(|treatment| Exit { event, treatment }));
    }
    let count_from = option(table, unit, "count-from", &[("next-day", CountFrom::NextDay), ("same-day", CountFrom::SameDay)]);
    let closed = [("as-received", ReceivedWhenClosed::AsReceived), ("next-business-day", ReceivedWhenClosed::NextBusinessDay)];
    let received_when_closed = option(table, unit, "received-when-closed", &closed);
    let unit = unit.unwrap_or(Unit::BusinessDays);
    ClockRule { unit, limits: Vec::new(), start, stop, restarts, pauses, exits, count_from, received_when_closed }
}

/// An option whose first choice is the default, and the only one for a limit in minutes.
fn option<T: Copy>(table: &Table<'_>, unit: Option<Unit>, key: &'static str, choices: &[(&str, T); 2]) -> T {
    let [(default_name, default), (other_name, _)] = *choices;
    let Some(value) = table.get(key) else { return default };
    let Some(chosen) = value.choice(choices) else { return default };
    if let Some(word) = value.word().filter(|word| unit == Some(Unit::Minutes) && word.text == other_name) {
        let message = format!("`{key}` can't be \"{}\" for a limit in minutes", word.text);
        word.problem(
            Code::BadValue,
            message,
            format!("take it out, or write \"{default_name}\": it changes days, and a limit in minutes counts none"),
        );
    }
    chosen
}

fn exclude(
    table: &Table<'_>,
    languages: &[Language],
    source: &ParsedSource,
    exits: &[(Word<'_>, Value<'_>)],
    known_source: bool,
) -> Vec<ExcludeRule> {
    let mut rules = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for item in table.get("exclude").and_then(|value| value.items()).unwrap_or_default() {
        let Some(rule) = item.table("an exclude rule", &keys::EXCLUDE_RULE) else { continue };
        let name = rule.need("name").and_then(|value| value.name());
        if let Some(word) = &name {
            if exits.iter().any(|(exit, _)| exit.text == word.text) {
                word.problem(
                    Code::DuplicateId,
                    format!("the rule `{}` bears the name of an exit", word.text),
                    "give the rule another name: both are listed under `excluded`",
                );
            } else if seen.contains(&word.text) {
                word.problem(
                    Code::DuplicateId,
                    format!("two exclude rules are called `{}`", word.text),
                    "give each its own name",
                );
            }
            seen.push(word.text);
        }
        let because = rule.need("because").map(|value| text(&value, languages)).unwrap_or_default();
        let Some(value) = rule.need("where") else { continue };
        if value.entries().is_some_and(|entries| entries.is_empty()) {
            value.problem(
                Code::BadValue,
                "this rule has no condition: it would exclude every case",
                "name the field and its values: where = { outcome = [\"duplicate\"] }",
            );
        }
        let condition = if known_source { source.condition(&value) } else { Vec::new() };
        rules.push(ExcludeRule { name: name.map_or_else(String::new, |word| word.text.to_owned()), condition, because });
    }
    rules
}

fn breakdown(table: &Table<'_>, source: &ParsedSource, known_source: bool) -> Vec<usize> {
    let mut places = Vec::new();
    for word in table.get("breakdown").and_then(|value| value.words()).unwrap_or_default() {
        let Some(place) = (if known_source { source.field(&word) } else { None }) else { continue };
        if places.contains(&place) {
            word.problem(
                Code::DuplicateId,
                format!("the field `{}` stands twice in `breakdown`", word.text),
                "take one of them out",
            );
        }
        places.push(place);
    }
    places
}

/// Reads the pledges, in order, and the names of the surveys that measure them.
pub fn pledges<'a>(
    root: &Table<'a>,
    languages: &[Language],
    sections: &[Section],
    seen: &mut Ids<'a>,
) -> (Vec<Pledge>, Vec<Word<'a>>) {
    let mut surveys = Vec::new();
    let mut pledge = |table: &Table<'a>| {
        let survey = table.get("survey").and_then(|value| value.filled());
        surveys.extend(survey.clone());
        Pledge {
            id: id(table, seen),
            section: section(table, sections),
            title: table.need("title").map(|value| text(&value, languages)).unwrap_or_default(),
            survey: survey.map(|word| word.text.to_owned()),
            statement: table.get("statement").map(|value| prose(&value, languages, &[])),
        }
    };
    let pledges = tables(root, "pledges", "pledge", &keys::PLEDGE).iter().map(&mut pledge).collect();
    (pledges, surveys)
}
