//! The figures that a published PDF prints, against those that it carries.

use serde_json::Value;

use super::document::Document;
use super::tables::plain;

pub(super) const RESULTS: &str = "results.json";
pub(super) const TABLE: &str = "results.csv";
const METHOD: &str = "method.json";

/// Something that a document says in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// `page 12`, or the name of an attachment.
    pub place: String,
    /// `commitments.caq-studies-decision.met`, `email-response, 2025-06, rate`.
    pub figure: String,
    /// As printed, or as the attachment says.
    pub found: String,
    /// What `results.json` says, or what follows from it.
    pub expected: String,
}

/// What was compared.
#[derive(Debug, Default)]
pub struct Checked {
    /// Numbers on pages.
    pub printed: usize,
    /// Numbers of `results.csv`, and rates of `results.json`.
    pub attached: usize,
    pub contradictions: Vec<Contradiction>,
}

/// Checks a report; errors say why a document is none.
pub fn check(document: &Document) -> Result<Checked, String> {
    let attached = |name: &str| document.attachments.get(name).map(Vec::as_slice);
    let (Some(results), Some(method)) = (attached(RESULTS), attached(METHOD)) else {
        return Err(format!("it carries no {RESULTS} and {METHOD}, as a report of bilan does"));
    };
    let mut check = Check { language: document.language.get(..2).unwrap_or("").to_owned(), checked: Checked::default() };
    let (Some(results_value), Some(method)) = (check.json(RESULTS, results), check.json(METHOD, method)) else {
        return Ok(check.checked);
    };
    check.rates("", &results_value);
    match attached(TABLE) {
        Some(table) => check.table(table, &results_value),
        None => check.add(TABLE, "the attachment", "nothing", "an attachment"),
    }
    let names = names(&method);
    check.pages(document, &results_value, &names);
    Ok(check.checked)
}

/// Each commitment's name, as the method and every table give it, with its id. Names may be alike.
fn names(method: &Value) -> Vec<(String, String)> {
    let blocks = method["commitments"].as_array().into_iter().flatten();
    let name =
        |block: &Value| Some((plain(block["title"].as_str()?), block["anchor"].as_str()?.strip_prefix("method-")?.to_owned()));
    blocks.filter_map(name).collect()
}

pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A check on its way.
pub(super) struct Check {
    pub(super) language: String,
    pub(super) checked: Checked,
}

impl Check {
    /// Notes something that the document says in two ways.
    pub(super) fn add(
        &mut self,
        place: impl Into<String>,
        figure: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let contradiction =
            Contradiction { place: place.into(), figure: figure.into(), found: found.into(), expected: expected.into() };
        self.checked.contradictions.push(contradiction);
    }
}
