//! `commentary.toml`: what people wrote about the year and about each commitment.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::commitment::RESERVED;
use super::document::{Document, Value, Word, known};
use super::table::entries;
use super::texts::text;
use crate::diagnostic::Code;
use crate::domain::commitment::Commitment;
use crate::domain::project::{Commentary, Explanation};
use crate::domain::text::{Language, Text};

/// The figures of a commitment that its texts may show.
const PLACEHOLDERS: [&str; 4] = ["rate", "counted", "met", "median"];

/// Reads the commentary file; a TOML error was reported when this is `None`.
pub fn commentary(document: Document<'_>, languages: &[Language], commitments: &[Commitment]) -> Option<Commentary> {
    let root = parse(document)?;
    let mut commentary = Commentary::default();
    for (name, value) in entries(&root, document) {
        match name.text {
            "introduction" => commentary.introduction = Some(commented(&value, languages, &[])),
            "reliability" => commentary.reliability = Some(commented(&value, languages, &[])),
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
    let table = value.table(format!("[{}]", name.text), &["explanation", "action", "approved-by", "approved-on"])?;
    let written = |key| table.get(key).map(|value| commented(&value, languages, &PLACEHOLDERS));
    Some(Explanation {
        explanation: written("explanation"),
        action: written("action"),
        approved_by: table.get("approved-by").and_then(|value| value.filled()).map(|word| word.text.to_owned()),
        approved_on: table.get("approved-on").and_then(|value| value.day()),
    })
}

/// A text whose placeholders are among `allowed`.
fn commented(value: &Value<'_>, languages: &[Language], allowed: &[&str]) -> Text {
    let versions: BTreeMap<&str, Word<'_>> = value
        .entries_if_table()
        .into_iter()
        .filter_map(|(key, version)| version.word_if_string().map(|word| (key.text, word)))
        .collect();
    for word in versions.values() {
        for name in placeholders(word.text).filter(|name| !allowed.contains(name)) {
            let help = if allowed.is_empty() {
                "this text belongs to no commitment, so it can show no figure: write it out".to_owned()
            } else {
                known(name, allowed.iter().copied())
            };
            word.problem(Code::UnknownReference, format!("`{{{{ {name} }}}}` stands for no figure here"), help);
        }
    }
    text(value, languages)
}

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap_or(rest).trim())
}
