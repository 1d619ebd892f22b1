//! From figures to words: the one value that every output sees.
//!
//! Rounding, masking, choice of words and the geometry of charts are settled here, once, for all outputs. Words come from the
//! catalogues and from the declaration; this folder holds none.

mod appendices;
mod catalogue;
mod charts;
mod context;
pub mod dataset;
mod distribution;
pub mod drawing;
pub mod edition;
mod facts;
mod lettering;
mod method;
mod months;
mod overview;
mod paper;
mod prose;
mod quality;
mod readings;
mod reliability;
pub mod results;
mod sections;
mod sentences;
mod signs;
mod summary;
pub mod table;
mod typography;
#[cfg(test)]
mod words_tests;
mod writer;

pub use catalogue::{Catalogues, WordingError};
pub use edition::{Edition, Report};
pub use paper::PaperWords;

use chrono::Datelike;
use std::collections::BTreeMap;

use crate::domain::figures::Figures;
use crate::domain::project::{Project, Status};
use context::Context;
use edition::{Document, PlainDate, Sibling};
use facts::Facts;
use results::{Audience, Results};
use writer::Writer;

/// Writes the report in every language of the declaration.
///
/// Fails only where a catalogue lacks a language or a message, with all that it lacks: figures and texts of the declaration
/// have been checked before.
pub fn build(project: &Project, figures: &Figures, catalogues: &Catalogues) -> Result<Report, Vec<WordingError>> {
    let facts = Facts::new(project, figures);
    let editions = project.languages.iter().map(|language| edition(&facts, language, catalogues));
    let (editions, faults): (Vec<_>, Vec<_>) = editions.partition(Result::is_ok);
    let faults: Vec<WordingError> = faults.into_iter().filter_map(Result::err).flatten().collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let results = results(project, figures, Audience::Public, catalogues)?;
    Ok(Report {
        editions: editions.into_iter().filter_map(Result::ok).collect(),
        dataset: dataset::build(project, &results, Audience::Public, catalogues)?,
        results,
    })
}

/// The figures as data, for an audience, with the texts of the rates in every language.
pub fn results(
    project: &Project,
    figures: &Figures,
    audience: Audience,
    catalogues: &Catalogues,
) -> Result<Results, Vec<WordingError>> {
    let writers =
        project.languages.iter().map(|language| Ok((language.as_str(), Writer::new(language, catalogues.of(language)?)?)));
    let writers: BTreeMap<&str, Writer<'_>> = writers.collect::<Result<_, Vec<WordingError>>>()?;
    let rate_text = |language: &str, tenths: Option<u64>| match (writers.get(language), tenths) {
        (Some(writer), Some(tenths)) => writer.rate(tenths),
        (Some(writer), None) => writer.word("no-cases"),
        (None, _) => String::new(),
    };
    let results = Results::new(project, figures, audience, &rate_text);
    project.languages.iter().try_for_each(|language| catalogues.of(language)?.check())?;
    Ok(results)
}

fn edition(facts: &Facts<'_>, language: &str, catalogues: &Catalogues) -> Result<Edition, Vec<WordingError>> {
    let catalogue = catalogues.of(language)?;
    let writer = Writer::new(language, catalogue)?;
    let context = Context::new(facts, &writer);
    let siblings = facts.project.languages.iter().filter(|other| *other != language).map(|other| sibling(other, catalogues));
    // Figures and tables are numbered as they are built, so fields stand in reading order.
    let edition = Edition {
        document: document(&context, language),
        words: catalogue.words(),
        siblings: siblings.collect::<Result<_, _>>()?,
        overview: overview::build(&context),
        summary: summary::build(&context),
        sections: sections::build(&context),
        reliability: reliability::build(&context),
        method: method::build(&context),
        quality: quality::build(&context),
        readings: readings::build(&context),
        calendar: appendices::calendar(&context),
        colophon: appendices::colophon(&context),
    };
    catalogue.check()?;
    Ok(edition)
}

fn document(context: &Context<'_>, language: &str) -> Document {
    let (writer, project) = (context.writer, context.facts.project);
    let (title, period) = (writer.text(&project.title), context.period());
    let running_title = writer.message("running-title", &[("title", (&title).into()), ("period", (&period).into())]);
    let draft = project.status == Status::Draft;
    let when_draft = |text: String| if draft { text } else { String::new() };
    let official = project.languages.first().is_none_or(|first| first == language);
    let dates = [project.period.first, project.period.last, project.as_of].map(|day| writer.date(day));
    let arguments = [("first", (&dates[0]).into()), ("last", (&dates[1]).into()), ("as-of", (&dates[2]).into())];
    let as_of = project.as_of.date();
    Document {
        lang: language.to_string(),
        locale: writer.catalogue.locale.to_string(),
        region: writer.catalogue.locale.region.map(|region| region.to_string()).unwrap_or_default(),
        metadata_title: if draft {
            writer.message("draft-title", &[("title", (&running_title).into())])
        } else {
            running_title.clone()
        },
        organization: writer.text(&project.organization),
        period_sentence: writer.message("period-sentence", &arguments),
        date: PlainDate { year: as_of.year(), month: as_of.month(), day: as_of.day() },
        draft,
        draft_word: when_draft(context.word("draft-word")),
        draft_sentence: when_draft(context.word("draft-sentence")),
        translation_sentence: if official { String::new() } else { context.word("translation-sentence") },
        html_file: html_file(language),
        title,
        running_title,
        period,
    }
}

fn sibling(language: &str, catalogues: &Catalogues) -> Result<Sibling, Vec<WordingError>> {
    let catalogue = catalogues.of(language)?;
    let sibling = Sibling {
        lang: language.to_string(),
        locale: catalogue.locale.to_string(),
        name: catalogue.word("language-name"),
        html_file: html_file(language),
    };
    catalogue.check()?;
    Ok(sibling)
}

/// The name of an edition's file beside the others.
fn html_file(language: &str) -> String {
    format!("bilan.{language}.html")
}
