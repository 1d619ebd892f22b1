//! The folder of a run: its inputs and outputs against the manifest, and all of it made again.

use clap::ValueEnum;
use serde_json::Value;
use std::path::Path;
use std::time::Instant;

use super::findings::{Findings, fingerprints};
use super::search::{self, Found};
use super::{Failure, outputs};
use crate::cli::{Format, ReportArgs, RunArgs, VerifyArgs};
use crate::commands::console::Console;
use crate::commands::{reading, report, stored_run, templates};
use crate::declaration::parse_day;
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::calendar::Day;
use crate::evidence::{CASES, CaseFile, Input, InputKind, MANIFEST, Manifest, OutputFile, PageStore, sha256};
use crate::intake;
use crate::publish::data;
use crate::publish::folder::Files;
use crate::publish::templates::Templates;

/// A run made again: what it was made from and what it wrote.
pub struct Again {
    pub manifest: Manifest,
    pub files: Files,
}

/// Verifies the folder of a run, and says everything that differs.
pub fn verify(arguments: &VerifyArgs, console: &Console) -> Result<(), Failure> {
    let run = &arguments.subject;
    let mut findings = Findings::default();
    let (manifest, content) = match stored_run::manifest(run)? {
        Ok(read) => read,
        Err(problem) => {
            findings.add(MANIFEST, problem);
            return tell_differences(&findings, run, console);
        }
    };
    let found = search::find(&manifest, arguments)?;
    console.say(format_args!("Project {}, exports in {}", found.declaration.display(), found.data.display()));
    let templates = templates::load(found.templates.as_deref(), console)?;
    let known = check_inputs(&manifest, &found, &templates, &mut findings);
    if known == 0 && arguments.project.is_none() {
        return Err(search::not_here(run));
    }
    let again = make_again(&manifest, &found, &templates, arguments, console);
    let again = match again {
        Ok(again) => Some(again),
        Err(Failure::Problems(problems)) if !findings.is_empty() => {
            console.problems(&problems);
            findings.add("the figures", "can't be recomputed from what the inputs are now");
            None
        }
        Err(failure) => return Err(failure),
    };
    if let Some(again) = &again {
        check_further_inputs(&manifest, again, &mut findings);
    }
    let compared = outputs::check(run, &manifest, again.as_ref(), &mut findings)?;
    check_manifest(&manifest, &content, again.as_ref(), &mut findings);
    if !findings.is_empty() {
        return tell_differences(&findings, run, console);
    }
    console.result(success(run, &manifest, again.as_ref(), &compared)).map_err(report::unrendered)
}

fn tell_differences(findings: &Findings, run: &Path, console: &Console) -> Result<(), Failure> {
    console.result(findings.text(&run.display().to_string(), console.is_verbose())).map_err(report::unrendered)?;
    Err(Failure::Difference)
}

/// Every input that the manifest records, where it lies now. Returns how many files of the project are as they were.
fn check_inputs(manifest: &Manifest, found: &Found, templates: &Templates, findings: &mut Findings) -> usize {
    let mut known = 0;
    for input in &manifest.inputs {
        let now = match input.kind {
            InputKind::Declaration => fingerprint(&declared(found, manifest, input)),
            InputKind::Export => fingerprint(&found.data.join(&input.name)),
            InputKind::Template => {
                templates.source(&input.name).map(|(_, text)| sha256(text.as_bytes())).ok_or("is missing".to_owned())
            }
        };
        match now {
            Ok(now) if now == input.sha256 => known += usize::from(input.kind != InputKind::Template),
            Ok(now) => findings.with(subject(input), "changed since the run", vec![fingerprints(&input.sha256, &now)]),
            Err(problem) => findings.add(subject(input), problem),
        }
    }
    known
}

/// The declaration may have another name now; the files that it names may not.
fn declared(found: &Found, manifest: &Manifest, input: &Input) -> std::path::PathBuf {
    let is_first = manifest.inputs_of(InputKind::Declaration).next() == Some(input);
    if is_first { found.declaration.clone() } else { found.project().join(&input.name) }
}

fn fingerprint(path: &Path) -> Result<String, String> {
    intake::fingerprint(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "is missing".to_owned(),
        _ => format!("cannot be read: {error}"),
    })
}

fn subject(input: &Input) -> String {
    let kind = match input.kind {
        InputKind::Declaration => "declaration",
        InputKind::Export => "export",
        InputKind::Template => "template",
    };
    format!("{} ({kind})", input.name)
}

/// What is read now and was not then.
fn check_further_inputs(manifest: &Manifest, again: &Again, findings: &mut Findings) {
    let known = |input: &Input| manifest.inputs.iter().any(|other| other.kind == input.kind && other.name == input.name);
    // The declaration itself is known by its place.
    for input in again.manifest.inputs.iter().skip(1).filter(|input| !known(input)) {
        findings.add(subject(input), "additional: it is read now, and the manifest does not record it");
    }
}

/// The run again, as the manifest says that it was asked for.
fn make_again(
    manifest: &Manifest,
    found: &Found,
    templates: &Templates,
    arguments: &VerifyArgs,
    console: &Console,
) -> Result<Again, Failure> {
    let began = Instant::now();
    let arguments = asked_for(manifest, found, arguments)?;
    let catalogues = templates::catalogues(templates)?;
    let loaded = reading::load(&arguments.run, console)?;
    let names = reading::export_names(&loaded, &arguments.run);
    let store = PageStore::default();
    let case_file = |source: usize| CaseFile::new(&loaded.project, &names[source], &store);
    let measured = reading::measure(&loaded, &arguments.run, console, case_file)?;
    let figures = measured.figures.clone();
    let mut cases = Vec::new();
    let mut files = report::make(&loaded, measured, templates, &catalogues, &arguments.format, &mut cases, console)?;
    let described = OutputFile::of(CASES, &cases);
    let manifest = report::manifest(&loaded, &figures, templates, &files, described, &arguments, began);
    files.push((CASES.to_owned(), cases));
    Ok(Again { manifest, files })
}

fn asked_for(manifest: &Manifest, found: &Found, arguments: &VerifyArgs) -> Result<ReportArgs, Failure> {
    let options = &manifest.options;
    let day = |text: &Option<String>| -> Result<Option<Day>, Failure> {
        let unreadable = |message| Failure::Problems(vec![Diagnostic::error(Code::BadValue, format!("{MANIFEST}: {message}"))]);
        text.as_deref().map(parse_day).transpose().map_err(unreadable)
    };
    Ok(ReportArgs {
        run: RunArgs {
            project: Some(found.declaration.clone()),
            data: Some(found.data.clone()),
            period: options.period.clone(),
            first: day(&options.first)?,
            last: day(&options.last)?,
            as_of: day(&options.as_of)?,
            lang: options.lang.clone(),
            is_final: options.is_final,
            threads: arguments.threads,
            memory: None,
        },
        out: arguments.subject.clone(),
        // A format that this version does not know is found missing among the outputs.
        format: options.format.iter().filter_map(|name| Format::from_str(name, false).ok()).collect(),
        templates: found.templates.clone(),
    })
}

/// What the manifest says besides inputs and outputs, and whether it says more than a run writes.
fn check_manifest(manifest: &Manifest, content: &[u8], again: Option<&Again>, findings: &mut Findings) {
    if let Some(again) = again
        && manifest.rows != again.manifest.rows
    {
        findings.with(
            MANIFEST,
            "counts other rows",
            vec![format!("rows: recorded {}, recomputed {}", manifest.rows, again.manifest.rows)],
        );
    }
    if manifest.program != env!("CARGO_PKG_NAME") {
        findings.add(MANIFEST, format!("names another program, {}", manifest.program));
    }
    if data::json(manifest).is_ok_and(|written| written != content) {
        findings.add(MANIFEST, "was edited: it is not written as a run writes it");
    }
}

/// What was checked, where nothing differs.
fn success(run: &Path, manifest: &Manifest, again: Option<&Again>, compared: &outputs::Compared) -> String {
    let count = |kind| manifest.inputs_of(kind).count();
    let figures = again.map_or(0, |again| {
        let results = again.files.iter().find(|(name, _)| name == "audit/results.json");
        let value = results.and_then(|(_, content)| serde_json::from_slice(content).ok());
        value.map_or(0, |value| numbers(&value))
    });
    let (declared, exports, templates) = (count(InputKind::Declaration), count(InputKind::Export), count(InputKind::Template));
    let documents = if compared.other_version == 0 {
        format!("{} files, as recorded and as made again, byte for byte", compared.same)
    } else {
        format!(
            "{} files, as recorded and as made again; {} documents made by version {} are as recorded, and can't be made again by {}",
            compared.same,
            compared.other_version,
            manifest.version,
            env!("CARGO_PKG_VERSION")
        )
    };
    format!(
        "{}: nothing differs\n  inputs   {declared} of the declaration, {exports} exports, {templates} templates, as recorded\n  outputs  {documents}\n  figures  {figures} recomputed from {} rows\n",
        run.display(),
        manifest.rows
    )
}

/// How many numbers a JSON value holds.
fn numbers(value: &Value) -> usize {
    match value {
        Value::Number(_) => 1,
        Value::Array(items) => items.iter().map(numbers).sum(),
        Value::Object(members) => members.values().map(numbers).sum(),
        _ => 0,
    }
}
