//! `bilan doctor`: says what exports are made of that no declaration describes yet.

use std::fs;
use std::path::Path;

use super::Failure;
use super::console::Console;
use crate::cli::DoctorArgs;
use crate::declaration::FILE_NAME;
use crate::diagnostic::{Code, Diagnostic};
use crate::doctor::{self, Group};
use crate::intake::{is_archive, no_text};

/// Runs the verb. The tables to paste are the result; what they rest on is said to the person.
pub fn run(arguments: &DoctorArgs, console: &Console) -> Result<(), Failure> {
    let files = read(&arguments.files)?;
    let mut names = Vec::new();
    let mut tables = String::from("# Paste into declaration.toml, answer every `# ?`, then run `bilan check`.\n");
    for group in doctor::examine(&files) {
        console.say(doctor::describe(&group));
        let name = source_name(&group, &names);
        let parts = doctor::find_parts(&group, &files);
        tables.push('\n');
        tables.push_str(&doctor::proposal(&group, &parts, &name));
        names.push(name);
    }
    console.result(tables).map_err(|error| Failure::machine(Diagnostic::error(Code::Output, format!("cannot write: {error}"))))
}

fn read(paths: &[impl AsRef<Path>]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        match fs::read(path) {
            Ok(bytes) if is_archive(&bytes) => problems.push(no_text(&path.display().to_string())),
            Ok(bytes) => files.push((in_project(path).display().to_string(), bytes)),
            Err(error) => {
                let message = format!("cannot read {}: {error}", path.display());
                problems.push(Diagnostic::error(Code::UnreadableFile, message).help("name one or more CSV exports"));
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(Failure::Problems(problems)) }
}

/// The path as a declaration would name it: from the folder that the declaration stands in, where there is one above.
fn in_project(path: &Path) -> &Path {
    let project = path.ancestors().skip(1).find(|folder| folder.join(FILE_NAME).is_file());
    project.and_then(|project| path.strip_prefix(project).ok()).unwrap_or(path)
}

/// A source is named after the letters with which its files begin.
fn source_name(group: &Group, taken: &[String]) -> String {
    let stem = Path::new(&group.exports[0].name).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let letters: String = stem.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
    let name = doctor::slug(&letters);
    let same = taken.iter().filter(|other| **other == name || other.starts_with(&format!("{name}-"))).count();
    if same == 0 { name } else { format!("{name}-{}", same + 1) }
}
