//! The templates: embedded in the program, and replaceable file by file by those of a folder.

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::collections::BTreeMap;
use std::error::Error as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Instructions that one rendering may take: far more than any report needs, and an end to a template that loops.
const FUEL: u64 = 50_000_000;
const RECURSION_LIMIT: usize = 64;

/// The folder of the repository that the embedded templates come from.
const FOLDER: &str = "report-templates";

/// Texts that make the outputs, by their path in the folder of templates.
macro_rules! embedded {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("../../report-templates/", $name)))),*] };
}
const EMBEDDED: [(&str, &str); 17] = embedded![
    "charts/print.svg",
    "charts/web.svg",
    "content.html",
    "fragment.css",
    "fragment.html",
    "locales/en.ftl",
    "locales/fr.ftl",
    "page.css",
    "report-design.typ",
    "report-narrow.css",
    "report-print.css",
    "report-tables.typ",
    "report-wide.css",
    "report.css",
    "report.html",
    "report.typ",
    "root.css",
];

/// Where the catalogues of words lie: `locales/fr.ftl`.
const LOCALES: &str = "locales";

/// A file of the folder of templates that can't be read.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub error: std::io::Error,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The path of the template in the folder of templates.
    pub template: String,
    /// The bytes of its text that are meant, where something is known of them.
    pub at: Option<Range<usize>>,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A template: its text, and the file that it came from, for messages.
#[derive(Debug, Clone)]
struct Template {
    text: String,
    file: String,
}

/// All templates of a run, by their path in the folder of templates.
#[derive(Debug, Clone)]
pub struct Templates(BTreeMap<String, Template>);

impl Templates {
    /// The templates of the program.
    pub fn embedded() -> Templates {
        let template = |name: &str, text: &str| Template { text: text.to_owned(), file: format!("{FOLDER}/{name}") };
        Templates(EMBEDDED.iter().map(|(name, text)| (name.to_string(), template(name, text))).collect())
    }

    /// The templates of the program, each replaced by the file of that name where `folder` has one.
    /// A catalogue of a further language in `folder/locales` is added.
    pub fn with_folder(folder: &Path) -> Result<Templates, Unreadable> {
        let mut templates = Templates::embedded();
        let mut names: Vec<String> = templates.0.keys().cloned().collect();
        names.extend(files_in(folder)?.into_iter().filter(|name| language(name).is_some()));
        for name in names {
            let path = folder.join(&name);
            match std::fs::read_to_string(&path) {
                Ok(text) => drop(templates.0.insert(name, Template { text, file: path.display().to_string() })),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(Unreadable { path, error }),
            }
        }
        Ok(templates)
    }

    /// The texts of `folder` that replace no template: most likely misspelled.
    pub fn strangers(&self, folder: &Path) -> Result<Vec<String>, Unreadable> {
        let is_text = |name: &str| [".css", ".ftl", ".html", ".svg", ".typ"].iter().any(|kind| name.ends_with(kind));
        Ok(files_in(folder)?.into_iter().filter(|name| is_text(name) && !self.0.contains_key(name)).collect())
    }

    /// The names and texts of all templates.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, template)| (name.as_str(), template.text.as_str()))
    }

    /// The names and texts of the templates of a kind: `typ`, `css`.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(move |(name, _)| name.rsplit_once('.').is_some_and(|(_, end)| end == kind))
    }

    /// The catalogues of words: language and Fluent source.
    pub fn catalogues(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter_map(|(name, text)| Some((language(name)?, text)))
    }

    /// The name of the catalogue of a language.
    pub fn catalogue_name(language: &str) -> String {
        format!("{LOCALES}/{language}.ftl")
    }

    /// The file that a template came from, as messages show it, and its text; nothing where there is no such template.
    pub fn source(&self, name: &str) -> Option<(&str, &str)> {
        self.0.get(name).map(|template| (template.file.as_str(), template.text.as_str()))
    }

    /// A renderer of templates: whatever is missing is an error, whatever comes from data is escaped.
    /// Fails where a template can't be understood.
    pub fn environment(&self) -> Result<Environment<'_>, Vec<Fault>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION_LIMIT);
        let mut faults = Vec::new();
        for (name, text) in self.of_kind("html").chain(self.of_kind("svg")) {
            faults.extend(environment.add_template(name, text).map_err(|error| self.fault(name, &error)).err());
        }
        if faults.is_empty() { Ok(environment) } else { Err(faults) }
    }

    /// Renders one template of `environment`, which this made.
    pub(super) fn render(
        &self,
        environment: &Environment<'_>,
        name: &str,
        context: minijinja::Value,
    ) -> Result<String, Vec<Fault>> {
        let rendered = environment.get_template(name).and_then(|template| template.render(context));
        rendered.map_err(|error| vec![self.fault(name, &error)])
    }

    /// What the renderer says of the template in which it stopped, which may be one that `name` includes.
    fn fault(&self, name: &str, error: &minijinja::Error) -> Fault {
        let mut innermost = error;
        while let Some(cause) = innermost.source().and_then(|cause| cause.downcast_ref::<minijinja::Error>()) {
            innermost = cause;
        }
        let template = innermost.name().unwrap_or(name).to_owned();
        let line = |number: usize| Some(line_range(self.source(&template)?.1, number));
        let message = match innermost.detail() {
            Some(detail) => format!("{}: {detail}", innermost.kind()),
            None => innermost.kind().to_string(),
        };
        Fault { at: innermost.range().or_else(|| innermost.line().and_then(line)), message, help: None, template }
    }
}

/// The bytes of a line, which is counted from 1, without its indentation and its end.
fn line_range(text: &str, number: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    start + line.len() - line.trim_start().len()..start + line.trim_end().len()
}

/// The language of a catalogue, where `name` is one.
fn language(name: &str) -> Option<&str> {
    name.strip_prefix(LOCALES)?.strip_prefix('/')?.strip_suffix(".ftl")
}

/// The files of a folder of templates and of its folders, which hold none, by name. That there is none is said of the folder itself only.
fn files_in(folder: &Path) -> Result<Vec<String>, Unreadable> {
    let mut names = Vec::new();
    for inner in ["", "charts", LOCALES] {
        let path = folder.join(inner);
        let unreadable = |error| Unreadable { path: path.clone(), error };
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !inner.is_empty() => continue,
            Err(error) => return Err(unreadable(error)),
        };
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            if let (Some(name), true) = (entry.file_name().to_str(), entry.path().is_file()) {
                names.push(if inner.is_empty() { name.to_owned() } else { format!("{inner}/{name}") });
            }
        }
    }
    names.sort();
    Ok(names)
}
