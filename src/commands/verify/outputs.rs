//! The files of a run: as recorded in the manifest, as they lie there, and as they are made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use super::Failure;
use super::findings::{Findings, fingerprints, lines};
use super::folder::Again;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::difference::{self, Difference};
use crate::evidence::{MANIFEST, Manifest, OutputFile, sha256};
use crate::publish::folder;

/// How many files were compared.
#[derive(Debug, Default)]
pub struct Compared {
    /// As recorded and as made again.
    pub same: usize,
    /// As recorded; another version made them, and this one makes them otherwise.
    pub other_version: usize,
}

/// Three accounts of one file; `None` where one does not have it.
struct Accounts<'a> {
    name: &'a str,
    recorded: Option<&'a OutputFile>,
    there: Option<&'a [u8]>,
    again: Option<&'a [u8]>,
}

/// Compares every file that is recorded, lies there or is made again.
pub fn check(run: &Path, manifest: &Manifest, again: Option<&Again>, findings: &mut Findings) -> Result<Compared, Failure> {
    let same_version = manifest.version == env!("CARGO_PKG_VERSION");
    let there = contents(run)?;
    let recorded: BTreeMap<&str, &OutputFile> = manifest.outputs.iter().map(|output| (output.name.as_str(), output)).collect();
    let made: BTreeMap<&str, &[u8]> = again
        .map(|again| again.files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect())
        .unwrap_or_default();
    let names: BTreeSet<&str> =
        recorded.keys().copied().chain(made.keys().copied()).chain(there.keys().map(String::as_str)).collect();
    let mut compared = Compared::default();
    for name in names.into_iter().filter(|name| *name != MANIFEST) {
        let accounts = Accounts {
            name,
            recorded: recorded.get(name).copied(),
            there: there.get(name).map(Vec::as_slice),
            again: made.get(name).copied(),
        };
        accounts.judge(again.is_some(), same_version, &mut compared, findings);
    }
    Ok(compared)
}

impl Accounts<'_> {
    /// `made_again`: whether there is a run to compare with at all.
    fn judge(&self, made_again: bool, same_version: bool, compared: &mut Compared, findings: &mut Findings) {
        let Some(there) = self.there else {
            if self.recorded.is_none() && !same_version {
                // A later version may write more than an earlier one did.
                return;
            }
            return findings
                .add(self.name, if self.is_a_plain_name() { "missing" } else { "lies outside the folder of the run" });
        };
        let found = sha256(there);
        let as_recorded = self.recorded.is_some_and(|recorded| recorded.sha256 == found);
        let as_again = self.again == Some(there);
        match (self.recorded, as_recorded, as_again) {
            (Some(_), true, true) => compared.same += 1,
            (Some(_), true, false) => self.judge_again(there, made_again, same_version, compared, findings),
            (None, _, true) => findings.add(self.name, format!("is as it is made again, but {MANIFEST} does not record it")),
            (None, _, false) if self.again.is_none() => findings.add(self.name, "additional: the run did not write it"),
            (Some(recorded), false, true) => {
                let problem = format!("is as it is made again, but {MANIFEST} records another fingerprint");
                findings.with(self.name, problem, vec![fingerprints(&recorded.sha256, &found)]);
            }
            (recorded, ..) => {
                let mut details: Vec<String> =
                    recorded.map(|recorded| fingerprints(&recorded.sha256, &found)).into_iter().collect();
                details.extend(self.again.map(|again| self.details(there, again)).unwrap_or_default());
                findings.with(self.name, "changed since the run", details);
            }
        }
    }

    /// The file is as the run wrote it, and is not made again like that.
    fn judge_again(&self, there: &[u8], made_again: bool, same_version: bool, compared: &mut Compared, findings: &mut Findings) {
        let Some(again) = self.again else {
            if made_again {
                findings.add(self.name, "is as the run wrote it, but is not written again");
            }
            return;
        };
        let is_document = [".html", ".pdf", ".xlsx"].iter().any(|ending| self.name.ends_with(ending));
        if !same_version && is_document {
            compared.other_version += 1;
            return;
        }
        let details = self.details(there, again);
        if same_version || !details.is_empty() {
            findings.with(self.name, "is as the run wrote it, but comes out otherwise now", details);
        } else {
            compared.same += 1;
        }
    }

    fn is_a_plain_name(&self) -> bool {
        Path::new(self.name).components().all(|part| matches!(part, Component::Normal(_)))
    }

    fn details(&self, there: &[u8], again: &[u8]) -> Vec<String> {
        lines(differences(self.name, there, again), "in the file", "recomputed")
    }
}

/// What differs between two versions of an output, in the words of that file where it can be read.
fn differences(name: &str, first: &[u8], second: &[u8]) -> Vec<Difference> {
    let found = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "json" => match (serde_json::from_slice(first), serde_json::from_slice(second)) {
            (Ok(first), Ok(second)) => difference::json(&first, &second),
            (first, _) => {
                let problem = first.err().map_or_else(String::new, |error| error.to_string());
                vec![Difference::new("the file as a whole", format!("no JSON ({problem})"), "JSON")]
            }
        },
        "csv" => difference::csv(first, second, keys(name)),
        "parquet" => difference::cases(first, second)
            .unwrap_or_else(|problem| vec![Difference::new("the file as a whole", problem, "a table of cases")]),
        "html" => difference::lines(first, second),
        _ => Vec::new(),
    };
    // Bytes that say the same in another way.
    if found.is_empty() { difference::bytes(first, second) } else { found }
}

/// The columns that tell the rows of a file apart.
fn keys(name: &str) -> &'static [&'static str] {
    match name {
        "audit/reconciliation.csv" => &["scope", "name", "part"],
        "audit/signs.csv" => &["commitment", "sign"],
        "audit/rejected.csv" => &["file", "line", "column"],
        _ => &["commitment"],
    }
}

/// Every file of the run by its name with `/`.
fn contents(run: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let unreadable = |(path, error): (PathBuf, io::Error)| {
        Failure::machine(Diagnostic::error(Code::UnreadableFile, format!("cannot read {}: {error}", path.display())))
    };
    let read = |name: PathBuf| {
        let path = run.join(&name);
        let content = fs::read(&path).map_err(|error| unreadable((path, error)))?;
        let parts: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        Ok((parts.join("/"), content))
    };
    folder::names(run).map_err(unreadable)?.into_iter().map(read).collect()
}
