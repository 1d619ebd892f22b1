//! Masks that protect nobody: the rule is kept, and a reader can still work out what it hides.

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::commitment::Commitment;
use crate::domain::deduction::deducible_cells;
use crate::domain::figures::Figures;
use crate::domain::masking::{Visibility, commitment_visibility, masked_cells};
use crate::domain::project::Project;
use crate::domain::tally::{Share, Tally};

/// A warning for each published breakdown with masked cells whose figures are certain all the same.
pub fn weak(project: &Project, figures: &Figures) -> Vec<Diagnostic> {
    let commitments = project.commitments.iter().zip(&figures.commitments);
    let shown =
        commitments.filter(|(_, tally)| commitment_visibility(tally.counted(), project.privacy_minimum) == Visibility::Shown);
    shown.flat_map(|(commitment, tally)| of_commitment(project, commitment, tally)).collect()
}

fn of_commitment(project: &Project, commitment: &Commitment, tally: &Tally) -> Vec<Diagnostic> {
    let months: Vec<Share> =
        project.period.months().iter().map(|month| tally.by_month.get(month).copied().unwrap_or_default()).collect();
    let fields = &project.sources[commitment.source].fields;
    let by_field = commitment.breakdown.iter().zip(&tally.by_field).map(|(&field, shares)| {
        let help = format!("raise privacy.minimum, or take `{}` out of the breakdown", fields[field].name);
        (format!("by `{}`", fields[field].name), shares.values().copied().collect(), help)
    });
    let breakdowns = std::iter::once(("by month".to_owned(), months, "raise privacy.minimum".to_owned())).chain(by_field);
    breakdowns.filter_map(|(name, cells, help)| weakness(project, commitment, &name, &cells, &help)).collect()
}

fn weakness(project: &Project, commitment: &Commitment, name: &str, cells: &[Share], help: &str) -> Option<Diagnostic> {
    let count = |flags: Vec<bool>| flags.into_iter().filter(|flag| *flag).count();
    let known = count(deducible_cells(cells, project.privacy_minimum));
    let masked = count(masked_cells(cells, project.privacy_minimum));
    let message = format!(
        "`{}` {name}: figures of {known} of the {masked} masked cells follow from the total, the other cells and the rule",
        commitment.id
    );
    (known > 0).then(|| Diagnostic::warning(Code::WeakMask, message).help(help))
}
