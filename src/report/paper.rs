//! The words of an auditor's working paper, from the catalogues of the report.

use super::catalogue::{Argument, Catalogue, Catalogues, WordingError};
use crate::domain::commitment::Unit;

/// The words of one language.
pub struct PaperWords<'a> {
    catalogue: &'a Catalogue,
    language: &'a str,
}

impl<'a> PaperWords<'a> {
    /// The words of `language`; an error where no catalogue has it.
    pub fn new(catalogues: &'a Catalogues, language: &'a str) -> Result<PaperWords<'a>, Vec<WordingError>> {
        Ok(PaperWords { catalogue: catalogues.of(language)?, language })
    }

    /// Its two-letter tag.
    pub fn language(&self) -> &str {
        self.language
    }

    /// The message `paper-…` without arguments.
    pub fn word(&self, key: &str) -> String {
        self.catalogue.word(&format!("paper-{key}"))
    }

    /// The message `paper-…` with its arguments.
    pub fn message(&self, key: &str, arguments: &[(&'static str, &str)]) -> String {
        let arguments: Vec<(&'static str, Argument<'_>)> =
            arguments.iter().map(|(name, text)| (*name, Argument::Text(text))).collect();
        self.catalogue.message(&format!("paper-{key}"), &arguments)
    }

    /// A limit in words: `20 business days`.
    pub fn limit(&self, unit: Unit, limit: u32) -> String {
        let key = match unit {
            Unit::BusinessDays => "limit-business-days",
            Unit::CalendarDays => "limit-calendar-days",
            Unit::Minutes => "limit-minutes",
        };
        let written = limit.to_string();
        self.catalogue.message(key, &[("count", u64::from(limit).into()), ("n", (&written).into())])
    }

    /// Fails where a message was missing.
    pub fn check(&self) -> Result<(), Vec<WordingError>> {
        self.catalogue.check()
    }
}
