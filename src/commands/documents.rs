//! The documents of a report, in every language and format that was asked for.

use chrono::NaiveDate;
use std::thread;

use super::Failure;
use super::console::Console;
use super::report::{data_files, unrendered};
use super::templates::faulty;
use crate::cli::Format;
use crate::evidence::OutputFile;
use crate::publish::datapackage::{self, Resource};
use crate::publish::folder::Files;
use crate::publish::pdf::{self, Attachment, Rendered, Request};
use crate::publish::templates::Templates;
use crate::publish::{charts, data, html};
use crate::report::{Edition, Report};

/// Everything under `publication/`. Languages are rendered at the same time; their order is that of the declaration.
pub fn publication(
    report: &Report,
    templates: &Templates,
    formats: &[Format],
    as_of: NaiveDate,
    console: &Console,
) -> Result<Files, Failure> {
    let rendered: Vec<Result<Files, Failure>> = thread::scope(|scope| {
        let render = |edition| scope.spawn(move || documents(report, edition, templates, formats, as_of, console));
        let threads: Vec<_> = report.editions.iter().map(render).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.map(|files| files.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut files = Vec::new();
    for documents in rendered {
        files.extend(documents?);
    }
    let data = data_files("publication", &report.results, &report.dataset, formats)?;
    let descriptor = descriptor(report, &data)?;
    files.extend(data);
    files.extend(descriptor);
    Ok(files)
}

/// `datapackage.json`, when there are data that it can describe.
fn descriptor(report: &Report, data: &Files) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let word = |file: &str| {
        let key = format!("data-resource-{}", file.rsplit('.').next().unwrap_or_default());
        report.editions.iter().map(|edition| edition.words.get(&key).cloned().unwrap_or_default()).collect()
    };
    let resource = |(name, content): &'_ (String, Vec<u8>)| {
        let file = name.rsplit('/').next().unwrap_or(name).to_owned();
        Resource { title: word(&file), file, bytes: content.len(), sha256: OutputFile::of(name, content).sha256 }
    };
    let resources: Vec<Resource> = data.iter().map(resource).collect();
    if resources.is_empty() {
        return Ok(None);
    }
    let descriptor = datapackage::descriptor(&report.dataset, &resources).map_err(unrendered)?;
    Ok(Some(("publication/datapackage.json".to_owned(), descriptor)))
}

/// The documents of one language.
fn documents(
    report: &Report,
    edition: &Edition,
    templates: &Templates,
    formats: &[Format],
    as_of: NaiveDate,
    console: &Console,
) -> Result<Files, Failure> {
    let mut files = Vec::new();
    if formats.contains(&Format::Html) {
        let page = html::render_page(edition, templates).map_err(|faults| faulty(templates, faults))?;
        files.push((format!("publication/{}", edition.document.html_file), page.into_bytes()));
    }
    if formats.contains(&Format::HtmlFragment) {
        let fragment = html::render_fragment(edition, templates).map_err(|faults| faulty(templates, faults))?;
        files.push((format!("publication/bilan.{}.fragment.html", edition.document.lang), fragment.into_bytes()));
    }
    if formats.contains(&Format::Pdf) {
        let rendered = typeset(report, edition, templates, as_of)?;
        for replaced in &rendered.replaced {
            let (language, code) = (&edition.document.lang, u32::from(replaced.character));
            console.say(format_args!("bilan.{language}.pdf: no font has U+{code:04X}, shown as □ in {}", replaced.path));
        }
        files.push((format!("publication/bilan.{}.pdf", edition.document.lang), rendered.bytes));
    }
    Ok(files)
}

/// The PDF of one language, with the figures and the method as data inside.
fn typeset(report: &Report, edition: &Edition, templates: &Templates, as_of: NaiveDate) -> Result<Rendered, Failure> {
    let sources: Vec<(&str, &str)> = templates.of_kind("typ").collect();
    let drawings = charts::for_print(edition, templates).map_err(|faults| faulty(templates, faults))?;
    let json = data::json(&report.results).map_err(unrendered)?;
    let csv = data::csv(&report.dataset).map_err(unrendered)?;
    let method = serde_json::to_vec_pretty(&edition.method).map_err(unrendered)?;
    let word = |key: &str| edition.words.get(key).map_or("", String::as_str);
    let attachment = |name, media_type, key, bytes| Attachment { name, media_type, description: word(key), bytes };
    let attachments = [
        attachment("results.json", "application/json", "attachment-results-json", &json[..]),
        attachment("results.csv", "text/csv", "attachment-results-csv", &csv[..]),
        attachment("method.json", "application/json", "attachment-method", &method[..]),
    ];
    let request = Request {
        templates: &sources,
        edition,
        charts: &drawings,
        attachments: &attachments,
        as_of,
        identifier: &format!("bilan/{}/{}", report.results.period.label, edition.document.lang),
        creator: concat!("bilan ", env!("CARGO_PKG_VERSION")),
    };
    pdf::render(&request).map_err(|faults| faulty(templates, faults))
}
