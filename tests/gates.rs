//! Which gates of a final report are open, situation by situation (`gates.txt`).

use bilan::declaration::{self, Overrides};
use bilan::domain::account::{FileAccount, LineAccount, Reject, RowAccount, SourceAccount};
use bilan::domain::calendar::Day;
use bilan::domain::figures::Figures;
use bilan::domain::gate::{Gate, open_gates};
use bilan::domain::project::{Explanation, HistoryLine, Project};
use bilan::domain::prose::Prose;
use bilan::domain::rate::Goal;
use bilan::domain::tally::Tally;
use std::path::Path;

#[test]
fn gates_are_open_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify");
    let sound = declaration::load(&folder, &Overrides::default()).expect("a sound declaration").project;
    let lines = include_str!("gates.txt").lines().enumerate();
    let mut situations = 0;
    for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty() && !text.starts_with('#')) {
        let columns: Vec<&str> = text.split('|').map(str::trim).collect();
        let [rows, cases, expected, written, history, gates] = columns[..] else { panic!("line {}: six columns", line + 1) };
        let mut project = sound.clone();
        let figures = Figures { commitments: vec![tally(cases)], sources: vec![source(&mut project, rows)] };
        expect(&mut project, expected);
        write(&mut project, written);
        project.history = history.split(';').map(str::trim).filter(|line| !line.is_empty()).map(history_line).collect();
        let open: Vec<String> = open_gates(&project, &figures).iter().map(name).collect();
        assert_eq!(open.join(", "), gates, "gates.txt, line {}", line + 1);
        situations += 1;
    }
    assert!(situations > 40, "only {situations}");
}

fn numbers<const N: usize>(words: &[&str]) -> [u64; N] {
    let numbers: Vec<u64> = words.iter().map(|word| word.parse().expect("a number")).collect();
    numbers.try_into().expect("so many numbers")
}

/// Half of each kind in another file, as far as it goes: a source is judged as a whole.
fn source(project: &mut Project, text: &str) -> SourceAccount {
    let words: Vec<&str> = text.splitn(4, ' ').collect();
    let [accepted, duplicates, rejected] = numbers(&words[..3]);
    project.quality.max_rejected = Goal::parse(words[3].trim()).expect("a share");
    let file = |accepted: u64, duplicates: u64, rejected: u64| FileAccount {
        name: "1.export.csv".to_owned(),
        bytes: 0,
        sha256: String::new(),
        encoding: "utf-8".to_owned(),
        delimiter: b',',
        lines: LineAccount::default(),
        rows: RowAccount { accepted, duplicates, rejected: [(Reject::RaggedRow, rejected)].into() },
    };
    let halves = [accepted / 2, duplicates / 2, rejected / 2];
    let files =
        vec![file(halves[0], halves[1], halves[2]), file(accepted - halves[0], duplicates - halves[1], rejected - halves[2])];
    SourceAccount { id: "files".to_owned(), files, cases: 0 }
}

fn tally(text: &str) -> Tally {
    let [met, missed, unusable] = numbers(&text.split(' ').collect::<Vec<_>>());
    let mut tally = Tally::new(0, 0, 1);
    (tally.met, tally.missed, tally.unusable) = (met, missed, [unusable / 2, unusable - unusable / 2]);
    tally
}

fn expect(project: &mut Project, text: &str) {
    let (goal, below) = text.split_once(' ').expect("a goal and a share");
    let share = |word: &str| (word != "-").then(|| Goal::parse(&format!("{word} %")).expect("a share"));
    project.commitments[0].goal = share(goal);
    project.quality.explain_below = share(below);
}

fn write(project: &mut Project, text: &str) {
    let prose = Some(Prose::default());
    let words: Vec<&str> = text.split(' ').collect();
    let given = |place: usize| words.get(place).is_some_and(|word| *word != "-");
    let explanation = match words[0] {
        "none" => return,
        "action" => Explanation { action: prose, ..Explanation::default() },
        _ => Explanation {
            explanation: prose,
            approved_by: given(1).then(|| words[1].to_owned()),
            approved_on: given(2).then_some(Day(20_000)),
            ..Explanation::default()
        },
    };
    project.commentary.explanations.insert(0, explanation);
}

fn history_line(text: &str) -> HistoryLine {
    let words: Vec<&str> = text.split(' ').collect();
    let cases = words[2].split_once('/').map(|(counted, met)| numbers(&[counted, met]).into());
    let millionths = || (words[2].parse::<f64>().expect("a rate") * 10_000.0).round() as u32;
    HistoryLine {
        commitment: words[0].to_owned(),
        period: words[1].to_owned(),
        cases,
        rate_millionths: cases.is_none().then(millionths),
        restated: words.get(3) == Some(&"restated"),
        reason: Default::default(),
    }
}

fn name(gate: &Gate) -> String {
    match gate {
        Gate::RejectedRows { source: 0, rejected, rows } => format!("rejected-rows {rejected} of {rows}"),
        Gate::UnusableCases { commitment: 0, unusable, cases } => format!("unusable-cases {unusable} of {cases}"),
        Gate::NoExplanation { commitment: 0 } => "no-explanation".to_owned(),
        Gate::NotApproved { commitment: 0 } => "not-approved".to_owned(),
        Gate::History { commitment: 0, period } => format!("history {period}"),
        elsewhere => format!("{elsewhere:?}"),
    }
}
