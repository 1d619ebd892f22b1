//! The templates and the words of a run, and what is said of their faults. Whoever made them, they are why nothing can be rendered:
//! exit status 3.

use std::path::Path;

use super::Failure;
use super::console::Console;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::publish::templates::{Fault, Templates, Unreadable};
use crate::report::{Catalogues, WordingError};

/// The templates built in, those of `folder` in their place where it has them. What can't be understood is said before any export
/// is read.
pub fn load(folder: Option<&Path>, console: &Console) -> Result<Templates, Failure> {
    let Some(folder) = folder else { return Ok(Templates::embedded()) };
    let templates = Templates::with_folder(folder).map_err(unreadable)?;
    let strangers = templates.strangers(folder).map_err(unreadable)?;
    console.warnings(&strangers.iter().map(|name| stranger(&templates, folder, name)).collect::<Vec<_>>());
    if let Err(faults) = templates.environment() {
        return Err(faulty(&templates, faults));
    }
    Ok(templates)
}

/// The words of every language that has a catalogue.
pub fn catalogues(templates: &Templates) -> Result<Catalogues, Failure> {
    Catalogues::parse(templates.catalogues()).map_err(|errors| wording(templates, errors))
}

/// Faults of templates, each with its place and the line that it stands on.
pub fn faulty(templates: &Templates, faults: Vec<Fault>) -> Failure {
    let diagnostic = |fault: Fault| {
        let diagnostic = Diagnostic::error(Code::Template, fault.message);
        let diagnostic = match fault.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        match (templates.source(&fault.template), fault.at) {
            (Some((file, text)), Some(at)) => diagnostic.in_text(file, text, at),
            (Some((file, _)), None) => diagnostic.at(file, 1, 1),
            (None, _) => diagnostic,
        }
    };
    Failure::Machine(faults.into_iter().map(diagnostic).collect())
}

/// Faults of catalogues, each with its place.
pub fn wording(templates: &Templates, errors: Vec<WordingError>) -> Failure {
    let fault = |error: WordingError| {
        let template = Templates::catalogue_name(&error.language);
        Fault { at: error.at, message: error.problem, help: None, template }
    };
    faulty(templates, errors.into_iter().map(fault).collect())
}

fn stranger(templates: &Templates, folder: &Path, name: &str) -> Diagnostic {
    let message = format!("{} replaces no template and is not used", folder.join(name).display());
    let problem = Diagnostic::warning(Code::Template, message);
    match nearest(name, templates.all().map(|(name, _)| name)) {
        Some(near) => problem.help(format!("is `{near}` meant?")),
        None => problem,
    }
}

fn unreadable(Unreadable { path, error }: Unreadable) -> Failure {
    let problem = Diagnostic::error(Code::UnreadableFile, format!("can't read {}: {error}", path.display()));
    Failure::machine(problem.help("name a folder that holds templates with --templates"))
}
