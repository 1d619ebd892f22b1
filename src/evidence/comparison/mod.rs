//! Two runs side by side: the rules, figures and cases that differ, and why, as far as their evidence tells.

mod cases;
mod causes;
mod page;
mod text;

pub use causes::Cause;
pub use page::page;
pub use text::text;

use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::difference::{self, Difference};
use super::{InputKind, Manifest, StoredCases};
use causes::Circumstances;

/// What a run left in its audit folder.
pub struct RunEvidence<'a> {
    pub manifest: Manifest,
    /// `audit/rules.json`
    pub rules: Value,
    /// `audit/results.json`
    pub results: Value,
    pub cases: StoredCases<'a>,
}

/// What differs between two runs. Empty lists mean that nothing does.
#[derive(Debug, Serialize)]
pub struct Comparison {
    pub schema: &'static str,
    /// The folders of the runs.
    pub first: String,
    pub second: String,
    pub inputs: Vec<InputChange>,
    /// Rules of `rules.json`, the version of the program among them.
    pub rules: Vec<FigureChange>,
    /// Figures of `results.json` outside of commitments: rows of each source, pledges.
    pub figures: Vec<FigureChange>,
    pub commitments: Vec<CommitmentComparison>,
}

/// A file that only one of the runs read, or that was another then.
#[derive(Debug, Serialize)]
pub struct InputChange {
    pub name: String,
    pub kind: InputKind,
    pub change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    Changed,
    OnlyInFirst,
    OnlyInSecond,
}

/// What differs in one commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentComparison {
    pub id: String,
    /// `null`: both runs have it.
    pub change: Option<Change>,
    pub figures: Vec<FigureChange>,
    /// How many cases differ.
    pub cases: u64,
    /// By state in either run, and causes.
    pub moves: Vec<Move>,
    /// Case by case; no more than were asked for.
    pub changed: Vec<CaseChange>,
}

/// Something that is written down in both runs, and is not the same.
#[derive(Debug, Serialize)]
pub struct FigureChange {
    /// `met`, `stock.overdue`, `by_month.2025-04.counted`, `commitments.answer.within.1.limit`
    pub figure: String,
    pub first: String,
    pub second: String,
}

/// Cases that went from one state to another for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Move {
    /// `null`: the case stands in the second run only.
    pub first: Option<String>,
    /// `null`: the case stands in the first run only.
    pub second: Option<String>,
    /// Any of these may be why; there is one where the evidence leaves no other.
    pub causes: Vec<Cause>,
    pub cases: u64,
}

/// A case that differs.
#[derive(Debug, Serialize)]
pub struct CaseChange {
    pub id: String,
    /// Any of these may be why; there is one where the evidence leaves no other.
    pub causes: Vec<Cause>,
    /// The state first, where it differs.
    pub details: Vec<FigureChange>,
}

impl Comparison {
    /// Whether the runs read the same files and say the same of every rule, figure and case.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty() && self.rules.is_empty() && self.figures.is_empty() && self.commitments.is_empty()
    }
}

impl From<Difference> for FigureChange {
    fn from(found: Difference) -> FigureChange {
        FigureChange { figure: found.place, first: found.first, second: found.second }
    }
}

/// Compares two runs, each with the name of its folder; of each commitment no more than `limit` cases are told one by one. Errors say
/// what is wrong with the cases of a run.
pub fn compare(first: (&str, &RunEvidence<'_>), second: (&str, &RunEvidence<'_>), limit: usize) -> Result<Comparison, String> {
    let names = [first.0, second.0].map(str::to_owned);
    let (first, second) = (first.1, second.1);
    let mut commitments = Vec::new();
    for id in ids(first, second) {
        let circumstances = Circumstances::of(first, second, id);
        let stands = |run: &RunEvidence<'_>| named(&run.rules, "commitments", id).is_some();
        let mut comparison = CommitmentComparison {
            id: id.to_owned(),
            change: change(stands(first), stands(second)),
            figures: figures(first, second, id),
            cases: 0,
            moves: Vec::new(),
            changed: Vec::new(),
        };
        cases::compare(first, second, &circumstances, limit, &mut comparison)?;
        if comparison.change.is_some() || comparison.cases > 0 || !comparison.figures.is_empty() {
            commitments.push(comparison);
        }
    }
    let [first_name, second_name] = names;
    Ok(Comparison {
        schema: "bilan.comparison/1",
        first: first_name,
        second: second_name,
        inputs: inputs(&first.manifest, &second.manifest),
        rules: rules(first, second),
        figures: changes(&besides(&first.results), &besides(&second.results)),
        commitments,
    })
}

fn changes(first: &Value, second: &Value) -> Vec<FigureChange> {
    difference::json(first, second).into_iter().map(FigureChange::from).collect()
}

fn change(in_first: bool, in_second: bool) -> Option<Change> {
    match (in_first, in_second) {
        (true, false) => Some(Change::OnlyInFirst),
        (false, true) => Some(Change::OnlyInSecond),
        _ => None,
    }
}

/// The commitments of both, those of the second in their order, then those that are gone.
fn ids<'a>(first: &'a RunEvidence<'_>, second: &'a RunEvidence<'_>) -> Vec<&'a str> {
    let of = |run: &'a RunEvidence<'_>| list(&run.rules, "commitments").iter().filter_map(|rule| rule["id"].as_str());
    let known: BTreeSet<&str> = of(second).collect();
    of(second).chain(of(first).filter(|id| !known.contains(id))).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The member of a list of objects that has this id.
fn named<'a>(value: &'a Value, key: &str, id: &str) -> Option<&'a Value> {
    list(value, key).iter().find(|member| member["id"] == id)
}

fn rules(first: &RunEvidence<'_>, second: &RunEvidence<'_>) -> Vec<FigureChange> {
    let program = |run: &RunEvidence<'_>| json!({ "program": format!("{} {}", run.manifest.program, run.manifest.version) });
    let mut found = changes(&program(first), &program(second));
    found.extend(changes(&first.rules, &second.rules));
    found
}

/// What `results.json` says besides commitments, without the files, which are inputs.
fn besides(results: &Value) -> Value {
    let without_files = |source: &Value| {
        let mut source = source.clone();
        if let Some(members) = source.as_object_mut() {
            members.retain(|name, _| name != "files");
        }
        source
    };
    let sources: Vec<Value> = list(results, "sources").iter().map(without_files).collect();
    json!({ "status": results["status"], "pledges": results["pledges"], "sources": sources })
}

/// Figures of a commitment that differ, where both runs have it: without the steps of the histogram, which the cases tell better, and
/// the months of different years.
fn figures(first: &RunEvidence<'_>, second: &RunEvidence<'_>, id: &str) -> Vec<FigureChange> {
    let span = |run: &RunEvidence<'_>| ["first", "last"].map(|key| run.rules["period"][key].clone());
    let same_span = span(first) == span(second);
    let trimmed = |run: &RunEvidence<'_>| {
        let mut figures = named(&run.results, "commitments", id).cloned()?;
        let members = figures.as_object_mut()?;
        members.retain(|name, _| !matches!(name.as_str(), "histogram" | "rate_text") && (same_span || name != "by_month"));
        Some(figures)
    };
    let (Some(first), Some(second)) = (trimmed(first), trimmed(second)) else { return Vec::new() };
    changes(&first, &second)
}

fn inputs(first: &Manifest, second: &Manifest) -> Vec<InputChange> {
    let find = |manifest: &Manifest, kind: InputKind, name: &str| {
        manifest.inputs.iter().find(|input| input.kind == kind && input.name == name).map(|input| input.sha256.clone())
    };
    let names: BTreeSet<(InputKind, &str)> =
        first.inputs.iter().chain(&second.inputs).map(|input| (input.kind, input.name.as_str())).collect();
    let changes = names.into_iter().filter_map(|(kind, name)| {
        let change = match (find(first, kind, name), find(second, kind, name)) {
            (Some(first), Some(second)) => (first != second).then_some(Change::Changed),
            (first, second) => change(first.is_some(), second.is_some()),
        };
        change.map(|change| InputChange { name: name.to_owned(), kind, change })
    });
    changes.collect()
}
