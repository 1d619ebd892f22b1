//! `bilan sample`: an audit sample of one commitment, with the working paper to fill in.

use chrono_tz::Tz;
use std::fs;
use std::path::{Path, PathBuf};

use super::console::Console;
use super::report::{unrendered, unwritable};
use super::{Failure, reading, templates};
use crate::cli::SampleArgs;
use crate::declaration::Loaded;
use crate::diagnostic::{Code, Diagnostic};
use crate::domain::figures::Figures;
use crate::domain::sampling::MOST_CASES;
use crate::evidence::sample::{self, Drawing, Drawings, Plan, Sample, Size};
use crate::intake::LocalTime;
use crate::publish::folder::{self, Files};
use crate::publish::templates::Templates;
use crate::report::PaperWords;

/// Runs the verb.
pub fn run(arguments: &SampleArgs, console: &Console) -> Result<(), Failure> {
    let loaded = reading::load(&arguments.run, console)?;
    let plan = plan(&loaded, arguments)?;
    let target = target(&loaded, arguments)?;
    let empty = Drawing::new(plan).ok_or_else(unplannable)?;
    let measured = reading::measure(&loaded, &arguments.run, console, |_| empty.clone())?;
    let sample = measured.witnesses.into_iter().fold(empty, Drawing::or).draw();
    let files = files(&loaded, &sample, &measured.figures)?;
    let is_new = !is_there(&target, &files);
    if is_new {
        folder::create(&target, &files).map_err(|error| unwritable(&error))?;
    }
    tell(&target, &files, &sample, is_new, console)
}

fn plan(loaded: &Loaded, arguments: &SampleArgs) -> Result<Plan, Failure> {
    let commitment = reading::commitment(&loaded.project, &arguments.commitment)?;
    let size = match arguments.size {
        Some(size) => Size::Given(size),
        None => Size::Planned { tolerable: arguments.tolerable_error, expected: arguments.expected_error },
    };
    Ok(Plan { commitment, seed: arguments.seed, confidence: arguments.confidence, size })
}

fn unplannable() -> Failure {
    let problem = format!("no sample of at most {MOST_CASES} cases shows that");
    usage(problem, "let the tolerable error lie further above the expected error")
}

/// Where the sample goes: never among what is published, and apart from the reports, whose folders are written anew.
fn target(loaded: &Loaded, arguments: &SampleArgs) -> Result<PathBuf, Failure> {
    let name = format!("{}-{}", arguments.commitment, arguments.seed);
    let folder = Path::new("output").join("samples").join(&loaded.project.period.label).join(name);
    let target = arguments.out.clone().unwrap_or(folder);
    let absolute = std::path::absolute(&target).map_err(unrendered)?;
    if absolute.components().any(|part| part.as_os_str() == "publication") {
        let problem = format!("a sample names cases: {} lies in a folder that is published", target.display());
        return Err(usage(problem, "choose another folder with --out"));
    }
    Ok(target)
}

fn usage(problem: String, help: &str) -> Failure {
    Failure::Usage(vec![Diagnostic::error(Code::Output, problem).help(help)])
}

/// Whether the folder holds these very files: a sample that somebody has begun to fill in differs, and is never written over.
fn is_there(target: &Path, files: &Files) -> bool {
    files.iter().all(|(name, content)| fs::read(target.join(name)).is_ok_and(|found| found == *content))
}

fn files(loaded: &Loaded, sample: &Sample, figures: &Figures) -> Result<Files, Failure> {
    let project = &loaded.project;
    let templates = Templates::embedded();
    let catalogues = templates::catalogues(&templates)?;
    let words = PaperWords::new(&catalogues, &project.languages[0]).map_err(|errors| templates::wording(&templates, errors))?;
    let zone = LocalTime::new(project.time_zone.parse().unwrap_or(Tz::UTC));
    let account = &figures.sources[project.commitments[sample.plan.commitment].source];
    let names: Vec<String> = account.files.iter().map(|file| file.name.clone()).collect();
    let drawings = Drawings::new(project, sample, &names, &zone);
    let mut list = Vec::new();
    sample::write_list(&drawings, &mut list).map_err(unrendered)?;
    let paper = sample::working_paper(&drawings, &figures.commitments[sample.plan.commitment], &words).map_err(unrendered)?;
    words.check().map_err(|errors| templates::wording(&templates, errors))?;
    Ok(vec![("sample.csv".to_owned(), list), ("sample.xlsx".to_owned(), paper)])
}

/// The paths go to stdout, for scripts; the rest is for people.
fn tell(target: &Path, files: &Files, sample: &Sample, is_new: bool, console: &Console) -> Result<(), Failure> {
    for line in &sample.strata {
        if line.population > 0 {
            let (name, drawn, population) = (line.stratum.name(), line.drawn, line.population);
            console.say(format_args!("{name:10} {drawn:>6} of {population}"));
        }
    }
    let (drawn, random, counted) = (sample.cases.len(), sample.at_random, sample.counted);
    console.say(format_args!("{drawn} cases drawn, {random} of them at random from the {counted} counted"));
    if !is_new {
        console.say("The same sample was there already; nothing was written");
    }
    let paths: String = files.iter().map(|(name, _)| format!("{}\n", target.join(name).display())).collect();
    console.result(paths).map_err(unrendered)
}
