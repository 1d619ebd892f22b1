//! From `declaration.toml`, and the files that it names, to a validated `Project`.
//!
//! The specification of the file is `declaration-file.md`. Every problem is collected, with file, line and column: nothing stops at
//! the first but a file that can't be read at all. Parts that can't be read are replaced by empty ones so that the rest is still
//! looked at; a project is only handed out when no error was found.

mod calendar;
mod commentary;
mod commitment;
mod document;
mod events;
mod files;
mod keys;
mod limit;
mod lines;
mod markdown;
mod places;
mod published;
mod report;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod timestamp;
mod written;

pub use places::Places;

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::domain::calendar::{Calendar, Day};
use crate::domain::project::Project;
use crate::domain::text::Language;

pub use files::InputFile;

use document::{Document, Problems};
use files::Files;
use table::Table;

/// The file that a project's folder holds.
pub const FILE_NAME: &str = "declaration.toml";

/// What the command line says in place of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--period`
    pub label: Option<String>,
    /// `--first`
    pub first: Option<Day>,
    /// `--last`
    pub last: Option<Day>,
    /// `--as-of`
    pub as_of: Option<Day>,
    /// `--final`
    pub is_final: bool,
    /// `--lang`; the first is the official text.
    pub languages: Option<Vec<Language>>,
}

/// A project without errors, and where it came from.
#[derive(Debug)]
pub struct Loaded {
    pub project: Project,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// Every file read, in order; the first is the declaration.
    pub inputs: Vec<InputFile>,
    /// Where each key of the declaration stands.
    pub places: Places,
    /// Problems that stop nothing.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a date of the command line: `2025-04-01`, from 1900 to 2199.
pub fn parse_day(text: &str) -> Result<Day, String> {
    let day = calendar::parse_day(text).filter(|day| document::in_range(*day));
    day.ok_or_else(|| format!("\"{text}\" is no day from 1900 to 2199: write year-month-day, like 2025-04-01"))
}

/// Reads the project of a folder or of a declaration file, with all its problems when it has any.
pub fn load(path: &Path, overrides: &Overrides) -> Result<Loaded, Vec<Diagnostic>> {
    let (folder, name) = located(path);
    let problems = Problems::default();
    let files = Files::new(&folder, &problems);
    let project = files
        .text(&name, None)
        .and_then(|text| project(Document { name: &name, text: &text, problems: &problems }, overrides, &files));
    let has_errors = problems.has_errors();
    let inputs = files.into_read();
    let found = problems.sorted(&name);
    match project.filter(|_| !has_errors) {
        Some((project, places)) => Ok(Loaded { project, inputs, places, warnings: found, folder }),
        None => Err(found),
    }
}

/// The bytes of a declaration's text that hold the value under these keys; `None` where it has no such value.
pub fn span_of(text: &str, keys: &[String]) -> Option<Range<usize>> {
    let parsed = toml::de::DeTable::parse(text).ok()?;
    let (first, rest) = keys.split_first()?;
    let mut value = parsed.get_ref().get(first.as_str())?;
    for key in rest {
        value = value.get_ref().as_table()?.get(key.as_str())?;
    }
    Some(value.span())
}

/// The folder of a project and the name of its declaration file.
fn located(path: &Path) -> (PathBuf, String) {
    let name = path.file_name().filter(|_| !path.is_dir());
    let Some(name) = name else { return (path.to_path_buf(), FILE_NAME.to_owned()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.to_path_buf(), name.to_string_lossy().into_owned())
}

fn project(document: Document<'_>, overrides: &Overrides, files: &Files<'_>) -> Option<(Project, Places)> {
    let problems = document.problems;
    let parsed = commentary::parse(document)?;
    let root = Table::open("the declaration".to_owned(), &parsed, 0..0, document, &keys::ROOT);
    let report = report::report(&root, overrides, problems);
    let languages = report.as_ref().map_or(&[][..], |report| &report.languages);
    let days_off = calendar::days_off(&root, languages, files, problems);
    let quality = report::quality(&root);
    let privacy_minimum = report::privacy_minimum(&root);
    let mut sources = source::sources(&root);
    let sections = commitment::sections(&root, languages);
    let mut ids = commitment::Ids::new();
    let commitments = commitment::commitments(&root, languages, &sections, &mut sources, &mut ids);
    let (pledges, named_surveys) = commitment::pledges(&root, languages, &sections, &mut ids);
    if root.get("commitments").is_none() && root.get("pledges").is_none() {
        root.problem(
            Code::MissingKey,
            "the declaration promises nothing: it has neither `commitments` nor `pledges`",
            "add a table [[commitments]] or [[pledges]]",
        );
    }
    let surveys = published::surveys(&named_surveys, languages, files, problems);
    let commentary_text = report
        .as_ref()
        .and_then(|report| report.commentary.as_ref())
        .and_then(|word| Some((word, files.text(word.text, Some(word))?)));
    let commentary = commentary_text.and_then(|(word, text)| {
        let document = Document { name: word.text, text: &text, problems };
        commentary::commentary(document, languages, &commitments)
    });
    let names: Vec<&str> = commitments.iter().map(|commitment| commitment.id.as_str()).collect();
    let history = report.as_ref().map(|report| published::history(&report.history, &names, files, problems)).unwrap_or_default();
    let report = report.filter(|_| !problems.has_errors())?;
    let places = Places::of(&table::entries(&parsed, document), document);
    let project = Project {
        organization: report.organization,
        title: report.title,
        languages: report.languages,
        period: report.period,
        as_of: report.as_of,
        time_zone: report.time_zone,
        status: report.status,
        calendar: Calendar::new(days_off),
        quality,
        privacy_minimum,
        sources: sources.into_iter().map(source::ParsedSource::into_source).collect(),
        sections,
        commitments,
        pledges,
        commentary: commentary.unwrap_or_default(),
        history,
        surveys,
    };
    Some((project, places))
}
