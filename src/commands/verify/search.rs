//! Where the inputs of a run lie now: what was not named is looked for around the run, by the names of its files.
//!
//! Never by their content: a sound copy beside a project that was changed would hide the change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::cli::VerifyArgs;
use crate::declaration::FILE_NAME;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::{Input, InputKind, Manifest, sha256};
use crate::publish::templates::Templates;

/// How far above the folder of the run is looked.
const LEVELS: usize = 2;

/// Where the inputs lie.
#[derive(Debug)]
pub struct Found {
    /// The declaration file.
    pub declaration: PathBuf,
    /// The folder of the exports.
    pub data: PathBuf,
    /// `None`: the templates of the program.
    pub templates: Option<PathBuf>,
}

impl Found {
    /// The folder of the project.
    pub fn project(&self) -> &Path {
        self.declaration.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }
}

/// Finds declaration, exports and templates; a problem where there is no project at all.
pub fn find(manifest: &Manifest, arguments: &VerifyArgs) -> Result<Found, Failure> {
    let around = neighbourhood(&arguments.subject);
    let declaration = match &arguments.project {
        Some(named) if named.is_dir() => named.join(declaration_name(manifest)),
        Some(named) => named.clone(),
        None => only_project(manifest, &around, &arguments.subject)?,
    };
    let mut found = Found { declaration, data: PathBuf::new(), templates: None };
    found.data = match &arguments.data {
        Some(named) => named.clone(),
        None => {
            let exports: Vec<&Input> = manifest.inputs_of(InputKind::Export).collect();
            let project = [found.project().to_path_buf()];
            let candidates = project.iter().chain(&around);
            best(candidates, |folder| there(folder, &exports)).unwrap_or_else(|| found.project().to_path_buf())
        }
    };
    found.templates = arguments.templates.clone().or_else(|| {
        let project = [found.project().to_path_buf()];
        let near = subfolders(found.project());
        let candidates: Vec<&PathBuf> = project.iter().chain(&near).chain(&around).collect();
        nearest_templates(manifest, &candidates)
    });
    Ok(found)
}

fn declaration_name(manifest: &Manifest) -> &str {
    manifest.inputs_of(InputKind::Declaration).next().map_or(FILE_NAME, |input| input.name.as_str())
}

/// The current folder and those around the run, each with its subfolders, nearest first.
fn neighbourhood(run: &Path) -> Vec<PathBuf> {
    let above = run.canonicalize().unwrap_or_else(|_| run.to_path_buf());
    let bases = std::iter::once(PathBuf::from(".")).chain(above.ancestors().skip(1).take(LEVELS).map(Path::to_path_buf));
    let mut seen = BTreeSet::new();
    let all = bases.flat_map(|base| std::iter::once(base.clone()).chain(subfolders(&base)));
    all.filter(|folder| seen.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone()))).collect()
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    // `./x` reads better as `x`.
    folders.into_iter().map(|path| path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)).collect()
}

/// The candidate with the highest score, the first of equals; `None` where no candidate scores.
fn best<'a>(candidates: impl IntoIterator<Item = &'a PathBuf>, score: impl Fn(&Path) -> usize) -> Option<PathBuf> {
    let mut best: Option<(usize, &PathBuf)> = None;
    for folder in candidates {
        let score = score(folder);
        if score > best.map_or(0, |(highest, _)| highest) {
            best = Some((score, folder));
        }
    }
    best.map(|(_, folder)| folder.clone())
}

/// How many of the inputs stand in a folder, whatever they hold now.
fn there(folder: &Path, inputs: &[&Input]) -> usize {
    inputs.iter().filter(|input| folder.join(&input.name).is_file()).count()
}

/// The one declaration around the run that has exports of the manifest beside it or, where none has, the one that there is.
fn only_project(manifest: &Manifest, around: &[PathBuf], run: &Path) -> Result<PathBuf, Failure> {
    let name = declaration_name(manifest);
    let exports: Vec<&Input> = manifest.inputs_of(InputKind::Export).collect();
    let projects: Vec<&PathBuf> = around.iter().filter(|folder| folder.join(name).is_file()).collect();
    let with_exports: Vec<&PathBuf> = projects.iter().copied().filter(|folder| there(folder, &exports) > 0).collect();
    let candidates = if with_exports.is_empty() { projects } else { with_exports };
    match candidates.as_slice() {
        [folder] => Ok(folder.join(name)),
        [] => Err(not_here(run)),
        several => {
            let folders: Vec<String> = several.iter().map(|folder| folder.display().to_string()).collect();
            Err(unnamed(format!("{} may have been made from any of {}", run.display(), folders.join(", "))))
        }
    }
}

/// No folder around the run holds a file that the run was made from.
pub fn not_here(run: &Path) -> Failure {
    unnamed(format!("the project that {} was made from is not here", run.display()))
}

fn unnamed(message: String) -> Failure {
    let problem = Diagnostic::error(Code::UnreadableFile, message).help("name it: bilan verify RUN_DIR --project PROJECT");
    Failure::Problems(vec![problem])
}

/// The folder that has the templates which are not those of the program; `None` where there are none, or no folder has them.
fn nearest_templates(manifest: &Manifest, candidates: &[&PathBuf]) -> Option<PathBuf> {
    let embedded = Templates::embedded();
    let built_in =
        |input: &Input| embedded.all().any(|(name, text)| name == input.name && sha256(text.as_bytes()) == input.sha256);
    let own: Vec<&Input> = manifest.inputs_of(InputKind::Template).filter(|input| !built_in(input)).collect();
    best(candidates.iter().copied(), |folder| there(folder, &own))
}
