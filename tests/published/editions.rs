//! Each number of one language against the other, and each figure of a PDF against its page.

use super::figures::{cell_text, is_unseen, short};
use bilan::published::tree::{Element, Node, squeezed};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of a text: digits with their separators.
fn numbers(text: &str, language: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |place: usize| characters.get(place).is_some_and(char::is_ascii_digit);
    let (mut found, mut place) = (Vec::new(), 0);
    while place < characters.len() {
        if !digit(place) {
            place += 1;
            continue;
        }
        let mut token = String::new();
        while place < characters.len() {
            let separator = characters[place];
            let group = (1..=3).all(|next| digit(place + next))
                && !digit(place + 4)
                && token.len() <= 3 | usize::from(token.contains('_'));
            let groups =
                (language == "fr" && matches!(separator, '\u{a0}' | '\u{202f}')) || (language == "en" && separator == ',');
            let decimal = (language == "fr" && separator == ',') || separator == '.';
            match separator {
                _ if digit(place) => token.push(separator),
                _ if groups && group => {}
                _ if decimal && digit(place + 1) => token.push('.'),
                _ => break,
            }
            place += 1;
        }
        found.push(short(&token));
    }
    found
}

/// Each text of an element on its own, so that the figures of neighbouring cells do not run together.
fn seen_texts<'a>(element: &'a Element, into: &mut Vec<&'a str>) {
    for child in &element.children {
        match child {
            Node::Text(text) => into.push(text),
            Node::Element(inside) if ["style", "script"].contains(&inside.name.as_str()) => {}
            Node::Element(inside) => seen_texts(inside, into),
        }
    }
}

fn all_numbers(element: &Element, language: &str) -> Vec<String> {
    let mut texts = Vec::new();
    seen_texts(element, &mut texts);
    let mut found: Vec<String> = texts.iter().flat_map(|text| numbers(text, language)).collect();
    found.sort();
    found
}

/// Under every anchor, both languages hold the same numbers.
pub fn languages_against_each_other(french: &Element, english: &Element, found: &mut Vec<String>) {
    let anchors = |page: &Element| -> Vec<String> {
        page.all().iter().map(|element| element.attribute("id").to_owned()).filter(|id| !id.is_empty()).collect()
    };
    if anchors(french) != anchors(english) {
        found.push("the anchors of the two languages differ".to_owned());
    }
    let places = |page| -> BTreeMap<String, &Element> {
        Element::all(page).into_iter().map(|element| (element.attribute("id").to_owned(), element)).collect()
    };
    let (in_french, in_english) = (places(french), places(english));
    for anchor in anchors(french) {
        let (Some(one), Some(other)) = (in_french.get(&anchor), in_english.get(&anchor)) else { continue };
        if ["table", "p", "li", "h1", "h2", "h3", "h4", "article", "section", "figure", "title", "desc"]
            .contains(&one.name.as_str())
        {
            let (one, other) = (all_numbers(one, "fr"), all_numbers(other, "en"));
            if one != other {
                let only = |one: &[String], other: &[String]| {
                    one.iter().filter(|number| !other.contains(number)).cloned().collect::<Vec<_>>()
                };
                found.push(format!("{anchor}: {:?} in French, {:?} in English", only(&one, &other), only(&other, &one)));
            }
        }
    }
}

/// The figures of each text of the page stand in its PDF, and the other way round: wording and order of captions are matters of the
/// medium.
pub fn page_against_pdf(language: &str, page: &Element, pdf: &Element, found: &mut Vec<String>) {
    let content = page.with_id("content").expect("the content");
    let (on_page, in_pdf) = (page_figures(content), pdf_figures(pdf));
    found.extend(on_page.difference(&in_pdf).map(|figures| format!("{language}: on the page only: {figures}")));
    found.extend(in_pdf.difference(&on_page).map(|figures| format!("{language}: in the PDF only: {figures}")));
}

/// The figures of a row, cell by cell, masks among them; a line may break anywhere in a PDF, so that spaces say nothing.
fn figures_of(cells: &[String]) -> String {
    let of_cell = |cell: &String| match squeezed(cell).as_str() {
        "x" => "x".to_owned(),
        text => {
            let runs = text.split(|sign: char| !(sign.is_ascii_digit() || ".,".contains(sign)));
            let mut runs: Vec<&str> = runs.map(|run| run.trim_matches([',', '.'])).filter(|run| !run.is_empty()).collect();
            if cells.len() == 1 {
                runs.sort_unstable();
            }
            runs.join(" ")
        }
    };
    let figures: Vec<String> = cells.iter().map(of_cell).filter(|figures| !figures.is_empty()).collect();
    figures.join(" | ")
}

fn with_figures(texts: Vec<Vec<String>>) -> BTreeSet<String> {
    texts.iter().map(|cells| figures_of(cells)).filter(|figures| !figures.is_empty()).collect()
}

/// Paragraphs, headings, list items, captions, rows of tables and descriptions of charts.
fn page_figures(content: &Element) -> BTreeSet<String> {
    let mut found = Vec::new();
    for element in content.all() {
        match element.name.as_str() {
            "p" | "li" | "h1" | "h2" | "h3" | "h4" | "figcaption" | "caption" if !is_unseen(element) => {
                found.push(vec![element.text_without(&is_unseen)]);
            }
            "table" => found.extend(table_rows(element)),
            "desc" => found.push(vec![element.text()]),
            _ => {}
        }
    }
    with_figures(found)
}

/// The rows of a table as they stand in print: months lie under their charts, one beside the other.
fn table_rows(table: &Element) -> Vec<Vec<String>> {
    let read = Element { children: vec![Node::Element(table.clone())], ..Element::default() }.tables(&cell_text);
    let mut rows = read.into_iter().next().map(|table| table.rows).unwrap_or_default();
    if table.attribute("class") == "months" && !rows.is_empty() {
        rows = (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column].clone()).collect()).collect();
    }
    if table.named(&["thead"]).first().is_some_and(|head| is_unseen(head)) {
        rows.remove(0);
    }
    rows
}

/// The text up to where it names pages, which a page on the web does not have.
fn without_pages(text: &str) -> &str {
    let names_pages = |at: usize| text[at..].trim_start_matches(|sign: char| sign.is_alphabetic() || sign.is_whitespace());
    let place =
        text.match_indices("page").map(|(at, _)| at).find(|&at| names_pages(at).starts_with(|sign: char| sign.is_ascii_digit()));
    place.map_or(text, |at| &text[..at])
}

fn pdf_figures(pdf: &Element) -> BTreeSet<String> {
    let mut found = Vec::new();
    for element in pdf.all() {
        match element.name.as_str() {
            "P" | "H1" | "H2" | "H3" | "H4" | "LBody" | "Caption" => {
                found.push(vec![without_pages(&element.text()).to_owned()]);
            }
            "TR" => found.push(element.elements().map(Element::text).collect()),
            "Figure" => found.push(vec![element.attribute("Alt").to_owned()]),
            _ => {}
        }
    }
    // A paragraph inside a cell is no text of its own.
    let in_cells: BTreeSet<String> = with_figures(
        pdf.named(&["TD", "TH"]).into_iter().flat_map(|cell| cell.named(&["P"])).map(|text| vec![text.text()]).collect(),
    );
    let rows = with_figures(pdf.named(&["TR"]).into_iter().map(|row| row.elements().map(Element::text).collect()).collect());
    with_figures(found).into_iter().filter(|figures| rows.contains(figures) || !in_cells.contains(figures)).collect()
}
