//! `history.csv`, the published figures of earlier years, and `surveys.csv`, what people answered about a pledge.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Problems, Word, known};
use super::files::Files;
use super::lines::{Line, Lines};
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::project::{HistoryLine, Survey};
use crate::domain::text::{Language, Text};

/// The file of survey results, beside the declaration.
const SURVEYS: &str = "surveys.csv";

/// Reads the history files. Commitments that the declaration no longer has are kept, with a warning: they may be retired or mistyped.
pub fn history(names: &[Word<'_>], commitments: &[&str], files: &Files<'_>, problems: &Problems) -> Vec<HistoryLine> {
    let mut history = Vec::new();
    let mut seen = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for name in names {
        let Some(text) = files.text(name.text, Some(name)) else { continue };
        let document = Document { name: name.text, text: &text, problems };
        let Some(lines) = Lines::read(document, &["commitment", "period", "counted", "met", "status"]) else { continue };
        for line in lines.iter() {
            let Some(entry) = history_line(&line) else { continue };
            let key = (entry.commitment.clone(), entry.period.clone(), entry.restated);
            let here = format!("{}:{}", name.text, line.number_in_file());
            if let Some(earlier) = seen.insert(key, here) {
                let message = format!("`{}` has two lines for {}, the other at {earlier}", entry.commitment, entry.period);
                line.problem(
                    "commitment",
                    message,
                    "keep the figure that was published; a corrected one has the status `restated`",
                );
            }
            if !commitments.contains(&entry.commitment.as_str()) && unknown.insert(entry.commitment.clone()) {
                let message =
                    format!("`{}` publishes `{}`, which is no commitment of this declaration", name.text, entry.commitment);
                let help = known(&entry.commitment, commitments.iter().copied());
                problems.add(Diagnostic::warning(Code::UnknownReference, message).help(help).at(
                    name.text,
                    line.number_in_file() as u64,
                    1,
                ));
            }
            history.push(entry);
        }
    }
    history
}

fn history_line(line: &Line<'_>) -> Option<HistoryLine> {
    let commitment = line.filled("commitment");
    let period = line.filled("period");
    let restated = match line.value("status") {
        "published" => Some(false),
        "restated" => Some(true),
        other => {
            line.problem(
                "status",
                format!("`status` is \"{other}\""),
                "write `published`, or `restated` for a figure corrected later",
            );
            None
        }
    };
    let rate = match line.value("rate") {
        "" => None,
        written => {
            let rate = millionths(written);
            if rate.is_none() {
                line.problem(
                    "rate",
                    format!("`rate` is \"{written}\", which is no percentage from 0 to 100"),
                    "write it like 94.2, with at most four decimals",
                );
            }
            Some(rate?)
        }
    };
    let cases = match (line.value("counted"), line.value("met")) {
        ("", "") => None,
        _ => Some((line.number("counted")?, line.number("met")?)),
    };
    match cases {
        None if rate.is_none() => {
            line.problem("counted", "neither counts nor a rate were published", "fill in `counted` and `met`, or `rate`");
            return None;
        }
        Some((counted, met)) if met > counted => {
            line.problem(
                "met",
                format!("`met` is {met}, more than `counted`, {counted}"),
                "check both numbers against the report of that year",
            );
            return None;
        }
        _ => {}
    }
    let reason = line.texts("reason");
    if let Some((silent, _)) =
        reason.iter().find(|(_, text)| text.is_empty()).filter(|_| reason.values().any(|text| !text.is_empty()))
    {
        line.problem(
            &format!("reason_{silent}"),
            format!("the reason is not given in `{silent}`"),
            "give it in every language that the file has a column for, or in none",
        );
    }
    Some(HistoryLine {
        commitment: commitment?.to_owned(),
        period: period?.to_owned(),
        cases,
        rate_millionths: rate,
        restated: restated?,
        reason: Text::new(reason),
    })
}

/// A percentage with at most four decimals, in millionths of one: `94.2` is 942000.
fn millionths(written: &str) -> Option<u32> {
    let number = written.trim_end_matches('%').trim_end();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits =
        |part: &str, longest: usize| (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole, 3) || !digits(fraction, 4) {
        return None;
    }
    format!("{whole}{fraction:0<4}").parse().ok().filter(|rate| *rate <= 1_000_000)
}

/// Reads `surveys.csv` when a pledge names a survey, and looks each of them up.
pub fn surveys(named: &[Word<'_>], languages: &[Language], files: &Files<'_>, problems: &Problems) -> Vec<Survey> {
    let Some(first) = named.first() else { return Vec::new() };
    let Some(text) = files.text(SURVEYS, Some(first)) else { return Vec::new() };
    let document = Document { name: SURVEYS, text: &text, problems };
    let mut required = vec!["pledge".to_owned()];
    required.extend(languages.iter().map(|language| format!("question_{language}")));
    required.extend(["favourable", "respondents", "invited", "fielded"].map(str::to_owned));
    let required: Vec<&str> = required.iter().map(String::as_str).collect();
    let Some(lines) = Lines::read(document, &required) else { return Vec::new() };
    let mut surveys: Vec<Survey> = Vec::new();
    for line in lines.iter() {
        if surveys.iter().any(|survey| survey.pledge == line.value("pledge")) {
            line.problem("pledge", format!("`{}` has two lines", line.value("pledge")), "keep one survey for each pledge");
        }
        surveys.extend(survey(&line, languages));
    }
    // A line that is faulty was reported: it is there, and no pledge that names it is to blame.
    let present: BTreeSet<&str> = lines.iter().map(|line| line.value("pledge")).filter(|name| !name.is_empty()).collect();
    for word in named.iter().filter(|word| !present.contains(word.text)) {
        let help = known(word.text, present.iter().copied());
        word.problem(Code::UnknownReference, format!("`{SURVEYS}` has no line `{}`", word.text), help);
    }
    surveys
}

fn survey(line: &Line<'_>, languages: &[Language]) -> Option<Survey> {
    let pledge = line.filled("pledge");
    for language in languages {
        line.filled(&format!("question_{language}"));
    }
    let numbers = ["favourable", "respondents", "invited"].map(|column| line.number(column));
    let fielded = line.filled("fielded");
    let [Some(favourable), Some(respondents), Some(invited)] = numbers else { return None };
    if favourable > respondents {
        line.problem(
            "favourable",
            format!("`favourable` is {favourable}, more than `respondents`, {respondents}"),
            "check both numbers",
        );
    }
    if respondents > invited {
        line.problem(
            "respondents",
            format!("`respondents` is {respondents}, more than `invited`, {invited}"),
            "check both numbers",
        );
    }
    let question = Text::new(line.texts("question"));
    Some(Survey { pledge: pledge?.to_owned(), question, favourable, respondents, invited, fielded: fielded?.to_owned() })
}
