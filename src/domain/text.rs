//! Texts in the languages of the report.

use std::collections::BTreeMap;

/// A language of the report, as its two-letter tag (`fr`, `en`).
pub type Language = String;

/// A text in every language of the report: the declaration is refused when one is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(BTreeMap<Language, String>);

impl Text {
    /// A text from its versions.
    pub fn new(versions: BTreeMap<Language, String>) -> Text {
        Text(versions)
    }

    /// The version in `language`; empty where the declaration gave none, which it may only for languages that the report does not use.
    pub fn in_language(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }
}
