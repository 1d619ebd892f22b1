//! The templates: embedded in the program, and replaceable file by file by those of a folder.

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Instructions that one rendering may take: far more than any report needs, and an end to a template that loops.
const FUEL: u64 = 50_000_000;
const RECURSION_LIMIT: usize = 64;

/// Texts that make the outputs, by their path in the folder of templates.
const EMBEDDED: [(&str, &str); 9] = [
    ("charts/print.svg", include_str!("../../report-templates/charts/print.svg")),
    ("charts/web.svg", include_str!("../../report-templates/charts/web.svg")),
    ("locales/en.ftl", include_str!("../../report-templates/locales/en.ftl")),
    ("locales/fr.ftl", include_str!("../../report-templates/locales/fr.ftl")),
    ("report.css", include_str!("../../report-templates/report.css")),
    ("report.html", include_str!("../../report-templates/report.html")),
    ("report-design.typ", include_str!("../../report-templates/report-design.typ")),
    ("report-tables.typ", include_str!("../../report-templates/report-tables.typ")),
    ("report.typ", include_str!("../../report-templates/report.typ")),
];

/// Where the catalogues of words lie: `locales/fr.ftl`.
const LOCALES: &str = "locales";

/// Why a template cannot be used.
#[derive(Debug)]
pub enum TemplateError {
    /// A file of the folder of templates cannot be read.
    Unreadable { path: PathBuf, error: std::io::Error },
    /// No template has this name.
    Missing { name: String },
    /// A template is faulty, or asks for something that the report does not have.
    Faulty { name: String, line: Option<usize>, problem: String },
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TemplateError::Unreadable { path, error } => {
                write!(formatter, "cannot read the template {}: {error}", path.display())
            }
            TemplateError::Missing { name } => write!(formatter, "there is no template `{name}`"),
            TemplateError::Faulty { name, line: Some(line), problem } => {
                write!(formatter, "template `{name}`, line {line}: {problem}")
            }
            TemplateError::Faulty { name, line: None, problem } => write!(formatter, "template `{name}`: {problem}"),
        }
    }
}

impl std::error::Error for TemplateError {}

/// All templates of a run.
#[derive(Debug, Clone)]
pub struct Templates(BTreeMap<String, String>);

impl Default for Templates {
    fn default() -> Templates {
        Templates::embedded()
    }
}

impl Templates {
    /// The templates of the program.
    pub fn embedded() -> Templates {
        Templates(EMBEDDED.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect())
    }

    /// The templates of the program, each replaced by the file of that name where `folder` has one.
    /// A catalogue of a further language in `folder/locales` is added.
    pub fn with_folder(folder: &Path) -> Result<Templates, TemplateError> {
        let mut templates = Templates::embedded();
        let mut names: Vec<String> = templates.0.keys().cloned().collect();
        names.extend(further_locales(folder)?);
        for name in names {
            let path = folder.join(&name);
            match std::fs::read_to_string(&path) {
                Ok(text) => drop(templates.0.insert(name, text)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(TemplateError::Unreadable { path, error }),
            }
        }
        Ok(templates)
    }

    /// The names of all templates that the program embeds, with their texts: what `init` writes.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text of a template.
    pub fn text(&self, name: &str) -> Result<&str, TemplateError> {
        self.0.get(name).map(String::as_str).ok_or_else(|| TemplateError::Missing { name: name.to_string() })
    }

    /// The catalogues of words: language and Fluent source.
    pub fn catalogues(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, text)| {
            let language = name.strip_prefix(LOCALES)?.strip_prefix('/')?.strip_suffix(".ftl")?;
            Some((language, text.as_str()))
        })
    }

    /// A renderer of templates: whatever is missing is an error, whatever comes from data is escaped.
    pub(super) fn environment(&self) -> Result<Environment<'_>, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION_LIMIT);
        for (name, text) in self.0.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".svg")) {
            environment.add_template(name, text).map_err(|error| faulty(name, &error))?;
        }
        Ok(environment)
    }
}

/// Renders one template of `environment`.
pub(super) fn render(environment: &Environment<'_>, name: &str, context: minijinja::Value) -> Result<String, TemplateError> {
    let template = environment.get_template(name).map_err(|error| faulty(name, &error))?;
    template.render(context).map_err(|error| faulty(name, &error))
}

fn faulty(name: &str, error: &minijinja::Error) -> TemplateError {
    let name = error.name().unwrap_or(name).to_string();
    TemplateError::Faulty { name, line: error.line(), problem: error.to_string() }
}

fn further_locales(folder: &Path) -> Result<Vec<String>, TemplateError> {
    let path = folder.join(LOCALES);
    let entries = match std::fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(TemplateError::Unreadable { path, error }),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| TemplateError::Unreadable { path: path.clone(), error })?;
        if let Some(name) = entry.file_name().to_str().filter(|name| name.ends_with(".ftl")) {
            names.push(format!("{LOCALES}/{name}"));
        }
    }
    Ok(names)
}
