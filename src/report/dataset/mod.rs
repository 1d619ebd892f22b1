//! The figures as tables, for those who compute: `results.csv`, `results.xlsx` and `datapackage.json` are written from this value.
//!
//! Names of tables and columns are those of `results.json`, in every language; titles and meanings are in each language of the report.

mod tables;

use super::WordingError;
use super::catalogue::Catalogues;
use super::results::{Audience, Decimal, Results};
use super::writer::Writer;
use crate::domain::calendar::Day;
use crate::domain::project::{Project, Status};

/// A text in every language of the report, in their order.
pub type Localized = Vec<String>;

/// Every figure of a run, for an audience.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// In the order of the declaration: the first is the official one.
    pub languages: Vec<String>,
    pub organization: Localized,
    pub title: Localized,
    /// What this is, draft or final, the period, and how to read it: sentences.
    pub about: Vec<Localized>,
    /// `ÉBAUCHE`, `DRAFT`; `None` in a final report.
    pub draft: Option<Localized>,
    /// What stands in the place of a masked figure.
    pub masked: Localized,
    /// The headings of the list of columns: sheet, column, title, meaning.
    pub headings: [Localized; 4],
    pub period: String,
    /// The first and the last day of the period, and the knowledge date: `2025-04-01`.
    pub first: String,
    pub last: String,
    pub as_of: String,
    pub sources: Vec<String>,
    /// The first has one row for each commitment.
    pub tables: Vec<Table>,
}

/// Rows of the same kind.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub title: Localized,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a column, and what it means.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    pub title: Localized,
    pub meaning: Localized,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id or another name; never empty.
    Name,
    /// One of a few words; never empty.
    Choice(&'static [&'static str]),
    /// Words for people, which stand in no results.json.
    Words,
    /// A rate as printed, with its guards; empty where it is masked.
    RateText,
    /// `2025-04`.
    Month,
    /// A number of things, 0 or more.
    Count,
    /// A whole number that may be below 0.
    Whole,
    /// A decimal number of 0 or more.
    Decimal,
    /// A percentage, 0 to 100.
    Percent,
    /// A share of one, with six decimals.
    Rate,
    Flag,
    /// `true` where figures of the row are masked; never empty.
    Masked,
    /// A SHA-256 in hexadecimal digits.
    Fingerprint,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// There is none, and no reason to hide one.
    Empty,
    Masked,
    Text(String),
    Whole(i64),
    Decimal(Decimal),
    /// A rate and, where rounding to six decimals took it to a guard that it does not reach, on which side of it it lies.
    Rate(Decimal, Side),
    Flag(bool),
}

/// Where a rate lies, seen from the number that is written for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    There,
    Below,
    Above,
}

/// Writes the results of a run as tables.
pub fn build(
    project: &Project,
    results: &Results,
    audience: Audience,
    catalogues: &Catalogues,
) -> Result<Dataset, Vec<WordingError>> {
    let writers = project.languages.iter().map(|language| Writer::new(language, catalogues.of(language)?));
    let writers = Writers(writers.collect::<Result<_, _>>()?);
    let title = writers.each(|writer| {
        let (title, period) = (writer.text(&project.title), writer.plain(&project.period.label));
        writer.message("running-title", &[("title", (&title).into()), ("period", (&period).into())])
    });
    let is_draft = project.status == Status::Draft;
    let dataset = Dataset {
        languages: project.languages.clone(),
        organization: writers.each(|writer| writer.text(&project.organization)),
        title,
        about: about(project, audience, &writers),
        draft: is_draft.then(|| writers.word("draft-word")),
        masked: writers.word("spoken-masked"),
        headings: ["data-sheet", "data-column", "data-title-of-column", "data-meaning"].map(|key| writers.word(key)),
        period: results.period.label.clone(),
        first: results.period.first.clone(),
        last: results.period.last.clone(),
        as_of: results.period.as_of.clone(),
        sources: results.sources.iter().map(|source| source.id.clone()).collect(),
        tables: tables::all(project, results, audience, &writers),
    };
    project.languages.iter().try_for_each(|language| catalogues.of(language)?.check())?;
    Ok(dataset)
}

/// The writers of all languages, in their order.
struct Writers<'a>(Vec<Writer<'a>>);

impl Writers<'_> {
    fn each(&self, write: impl Fn(&Writer<'_>) -> String) -> Localized {
        self.0.iter().map(write).collect()
    }

    fn word(&self, key: &str) -> Localized {
        self.each(|writer| writer.word(key))
    }
}

fn about(project: &Project, audience: Audience, writers: &Writers<'_>) -> Vec<Localized> {
    let date = |writer: &Writer<'_>, day: Day| writer.date(day);
    let period = writers.each(|writer| {
        let dates = [project.period.first, project.period.last, project.as_of].map(|day| date(writer, day));
        let arguments = [("first", (&dates[0]).into()), ("last", (&dates[1]).into()), ("as-of", (&dates[2]).into())];
        writer.message("period-sentence", &arguments)
    });
    let status = match project.status {
        Status::Draft => "draft-sentence",
        Status::Final => "data-final",
    };
    let privacy = writers.each(|writer| {
        let minimum = writer.number(project.privacy_minimum);
        match audience {
            Audience::Public => writer.message("data-about-masked", &[("minimum", (&minimum).into())]),
            Audience::Auditors => writer.word("data-about-unmasked"),
        }
    });
    vec![
        period,
        writers.word(status),
        writers.word("data-about-figures"),
        writers.word("data-about-headers"),
        writers.word("data-about-rates"),
        privacy,
    ]
}
