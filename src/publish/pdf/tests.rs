use super::*;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::{Value as Json, json};

const START: &str = r#"
#set document(title: sys.inputs.edition.title, date: sys.inputs.date)
#set text(font: "Source Sans 3", lang: "fr", region: "CA")
"#;

fn typeset(body: &str, edition: &Json) -> Result<Rendered, Vec<Fault>> {
    let template = format!("{START}{body}");
    render(&Request {
        templates: &[("report.typ", &template), ("part.typ", "#let twice(x) = [#x #x]")],
        edition,
        charts: &BTreeMap::from([("dot".to_owned(), PrintChart { drawing: DOT.to_owned(), labels: Vec::new() })]),
        attachments: &[Attachment {
            name: "results.csv",
            media_type: "text/csv",
            description: "Résultats",
            bytes: b"id;counted\n",
        }],
        as_of: NaiveDate::from_ymd_opt(2026, 4, 30).expect("a date"),
        identifier: "bilan/test",
        creator: "bilan",
    })
}

const DOT: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>"#;

const WHOLE: &str = r#"
#import "part.typ": twice
= #sys.inputs.edition.title
#par(twice(sys.inputs.edition.text))
#table(
  columns: 2,
  table.header([A], [B]),
  pdf.header-cell(scope: "row")[C], [D],
)
#image(sys.inputs.charts.dot, format: "svg", alt: "Un point")
#for file in sys.inputs.attachments {
  pdf.attach(file.name, file.bytes, relationship: "data", mime-type: file.media-type, description: file.description)
}
"#;

fn edition() -> Json {
    json!({ "title": "Résultats", "text": "94,7 % – *x* #eval(\"1\")", "rows": [{ "label": "Montréal" }] })
}

#[test]
fn is_accessible_and_archival() {
    let pdf = typeset(WHOLE, &edition()).expect("a PDF").bytes;
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA3a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(&pdf, &options).expect("a verdict");
        assert!(report.is_compliant, "{:#?}", report.failures);
    }
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let render = || typeset(WHOLE, &edition()).expect("a PDF").bytes;
    assert_eq!(render(), render());
}

#[test]
fn a_fault_is_placed_in_its_file() {
    let problems = typeset("#sys.inputs.edition.nope", &edition()).map(|_| ()).expect_err("no such key");
    assert_eq!(problems[0].template, "report.typ");
    let source = format!("{START}#sys.inputs.edition.nope");
    assert_eq!(&source[problems[0].at.clone().expect("a place")], "nope");
}

#[test]
fn a_warning_is_a_problem() {
    let problems = typeset("#set text(font: \"Nowhere\")\n= T", &edition()).map(|_| ()).expect_err("no such font");
    assert!(problems[0].message.contains("unknown font family"), "{problems:?}");
}

#[test]
fn nothing_outside_the_request_is_seen() {
    for reach in ["#read(\"/etc/passwd\")", "#import \"@preview/cetz:0.4.0\"", "#datetime.today()"] {
        assert!(typeset(reach, &edition()).is_err(), "{reach}");
    }
}

#[test]
fn a_character_without_a_glyph_is_replaced_and_reported() {
    let mut edition = edition();
    edition["rows"][0]["label"] = json!("Montréal \u{1F600}\u{202E}\t");
    let rendered = typeset("= #sys.inputs.edition.rows.first().label", &edition).expect("a PDF");
    let expected = ['\u{202E}', '\u{1F600}'].map(|character| Replaced { character, path: "rows[0].label".into() });
    assert_eq!(rendered.replaced, expected);
}
