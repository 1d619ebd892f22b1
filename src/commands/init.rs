//! `bilan init`: a new project, which runs as soon as exports are there.

use super::Failure;
use super::console::Console;
use super::report::{unrendered, unwritable};
use crate::cli::InitArgs;
use crate::declaration;
use crate::publish::folder::{self, Files};
use crate::publish::templates::Templates;

/// What a project begins with. The calendar is that of the public service of Québec.
const FILES: [(&str, &str); 7] = [
    ("README.md", include_str!("../../new-project/README.md")),
    (declaration::FILE_NAME, include_str!("../../new-project/declaration.toml")),
    ("holidays.csv", include_str!("../../sample-data/holidays.csv")),
    ("commentary.toml", include_str!("../../new-project/commentary.toml")),
    ("history.csv", include_str!("../../new-project/history.csv")),
    ("surveys.csv", include_str!("../../new-project/surveys.csv")),
    ("exports/README.md", include_str!("../../new-project/exports/README.md")),
];

/// Runs the verb.
pub fn run(arguments: &InitArgs, console: &Console) -> Result<(), Failure> {
    let folder = &arguments.folder;
    let templates = Templates::embedded();
    let copies = templates.all().map(|(name, text)| (format!("report-templates/{name}"), text));
    let files = FILES.into_iter().map(|(name, text)| (name.to_owned(), text)).chain(copies);
    let files: Files = files.map(|(name, text)| (name, text.as_bytes().to_vec())).collect();
    folder::create(folder, &files).map_err(|error| unwritable(&error))?;
    let shown = folder.display();
    console.say(format_args!(
        "Edit {}, which explains itself, and put CSV exports into {}.",
        folder.join(declaration::FILE_NAME).display(),
        folder.join("exports").display()
    ));
    console.say(format_args!("Then, again and again:    bilan check {shown}"));
    console.say(format_args!("To try it without any:    bilan simulate {shown} --out {shown}"));
    let paths: String = files.iter().map(|(name, _)| format!("{}\n", folder.join(name).display())).collect();
    console.result(paths).map_err(unrendered)
}
