//! The gates of a final report, said with what to do about each.

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::figures::Figures;
use crate::domain::gate::{Gate, open_gates};
use crate::domain::project::{Project, Status};

/// Every open gate of a report that is to be final; none of a draft.
pub fn open(project: &Project, figures: &Figures) -> Vec<Diagnostic> {
    match project.status {
        Status::Draft => Vec::new(),
        Status::Final => open_gates(project, figures).iter().map(|gate| diagnostic(project, gate)).collect(),
    }
}

fn diagnostic(project: &Project, gate: &Gate) -> Diagnostic {
    let id = |place: &usize| project.commitments[*place].id.as_str();
    match gate {
        Gate::RejectedRows { source, rejected, rows } => {
            let message = format!("source `{}` rejects {rejected} of {rows} rows", project.sources[*source].id);
            Diagnostic::error(Code::GateRejectedRows, message)
                .help("have the export corrected, or raise quality.max-rejected knowingly")
        }
        Gate::UnusableCases { commitment, unusable, cases } => {
            let message = format!("{unusable} of {cases} cases of `{}` can't be used", id(commitment));
            Diagnostic::error(Code::GateUnusableCases, message).help("`unusable` in audit/cases.parquet of a draft lists them")
        }
        Gate::NoExplanation { commitment } => {
            let message = format!("`{}` is below what was promised, and nothing explains it in every language", id(commitment));
            Diagnostic::error(Code::GateExplanation, message)
                .help(format!("write [{}] explanation in the commentary", id(commitment)))
        }
        Gate::NotApproved { commitment } => {
            let message = format!("the explanation of `{}` has no approver or no date", id(commitment));
            Diagnostic::error(Code::GateApproval, message)
                .help(format!("add approved-by and approved-on to [{}] in the commentary", id(commitment)))
        }
        Gate::History { commitment, period } => {
            let message = format!("the history of `{}` says something else of {period} than these figures", id(commitment));
            Diagnostic::error(Code::GateHistory, message).help("correct the history, or record what changed as a `restated` line")
        }
    }
}
