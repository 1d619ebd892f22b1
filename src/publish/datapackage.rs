//! `datapackage.json`: what the published data are, for machines and catalogues (Data Package 2.0, datapackage.org).

use serde_json::{Map, Value, json};

use crate::report::dataset::{Column, Dataset, Kind, Localized};

/// A file beside the descriptor.
#[derive(Debug)]
pub struct Resource {
    /// `results.csv`.
    pub file: String,
    pub bytes: usize,
    /// In hexadecimal digits.
    pub sha256: String,
    pub title: Localized,
}

/// Writes the descriptor of `resources`, indented, with a final newline.
pub fn descriptor(dataset: &Dataset, resources: &[Resource]) -> Result<Vec<u8>, String> {
    let about: Vec<String> = (0..dataset.languages.len())
        .map(|language| dataset.about.iter().map(|sentence| sentence[language].as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let creator = json!({ "title": official(&dataset.organization), "titles": by_language(dataset, &dataset.organization), "roles": ["creator"] });
    let descriptor = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bilan-results",
        "title": official(&dataset.title),
        "titles": by_language(dataset, &dataset.title),
        "description": official(&about),
        "descriptions": by_language(dataset, &about),
        "languages": dataset.languages,
        "status": if dataset.draft.is_some() { "draft" } else { "final" },
        "temporal": { "label": dataset.period, "start": dataset.first, "end": dataset.last, "knownOn": dataset.as_of },
        "contributors": [creator],
        "sources": dataset.sources.iter().map(|source| json!({ "title": source })).collect::<Vec<_>>(),
        "generator": { "title": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "resources": resources.iter().map(|file| resource(dataset, file)).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_vec_pretty(&descriptor).map_err(|error| error.to_string())?;
    text.push(b'\n');
    Ok(text)
}

fn resource(dataset: &Dataset, resource: &Resource) -> Value {
    let format = resource.file.rsplit('.').next().unwrap_or_default();
    let media_type = match format {
        "csv" => "text/csv",
        "json" => "application/json",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let mut described = json!({
        "name": resource.file,
        "path": resource.file,
        "title": official(&resource.title),
        "titles": by_language(dataset, &resource.title),
        "format": format,
        "mediatype": media_type,
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
    });
    if format == "xlsx" {
        described["dialect"] = workbook_dialect(dataset);
    } else {
        described["encoding"] = json!("utf-8");
    }
    if format == "csv" {
        described["type"] = json!("table");
        described["schema"] = schema(dataset);
    }
    described
}

/// Where the first table of the workbook stands: its names are in the second row, below their titles. The sheet is named as the
/// standard does and as frictionless reads it.
fn workbook_dialect(dataset: &Dataset) -> Value {
    let sheet = dataset.tables.first().map_or("", |table| table.name);
    json!({ "sheetName": sheet, "headerRows": [2], "excel": { "sheet": sheet } })
}

/// The table schema of `results.csv`.
fn schema(dataset: &Dataset) -> Value {
    let columns = dataset.tables.iter().take(1).flat_map(|table| &table.columns);
    let fields: Vec<Value> = columns.filter(|column| column.kind != Kind::Words).map(|column| field(dataset, column)).collect();
    json!({ "fields": fields, "missingValues": [""], "primaryKey": ["commitment"] })
}

fn field(dataset: &Dataset, column: &Column) -> Value {
    let (kind, constraints) = match column.kind {
        Kind::Name => ("string", json!({ "required": true })),
        Kind::Choice(words) => ("string", json!({ "required": true, "enum": words })),
        Kind::Words | Kind::RateText => ("string", json!({})),
        Kind::Month => ("yearmonth", json!({ "required": true })),
        Kind::Count => ("integer", json!({ "minimum": 0 })),
        Kind::Whole => ("integer", json!({})),
        Kind::Decimal => ("number", json!({ "minimum": 0 })),
        Kind::Percent => ("number", json!({ "minimum": 0, "maximum": 100 })),
        Kind::Rate => ("number", json!({ "minimum": 0, "maximum": 1 })),
        Kind::Flag => ("boolean", json!({})),
        Kind::Masked => ("boolean", json!({ "required": true })),
        Kind::Fingerprint => ("string", json!({ "required": true, "pattern": "[0-9a-f]{64}" })),
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), json!(kind));
    if kind == "boolean" {
        field.insert("trueValues".to_owned(), json!(["true"]));
        field.insert("falseValues".to_owned(), json!(["false"]));
    }
    field.insert("title".to_owned(), json!(official(&column.title)));
    field.insert("titles".to_owned(), by_language(dataset, &column.title));
    field.insert("description".to_owned(), json!(official(&column.meaning)));
    field.insert("descriptions".to_owned(), by_language(dataset, &column.meaning));
    if constraints.as_object().is_some_and(|constraints| !constraints.is_empty()) {
        field.insert("constraints".to_owned(), constraints);
    }
    Value::Object(field)
}

fn official(texts: &Localized) -> &str {
    texts.first().map_or("", String::as_str)
}

/// The standard knows one language: the others stand beside it, by their tags.
fn by_language(dataset: &Dataset, texts: &Localized) -> Value {
    dataset.languages.iter().zip(texts).map(|(language, text)| (language.clone(), json!(text))).collect::<Map<_, _>>().into()
}
