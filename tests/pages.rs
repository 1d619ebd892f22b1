//! The pages as files: anchors, language links, and the fragment for a content-management system.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["fr", "en"];

fn published(name: &str) -> String {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    let folder = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut bilan = Command::new(env!("CARGO_BIN_EXE_bilan"));
        bilan.current_dir(env!("CARGO_MANIFEST_DIR")).args(["report", "--quiet", "--format", "html,html-fragment", "--out"]);
        assert!(bilan.arg(folder.path()).status().unwrap().success());
        folder
    });
    fs::read_to_string(folder.path().join("2025-2026/publication").join(name)).unwrap()
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    page.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The levels of the headings, in order.
fn headings(page: &str) -> Vec<u8> {
    let levels = page.split("<h").skip(1).filter_map(|rest| rest.bytes().next());
    levels.filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect()
}

#[test]
fn anchors_are_unique_lead_somewhere_and_are_the_same_in_both_languages() {
    for kind in ["html", "fragment.html"] {
        let [french, english] = LANGUAGES.map(|language| published(&format!("bilan.{language}.{kind}")));
        assert_eq!(values(&french, "id"), values(&english, "id"), "{kind}");
        let ids: BTreeSet<&str> = values(&french, "id").into_iter().collect();
        assert_eq!(ids.len(), values(&french, "id").len(), "{kind}: an id stands twice");
        let links = values(&french, "href").into_iter().filter_map(|address| address.strip_prefix('#'));
        let described = ["aria-labelledby", "aria-describedby"].map(|name| values(&french, name));
        // Patterns, in attributes and in styles.
        let painted = french.split("url(#").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.chain(painted);
        let referred: Vec<&str> = links.chain(described.into_iter().flatten().flat_map(|list| list.split(' '))).collect();
        let lost: Vec<_> = referred.iter().filter(|name| !ids.contains(**name)).collect();
        assert!(lost.is_empty() && referred.len() > 100, "{kind}: {lost:?}");
    }
}

#[test]
fn each_page_leads_to_the_other_language() {
    for (language, other) in [("fr", "en"), ("en", "fr")] {
        let page = published(&format!("bilan.{language}.html"));
        assert!(page.contains(&format!("<html lang=\"{language}-CA\">")));
        let link = format!("<link rel=\"alternate\" hreflang=\"{other}-CA\" href=\"bilan.{other}.html\">");
        assert!(page.contains(&link), "{language}: no {link}");
        assert!(page.contains(&format!("<a href=\"bilan.{other}.html\" lang=\"{other}\" hreflang=\"{other}\">")));
    }
}

#[test]
fn tables_have_captions_and_headers_and_charts_have_words() {
    for language in LANGUAGES {
        let page = published(&format!("bilan.{language}.html"));
        let tables: Vec<&str> = page.split("<table ").skip(1).filter_map(|rest| rest.split("</table>").next()).collect();
        assert!(tables.len() > 50);
        for table in tables {
            assert!(table.contains("<caption") && table.contains("scope=\"col\""), "{table}");
            let rows = table.matches("<tr").count();
            let headed = table.matches("scope=\"row\"").count() + table.matches("scope=\"rowgroup\"").count();
            assert_eq!(rows, headed + 1, "a row without a header: {table}");
        }
        let charts: Vec<&str> = page.split("<svg class=\"chart ").skip(1).filter_map(|rest| rest.split('>').nth(1)).collect();
        let pictures = page.matches("role=\"img\"").count();
        assert!(pictures > 10 && pictures == page.matches("<title id=\"bilan-").count());
        assert_eq!(pictures, page.matches("<desc id=\"bilan-").count());
        assert!(charts.len() >= pictures);
    }
}

#[test]
fn pages_run_no_script_and_ask_for_nothing_from_outside() {
    for name in ["bilan.fr.html", "bilan.en.html", "bilan.fr.fragment.html", "bilan.en.fragment.html"] {
        let page = published(name);
        for forbidden in ["<script", "javascript:", " onload=", " onclick=", "@import", " src=\"", "<base", "<iframe", "url(http"]
        {
            assert!(!page.contains(forbidden), "{name} holds {forbidden}");
        }
    }
}

#[test]
fn a_fragment_keeps_to_itself() {
    for language in LANGUAGES {
        let (page, fragment) =
            (published(&format!("bilan.{language}.html")), published(&format!("bilan.{language}.fragment.html")));
        assert!(fragment.starts_with("<div id=\"bilan\"") && fragment.trim_end().ends_with("</div>"));
        for part in ["<html", "<head", "<body", "<main", "<style", "<title>", "<header"] {
            assert!(!fragment.contains(part), "{language}: {part}");
        }
        let ids = values(&fragment, "id");
        assert!(ids.iter().all(|id| *id == "bilan" || id.starts_with("bilan-")), "{ids:?}");
        // Below a heading that the page around it has, and otherwise the same document.
        let lower: Vec<u8> = headings(&page).iter().map(|level| level + 1).collect();
        assert_eq!(headings(&fragment), lower);
        assert_eq!(*lower.iter().min().unwrap(), 2);
    }
}

#[test]
fn a_fragment_is_written_only_for_those_who_ask() {
    let out = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/hand-01-friday-to-monday");
    let mut bilan = Command::new(env!("CARGO_BIN_EXE_bilan"));
    assert!(bilan.args(["report", "--quiet", "--out"]).arg(out.path()).arg(project).status().unwrap().success());
    let written = fs::read_dir(out.path().join("P/publication")).unwrap().flatten();
    let names: Vec<String> = written.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.contains(&"bilan.fr.html".to_owned()) && !names.iter().any(|name| name.contains("fragment")), "{names:?}");
}
