//! The report value: everything that one language's document shows, in reading order.
//!
//! All of it is settled here: figures are rounded and written in the language, masks are applied, charts are lists of shapes with
//! coordinates. A template decides where things stand and how they look, and nothing else: it holds no word and no figure.
//! Empty strings and empty lists mean that there is nothing to show.

use serde::Serialize;
use std::collections::BTreeMap;

use super::dataset::Dataset;
use super::drawing::Chart;
use super::results::Results;

pub use super::table::*;

/// What every output sees.
#[derive(Debug, Clone)]
pub struct Report {
    /// One for each language of the declaration, in order: the first is the official text.
    pub editions: Vec<Edition>,
    pub results: Results,
    /// The results as tables.
    pub dataset: Dataset,
}

/// The document in one language, in the order in which it is read.
#[derive(Debug, Clone, Serialize)]
pub struct Edition {
    pub document: Document,
    /// Every message of the catalogue that takes no argument, by its key: headings, labels, fixed sentences.
    pub words: BTreeMap<String, String>,
    /// The editions in the other languages, for links between the files.
    pub siblings: Vec<Sibling>,
    pub overview: Overview,
    pub summary: Summary,
    /// The sections of the declaration that hold a commitment or a pledge, in its order.
    pub sections: Vec<Section>,
    pub reliability: Reliability,
    /// Appendix A.
    pub method: Method,
    /// Appendix B.
    pub quality: Quality,
    /// Appendix C.
    pub readings: Readings,
    /// Appendix D.
    pub calendar: CalendarNote,
    pub colophon: Colophon,
}

/// Facts about the document as a whole.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// `fr`, `en`: the language of the declaration.
    pub lang: String,
    /// `fr-CA`, `en-CA`: the locale of the catalogue.
    pub locale: String,
    /// `CA`: the region of the locale, empty where it has none.
    pub region: String,
    /// The h1, and the first words of the running head: `Déclaration de services à la clientèle`.
    pub title: String,
    /// For the file's metadata; says that it is a draft: `Ébauche – Déclaration de…, résultats 2025‑2026`.
    pub metadata_title: String,
    /// The left of the running head: `Déclaration de services à la clientèle, résultats 2025‑2026`.
    pub running_title: String,
    pub organization: String,
    /// `2025‑2026`, as printed.
    pub period: String,
    /// `Résultats du 1ᵉʳ avril 2025 au 31 mars 2026, selon les données connues le 30 avril 2026`.
    pub period_sentence: String,
    /// The knowledge date, for the metadata of the file.
    pub date: PlainDate,
    pub draft: bool,
    /// `ÉBAUCHE` in a draft, else empty.
    pub draft_word: String,
    /// The sentence before the h1 of a draft, else empty.
    pub draft_sentence: String,
    /// The line under the title of a translation, else empty.
    pub translation_sentence: String,
    /// `bilan.fr.html`.
    pub html_file: String,
}

/// A date as three numbers, for metadata only.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PlainDate {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

/// The same document in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Sibling {
    pub lang: String,
    pub locale: String,
    /// The name of the language in that language: `English`.
    pub name: String,
    /// `bilan.en.html`.
    pub html_file: String,
}

/// A run of text with its emphasis. A paragraph is a list of these, to be written one after the other without a space between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// The address of a link, else empty.
    pub href: String,
}

/// A block of a text that people wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    Paragraph {
        spans: Vec<Span>,
    },
    /// `ordered` ones are numbered from 1.
    List {
        ordered: bool,
        items: Vec<Vec<Span>>,
    },
}

/// Section 1: the first page is the answer.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    pub anchor: String,
    /// The paragraph in words, without the pages of the explanations.
    pub lead: Vec<Span>,
    /// The commitments that have an explanation, in order: a PDF names their pages after the lead
    /// (`words.gap-page`, `words.gap-pages`, `words.list-separator`, `words.list-last`, `words.sentence-end`).
    pub explained: Vec<Reference>,
    /// The ministry's own introduction.
    pub introduction: Vec<Block>,
    /// Chart (a): one figure, or one for each group of sections when a page cannot hold all rows.
    pub charts: Vec<Chart>,
}

/// A place in the document and what stands there.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    pub anchor: String,
    pub title: String,
}

/// Section 2.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    pub anchor: String,
    pub lead: String,
    /// Columns: commitment, limit, goal, up to three years (newest first), cases, overdue, result.
    /// One row group for each section of the declaration.
    pub table: Table,
}

/// One section of the declaration.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub anchor: String,
    pub title: String,
    pub commitments: Vec<CommitmentBlock>,
    pub pledges: Vec<PledgeBlock>,
}

/// One commitment with a limit.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentBlock {
    /// The id of the commitment: the same in all languages.
    pub anchor: String,
    /// The wording of the declaration.
    pub title: String,
    /// For running text and bookmarks.
    pub short: String,
    pub state: StateMark,
    /// Charts are shown: starts a page in print.
    pub opens_page: bool,
    /// Limit, rate, gap, usual times, overdue: the paragraph that says all.
    pub sentences: Vec<Span>,
    pub gap: Option<GapBlock>,
    pub years: Table,
    pub months: Option<MonthsBlock>,
    /// Chart (c), 240 wide in print.
    pub distribution: Option<Chart>,
    /// Where there are two or fewer columns of figures beside a chart, the first may stand next to `distribution`.
    pub breakdowns: Vec<Table>,
}

/// What people wrote about a result.
#[derive(Debug, Clone, Serialize)]
pub struct GapBlock {
    /// « Pourquoi l’écart » or, where the goal was reached, « Ce qu’il faut savoir ».
    pub explanation_title: String,
    pub explanation: Vec<Block>,
    /// « Ce que nous faisons ».
    pub action_title: String,
    /// May be empty.
    pub action: Vec<Block>,
    /// « Explication approuvée le 12 mai 2026 par … », or that nobody has approved it yet.
    pub approval: String,
    pub approved: bool,
}

/// Chart (b) with its table.
#[derive(Debug, Clone, Serialize)]
pub struct MonthsBlock {
    /// `None` below the threshold of design: then the table stands alone.
    pub chart: Option<Chart>,
    pub table: Table,
}

/// One commitment without a limit.
#[derive(Debug, Clone, Serialize)]
pub struct PledgeBlock {
    pub anchor: String,
    pub title: String,
    /// `Sondage : 91,3 % de réponses favorables`; empty without a survey.
    pub result: Vec<Span>,
    /// `« Question »`; empty without a survey.
    pub question: String,
    /// Respondents of invited, date; empty without a survey.
    pub respondents: String,
    /// The statement of the declaration; empty without one.
    pub statement: Vec<Block>,
    /// « Non mesuré cette année », where there is neither; else empty.
    pub not_measured: String,
}

/// Section 6, alone on a page.
#[derive(Debug, Clone, Serialize)]
pub struct Reliability {
    pub anchor: String,
    /// What the statement covers: body, period, data.
    pub lead: String,
    /// The ministry's own text.
    pub text: Vec<Block>,
    /// Controls that the program ran, with what they found.
    pub controls: Table,
    /// Known restrictions, to be numbered.
    pub restrictions: Vec<String>,
    /// Said where there is none, else empty.
    pub no_restriction: String,
    /// Sentences that a person still attests, each with an empty box.
    pub attestations: Vec<String>,
    /// Labels of the lines to fill in: name, title, date, signature.
    pub signature: Vec<String>,
}

/// Appendix A: the rules that ran.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    pub anchor: String,
    pub lead: String,
    /// Rules that all commitments share.
    pub common: Table,
    /// What each commitment adds: a table of definitions.
    pub commitments: Vec<MethodBlock>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MethodBlock {
    pub anchor: String,
    pub title: String,
    pub table: Table,
}

/// Appendix B: where every row and every case went.
#[derive(Debug, Clone, Serialize)]
pub struct Quality {
    pub anchor: String,
    pub lead: String,
    /// Rows by source and file.
    pub rows: Table,
    /// Why rows were rejected, where some were.
    pub rejected: Option<Table>,
    /// Cases by commitment.
    pub cases: Table,
    /// The rate if every unusable case were late, and if every one were on time; only commitments that have some.
    pub bounds: Option<Table>,
    /// Said where no commitment has an unusable case, else empty.
    pub no_bounds: String,
    /// What integrity signs are, and that they prove nothing.
    pub signs_lead: String,
    /// The signs that say something, each with the commitments of which they do.
    pub signs: Option<Table>,
    /// Said where none does, else empty.
    pub no_signs: String,
}

/// Appendix C: the rate under the other defensible readings.
#[derive(Debug, Clone, Serialize)]
pub struct Readings {
    pub anchor: String,
    pub lead: String,
    /// The range of the rates of every commitment that has cases and is not masked; cut like chart (a).
    pub charts: Vec<Chart>,
    /// The rates, a row for each of these commitments and a column for each reading.
    pub rates: Option<Table>,
    /// Likewise, cases on time of cases counted.
    pub cases: Option<Table>,
}

/// Appendix D.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarNote {
    pub anchor: String,
    pub lead: String,
    pub table: Table,
}

/// The last lines: how to know that this is the document, and how to make it again.
#[derive(Debug, Clone, Serialize)]
pub struct Colophon {
    pub anchor: String,
    /// Program and version, what to recompute with, attachments, licences.
    pub facts: Table,
    /// Data files with their fingerprints in groups of eight.
    pub files: Table,
}
