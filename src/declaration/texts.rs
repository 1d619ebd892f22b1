//! Texts in the languages of the report.

use super::document::{Value, Word, known};
use crate::diagnostic::Code;
use crate::domain::text::{Language, Text};

/// Whether `tag` looks like a language: two lower-case letters, optionally a region (`fr`, `fr-CA`).
pub fn is_language(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').unwrap_or((tag, "CA"));
    let letters = |text: &str, upper: bool| {
        text.len() == 2 && text.bytes().all(|byte| if upper { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() })
    };
    letters(language, false) && letters(region, true)
}

/// Longer texts have their place in the commentary, which breaks over pages.
const LONGEST: usize = 2000;

/// A table of texts by language. Every language of the report must be there; others may, for the year in which they are used.
pub fn text(value: &Value<'_>, languages: &[Language]) -> Text {
    let versions = versions(value, languages);
    for (_, word) in &versions {
        let length = word.text.chars().count();
        if length > LONGEST {
            let message = format!("`{}` is {length} characters long, more than a page has room for", value.label());
            word.problem(Code::BadValue, message, format!("shorten it to at most {LONGEST}"));
        }
    }
    Text::new(versions.iter().map(|(language, word)| (language.text.to_owned(), word.text.to_owned())).collect())
}

/// The languages and texts of such a table, in the order as written.
pub fn versions<'a>(value: &Value<'a>, languages: &[Language]) -> Vec<(Word<'a>, Word<'a>)> {
    let mut versions = Vec::new();
    let Some(entries) = value.entries() else { return versions };
    for language in languages.iter().filter(|language| entries.iter().all(|(key, _)| key.text != language.as_str())) {
        let message = format!("`{}` has no text in `{language}`, a language of the report", value.label());
        value.problem(
            Code::MissingKey,
            message,
            format!("add `{language} = \"…\"`, or take `{language}` out of `report.languages`"),
        );
    }
    for (key, version) in entries {
        if !is_language(key.text) {
            let help = known(key.text, languages.iter().map(String::as_str));
            key.problem(
                Code::UnknownKey,
                format!("`{}` has a text in `{}`, which is no language", value.label(), key.text),
                help,
            );
        } else if let Some(word) = version.filled() {
            versions.push((key, word));
        }
    }
    versions
}
