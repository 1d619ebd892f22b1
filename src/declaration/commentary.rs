//! `commentary.toml`: what people wrote about the year and about each commitment.

use toml::de::DeTable;

use super::commitment::RESERVED;
use super::document::{Document, Value, Word, known};
use super::keys;
use super::markdown::prose;
use super::table::entries;
use crate::diagnostic::Code;
use crate::domain::commitment::Commitment;
use crate::domain::project::{Commentary, Explanation};
use crate::domain::prose::Figure;
use crate::domain::text::Language;

/// Reads the commentary file; a TOML error was reported when this is `None`.
pub fn commentary(document: Document<'_>, languages: &[Language], commitments: &[Commitment]) -> Option<Commentary> {
    let root = parse(document)?;
    let mut commentary = Commentary::default();
    for (name, value) in entries(&root, document) {
        match name.text {
            "introduction" => commentary.introduction = Some(prose(&value, languages, &[])),
            "reliability" => commentary.reliability = Some(prose(&value, languages, &[])),
            _ => {
                let place = commitments.iter().position(|commitment| commitment.id == name.text);
                if place.is_none() {
                    let names = commitments.iter().map(|commitment| commitment.id.as_str()).chain(RESERVED);
                    name.problem(
                        Code::UnknownReference,
                        format!("there is no commitment `{}`", name.text),
                        known(name.text, names),
                    );
                }
                let explanation = explanation(&name, &value, languages);
                commentary.explanations.extend(place.zip(explanation));
            }
        }
    }
    Some(commentary)
}

/// The root of a TOML file, or a report of its first syntax error.
pub fn parse<'a>(document: Document<'a>) -> Option<DeTable<'a>> {
    match DeTable::parse(document.text) {
        Ok(root) => Some(root.into_inner()),
        Err(error) => {
            let end = document.text.len();
            document.report(
                Code::TomlSyntax,
                error.span().unwrap_or(end..end),
                error.message(),
                "correct this first: what follows can't be read",
            );
            None
        }
    }
}

fn explanation(name: &Word<'_>, value: &Value<'_>, languages: &[Language]) -> Option<Explanation> {
    let table = value.table(format!("[{}]", name.text), &keys::EXPLANATION)?;
    let written = |key| table.get(key).map(|value| prose(&value, languages, &Figure::NAMES));
    Some(Explanation {
        explanation: written("explanation"),
        action: written("action"),
        approved_by: table.get("approved-by").and_then(|value| value.filled()).map(|word| word.text.to_owned()),
        approved_on: table.get("approved-on").and_then(|value| value.day()),
    })
}
