//! The words of the report: one Fluent file for each language, and the texts of the declaration, written by the same typographer.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

use super::edition::Span;
use super::typography::{Typography, bold_spans};
use super::writer::Scaled;

/// A fault of a catalogue, never of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingError {
    pub language: String,
    /// The bytes of the catalogue that are meant, where it is not something that it lacks.
    pub at: Option<Range<usize>>,
    pub problem: String,
}

/// The catalogues of all languages of the report.
pub struct Catalogues(BTreeMap<String, Catalogue>);

impl Catalogues {
    /// Reads the Fluent source of each language: `("fr", "title = …")`. Fails with every fault of every catalogue.
    pub fn parse<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Catalogues, Vec<WordingError>> {
        let (mut parsed, mut faults) = (BTreeMap::new(), Vec::new());
        for (language, source) in sources {
            match Catalogue::parse(language, source) {
                Ok(catalogue) => drop(parsed.insert(language.to_owned(), catalogue)),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(Catalogues(parsed)) } else { Err(faults) }
    }

    pub(super) fn of(&self, language: &str) -> Result<&Catalogue, Vec<WordingError>> {
        self.0.get(language).ok_or_else(|| {
            let problem = format!("no catalogue of words for the language `{language}`");
            vec![WordingError { language: language.to_owned(), at: None, problem }]
        })
    }
}

/// The words of one language.
pub(super) struct Catalogue {
    language: String,
    /// `fr-CA`, as the catalogue says.
    pub locale: LanguageIdentifier,
    pub typography: Typography,
    bundle: FluentBundle<Arc<FluentResource>>,
    messages: BTreeMap<String, Message>,
    /// What went wrong while messages were written, with the message; a message never stops the others.
    problems: RefCell<BTreeSet<(String, String)>>,
}

/// An argument of a message: words, or a number that chooses a plural and stands beside its written form.
pub(super) enum Argument<'a> {
    Text(&'a str),
    Number(u64),
    Decimal(Scaled),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Argument::Text(text)
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Argument::Text(text)
    }
}

impl From<u64> for Argument<'_> {
    fn from(number: u64) -> Self {
        Argument::Number(number)
    }
}

impl Catalogue {
    fn parse(language: &str, source: &str) -> Result<Catalogue, Vec<WordingError>> {
        let fault = |at, problem: String| WordingError { language: language.to_owned(), at, problem };
        let messages = messages(source);
        let place = |key: &str| messages.get(key).map(|message: &Message| message.key.clone());
        let resource = FluentResource::try_new(source.to_string()).map_err(|(_, errors)| {
            // What is missing at the end of the file is shown where the last line ends, not below it.
            let last = source.trim_end().len();
            let place = |at: &Range<usize>| at.start.min(last)..at.end.min(last);
            errors.into_iter().map(|error| fault(Some(place(&error.pos)), error.to_string())).collect::<Vec<_>>()
        })?;
        let resource = Arc::new(resource);
        let locale = plain_message(&resource, "locale");
        let locale: LanguageIdentifier =
            locale.parse().map_err(|_| vec![fault(place("locale"), format!("`locale = {locale}` is no locale"))])?;
        let typography = Typography::new(plain_message(&resource, "typography") == "french");
        // Plurals follow the locale that a bundle is made with.
        let mut bundle = FluentBundle::new_concurrent(vec![locale.clone()]);
        bundle.add_resource(resource).map_err(|errors| {
            let twice = |error: FluentError| match error {
                FluentError::Overriding { id, .. } => fault(place(&id), format!("`{id}` stands twice")),
                other => fault(None, other.to_string()),
            };
            errors.into_iter().map(twice).collect::<Vec<_>>()
        })?;
        // The marks that isolate text directions would be seen as boxes where a font lacks them.
        bundle.set_use_isolating(false);
        Ok(Catalogue { language: language.to_string(), locale, typography, bundle, messages, problems: RefCell::default() })
    }

    /// A message without arguments.
    pub fn word(&self, key: &str) -> String {
        self.message(key, &[])
    }

    /// A message that may be absent: names of fields and events, which a declaration invents freely.
    pub fn optional(&self, key: &str) -> Option<String> {
        self.has(key).then(|| self.word(key))
    }

    pub fn has(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// A message with its arguments.
    pub fn message(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            self.problems.borrow_mut().insert((key.to_owned(), format!("no message `{key}`")));
            return String::new();
        };
        let mut values = FluentArgs::new();
        for (name, argument) in arguments {
            values.set(
                *name,
                match argument {
                    Argument::Text(text) => FluentValue::from(*text),
                    Argument::Number(number) => plural_number(&number.to_string()),
                    Argument::Decimal(decimal) => plural_number(&decimal.to_string()),
                },
            );
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        for error in errors {
            self.problems.borrow_mut().insert((key.to_owned(), format!("message `{key}`: {error}")));
        }
        self.typography.apply(&text)
    }

    /// A message in which `**` turns bold on and off.
    pub fn spans(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Vec<Span> {
        bold_spans(&self.message(key, arguments))
    }

    /// Every message without arguments.
    pub fn words(&self) -> BTreeMap<String, String> {
        let plain = self.messages.iter().filter(|(_, message)| !message.takes_arguments);
        plain.map(|(key, _)| (key.clone(), self.word(key))).collect()
    }

    /// Everything that was found wrong while the edition was written.
    pub fn check(&self) -> Result<(), Vec<WordingError>> {
        let fault = |(key, problem): (String, String)| {
            let at = self.messages.get(&key).map(|message| message.key.clone());
            WordingError { language: self.language.clone(), at, problem }
        };
        let faults: Vec<_> = self.problems.take().into_iter().map(fault).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// A message of a catalogue that no language rules yet; empty where it is missing.
fn plain_message(resource: &Arc<FluentResource>, key: &str) -> String {
    let mut bundle = FluentBundle::new_concurrent(Vec::new());
    // A message that stands twice is reported when the catalogue itself is made.
    let _ = bundle.add_resource(Arc::clone(resource));
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    pattern.map(|pattern| bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned()).unwrap_or_default()
}

/// A number that chooses a plural.
fn plural_number(written: &str) -> FluentValue<'static> {
    written.parse::<FluentNumber>().map_or(FluentValue::None, FluentValue::from)
}

/// Where a message stands in its source.
struct Message {
    /// The bytes of its key; the last where it stands twice.
    key: Range<usize>,
    takes_arguments: bool,
}

/// The messages of a Fluent source by their keys. A message begins in the first column.
fn messages(source: &str) -> BTreeMap<String, Message> {
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    let (mut current, mut at) = (None, 0);
    for line in source.split_inclusive('\n') {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            current = line.split_once('=').map(|(key, _)| key.trim().to_string());
            if let Some(key) = &current {
                found.insert(key.clone(), Message { key: at..at + key.len(), takes_arguments: false });
            }
        } else if line.starts_with(['#', '-']) {
            current = None;
        }
        if let Some(message) = current.as_ref().and_then(|key| found.get_mut(key)) {
            message.takes_arguments |= line.contains('$');
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const FRENCH: &str = include_str!("../../report-templates/locales/fr.ftl");
    const ENGLISH: &str = include_str!("../../report-templates/locales/en.ftl");

    /// Each message with the names of its placeholders.
    fn placeholders(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                current = line.split('=').next().unwrap_or_default().trim().to_string();
                assert!(!found.contains_key(&current), "`{current}` stands twice");
            }
            let names = found.entry(current.clone()).or_default();
            let rest = line.split('$').skip(1);
            names.extend(rest.map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()));
        }
        found
    }

    #[test]
    fn both_catalogues_have_the_same_messages_with_the_same_placeholders() {
        let (french, english) = (placeholders(FRENCH), placeholders(ENGLISH));
        for (key, names) in &french {
            assert_eq!(Some(names), english.get(key), "message `{key}`");
        }
        assert_eq!(french.len(), english.len(), "a message of en.ftl is missing in fr.ftl");
    }

    #[test]
    fn a_missing_message_is_reported_and_not_passed_over() {
        let catalogues = Catalogues::parse([("en", "locale = en-CA\ntypography = plain\n")]).unwrap();
        let english = catalogues.of("en").unwrap();
        english.word("nothing");
        assert!(english.check().is_err());
        assert!(catalogues.of("fr").is_err());
    }
}
