//! A comparison for the terminal.

use std::fmt::Write as _;

use super::{CaseChange, Cause, Change, CommitmentComparison, Comparison, FigureChange, InputChange, Move};
use crate::evidence::InputKind;
use crate::evidence::difference::NOTHING;

/// Every difference: inputs, rules, figures, and for each commitment its figures and its cases.
pub fn text(comparison: &Comparison) -> String {
    let mut text = format!("{} (first) and {} (second)", comparison.first, comparison.second);
    if comparison.is_empty() {
        text.push_str(": nothing differs\n");
        return text;
    }
    text.push('\n');
    let inputs = comparison.inputs.iter().map(|input| format!("{}: {}", subject(input), change(input.change)));
    block(&mut text, "Inputs", inputs);
    block(&mut text, "Rules", comparison.rules.iter().map(figure));
    block(&mut text, "Figures", comparison.figures.iter().map(figure));
    for commitment in &comparison.commitments {
        let standing = commitment.change.map_or(String::new(), |found| format!(", {}", change(found)));
        block(&mut text, &format!("{}{standing}", commitment.id), commitment.figures.iter().map(figure));
        if commitment.figures.is_empty() {
            let _ = writeln!(text, "\n{}{standing}", commitment.id);
        }
        cases(&mut text, commitment);
    }
    text
}

/// A heading and its lines; nothing where there are no lines.
fn block(text: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    for (number, line) in lines.enumerate() {
        if number == 0 {
            let _ = writeln!(text, "\n{heading}");
        }
        let _ = writeln!(text, "  {line}");
    }
}

fn cases(text: &mut String, commitment: &CommitmentComparison) {
    if commitment.cases == 0 {
        return;
    }
    let _ = writeln!(text, "  {}", differ(commitment.cases));
    for kind in &commitment.moves {
        let _ = writeln!(text, "    {}  {}, {}", kind.cases, movement(kind), causes(&kind.causes));
    }
    for case in &commitment.changed {
        let _ = writeln!(text, "  {}: {}: {}", case.id, causes(&case.causes), details(case));
    }
    let untold = commitment.cases - commitment.changed.len() as u64;
    if untold > 0 {
        let _ = writeln!(text, "  … and {untold} more; --verbose shows them");
    }
}

/// `3 cases differ`
pub(super) fn differ(cases: u64) -> String {
    if cases == 1 { "1 case differs".to_owned() } else { format!("{cases} cases differ") }
}

/// `exports/calls.csv (export)`
pub(super) fn subject(input: &InputChange) -> String {
    let kind = match input.kind {
        InputKind::Declaration => "declaration",
        InputKind::Export => "export",
        InputKind::Template => "template",
    };
    format!("{} ({kind})", input.name)
}

pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::Changed => "changed",
        Change::OnlyInFirst => "in the first run only",
        Change::OnlyInSecond => "in the second run only",
    }
}

fn figure(change: &FigureChange) -> String {
    format!("{}: {} → {}", change.figure, change.first, change.second)
}

pub(super) fn movement(kind: &Move) -> String {
    let state = |state: &Option<String>| state.clone().unwrap_or_else(|| NOTHING.to_owned());
    format!("{} → {}", state(&kind.first), state(&kind.second))
}

/// `rule changed`, `rule changed or calendar changed`
pub(super) fn causes(causes: &[Cause]) -> String {
    causes.iter().map(Cause::to_string).collect::<Vec<_>>().join(" or ")
}

pub(super) fn details(case: &CaseChange) -> String {
    case.details
        .iter()
        .map(|detail| format!("{} {} → {}", detail.figure, detail.first, detail.second))
        .collect::<Vec<_>>()
        .join(", ")
}
