//! `bilan preview`: the pages as they will be published, again after each change.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::console::Console;
use super::report::unrendered;
use super::{Failure, reading, templates};
use crate::cli::PreviewArgs;
use crate::declaration::{FILE_NAME, Loaded};
use crate::diagnostic::{self, Code, Diagnostic, Style};
use crate::domain::figures::Figures;
use crate::domain::project::Project;
use crate::evidence::NoWitness;
use crate::intake;
use crate::preview::{Pages, Server, Stamps, files_in, problem, side_by_side, stamps, with_reload};
use crate::publish::html;
use crate::report;

/// The port that is tried first.
const PORT: u16 = 8731;
/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(40);

/// Runs the verb, which ends only with its process.
pub fn run(arguments: &PreviewArgs, console: &Console) -> Result<(), Failure> {
    let project = reading::project_path(arguments.run.project.as_deref())?;
    let server = Server::start(arguments.port, PORT).map_err(|error| {
        let problem = Diagnostic::error(Code::Output, format!("cannot listen on 127.0.0.1: {error}"));
        Failure::machine(problem.help("choose another port with --port, or none"))
    })?;
    let mut desk = Desk { arguments, console, project, read: None };
    let mut seen = desk.stamps();
    desk.show(&server);
    console.result(format_args!("{}\n", server.address())).map_err(unrendered)?;
    console.say("Ctrl-C ends it.");
    loop {
        thread::sleep(PAUSE);
        let mut now = desk.stamps();
        if now != seen {
            // An editor that writes in several steps is given the time for them.
            loop {
                thread::sleep(PAUSE / 2);
                let later = desk.stamps();
                if later == now {
                    break;
                }
                now = later;
            }
            desk.show(&server);
            // What was read may name other files than before; those that change meanwhile are seen the next time.
            seen =
                desk.stamps().into_iter().map(|(path, stamp)| (path.clone(), now.get(&path).copied().unwrap_or(stamp))).collect();
        }
    }
}

/// What was read and measured last.
struct Read {
    loaded: Loaded,
    figures: Figures,
    /// The exports that the figures come from.
    exports: Stamps,
}

struct Desk<'a> {
    arguments: &'a PreviewArgs,
    console: &'a Console,
    project: PathBuf,
    read: Option<Read>,
}

impl Desk<'_> {
    /// Reads what has changed, and shows the pages or what is wrong.
    fn show(&mut self, server: &Server) {
        let began = Instant::now();
        match self.render() {
            Ok(pages) => {
                let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
                self.console.say(format_args!("{} in {} ms", names.join(", "), began.elapsed().as_millis()));
                let first = side_by_side(&names);
                let by_name = pages.iter().map(|(name, page)| (format!("/{name}"), page)).chain([("/".to_owned(), &first)]);
                server.show(|version| Pages {
                    by_path: by_name.map(|(path, page)| (path, with_reload(page, version))).collect(),
                    otherwise: None,
                });
            }
            Err(problems) => {
                self.console.problems(&problems);
                let mut text = Vec::new();
                // Writing into memory can't fail.
                let _ = diagnostic::print(&problems, Style::Human { color: false }, &mut text);
                let page = problem(&String::from_utf8_lossy(&text));
                server.show(|version| Pages { otherwise: Some(with_reload(&page, version)), ..Pages::default() });
            }
        }
    }

    /// The page of each language, by its name.
    fn render(&mut self) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let templates = templates::load(self.arguments.templates.as_deref(), self.console)?;
        let catalogues = templates::catalogues(&templates)?;
        let read = self.read()?;
        let report = report::build(&read.loaded.project, &read.figures, &catalogues)
            .map_err(|errors| templates::wording(&templates, errors))?;
        let page = |edition: &report::Edition| {
            let page = html::render_page(edition, &templates).map_err(|faults| templates::faulty(&templates, faults))?;
            Ok((edition.document.html_file.clone(), page))
        };
        report.editions.iter().map(page).collect()
    }

    /// The project as it is now, measured again only where its figures may have changed.
    fn read(&mut self) -> Result<&Read, Vec<Diagnostic>> {
        let loaded = reading::load(&self.arguments.run, self.console)?;
        let exports = stamps(exports(&loaded, self.arguments));
        let figures = match self.read.take() {
            Some(earlier) if earlier.exports == exports && same_figures(&earlier.loaded.project, &loaded.project) => {
                earlier.figures
            }
            _ => reading::measure(&loaded, &self.arguments.run, self.console, |_| NoWitness)?.figures,
        };
        Ok(self.read.insert(Read { loaded, figures, exports }))
    }

    /// Every file that the pages depend on: those of the folder of the project before anything could be read.
    fn stamps(&self) -> Stamps {
        let folder = if self.project.is_dir() { self.project.clone() } else { self.project.with_file_name("") };
        let templates = self.arguments.templates.iter().flat_map(|folder| files_in(folder, 1));
        let mut paths: Vec<PathBuf> = files_in(&folder, 0).into_iter().chain(templates).collect();
        paths.push(if self.project.is_dir() { self.project.join(FILE_NAME) } else { self.project.clone() });
        if let Some(Read { loaded, .. }) = &self.read {
            paths.extend(loaded.inputs.iter().map(|input| input.path.clone()));
            paths.extend(exports(loaded, self.arguments));
        }
        stamps(paths)
    }
}

/// The exports of a project that are there.
fn exports(loaded: &Loaded, arguments: &PreviewArgs) -> Vec<PathBuf> {
    let data = reading::data_folder(loaded, &arguments.run);
    loaded.project.sources.iter().flat_map(|source| intake::file_names(source, data)).collect()
}

/// Whether two projects differ at most in what people wrote about figures, and in earlier years.
fn same_figures(earlier: &Project, now: &Project) -> bool {
    let (commentary, history, surveys) = (now.commentary.clone(), now.history.clone(), now.surveys.clone());
    Project { commentary, history, surveys, ..earlier.clone() } == *now
}

impl From<Failure> for Vec<Diagnostic> {
    fn from(failure: Failure) -> Vec<Diagnostic> {
        match failure {
            Failure::Problems(problems) | Failure::Machine(problems) | Failure::Usage(problems) => problems,
            // Nothing is compared with a stored run here.
            Failure::Difference => Vec::new(),
        }
    }
}
