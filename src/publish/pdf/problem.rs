//! What the typesetter finds wrong, with the place in the template.

use std::fmt::Display;

use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

use super::MAIN_FILE;
use crate::publish::templates::Fault;

/// A fault outside the templates.
pub(super) fn of_setup(cause: impl Display) -> Vec<Fault> {
    vec![Fault { template: MAIN_FILE.to_owned(), at: None, message: cause.to_string(), help: None }]
}

/// Everything that the typesetter found, warnings included.
pub(super) fn of_templates(world: &impl World, found: &[SourceDiagnostic]) -> Vec<Fault> {
    let fault = |diagnostic: &SourceDiagnostic| Fault {
        template: diagnostic
            .span
            .id()
            .map_or_else(|| MAIN_FILE.to_owned(), |id| id.get().vpath().get_without_slash().to_string()),
        at: world.range(diagnostic.span),
        message: match diagnostic.severity {
            Severity::Error => diagnostic.message.to_string(),
            Severity::Warning => format!("warning: {}", diagnostic.message),
        },
        help: diagnostic.hints.first().map(|hint| hint.v.to_string()),
    };
    found.iter().map(fault).collect()
}
