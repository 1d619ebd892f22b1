//! What keeps a report from being final (specification of the outputs, gates of a final report).

use super::figures::Figures;
use super::project::{HistoryLine, Project};
use super::rate::{Goal, Rate};

/// A reason why a final report is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gate {
    /// A source, by its place, rejects so many of its rows: more than `quality.max-rejected`.
    RejectedRows { source: usize, rejected: u64, rows: u64 },
    /// A commitment, by its place, has so many unusable cases among those counted and unusable: more than `quality.max-rejected`.
    UnusableCases { commitment: usize, unusable: u64, cases: u64 },
    /// A commitment below its goal, or without a goal below `quality.explain-below`, has no explanation in every language.
    NoExplanation { commitment: usize },
    /// An explanation has no approver or no date.
    NotApproved { commitment: usize },
    /// History and figures of the same period disagree.
    History { commitment: usize, period: String },
}

/// Every gate that is open, in declaration order.
pub fn open_gates(project: &Project, figures: &Figures) -> Vec<Gate> {
    let mut gates = Vec::new();
    for (place, source) in figures.sources.iter().enumerate() {
        let rows = source.rows();
        if project.quality.max_rejected.is_exceeded_by(rows.rejected_rows(), rows.rows()) {
            gates.push(Gate::RejectedRows { source: place, rejected: rows.rejected_rows(), rows: rows.rows() });
        }
    }
    for (place, (commitment, tally)) in project.commitments.iter().zip(&figures.commitments).enumerate() {
        let cases = tally.counted() + tally.unusable();
        if project.quality.max_rejected.is_exceeded_by(tally.unusable(), cases) {
            gates.push(Gate::UnusableCases { commitment: place, unusable: tally.unusable(), cases });
        }
        let expected = commitment.goal.or(project.quality.explain_below);
        // None of none reaches every goal.
        let below = expected.is_some_and(|goal| !goal.is_reached_by(tally.met, tally.counted()));
        let written = project.commentary.explanations.get(&place);
        let explained = written.is_some_and(|written| written.explanation.is_some());
        if below && !explained {
            gates.push(Gate::NoExplanation { commitment: place });
        }
        if explained && written.is_some_and(|written| written.approved_by.is_none() || written.approved_on.is_none()) {
            gates.push(Gate::NotApproved { commitment: place });
        }
        let now = Rate::new(tally.met, tally.counted());
        let same = |line: &&HistoryLine| line.commitment == commitment.id && line.period == project.period.label;
        // What was restated stands in the place of what was published.
        let is_restated = project.history.iter().filter(same).any(|line| line.restated);
        let mut stand = project.history.iter().filter(same).filter(|line| line.restated == is_restated);
        if let Some(line) = stand.find(|line| !agrees(line, now, commitment.goal)) {
            gates.push(Gate::History { commitment: place, period: line.period.clone() });
        }
    }
    gates
}

/// Whether a frozen line says what the figures of the same period say, as far as it says anything.
fn agrees(line: &HistoryLine, now: Option<Rate>, goal: Option<Goal>) -> bool {
    let cases = now.map_or((0, 0), |rate| (rate.counted, rate.met));
    let same_cases = line.cases.is_none_or(|published| published == cases);
    let same_rate = line.rate_millionths.is_none_or(|published| {
        // A published percentage has one decimal: what it says of the rate is its tenths, as this report prints them.
        now.is_some_and(|rate| (u64::from(published) + 500) / 1000 == rate.displayed_tenths(goal))
    });
    same_cases && same_rate
}
