//! The declaration compiled into SQL over the same exports: a second road to the figures, for an auditor and in an engine that
//! shares no code with this program.
//!
//! `script.sql` is a template that writes what is declared as tables; `reading.sql`, `accounting.sql` and `measuring.sql` hold the
//! rules, the same for every declaration, and are SQL as it runs. No figure is computed here.

mod declared;
mod source;
mod timestamp;
mod zone;

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::domain::project::Project;

const SCRIPT: &str = include_str!("script.sql");
const READING: &str = include_str!("reading.sql");
const ACCOUNTING: &str = include_str!("accounting.sql");
const MEASURING: &str = include_str!("measuring.sql");

/// An export of a source, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The path relative to the data folder, with `/`.
    pub name: String,
    /// The encoding's name, lower case.
    pub encoding: String,
    pub delimiter: u8,
}

/// Something declared that the script can't express, and so isn't approximated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The keys that lead to it in the declaration file.
    pub keys: Vec<String>,
    pub message: String,
    pub help: &'static str,
}

/// The script, for DuckDB, that counts the commitments at these places of the project. `exports` holds those of each source that it
/// reads, by the place of the source; `data` is the folder that their names are relative to.
pub fn script(
    project: &Project,
    commitments: &[usize],
    exports: &BTreeMap<usize, Vec<Export>>,
    data: &str,
) -> Result<String, Vec<Unsupported>> {
    let (mut sources, mut unsupported) = (Vec::new(), Vec::new());
    for (&place, exports) in exports {
        match source::source(project, place, exports) {
            Ok(source) => sources.push(source),
            Err(found) => unsupported.extend(found),
        }
    }
    if !unsupported.is_empty() {
        return Err(unsupported);
    }
    let declared = Serde(declared::declared(project, commitments));
    let rules = context! { reading_rules => READING, accounting_rules => ACCOUNTING, measuring_rules => MEASURING };
    let values = context! { declared, sources => Serde(sources), data => glob_escaped(data), ..rules };
    let rendered = environment().and_then(|environment| environment.render_str(SCRIPT, values));
    // The template and all that it is given stand in this room: what is wrong with it is wrong for every declaration.
    Ok(rendered.unwrap_or_else(|error| unreachable!("script.sql: {error:#}")))
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?);
    environment.add_filter("text", text);
    environment.add_filter("line", |text: &str| text.split(char::is_control).collect::<Vec<_>>().join(" "));
    Ok(environment)
}

/// A text as SQL writes it.
fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name of a column as SQL writes it.
fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Texts as SQL writes a list of them.
fn texts<'t>(list: impl IntoIterator<Item = &'t String>) -> String {
    list.into_iter().map(|item| text(item)).collect::<Vec<_>>().join(", ")
}

/// A path in which no character stands for others.
fn glob_escaped(path: &str) -> String {
    path.chars()
        .map(|character| if "*?[".contains(character) { format!("[{character}]") } else { character.to_string() })
        .collect()
}
