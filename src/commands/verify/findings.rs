//! What `verify` found, in the order in which it looked.

use std::fmt::Write as _;

use crate::evidence::difference::Difference;

/// So many differences of one file are shown; the rest are counted unless the user wants to see more.
const SHOWN: usize = 20;

/// One thing that is not as it should be.
#[derive(Debug)]
pub struct Finding {
    /// `publication/results.json`, `exports/calls.csv (export)`.
    pub subject: String,
    /// What is wrong with it.
    pub problem: String,
    /// Where, as far as it can be told.
    pub details: Vec<String>,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding without details.
    pub fn add(&mut self, subject: impl Into<String>, problem: impl Into<String>) {
        self.with(subject, problem, Vec::new());
    }

    /// Adds a finding with what is known of it.
    pub fn with(&mut self, subject: impl Into<String>, problem: impl Into<String>, details: Vec<String>) {
        self.0.push(Finding { subject: subject.into(), problem: problem.into(), details });
    }

    /// Whether all is as it should be.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every finding for people, after a line that counts them.
    pub fn text(&self, subject: &str, verbose: bool) -> String {
        let number = self.0.len();
        let mut text = format!("{subject}: {number} {}\n", if number == 1 { "difference" } else { "differences" });
        for finding in &self.0 {
            let _ = writeln!(text, "\n{}: {}", finding.subject, finding.problem);
            let shown = if verbose { finding.details.len() } else { SHOWN };
            for detail in finding.details.iter().take(shown) {
                let _ = writeln!(text, "  {detail}");
            }
            if finding.details.len() > shown {
                let _ = writeln!(text, "  … and {} more; --verbose shows them", finding.details.len() - shown);
            }
        }
        text
    }
}

/// Differences as lines: `commitments.caq.met: in the file 913, recomputed 912`.
pub fn lines(differences: Vec<Difference>, first: &str, second: &str) -> Vec<String> {
    let line = |found: Difference| format!("{}: {first} {}, {second} {}", found.place, found.first, found.second);
    differences.into_iter().map(line).collect()
}

/// Two fingerprints as a line.
pub fn fingerprints(recorded: &str, found: &str) -> String {
    format!("SHA-256 recorded {recorded}, found {found}")
}
