//! `bilan explain`: one case read again from the exports, day by day, and against what an earlier run stored.

use std::path::{Path, PathBuf};

use super::console::Console;
use super::report::unrendered;
use super::{Failure, reading};
use crate::cli::{ExplainArgs, ExplainFormat};
use crate::declaration::Loaded;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::explain::{self, Explanation, Look, Telling, earlier};
use crate::evidence::{CaseFile, PageStore, sha256};
use crate::intake::{CaseRow, LocalTime};
use crate::measure::trace::{self, Scope, TracedSource};
use crate::measure::{JudgedCase, Run, Witness};

/// Where `bilan report` writes unless told otherwise.
const DEFAULT_OUT: &str = "output";

/// Runs the verb.
pub fn run(arguments: &ExplainArgs, console: &Console) -> Result<(), Failure> {
    let loaded = reading::load(&arguments.run, console)?;
    let project = &loaded.project;
    let wanted = arguments.commitment.as_deref().map(|id| reading::commitment(project, id)).transpose()?;
    let sources: Vec<usize> = match wanted {
        Some(place) => vec![project.commitments[place].source],
        None => (0..project.sources.len()).collect(),
    };
    let explanation = reading::with_progress(&loaded, &arguments.run, console, &sources, |run| {
        let zone = trace::zone(run);
        let traced =
            trace::trace(run, &zone, &sources, &arguments.case).map_err(|problems| reading::located(problems, &loaded))?;
        if traced.iter().all(|source| source.case.is_none()) {
            return Err(not_found(run, &zone, &sources, &traced, &arguments.case));
        }
        let mut explanation = explained(&loaded, run, &zone, &traced, arguments, wanted)?;
        if let Some(folder) = run_to_compare(&loaded, arguments, console)? {
            explanation.stored = Some(compared(run, &zone, &traced, &explanation, &folder)?);
        }
        Ok(explanation)
    })?;
    print(&explanation, arguments, console)?;
    match &explanation.stored {
        Some(stored) if !stored.differences.is_empty() => Err(Failure::Difference),
        _ => Ok(()),
    }
}

fn explained(
    loaded: &Loaded,
    run: &Run<'_>,
    zone: &LocalTime,
    traced: &[TracedSource],
    arguments: &ExplainArgs,
    wanted: Option<usize>,
) -> Result<Explanation, Failure> {
    let project = &loaded.project;
    let english = project.languages.iter().find(|language| *language == "en");
    let telling = Telling {
        project,
        zone,
        declaration: loaded.inputs.first().map_or("", |file| file.name.as_str()),
        line_of: &|path| loaded.places.line(path),
        commitment: wanted,
        language: english.or(project.languages.first()).map_or("", String::as_str),
    };
    explain::explain(&telling, &arguments.case, traced, &|place| trace::judge(run, zone, place)).map_err(|disagreement| {
        let problem = Diagnostic::error(Code::Internal, disagreement.to_string());
        Failure::machine(problem.help("this is an error of the program: please report it with the rows of the case"))
    })
}

/// No case bears the id: rows that were rejected may, and others may be near.
fn not_found(run: &Run<'_>, zone: &LocalTime, sources: &[usize], traced: &[TracedSource], id: &str) -> Failure {
    let mut problems: Vec<Diagnostic> = traced.iter().flat_map(|source| &source.rejected).map(|row| row.diagnostic()).collect();
    let near = trace::nearest_ids(run, zone, sources, id, 5);
    let known = run.project.as_of.date();
    let mut message = format!("no case `{id}` in the exports, among events up to {known}");
    if !problems.is_empty() {
        message.push_str("; rejected rows mention it");
    }
    let problem = Diagnostic::error(Code::UnknownCase, message);
    problems.push(if near.is_empty() { problem } else { problem.help(format!("the nearest: {}", near.join(", "))) });
    Failure::Problems(problems)
}

/// The run named, else that in the default place where it was made from this declaration.
fn run_to_compare(loaded: &Loaded, arguments: &ExplainArgs, console: &Console) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = &arguments.against {
        return if earlier::is_run(folder) { Ok(Some(folder.clone())) } else { Err(no_run(folder)) };
    }
    let folder = Path::new(DEFAULT_OUT).join(&loaded.project.period.label);
    let fingerprint = loaded.inputs.first().map(|file| sha256(&file.content));
    if !earlier::is_run(&folder) {
        return Ok(None);
    }
    if earlier::declaration_of(&folder) == fingerprint {
        return Ok(Some(folder));
    }
    console.say(format_args!(
        "{} was made from another declaration: not compared (name it with --against to compare)",
        folder.display()
    ));
    Ok(None)
}

fn no_run(folder: &Path) -> Failure {
    let message = format!("{} is no folder of a run: it has no audit/cases.parquet", folder.display());
    Failure::Problems(vec![Diagnostic::error(Code::UnreadableFile, message).help("name one like output/2025-2026")])
}

/// What the run stored, against the case as it was judged now.
fn compared(
    run: &Run<'_>,
    zone: &LocalTime,
    traced: &[TracedSource],
    explanation: &Explanation,
    folder: &Path,
) -> Result<explain::Stored, Failure> {
    let project = run.project;
    let mut files: Vec<Vec<String>> = vec![Vec::new(); project.sources.len()];
    for source in traced {
        files[source.source].clone_from(&source.files);
    }
    let store = PageStore::default();
    let mut now: Vec<CaseFile<'_>> = files.iter().map(|files| CaseFile::new(project, files, &store)).collect();
    for source in traced {
        let Some(case) = &source.case else { continue };
        let (events, origins): (Vec<_>, Vec<_>) = case.events.iter().copied().unzip();
        let values: Vec<&str> = case.values.iter().map(String::as_str).collect();
        let row = CaseRow { id: &explanation.case, events: &events, origins: &origins, values: &values };
        for (place, scope) in &case.commitments {
            if let Scope::Judged(judged) = scope {
                let judge = trace::judge(run, zone, *place);
                now[source.source].take(&JudgedCase { commitment: *place, row: &row, judged, judge: &judge });
            }
        }
    }
    now.iter_mut().for_each(Witness::close);
    let in_scope = explanation.commitments.iter().map(|ledger| ledger.commitment.as_str());
    let commitments: Vec<&str> =
        in_scope.chain(explanation.not_in_scope.iter().map(|elsewhere| elsewhere.commitment.as_str())).collect();
    earlier::compare(folder, &explanation.case, project, now, &commitments)
        .map_err(|error| Failure::machine(Diagnostic::error(Code::UnreadableFile, format!("cannot read {error}"))))
}

fn print(explanation: &Explanation, arguments: &ExplainArgs, console: &Console) -> Result<(), Failure> {
    let text = match arguments.format {
        ExplainFormat::Text => {
            explain::text(explanation, Look { all_days: arguments.all_days, color: console.has_color_on_stdout() })
        }
        ExplainFormat::Markdown => explain::markdown(explanation, arguments.all_days),
        ExplainFormat::Json => format!("{}\n", serde_json::to_string_pretty(explanation).map_err(unrendered)?),
    };
    console.result(text).map_err(unrendered)
}
