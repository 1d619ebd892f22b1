//! What went wrong in a template, with the place in its source.

use std::fmt;

use typst::diag::{Severity, SourceDiagnostic, Tracepoint};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

/// A place in the template. Line and column count from 1; the column counts characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// The line as written, without its end.
    pub source_line: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    /// None where the fault has no place of its own in the template.
    pub place: Option<Place>,
    /// The typesetter's advice.
    pub hints: Vec<String>,
    /// The calls that led here, innermost first.
    pub called_from: Vec<Place>,
}

/// Why there is no PDF: at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// A fault outside the template.
    pub(super) fn of_setup(cause: impl fmt::Display) -> Self {
        Self(vec![Problem { message: cause.to_string(), place: None, hints: Vec::new(), called_from: Vec::new() }])
    }

    /// The typesetter's findings, placed in the templates of `folder`.
    pub(super) fn of_template(world: &impl World, folder: &str, diagnostics: &[SourceDiagnostic]) -> Self {
        let place = |span: DiagSpan| place_of(world, folder, span);
        let problem = |diagnostic: &SourceDiagnostic| Problem {
            message: match diagnostic.severity {
                Severity::Error => diagnostic.message.to_string(),
                Severity::Warning => format!("warning: {}", diagnostic.message),
            },
            place: place(diagnostic.span),
            hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
            called_from: diagnostic
                .trace
                .iter()
                .filter(|point| matches!(point.v, Tracepoint::Call(_)))
                .filter_map(|point| place(point.span.into()))
                .collect(),
        };
        Self(diagnostics.iter().map(problem).collect())
    }
}

fn place_of(world: &impl World, folder: &str, span: DiagSpan) -> Option<Place> {
    let id = span.id()?;
    let source = world.source(id).ok()?;
    let range = world.range(span)?;
    let lines = source.lines();
    let (line, column) = lines.byte_to_line_column(range.start)?;
    let source_line = lines.text().lines().nth(line).unwrap_or_default();
    Some(Place {
        file: format!("{folder}{}", id.get().vpath().get_with_slash()),
        line: line + 1,
        column: column + 1,
        source_line: source_line.to_owned(),
    })
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "  {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(formatter, "    {}", self.source_line.trim_end())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.message)?;
        for place in self.place.iter().chain(&self.called_from) {
            place.fmt(formatter)?;
        }
        for hint in &self.hints {
            writeln!(formatter, "  {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|problem| problem.fmt(formatter))
    }
}

impl std::error::Error for Problems {}
