//! What people see while a verb runs: results on stdout, everything else on stderr.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use crate::cli::{Cli, Color, DiagnosticStyle};
use crate::diagnostic::{self, Diagnostic, Style};

/// Where and how a verb speaks.
pub struct Console {
    style: Style,
    color_on_stdout: bool,
    quiet: bool,
    verbose: bool,
}

impl Console {
    /// Colour where the terminal and the user want it; `NO_COLOR` is honoured.
    pub fn new(cli: &Cli) -> Console {
        let color = |is_terminal: bool| match cli.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none(),
        };
        let color_on_stdout = color(io::stdout().is_terminal());
        let color = color(io::stderr().is_terminal());
        let style = match cli.diagnostics {
            DiagnosticStyle::Human => Style::Human { color },
            DiagnosticStyle::Short => Style::Short,
            DiagnosticStyle::Json => Style::Json,
        };
        Console { style, color_on_stdout, quiet: cli.quiet, verbose: cli.verbose }
    }

    /// Whether results may be in colour.
    pub fn has_color_on_stdout(&self) -> bool {
        self.color_on_stdout
    }

    /// Whether the user wants to see more.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Prints problems, whatever was asked: they are why the verb ends.
    pub fn problems(&self, problems: &[Diagnostic]) {
        // A broken pipe on stderr leaves nobody to tell.
        let _ = diagnostic::print(problems, self.style, &mut io::stderr().lock());
    }

    /// Prints warnings, unless asked to be quiet.
    pub fn warnings(&self, warnings: &[Diagnostic]) {
        if !self.quiet {
            self.problems(warnings);
        }
    }

    /// A line for people, unless asked to be quiet.
    pub fn say(&self, line: impl Display) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "{line}");
        }
    }

    /// A result, on stdout. Whoever reads it may stop before its end.
    pub fn result(&self, text: impl Display) -> io::Result<()> {
        match write!(io::stdout().lock(), "{text}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// A bar over so many bytes or cases on a terminal, silence elsewhere.
    pub fn progress(&self, total: u64, template: &str) -> ProgressBar {
        let shown = !self.quiet && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style.progress_chars("━╸ ")),
            Err(_) => bar,
        }
    }
}
