//! Commitments that no case falls under: most likely a condition or an export is not what was meant.

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::figures::Figures;
use crate::domain::project::Project;

/// A warning for each source without a case, and for each commitment without one on a source that has some.
pub fn empty(project: &Project, figures: &Figures) -> Vec<Diagnostic> {
    let without_cases = figures.sources.iter().filter(|source| source.cases == 0).map(|source| {
        let message = format!("the exports of source `{}` hold no case", source.id);
        Diagnostic::warning(Code::EmptyScope, message).help("put the exports of the whole period into its `files`")
    });
    let commitments = project.commitments.iter().zip(&figures.commitments);
    let without_scope = commitments.filter(|(_, tally)| tally.in_scope() == 0).filter_map(|(commitment, _)| {
        let source = &figures.sources[commitment.source];
        let message = format!("none of the {} cases of source `{}` is one of `{}`", source.cases, source.id, commitment.id);
        let help = "correct `where`, which must name values as they stand in the exports";
        (source.cases > 0).then(|| Diagnostic::warning(Code::EmptyScope, message).help(help))
    });
    without_cases.chain(without_scope).collect()
}
