//! The tables `[report]`, `[quality]` and `[privacy]`.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::Overrides;
use super::document::{Problems, Value, Word, known};
use super::keys;
use super::table::Table;
use super::texts::{is_language, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::calendar::Day;
use crate::domain::project::{Period, Quality, Status};
use crate::domain::rate::Goal;
use crate::domain::text::{Language, Text};

/// Fewer cases than this are masked where the declaration gives no minimum (measurement.md, section 5).
const DEFAULT_MINIMUM: u64 = 5;
/// The share of rejected rows above which a final report is refused, unless declared: 0.1 % (section 7).
const DEFAULT_MAX_REJECTED: Goal = Goal { scaled: 1, decimals: 1 };

/// What `[report]` says.
#[derive(Debug)]
pub struct Report<'a> {
    pub organization: Text,
    pub title: Text,
    pub languages: Vec<Language>,
    pub period: Period,
    pub as_of: Day,
    pub time_zone: String,
    pub status: Status,
    pub commentary: Option<Word<'a>>,
    pub history: Vec<Word<'a>>,
}

/// Reads `[report]`; flags of the command line override the file.
pub fn report<'a>(root: &Table<'a>, overrides: &Overrides, problems: &Problems) -> Option<Report<'a>> {
    let table = root.need("report")?.table("[report]", &keys::REPORT)?;
    let languages = languages(&table, overrides, problems);
    let (period, as_of) = period(&table, overrides, problems).unzip();
    let written_text = |key| table.need(key).map(|value| text(&value, &languages));
    let statuses = [("draft", Status::Draft), ("final", Status::Final)];
    let status = table.need("status").and_then(|value| value.choice(&statuses));
    let time_zone = table.need("time-zone").and_then(|value| value.word());
    let time_zone = time_zone.filter(|zone| {
        let exists = zone.text.parse::<Tz>().is_ok();
        if !exists {
            let names = TZ_VARIANTS.iter().map(|zone| zone.name());
            let help = crate::diagnostic::nearest(zone.text, names)
                .map_or_else(|| "write a name like \"America/Toronto\"".to_owned(), |name| format!("did you mean `{name}`?"));
            zone.problem(Code::BadValue, format!("\"{}\" is no time zone of the IANA database", zone.text), help);
        }
        exists
    });
    let (organization, title) = (written_text("organization"), written_text("title"));
    Some(Report {
        organization: organization.unwrap_or_default(),
        title: title.unwrap_or_default(),
        languages,
        // A part that is missing here was reported: the whole is refused in the end, and its parts are only looked at for further problems.
        period: period.unwrap_or(Period { label: String::new(), first: Day(0), last: Day(0) }),
        as_of: as_of.unwrap_or(Day(0)),
        time_zone: time_zone.map_or_else(String::new, |zone| zone.text.to_owned()),
        status: if overrides.is_final { Status::Final } else { status.unwrap_or(Status::Draft) },
        commentary: table.get("commentary").and_then(|value| value.filled()),
        history: table.get("history").and_then(|value| value.words()).unwrap_or_default(),
    })
}

fn languages(table: &Table<'_>, overrides: &Overrides, problems: &Problems) -> Vec<Language> {
    let mut declared: Vec<Language> = Vec::new();
    for word in table.need("languages").and_then(|value| value.some_words()).unwrap_or_default() {
        if !is_language(word.text) {
            word.problem(
                Code::BadValue,
                format!("\"{}\" is no language", word.text),
                "write two lower-case letters: \"fr\", \"en\"",
            );
        } else if declared.iter().any(|language| language == word.text) {
            word.problem(Code::DuplicateId, format!("the language `{}` stands twice", word.text), "take one of them out");
        } else {
            declared.push(word.text.to_owned());
        }
    }
    let Some(wanted) = &overrides.languages else { return declared };
    for (place, language) in wanted.iter().enumerate() {
        if !is_language(language) || wanted[..place].contains(language) {
            let problem = Diagnostic::error(Code::BadValue, format!("`--lang` can't take \"{language}\" here"));
            problems.add(problem.help("write languages once each, with commas: --lang fr,en"));
        }
    }
    if wanted.is_empty() {
        problems.add(Diagnostic::error(Code::BadValue, "`--lang` names no language").help("write --lang fr,en"));
    }
    wanted.clone()
}

/// The period and the knowledge date (measurement.md, section 1: by default the last day of the period, and never before it).
fn period(table: &Table<'_>, overrides: &Overrides, problems: &Problems) -> Option<(Period, Day)> {
    let written = table.need("period").and_then(|value| value.table("`period`", &keys::PERIOD));
    let part = |key| written.as_ref().and_then(|period: &Table<'_>| period.need(key));
    let label_word = part("label").and_then(|value| value.word());
    if let Some(word) = &label_word
        && let Some(fault) = label_fault(word.text)
    {
        word.problem(Code::BadValue, format!("the period's label \"{}\" {fault}", word.text), LABEL_HELP);
    }
    if let Some(label) = &overrides.label
        && let Some(fault) = label_fault(label)
    {
        problems.add(Diagnostic::error(Code::BadValue, format!("the label \"{label}\" of `--period` {fault}")).help(LABEL_HELP));
    }
    let (first_value, last_value) = (part("first"), part("last"));
    let (first_written, last_written) = (first_value.as_ref().and_then(Value::day), last_value.and_then(|value| value.day()));
    let as_of_value = table.get("as-of");
    let as_of_written = as_of_value.as_ref().map(Value::day);
    let (first, last) = (overrides.first.or(first_written)?, overrides.last.or(last_written)?);
    if first > last {
        let message = format!("the period begins on {}, after its last day {}", first.date(), last.date());
        match first_value.filter(|_| overrides.first.is_none() && overrides.last.is_none()) {
            Some(value) => value.problem(Code::BadValue, message, "exchange `first` and `last`, or check the years"),
            None => problems.add(Diagnostic::error(Code::BadValue, message).help("give both `--first` and `--last`")),
        }
    }
    let as_of = match (overrides.as_of, as_of_written) {
        (Some(day), _) => day,
        (None, Some(day)) => day?,
        (None, None) => last,
    };
    if as_of < last {
        let message = format!("as-of is {}, before the last day of the period, {}", as_of.date(), last.date());
        match as_of_value.filter(|_| overrides.as_of.is_none()) {
            Some(value) => value.problem(Code::BadValue, message, "exports must reach the end of the period: write that day or a later one, or leave `as-of` out; `--as-of` overrides it"),
            None => problems.add(Diagnostic::error(Code::BadValue, message).help("give `--as-of` the last day of the period or a later one")),
        }
    }
    let label = overrides.label.clone().or_else(|| label_word.map(|word| word.text.to_owned()))?;
    Some((Period { label, first, last }, as_of))
}

const LABEL_HELP: &str = "it names the output folder: write something like \"2025-2026\"";

/// Why a label can't name a folder.
fn label_fault(label: &str) -> Option<&'static str> {
    if label.trim().is_empty() {
        Some("is empty")
    } else if label.contains(['/', '\\']) {
        Some("holds a slash")
    } else if label == "." || label == ".." {
        Some("is the name of a folder that is already there")
    } else if label.chars().any(char::is_control) {
        Some("holds a control character")
    } else {
        None
    }
}

/// Reads `[quality]`, all of whose keys have defaults.
pub fn quality(root: &Table<'_>) -> Quality {
    let table = root.get("quality").and_then(|value| value.table("[quality]", &keys::QUALITY));
    let get = |key| table.as_ref().and_then(|table| table.get(key));
    Quality {
        max_rejected: get("max-rejected").and_then(|value| percentage(&value, 0)).unwrap_or(DEFAULT_MAX_REJECTED),
        earliest: get("earliest").and_then(|value| value.day()).or(Day::from_ymd(1900, 1, 1)).unwrap_or(Day(0)),
        explain_below: get("explain-below").and_then(|value| percentage(&value, 0)),
    }
}

/// Reads `[privacy]`: the smallest number of cases that may be published.
pub fn privacy_minimum(root: &Table<'_>) -> u64 {
    let table = root.get("privacy").and_then(|value| value.table("[privacy]", &keys::PRIVACY));
    table.and_then(|table| table.get("minimum")).and_then(|value| value.number()).unwrap_or(DEFAULT_MINIMUM)
}

/// A percentage from `least` to 100.
pub fn percentage(value: &Value<'_>, least: u64) -> Option<Goal> {
    let word = value.word()?;
    let goal = Goal::parse(word.text).filter(|goal| goal.is_between(least, 100));
    if goal.is_none() {
        let message = format!("`{}` is \"{}\", which is no percentage from {least} to 100", value.label(), word.text);
        word.problem(Code::BadValue, message, "write a decimal number and the sign: \"90 %\" or \"92.5 %\"");
    }
    goal
}

/// The place of a name in a list, or an error that names the nearest.
pub fn reference<'n>(word: &Word<'_>, what: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> Option<usize> {
    let found = names.clone().into_iter().position(|name| name == word.text);
    if found.is_none() {
        word.problem(Code::UnknownReference, format!("there is no {what} `{}`", word.text), known(word.text, names));
    }
    found
}
