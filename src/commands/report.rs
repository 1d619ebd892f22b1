//! `bilan report`: the whole batch, from exports to a published section.

use clap::ValueEnum;
use std::fmt::Display;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::console::Console;
use super::{Failure, documents, gates, masks, reading, scopes, stored_run, templates};
use crate::cli::{Format, ReportArgs, RunArgs};
use crate::declaration::Loaded;
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::calendar::Day;
use crate::domain::figures::Figures;
use crate::domain::project::Status;
use crate::evidence::{self, CASES, CaseFile, Input, InputKind, MANIFEST, Manifest, Options, OutputFile, OutputWriter};
use crate::evidence::{PageStore, RULES, reconciliation};
use crate::measure::Measured;
use crate::publish::folder::{self, Files, FolderError};
use crate::publish::{data, templates::Templates, xlsx};
use crate::report::dataset::{self, Dataset};
use crate::report::results::{Audience, Results};
use crate::report::{self, Catalogues};

/// Runs the verb.
pub fn run(arguments: &ReportArgs, console: &Console) -> Result<(), Failure> {
    let began = Instant::now();
    let loaded = reading::load(&arguments.run, console)?;
    let target = arguments.out.join(&loaded.project.period.label);
    let written = stored_run::files(&target);
    folder::check(&target, &written).map_err(|error| unwritable(&error))?;
    refuse_a_draft_for_a_final(&target, &loaded)?;
    let templates = templates::load(arguments.templates.as_deref(), console)?;
    let catalogues = templates::catalogues(&templates)?;
    let names = reading::export_names(&loaded, &arguments.run);
    let store = PageStore::default();
    let case_file = |source: usize| CaseFile::new(&loaded.project, &names[source], &store);
    let measured = reading::measure(&loaded, &arguments.run, console, case_file)?;
    tell_rejected(&measured, &loaded, console);
    console.warnings(&scopes::empty(&loaded.project, &measured.figures));
    console.warnings(&masks::weak(&loaded.project, &measured.figures));
    refuse_while_gates_are_open(&loaded, &measured.figures)?;
    let figures = measured.figures.clone();
    let cases = folder::large(&target).map_err(|error| unwritable(&error))?;
    let mut out = OutputWriter::new(BufWriter::new(&cases));
    let mut files = make(&loaded, measured, &templates, &catalogues, &arguments.format, &mut out, console)?;
    let described = out.finish(CASES).map_err(|error| unwritable(&FolderError::Io(target.join(CASES), error)))?;
    let manifest = manifest(&loaded, &figures, &templates, &files, described, arguments, began);
    files.push((MANIFEST.to_owned(), data::json(&manifest).map_err(unrendered)?));
    folder::replace(&target, &written, &files, Some((CASES, cases))).map_err(|error| unwritable(&error))?;
    tell_written(&target, &files, &figures, began, console)
}

/// What was published as final goes only when somebody takes it away.
fn refuse_a_draft_for_a_final(target: &Path, loaded: &Loaded) -> Result<(), Failure> {
    if loaded.project.status == Status::Final || !stored_run::is_final(target) {
        return Ok(());
    }
    let problem = Diagnostic::error(Code::Output, format!("{} is a final report, and this one is a draft", target.display()));
    Err(Failure::Problems(vec![problem.help("choose another folder with --out, or move the final report away first")]))
}

/// Rows that did not enter the figures are said on every run, and shown where asked.
fn tell_rejected(measured: &Measured<CaseFile<'_>>, loaded: &Loaded, console: &Console) {
    if console.is_verbose() {
        console.warnings(&reading::rejections(measured, loaded));
    }
    for source in &measured.figures.sources {
        let rows = source.rows();
        if rows.rejected_rows() + rows.duplicates > 0 {
            let (rejected, duplicates, all) = (rows.rejected_rows(), rows.duplicates, rows.rows());
            console.say(format_args!("{}: {rejected} rows rejected and {duplicates} duplicates dropped, of {all}", source.id));
        }
    }
}

fn refuse_while_gates_are_open(loaded: &Loaded, figures: &Figures) -> Result<(), Failure> {
    let open = gates::open(&loaded.project, figures);
    if open.is_empty() { Ok(()) } else { Err(Failure::Problems(open)) }
}

/// Everything that a run writes but the manifest, which names all of it; the judged cases go to `cases`.
pub fn make(
    loaded: &Loaded,
    measured: Measured<CaseFile<'_>>,
    templates: &Templates,
    catalogues: &Catalogues,
    formats: &[Format],
    cases: &mut impl Write,
    console: &Console,
) -> Result<Files, Failure> {
    let report =
        report::build(&loaded.project, &measured.figures, catalogues).map_err(|errors| templates::wording(templates, errors))?;
    let mut files = documents::publication(&report, templates, formats, loaded.project.as_of.date(), console)?;
    files.extend(audit(loaded, &measured, templates, catalogues, formats)?);
    evidence::write_cases(&loaded.project, measured.witnesses, cases).map_err(unrendered)?;
    Ok(files)
}

/// The evidence, but for the judged cases and the manifest.
fn audit(
    loaded: &Loaded,
    measured: &Measured<CaseFile<'_>>,
    templates: &Templates,
    catalogues: &Catalogues,
    formats: &[Format],
) -> Result<Files, Failure> {
    let (project, figures) = (&loaded.project, &measured.figures);
    let results = report::results(project, figures, Audience::Auditors, catalogues)
        .map_err(|errors| templates::wording(templates, errors))?;
    let (mut rejected, mut lines, mut signs) = (Vec::new(), Vec::new(), Vec::new());
    evidence::write_rejected(measured.rejected.iter().flatten(), &mut rejected).map_err(unrendered)?;
    reconciliation::write(&reconciliation::lines(project, figures), &mut lines).map_err(unrendered)?;
    evidence::write_signs(project, figures, &mut signs).map_err(unrendered)?;
    let formats: Vec<Format> = formats.iter().copied().chain([Format::Json]).collect();
    let dataset = dataset::build(project, &results, Audience::Auditors, catalogues)
        .map_err(|errors| templates::wording(templates, errors))?;
    let mut files = data_files("audit", &results, &dataset, &formats)?;
    files.push(("audit/rejected.csv".to_owned(), rejected));
    files.push(("audit/reconciliation.csv".to_owned(), lines));
    files.push(("audit/signs.csv".to_owned(), signs));
    files.push((RULES.to_owned(), data::json(&evidence::rules(project)).map_err(unrendered)?));
    Ok(files)
}

/// `results.json`, `results.csv` and `results.xlsx` of a folder, as far as they were asked for.
pub fn data_files(folder: &str, results: &Results, dataset: &Dataset, formats: &[Format]) -> Result<Files, Failure> {
    let mut files = Vec::new();
    let mut add = |format: Format, write: &dyn Fn() -> Result<Vec<u8>, String>| {
        if formats.contains(&format) {
            files.push((format!("{folder}/results.{format}"), write().map_err(unrendered)?));
        }
        Ok::<(), Failure>(())
    };
    add(Format::Json, &|| data::json(results))?;
    add(Format::Csv, &|| data::csv(dataset))?;
    add(Format::Xlsx, &|| xlsx::workbook(dataset))?;
    Ok(files)
}

/// What the run was made from and what it wrote: `files` and the judged `cases`.
pub fn manifest(
    loaded: &Loaded,
    figures: &Figures,
    templates: &Templates,
    files: &Files,
    cases: OutputFile,
    arguments: &ReportArgs,
    began: Instant,
) -> Manifest {
    let declared = loaded.inputs.iter().map(|file| Input::of(InputKind::Declaration, &file.name, &file.content));
    let templates = templates.all().map(|(name, text)| Input::of(InputKind::Template, name, text.as_bytes()));
    let exports = figures.sources.iter().flat_map(|source| &source.files).map(|file| Input {
        kind: InputKind::Export,
        name: file.name.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    });
    Manifest {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: options(arguments),
        inputs: declared.chain(templates).chain(exports).collect(),
        outputs: files.iter().map(|(name, content)| OutputFile::of(name, content)).chain([cases]).collect(),
        rows: figures.sources.iter().map(|source| source.rows().rows()).sum(),
        seconds: (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
    }
}

/// What the command line said, for those who make the run again.
fn options(arguments: &ReportArgs) -> Options {
    let RunArgs { period, first, last, as_of, lang, is_final, .. } = &arguments.run;
    let date = |day: &Option<Day>| day.map(|day| day.date().to_string());
    let asked_for = Format::value_variants().iter().filter(|format| arguments.format.contains(format));
    Options {
        period: period.clone(),
        first: date(first),
        last: date(last),
        as_of: date(as_of),
        lang: lang.clone(),
        is_final: *is_final,
        format: asked_for.map(|format| format.to_string()).collect(),
    }
}

/// The paths of what can be published go to stdout, for scripts; the rest is for people. `files` are all but the judged cases.
fn tell_written(target: &Path, files: &Files, figures: &Figures, began: Instant, console: &Console) -> Result<(), Failure> {
    let published = files.iter().filter(|(name, _)| name.starts_with("publication/"));
    let paths: String = published.map(|(name, _)| format!("{}\n", target.join(name).display())).collect();
    let rows: u64 = figures.sources.iter().map(|source| source.rows().rows()).sum();
    console.say(format_args!("{rows} rows read, {} files written in {:.1} s", files.len() + 1, began.elapsed().as_secs_f64()));
    console.say(format_args!("May be published as it is: {}", target.join("publication").display()));
    console.say(format_args!("For the auditors only:     {}", target.join("audit").display()));
    console.result(paths).map_err(unrendered)
}

/// Something could not be rendered: the machine's fault, or a template's.
pub fn unrendered(error: impl Display) -> Failure {
    Failure::machine(Diagnostic::error(Code::Output, format!("cannot render: {error}")))
}

/// Files could not be put where they belong.
pub fn unwritable(error: &FolderError) -> Failure {
    match error {
        FolderError::Foreign(paths) => in_the_way(
            paths,
            "is no file that the run there wrote, and would be lost",
            "move it, or choose another folder with --out",
        ),
        FolderError::Taken(paths) => {
            in_the_way(paths, "is there already, and nothing was written", "move it, or choose another folder")
        }
        FolderError::Io(path, error) => {
            Failure::machine(Diagnostic::error(Code::Output, format!("cannot write {}: {error}", path.display())))
        }
    }
}

fn in_the_way(paths: &[PathBuf], why: &str, help: &str) -> Failure {
    let problem = |path: &PathBuf| Diagnostic::error(Code::Output, format!("{} {why}", path.display())).help(help);
    Failure::Problems(paths.iter().map(problem).collect())
}
