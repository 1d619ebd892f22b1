//! Typesets one edition of the report as a PDF.
//!
//! The layout is `report-templates/report*.typ`; this module hands it the edition, the charts and the
//! attachments, and writes a file that is at once PDF/UA-1 (ISO 14289-1, accessible) and PDF/A-3a
//! (ISO 19005-3, archival, with attachments). Nothing outside the arguments enters the file: no
//! clock, no system font, no file system, no network, so that equal inputs give equal bytes.

mod characters;
mod problem;
#[cfg(test)]
mod tests;
mod world;

pub use characters::Replaced;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::diag::Warned;
use typst::foundations::{Array, Bytes, Datetime, Dict, IntoValue, Smart, Value};
use typst_as_lib::TypstEngine;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use characters::Repertoire;
use world::ReportWorld;

use super::charts::PrintChart;
use super::templates::Fault;

/// The report's only typeface. TrueType, because the PDF embeds subsets of these files.
static FONTS: [&[u8]; 4] = [
    include_bytes!("../../../report-templates/fonts/SourceSans3_400Regular.ttf"),
    include_bytes!("../../../report-templates/fonts/SourceSans3_400Regular_Italic.ttf"),
    include_bytes!("../../../report-templates/fonts/SourceSans3_600SemiBold.ttf"),
    include_bytes!("../../../report-templates/fonts/SourceSans3_700Bold.ttf"),
];

/// The template that is typeset; the others are there to be imported.
const MAIN_FILE: &str = "report.typ";

/// Compilations after which an unused result leaves the typesetter's cache; it matters to
/// `preview` only, which renders for hours in one process.
const CACHE_AGE: usize = 4;

/// A file carried inside the PDF.
pub struct Attachment<'a> {
    /// File name as shown by the reader, for example `results.json`.
    pub name: &'a str,
    /// Media type, for example `text/csv`.
    pub media_type: &'a str,
    /// One sentence for the reader's list of attachments, in the language of the edition.
    pub description: &'a str,
    pub bytes: &'a [u8],
}

/// Everything that a PDF is made of.
pub struct Request<'a, Edition: Serialize> {
    /// The template `report.typ` and the files that it imports, each with its name.
    pub templates: &'a [(&'a str, &'a str)],
    /// The report in one language; the template reads it as `sys.inputs.edition`.
    pub edition: &'a Edition,
    /// Charts by id (`publish::charts::for_print`); the template reads their SVG drawings as `sys.inputs.charts`, and their words as
    /// `sys.inputs.labels`.
    pub charts: &'a BTreeMap<String, PrintChart<'a>>,
    pub attachments: &'a [Attachment<'a>],
    /// The day up to which the data are known: the only date in the file.
    pub as_of: NaiveDate,
    /// Stable name of the document over its versions, for example `bilan/2025-2026/fr`.
    pub identifier: &'a str,
    /// Program and version, for the file's `Creator`.
    pub creator: &'a str,
}

/// A finished file, and the characters that had to be replaced because no embedded font has them.
pub struct Rendered {
    pub bytes: Vec<u8>,
    pub replaced: Vec<Replaced>,
}

/// Typesets and exports. A warning of the typesetter (an unknown font, a layout that does not
/// settle) is a problem like an error: it would be a fault in a published document.
pub fn render<Edition: Serialize>(request: &Request<'_, Edition>) -> Result<Rendered, Vec<Fault>> {
    let engine = TypstEngine::builder().with_static_source_file_resolver(request.templates.iter().copied()).fonts(FONTS).build();
    let plain = engine.world_builder(MAIN_FILE).build().map_err(problem::of_setup)?;

    let (inputs, replaced) = inputs(request, Repertoire::of(&plain))?;
    let options = options(request)?;
    let world = ReportWorld::new(plain, inputs);

    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let exported = match output {
        Ok(document) if warnings.is_empty() => typst_pdf::pdf(&document, &options),
        Ok(_) => Err(warnings),
        Err(errors) => Err(errors),
    };
    typst::comemo::evict(CACHE_AGE);

    let bytes = exported.map_err(|found| problem::of_templates(&world, &found))?;
    Ok(Rendered { bytes, replaced })
}

/// What the template sees as `sys.inputs`: `edition`, `charts`, `labels`, `attachments` and `date`; and the
/// characters that had to be replaced in them.
fn inputs<Edition: Serialize>(
    request: &Request<'_, Edition>,
    mut repertoire: Repertoire<'_>,
) -> Result<(Dict, Vec<Replaced>), Vec<Fault>> {
    let edition = displayable(request.edition, &mut repertoire)?;
    let labels: BTreeMap<&String, _> = request.charts.iter().map(|(id, chart)| (id, &chart.labels)).collect();
    let labels = displayable(&labels, &mut repertoire)?;
    let mut charts = Dict::new();
    for (id, chart) in request.charts {
        let drawing = repertoire.displayable(id, &chart.drawing).into_owned();
        charts.insert(id.as_str().into(), Bytes::from_string(drawing).into_value());
    }

    let attachments: Array = request.attachments.iter().map(Attachment::to_value).collect();

    let mut inputs = Dict::new();
    inputs.insert("edition".into(), edition);
    inputs.insert("charts".into(), charts.into_value());
    inputs.insert("labels".into(), labels);
    inputs.insert("attachments".into(), attachments.into_value());
    inputs.insert("date".into(), midnight(request.as_of)?.into_value());
    Ok((inputs, repertoire.into_replaced()))
}

/// A value for the template, with what no font has replaced.
fn displayable(value: &impl Serialize, repertoire: &mut Repertoire<'_>) -> Result<Value, Vec<Fault>> {
    let mut value = serde_json::to_value(value).map_err(problem::of_setup)?;
    repertoire.make_displayable(&mut value);
    serde_json::from_value(value).map_err(problem::of_setup)
}

impl Attachment<'_> {
    fn to_value(&self) -> Value {
        let mut entry = Dict::new();
        entry.insert("name".into(), self.name.into_value());
        entry.insert("media-type".into(), self.media_type.into_value());
        entry.insert("description".into(), self.description.into_value());
        entry.insert("bytes".into(), Bytes::new(self.bytes.to_vec()).into_value());
        entry.into_value()
    }
}

/// PDF/UA-1 and PDF/A-3a together: the only PDF/A level that allows both tags and attachments
/// under PDF 1.7, which PDF/UA-1 asks for.
fn options<Edition: Serialize>(request: &Request<'_, Edition>) -> Result<PdfOptions, Vec<Fault>> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a]).map_err(|error| problem::of_setup(error.message()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(request.identifier.to_owned()),
        creator: Smart::Custom(Some(request.creator.to_owned())),
        timestamp: Some(Timestamp::new_utc(midnight(request.as_of)?)),
        standards,
        ..PdfOptions::default()
    })
}

fn midnight(day: NaiveDate) -> Result<Datetime, Vec<Fault>> {
    let narrow = |part: u32| u8::try_from(part).ok();
    narrow(day.month())
        .zip(narrow(day.day()))
        .and_then(|(month, day_of_month)| Datetime::from_ymd_hms(day.year(), month, day_of_month, 0, 0, 0))
        .ok_or_else(|| problem::of_setup(format!("the date {day} cannot be written in a PDF")))
}
