//! `bilan check`: reads and judges everything, writes nothing.

use std::fmt::Write as _;

use super::console::Console;
use super::{Failure, gates, masks, reading, scopes};
use crate::cli::RunArgs;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::{NoWitness, reconciliation};

/// Runs the verb.
pub fn run(arguments: &RunArgs, console: &Console) -> Result<(), Failure> {
    let loaded = reading::load(arguments, console)?;
    let measured = reading::measure(&loaded, arguments, console, |_| NoWitness)?;
    console.warnings(&reading::rejections(&measured, &loaded));
    console.warnings(&scopes::empty(&loaded.project, &measured.figures));
    console.warnings(&masks::weak(&loaded.project, &measured.figures));
    let open = gates::open(&loaded.project, &measured.figures);
    let lines = reconciliation::lines(&loaded.project, &measured.figures);
    let cannot_write = |error| Failure::machine(Diagnostic::error(Code::Output, format!("cannot write: {error}")));
    console.result(as_text(&lines)).map_err(cannot_write)?;
    if open.is_empty() { Ok(()) } else { Err(Failure::Problems(open)) }
}

/// Each identity on a line of its own: the whole, and the parts that it is the sum of.
fn as_text(lines: &[reconciliation::Line]) -> String {
    let width = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or(0);
    let digits = lines.iter().map(|line| line.total.to_string().len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut scope = "";
    for line in lines {
        if line.scope != scope {
            scope = line.scope;
            let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, line.heading());
        }
        let parts: Vec<String> =
            line.parts.iter().filter(|(_, number)| *number > 0).map(|(name, number)| format!("{number} {name}")).collect();
        let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
        let _ = writeln!(text, "  {:width$}  {:>digits$} = {sum}", line.name, line.total);
    }
    text
}
