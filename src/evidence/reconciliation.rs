//! `reconciliation.csv`: the two identities, per file and per commitment (measurement specification, sections 4 and 7), and
//! before them that of the lines of each file.

use std::io;

use super::spreadsheet::inert;
use crate::domain::account::{FileAccount, Reject, RowAccount};
use crate::domain::figures::Figures;
use crate::domain::project::Project;
use crate::domain::tally::{Tally, Unusable};

/// One identity: a whole and the parts that it is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `lines`, `file`, `source` or `commitment`.
    pub scope: &'static str,
    pub name: String,
    pub total: u64,
    pub parts: Vec<(String, u64)>,
}

impl Line {
    /// What the lines of this scope count.
    pub fn heading(&self) -> &'static str {
        match self.scope {
            "lines" => "Lines by file",
            "file" => "Rows by file",
            "source" => "Rows by source",
            _ => "Cases by commitment",
        }
    }
}

/// Every identity of a run: lines of files, rows of files, rows of sources, cases of commitments, in declaration order.
pub fn lines(project: &Project, figures: &Figures) -> Vec<Line> {
    let mut file_lines = Vec::new();
    let mut files = Vec::new();
    let mut sources = Vec::new();
    for source in &figures.sources {
        for file in &source.files {
            file_lines.push(lines_of(format!("{}/{}", source.id, file.name), file));
            files.push(rows("file", format!("{}/{}", source.id, file.name), &file.rows));
        }
        sources.push(rows("source", source.id.clone(), &source.rows()));
    }
    let commitments = project.commitments.iter().zip(&figures.commitments);
    let commitments = commitments.map(|(commitment, tally)| cases(commitment.id.clone(), tally));
    file_lines.into_iter().chain(files).chain(sources).chain(commitments).collect()
}

/// Writes one line for each part of each identity.
pub fn write(lines: &[Line], out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["scope", "name", "total", "part", "number"])?;
    for line in lines {
        for (part, number) in &line.parts {
            csv.write_record([line.scope, &inert(&line.name), &line.total.to_string(), &inert(part), &number.to_string()])?;
        }
    }
    csv.flush()
}

fn lines_of(name: String, file: &FileAccount) -> Line {
    let parts = [("header", file.lines.header), ("blank", file.lines.blank), ("lines of rows", file.lines.rows)];
    let parts = parts.map(|(name, number)| (name.to_owned(), number)).into();
    Line { scope: "lines", name, total: file.lines.physical, parts }
}

fn rows(scope: &'static str, name: String, rows: &RowAccount) -> Line {
    let rejected = |reason: Reject| rows.rejected.get(&reason).copied().unwrap_or(0);
    let mut parts = vec![("accepted".to_owned(), rows.accepted), ("duplicates".to_owned(), rows.duplicates)];
    parts.extend(Reject::ALL.iter().map(|&reason| (reason.name().to_owned(), rejected(reason))));
    Line { scope, name, total: rows.rows(), parts }
}

fn cases(name: String, tally: &Tally) -> Line {
    let mut parts: Vec<(String, u64)> = [
        ("met", tally.met),
        ("missed", tally.missed),
        ("pending", tally.pending),
        ("excluded", tally.excluded()),
        ("not-started", tally.not_started),
        ("outside", tally.outside),
    ]
    .map(|(name, number)| (name.to_owned(), number))
    .into();
    parts.extend(Unusable::ALL.iter().zip(tally.unusable).map(|(reason, number)| (reason.name().to_owned(), number)));
    Line { scope: "commitment", name, total: tally.in_scope(), parts }
}
