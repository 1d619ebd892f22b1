//! What the verbs that read a project share: finding it, measuring it.

use indicatif::HumanCount;
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::Failure;
use super::console::Console;
use crate::cli::RunArgs;
use crate::declaration::{self, FILE_NAME, Loaded, Overrides};
use crate::diagnostic::{Code, Diagnostic, SettingPlace, nearest};
use crate::domain::account::Reject;
use crate::domain::project::Project;
use crate::measure::{self, Measured, Run, Witness};

/// So many bytes of events stay in memory unless the command line says otherwise: with more, a run takes longer and not less long,
/// since the table of cases outgrows the caches of the processor (`bench/RESULTS.md`).
const MEMORY: usize = 64 << 20;

/// The project to read: the one named, else the current folder where it holds a declaration, else `sample-data`.
pub fn project_path(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(named) = named {
        return Ok(named.to_path_buf());
    }
    let candidates = [Path::new("."), Path::new("sample-data")];
    let found = candidates.into_iter().find(|folder| folder.join(FILE_NAME).is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        let problem = Diagnostic::error(Code::UnreadableFile, "there is no declaration.toml here, nor in sample-data");
        Failure::Problems(vec![problem.help("name the folder of a project, or lay one with: bilan init DIR")])
    })
}

/// The place of the commitment with this id.
pub fn commitment(project: &Project, id: &str) -> Result<usize, Failure> {
    let ids = || project.commitments.iter().map(|commitment| commitment.id.as_str());
    ids().position(|known| known == id).ok_or_else(|| {
        let problem = Diagnostic::error(Code::UnknownReference, format!("the declaration has no commitment `{id}`"));
        let help = match nearest(id, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", ids().collect::<Vec<_>>().join(", ")),
        };
        Failure::Problems(vec![problem.help(help)])
    })
}

/// Reads the declaration with what the command line says in its place.
pub fn load(arguments: &RunArgs, console: &Console) -> Result<Loaded, Failure> {
    let overrides = Overrides {
        label: arguments.period.clone(),
        first: arguments.first,
        last: arguments.last,
        as_of: arguments.as_of,
        is_final: arguments.is_final,
        languages: arguments.lang.clone(),
    };
    let loaded = declaration::load(&project_path(arguments.project.as_deref())?, &overrides)?;
    console.warnings(&loaded.warnings);
    Ok(loaded)
}

/// Reads and judges all exports, with a bar over their bytes.
pub fn measure<W: Witness>(
    loaded: &Loaded,
    arguments: &RunArgs,
    console: &Console,
    witness: impl Fn(usize) -> W + Sync,
) -> Result<Measured<W>, Failure> {
    let sources: Vec<usize> = (0..loaded.project.sources.len()).collect();
    let measured = with_progress(loaded, arguments, console, &sources, |run| measure::measure(run, witness));
    Ok(measured.map_err(|problems| located(problems, loaded))?)
}

/// The names of the files of each source.
pub fn export_names(loaded: &Loaded, arguments: &RunArgs) -> Vec<Vec<String>> {
    let data = data_folder(loaded, arguments);
    loaded.project.sources.iter().map(|source| crate::intake::found_names(source, data)).collect()
}

/// Does something that reads the exports of the sources at `sources`, with a bar over their bytes.
pub fn with_progress<T>(
    loaded: &Loaded,
    arguments: &RunArgs,
    console: &Console,
    sources: &[usize],
    read: impl FnOnce(&Run<'_>) -> T,
) -> T {
    let data = data_folder(loaded, arguments);
    let bytes = export_bytes(loaded, sources, data);
    let bar = console.progress(bytes, "Reading {bar:32} {bytes}/{total_bytes}, {msg} rows/s, {eta} left");
    let rows = AtomicU64::new(0);
    let progress = |bytes, lines| {
        let rows = rows.fetch_add(lines, Ordering::Relaxed) + lines;
        bar.set_message(HumanCount((rows as f64 / bar.elapsed().as_secs_f64().max(0.001)) as u64).to_string());
        bar.inc(bytes);
    };
    let threads =
        arguments.threads.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), |threads| threads as usize);
    let memory = arguments.memory.unwrap_or(MEMORY);
    let done = read(&Run { project: &loaded.project, data, threads, memory, progress: &progress });
    bar.finish_and_clear();
    done
}

/// What is wrong with each rejected row, in the order of the sources and their files.
pub fn rejections<W>(measured: &Measured<W>, loaded: &Loaded) -> Vec<Diagnostic> {
    let problems = measured.rejected.iter().flat_map(|rows| {
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.reason == Reject::UnknownEvent) {
            *unknown.entry(&row.value).or_default() += 1;
        }
        rows.iter().map(move |row| {
            let rows = unknown.get(row.value.as_str()).filter(|rows| row.reason == Reject::UnknownEvent && **rows > 1);
            with_count(row.diagnostic(), rows)
        })
    });
    located(problems.collect(), loaded)
}

/// The same problem, with how many rows of the source have it where they are several.
fn with_count(problem: Diagnostic, rows: Option<&usize>) -> Diagnostic {
    match rows {
        None => problem,
        Some(rows) => Diagnostic { message: format!("{} ({rows} rows)", problem.message), ..problem },
    }
}

/// The same problems, each with the line of the declaration that it depends on.
pub fn located(mut problems: Vec<Diagnostic>, loaded: &Loaded) -> Vec<Diagnostic> {
    let declaration = loaded.inputs.first().map_or(FILE_NAME, |file| &file.name);
    for setting in problems.iter_mut().filter_map(|problem| problem.setting.as_mut()) {
        setting.place = loaded.places.nearest(&setting.key).map(|(found, line)| {
            let left_out_of = (found != setting.key).then(|| found.to_owned());
            SettingPlace { file: declaration.to_owned(), line, left_out_of }
        });
    }
    problems
}

/// Where patterns of exports are looked up.
pub fn data_folder<'a>(loaded: &'a Loaded, arguments: &'a RunArgs) -> &'a Path {
    arguments.data.as_deref().unwrap_or(&loaded.folder)
}

/// How many bytes the exports have in all, for the bar; files that cannot be read are reported when they are read.
fn export_bytes(loaded: &Loaded, sources: &[usize], data: &Path) -> u64 {
    let files = sources.iter().flat_map(|&source| crate::intake::file_names(&loaded.project.sources[source], data));
    files.map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum()
}
