//! Texts that want to be more than texts, in every place where somebody else's text is published: they come out inert and legible,
//! or they are refused with their place.

use super::poisoned::{HOLIDAYS, Project, ROWS, calm_texts, commitment, csv_cell, head, payloads, quoted, section, steers};
use super::run::{LANGUAGES, Run, sheets};
use bilan::published::document::Document;
use bilan::published::tree::Element;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

// ---- What is expected of a page -------------------------------------------------------------------

/// A text as it must be seen: characters that would act are boxes, whatever the typography of the language does to spaces, hyphens
/// and apostrophes. Written from UAX 9 and the Unicode categories, not from the program.
fn seen(text: &str) -> String {
    let sign = |character: char| match character {
        '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => '□',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '□',
        '\u{fffe}' | '\u{ffff}' => '□',
        '’' => '\'',
        '\u{2010}'..='\u{2014}' => '-',
        other => other,
    };
    text.chars().filter(|character| *character != '\u{200b}').map(sign).filter(|character| !character.is_whitespace()).collect()
}

/// The beginning that is shown of a value.
fn shown_value(value: &str) -> String {
    let beginning: String = value.chars().take(100).collect();
    seen(&if value.chars().nth(100).is_some() { format!("{beginning}…") } else { beginning })
}

/// Marks above and below are set on their letters, so that they are not drawn in the order in which they are written.
fn bears_marks(text: &str) -> bool {
    text.chars().any(|character| ('\u{300}'..='\u{36f}').contains(&character))
}

/// Whether a PDF shows a text. Of other scripts than the Latin one it shows boxes, or nothing where the character is none to see.
fn is_drawn_within(drawn: &str, text: &str) -> bool {
    let latin = |text: &str| -> String {
        text.chars()
            .filter(|character| character.is_ascii() || ('à'..='ſ').contains(&character.to_lowercase().next().unwrap()))
            .collect()
    };
    latin(drawn).contains(&latin(text))
}

/// Elements with the names of their attributes, and how many of each; of drawings, whose labels break into lines, only which.
fn skeleton(page: &Element) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let drawings: Vec<&Element> = page.named(&["svg"]).into_iter().flat_map(Element::all).collect();
    for element in page.all() {
        let attributes: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
        let count = found.entry(format!("{} {}", element.name, attributes.join(" "))).or_insert(0);
        *count = if drawings.iter().any(|inside| std::ptr::eq(*inside, element)) { 1 } else { *count + 1 };
    }
    found
}

/// Nothing acts: no script, no address but the report's own and plain ones, no formula, no sign that steers a terminal.
fn is_inert(run: &Run) {
    for (language, page) in &run.pages {
        for element in page.all() {
            assert!(!["script", "iframe", "object", "embed", "form", "base"].contains(&element.name.as_str()), "{element:?}");
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on"), "{language}: {element:?}");
                let leads = ["#", "https://", "http://", "mailto:", "bilan.", "results.", "datapackage."];
                let is_address = ["href", "src", "action"].contains(&name.as_str());
                assert!(!is_address || leads.iter().any(|start| value.starts_with(start)), "{language}: {element:?}");
            }
        }
        let text = std::str::from_utf8(&run.files[&format!("bilan.{language}.html")]).unwrap();
        assert!(!text.chars().any(|character| steers(character) || turns(character)), "{language}: a character that acts");
    }
    for (language, document) in &run.pdfs {
        lies_on_its_page(language, document);
    }
    for (sheet, text) in sheets(&run.files["results.xlsx"]) {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{sheet} holds a formula");
        assert!(
            !text.chars().any(|character| character < ' ' && steers(character) || "\u{fffe}\u{ffff}".contains(character)),
            "{sheet}: no XML"
        );
    }
    for csv in ["results.csv"].map(|name| run.files[name].clone()).into_iter().chain(audit_tables(run)) {
        no_cell_is_run(&csv);
    }
    assert!(!run.said.chars().any(steers), "a terminal is steered by {:?}", run.said);
}

fn audit_tables(run: &Run) -> [Vec<u8>; 2] {
    ["rejected.csv", "reconciliation.csv"].map(|name| fs::read(run.folder.join("audit").join(name)).expect("a table"))
}

/// Spreadsheets run cells that begin so (OWASP, CSV injection).
fn no_cell_is_run(bytes: &[u8]) {
    for record in csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).records() {
        let record = record.expect("a record");
        let is_run = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!record.iter().any(is_run), "{record:?}");
    }
}

fn turns(character: char) -> bool {
    ('\u{202a}'..='\u{202e}').contains(&character) || ('\u{2066}'..='\u{2069}').contains(&character)
}

fn lies_on_its_page(language: &str, document: &Document) {
    let (width, height) = document.size;
    let outside = document.glyphs.iter().find(|glyph| glyph.x < 0.0 || glyph.x > width || glyph.y < 0.0 || glyph.y > height);
    assert!(outside.is_none(), "{language}: {outside:?} of a page of {width} by {height}");
}

/// The texts of a workbook, as a spreadsheet reads them.
fn workbook_texts(run: &Run) -> BTreeSet<String> {
    let sheets = sheets(&run.files["results.xlsx"]);
    let (_, strings) = sheets.iter().find(|(name, _)| name.ends_with("sharedStrings.xml")).expect("shared strings");
    let items = strings.split("<t").skip(1).filter_map(|item| item.split_once('>')?.1.split_once("</t>"));
    items
        .map(|(text, _)| unescaped(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")))
        .collect()
}

/// `_x0007_` stands for a character that XML has no room for (ECMA-376, part 1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut whole = String::new();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let Some(character) = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)) else {
            whole.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        whole.push_str(&rest[..at]);
        whole.push(character);
        rest = &rest[at + 7..];
    }
    whole + rest
}

// ---- Values of an export --------------------------------------------------------------------------

fn of_values(values: &[String]) -> Project {
    let declaration = head("\"Essai\"", "\"Essai\"", "")
        + &section("service", "Service")
        + &commitment("answer", "service", ["Réponse", "Réponse", "cas", "essai"])
        + "breakdown = [\"what\"]\n";
    let mut export = String::from("in,out,what\n");
    for value in values {
        for _ in 0..5 {
            writeln!(export, "2025-03-03,2025-03-04,{}", csv_cell(value)).unwrap();
        }
    }
    Project::new(&declaration, &export, HOLIDAYS, "")
}

#[test]
fn hostile_values_are_published_as_what_they_are() {
    let values = payloads();
    let (project, calm) = (of_values(&values), of_values(&calm_texts()));
    let (run, calm) = (Run::of(project.path(), &[]), Run::of(calm.path(), &[]));
    is_inert(&run);
    let trimmed: BTreeSet<String> =
        values.iter().map(|value| value.trim_matches([' ', '\t', '\u{a0}', '\u{202f}']).to_owned()).collect();
    for results in [&run.results, &run.audit] {
        let list = results["commitments"][0]["by"]["what"].as_array().expect("values");
        let published: BTreeSet<String> = list.iter().map(|cell| cell["value"].as_str().unwrap().to_owned()).collect();
        assert!(published == trimmed, "{:?}", published.symmetric_difference(&trimmed).collect::<Vec<_>>());
        assert!(list.iter().all(|cell| cell["counted"] == 5));
    }
    let in_workbook = workbook_texts(&run);
    for value in &trimmed {
        let readable: String = value.replace('\u{fffe}', "\u{fffd}").chars().take(16_000).collect();
        assert!(in_workbook.contains(&readable), "not in the workbook: {readable:?}");
    }
    for language in LANGUAGES {
        assert_eq!(skeleton(&run.pages[language]), skeleton(&calm.pages[language]), "{language}");
        let table = run.pages[language].with_id("by-what-answer").expect("a table");
        let cells: Vec<String> = table.named(&["th"]).into_iter().map(|cell| seen(&cell.text())).collect();
        let document = &run.pdfs[language];
        let rows: Vec<String> = document.structure.named(&["TR"]).into_iter().map(|row| seen(&row.text())).collect();
        for value in &trimmed {
            let shown = shown_value(value);
            assert!(cells.contains(&shown), "{language}: not on the page: {shown:?}");
            let is_row = |row: &String| is_drawn_within(row, &shown);
            assert!(bears_marks(value) || rows.iter().any(is_row), "{language}: not in the PDF: {shown:?}");
        }
        assert_eq!(skeleton(&document.structure), skeleton(&calm.pdfs[language].structure), "{language}: tags");
    }
}

/// The same values where a line break or a timestamp is a fault: refused with their place, and kept for the auditors.
#[test]
fn hostile_rows_are_rejected_with_their_place() {
    let values = payloads();
    let declaration = head("\"Essai\"", "\"Essai\"", "")
        + &section("service", "Service")
        + &commitment("answer", "service", ["Réponse", "Réponse", "cas", "essai"]);
    let mut export = String::from("in,out,what\n");
    for value in &values {
        writeln!(export, "{},2025-03-04,a", csv_cell(value)).unwrap();
    }
    let project = Project::new(&declaration, &(export + &ROWS[ROWS.find('\n').unwrap() + 1..]), HOLIDAYS, "");
    let run = Run::of(project.path(), &["--format", "json,csv,xlsx,html"]);
    is_inert(&run);
    let [rejected, _] = audit_tables(&run);
    let mut reader = csv::Reader::from_reader(&rejected[..]);
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    assert_eq!(records.len(), values.len());
    for (value, record) in values.iter().zip(&records) {
        assert_eq!(&record[0], "1.export.csv");
        assert!(record[1].parse::<usize>().is_ok_and(|line| line > 1) && record[2].parse::<usize>().is_ok());
        assert!(["bad-timestamp", "suspicious-quote"].contains(&&record[3]), "{record:?}");
        let kept = |cell: &str| cell.strip_prefix('\'').filter(|_| !value.starts_with('\'')).unwrap_or(cell).to_owned();
        let trimmed = value.trim_matches([' ', '\t', '\u{a0}', '\u{202f}']);
        assert!([value.as_str(), trimmed].contains(&kept(&record[4]).as_str()), "{record:?}");
        assert_eq!(&record[5], format!("{},2025-03-04,a", csv_cell(value)));
    }
}

// ---- Names ----------------------------------------------------------------------------------------

/// A declaration in which every text is one of `texts`: all of them as titles of pledges, and in turn as names of
/// everything else. Each stands on a line of its own.
fn of_names(texts: &[String]) -> String {
    let mut turn = texts.iter().filter(|text| text.chars().count() < 200).cycle().step_by(7);
    let mut next = || turn.next().expect("a text").as_str();
    let closures: Vec<String> =
        (10..25).map(|day| format!("{{ date = 2025-04-{day}, name = {{ fr = {0}, en = {0} }} }}", quoted(next()))).collect();
    let mut declaration = head(&quoted(next()), &quoted(next()), &closures.join(", "));
    for number in 0..6 {
        declaration += &section(&format!("s{number}"), next());
        for place in 0..4 {
            declaration += &commitment(&format!("c{number}-{place}"), &format!("s{number}"), [next(), next(), next(), next()]);
        }
    }
    for (number, text) in texts.iter().enumerate() {
        let text = quoted(text);
        write!(
            declaration,
            "\n[[pledges]]\nid = \"p{number}\"\nsection = \"s{}\"\ntitle = {{ fr = {text}, en = {text} }}\n",
            number % 6
        )
        .unwrap();
    }
    declaration
}

fn holidays_named(names: &[String]) -> String {
    let mut holidays = String::from(HOLIDAYS);
    let first = chrono::NaiveDate::from_ymd_opt(2025, 5, 1).unwrap();
    for (day, name) in first.iter_days().zip(names) {
        let name = csv_cell(name);
        writeln!(holidays, "{day},{name},{name},calendar").unwrap();
    }
    holidays
}

#[test]
fn hostile_names_are_published_as_what_they_are_or_refused_with_their_place() {
    let all = payloads();
    // What is refused for its length, or as a line of holidays, is refused where it stands.
    let declaration = of_names(&all);
    let project = Project::new(&declaration, ROWS, &holidays_named(&all), "");
    let refusals = project.refusals();
    let lines: Vec<&str> = declaration.split('\n').collect();
    let refused_names = refusals.get("declaration.toml").cloned().unwrap_or_default();
    let accepted: Vec<String> = all
        .iter()
        .filter(|text| {
            !refused_names.iter().any(|line| lines[line - 1].starts_with(&format!("title = {{ fr = {}, en", quoted(text))))
        })
        .cloned()
        .collect();
    let too_long = all.iter().filter(|text| text.chars().count() > 2000).count();
    assert_eq!(all.len() - accepted.len(), too_long, "{refused_names:?}");
    let one_line: Vec<String> = accepted.iter().filter(|text| !text.contains('\n')).cloned().collect();
    assert!(refusals["holidays.csv"].len() >= accepted.len() - one_line.len());

    let project = Project::new(&of_names(&accepted), ROWS, &holidays_named(&one_line), "");
    let calm: Vec<String> = calm_texts().into_iter().take(accepted.len()).collect();
    let calm = Project::new(&of_names(&calm), ROWS, &holidays_named(&calm[..one_line.len()]), "");
    let (run, calm) = (Run::of(project.path(), &[]), Run::of(calm.path(), &[]));
    is_inert(&run);
    for language in LANGUAGES {
        assert_eq!(skeleton(&run.pages[language]), skeleton(&calm.pages[language]), "{language}");
        let page = seen(&run.pages[language].text());
        let drawn: String = run.pdfs[language].structure.all().into_iter().map(|element| seen(&own_text(element))).collect();
        for text in &accepted {
            assert!(page.contains(&seen(text)), "{language}: not on the page: {text:?}");
            assert!(bears_marks(text) || is_drawn_within(&drawn, &seen(text)), "{language}: not in the PDF: {text:?}");
        }
    }
}

/// The text of a paragraph, wherever it is drawn.
fn own_text(element: &Element) -> String {
    if ["P", "H1", "H2", "H3", "H4", "LBody", "Caption", "TD", "TH"].contains(&element.name.as_str()) {
        element.text()
    } else {
        String::new()
    }
}

// ---- Commentaries ---------------------------------------------------------------------------------

fn commented(text: &str) -> Project {
    let declaration = head("\"Essai\"", "\"Essai\"", "")
        + &section("service", "Service")
        + &commitment("answer", "service", ["Réponse", "Réponse", "cas", "essai"]);
    let text = quoted(text);
    Project::new(&declaration, ROWS, HOLIDAYS, &format!("[introduction]\nfr = {text}\nen = {text}\n"))
}

/// Letters and digits alone: what Markdown takes away are signs.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[test]
fn hostile_commentaries_are_published_as_what_they_are_or_refused_with_their_place() {
    let mut accepted = Vec::new();
    let mut refused = 0;
    for text in payloads() {
        let refusals = commented(&text).refusals();
        match refusals.get("commentary.toml") {
            None => accepted.push(text),
            Some(lines) => {
                assert_eq!(lines, &BTreeSet::from([2, 3]), "{text:?}");
                refused += 1;
            }
        }
        assert!(refusals.keys().all(|file| file == "commentary.toml"), "{refusals:?}");
    }
    assert!(refused > 20 && accepted.len() > 100, "{refused} refused, {} accepted", accepted.len());
    let together = accepted.join("\n\nnext\n\n");
    let (project, calm) = (commented(&together), commented("calm"));
    let (run, calm) = (Run::of(project.path(), &[]), Run::of(calm.path(), &[]));
    is_inert(&run);
    let markup = ["p ", "em ", "strong ", "a href", "ul ", "ol ", "li "];
    for language in LANGUAGES {
        let calm = skeleton(&calm.pages[language]);
        let more: Vec<String> = skeleton(&run.pages[language])
            .into_iter()
            .filter(|(kind, count)| calm.get(kind) != Some(count) && !markup.contains(&kind.as_str()))
            .map(|(kind, _)| kind)
            .collect();
        assert!(more.is_empty(), "{language}: {more:?}");
        let page = letters(&run.pages[language].text());
        let drawn: String = run.pdfs[language].structure.all().into_iter().map(|element| seen(&own_text(element))).collect();
        for text in &accepted {
            let text = letters(&super::html::decoded_loosely(text));
            assert!(page.contains(&text), "{language}: not on the page: {text:?}");
            if text.is_ascii() {
                assert!(letters(&drawn).contains(&text), "{language}: not in the PDF: {text:?}");
            }
        }
    }
}
