//! A comparison as a page, for the working papers: it names cases, and is never published.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde_json::{Value, json};

use super::text::{causes, change, details, differ, movement, subject};
use super::{CommitmentComparison, Comparison};

/// The page of a comparison; errors are those of its template.
pub fn page(comparison: &Comparison) -> Result<String, String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let inputs: Vec<_> = comparison.inputs.iter().map(|input| [subject(input), change(input.change).to_owned()]).collect();
    let commitments: Vec<_> = comparison.commitments.iter().map(commitment).collect();
    let comparison = json!({
        "first": comparison.first, "second": comparison.second, "nothing": comparison.is_empty(),
        "inputs": inputs, "rules": comparison.rules, "besides": comparison.figures, "commitments": commitments,
    });
    let rendered = environment
        .template_from_named_str("page.html", include_str!("page.html"))
        .and_then(|page| page.render(context! { comparison => Serde(comparison) }));
    rendered.map_err(|error| error.to_string())
}

fn commitment(commitment: &CommitmentComparison) -> Value {
    let moves: Vec<_> = commitment
        .moves
        .iter()
        .map(|kind| json!({ "movement": movement(kind), "causes": causes(&kind.causes), "cases": kind.cases }))
        .collect();
    let changed: Vec<_> = commitment
        .changed
        .iter()
        .map(|case| json!({ "id": case.id, "causes": causes(&case.causes), "details": details(case) }))
        .collect();
    json!({
        "id": commitment.id, "standing": commitment.change.map(change), "figures": commitment.figures,
        "cases": commitment.cases, "differ": differ(commitment.cases), "moves": moves, "changed": changed,
        "untold": commitment.cases - commitment.changed.len() as u64,
    })
}
