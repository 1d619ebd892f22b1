//! Small numbers: what an attacker gets out of everything that is published, and that it is the same in every file.

use super::attack::{Breakdown, Cell, Fact, Rule, recovered};
use super::figures;
use super::run::{LANGUAGES, Run, bilan, root, sample_with, sheets};
use bilan::published::tree::{Element, Table, squeezed};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Every breakdown of the commitments that are not masked, as `results.json` of `folder` gives it.
fn breakdowns(results: &Value, minimum: u64) -> Vec<Breakdown> {
    let number = |value: &Value| value.as_u64();
    let mut found = Vec::new();
    for commitment in results["commitments"].as_array().unwrap().iter().filter(|commitment| commitment["masked"] != true) {
        let total = (number(&commitment["counted"]).unwrap(), number(&commitment["met"]).unwrap());
        let cells = |list: &Value, name: &str| -> Vec<(String, Cell)> {
            let cell =
                |cell: &Value| (cell[name].as_str().unwrap().to_owned(), number(&cell["counted"]).zip(number(&cell["met"])));
            list.as_array().unwrap().iter().map(cell).collect()
        };
        let id = commitment["id"].as_str().unwrap();
        let one = |name: &str, cells| Breakdown {
            commitment: id.to_owned(),
            name: name.to_owned(),
            total,
            cells,
            minimum,
            rule: Rule::Whole,
        };
        found.push(one("by_month", cells(&commitment["by_month"], "month")));
        let fields = commitment["by"].as_object().unwrap();
        found.extend(fields.iter().map(|(field, list)| one(field, cells(list, "value"))));
    }
    found
}

/// The minimum of a declaration, 5 where it has none.
fn minimum(project: &Path) -> u64 {
    let declaration = std::fs::read_to_string(project.join("declaration.toml")).unwrap();
    let line = declaration.lines().find_map(|line| line.strip_prefix("minimum = "));
    line.map_or(5, |number| number.trim().parse().unwrap())
}

/// Projects with masks: those of the cases, small synthetic years, and the sample under a strict minimum.
fn each_run(mut look: impl FnMut(&str, &Run, u64)) {
    for entry in std::fs::read_dir(root().join("tests/cases")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.contains("masks") {
            look(&name, &Run::of(&entry.path(), &[]), minimum(&entry.path()));
        }
    }
    for seed in ["1", "2"] {
        let data = tempfile::tempdir().unwrap();
        let sizes = ["--cases", "260", "--calls", "60", "--emails", "120", "--seed", seed];
        let mut simulate = vec!["simulate", "sample-data", "--out", data.path().to_str().unwrap()];
        simulate.extend(sizes);
        assert!(bilan(simulate).status.success());
        let run = Run::of(&root().join("sample-data"), &["--data", data.path().to_str().unwrap()]);
        look(&format!("small year {seed}"), &run, 5);
    }
    let strict = sample_with(&[("minimum = 5", "minimum = 60")]);
    let run = Run::of(strict.path(), &["--data", root().join("sample-data").to_str().unwrap()]);
    look("strict sample", &run, 60);
}

/// Cells that can be worked out although they are masked by the rule of the specification: the program must say so itself.
fn is_told(said: &str, breakdown: &Breakdown) -> bool {
    let of = if breakdown.name == "by_month" { "by month".to_owned() } else { format!("by `{}`", breakdown.name) };
    said.lines().any(|line| line.contains("weak-mask") && line.contains(&format!("`{}` {of}", breakdown.commitment)))
}

#[derive(Debug, Default)]
struct Score {
    masked: usize,
    /// Masked cells of which something is known for certain, although the rule was kept.
    known: usize,
    /// The same if small cells alone were masked.
    known_without_others: usize,
}

#[test]
fn small_numbers_stay_unknown_in_everything_that_is_published() {
    let mut score = Score::default();
    each_run(|name, run, minimum| {
        let whole = breakdowns(&run.audit, minimum);
        for breakdown in breakdowns(&run.results, minimum) {
            let is_same = |other: &&Breakdown| (&other.commitment, &other.name) == (&breakdown.commitment, &breakdown.name);
            let truth = whole.iter().find(is_same).expect("the auditors' figures");
            attack(name, &run.said, &breakdown, truth, &mut score);
            two_cells_and_enough_cases_are_unknown(name, &breakdown);
            for language in LANGUAGES {
                charts_show_what_the_table_shows(name, &run.pages[language], &breakdown);
            }
        }
        for language in LANGUAGES {
            for commitment in run.commitments().iter().filter(|commitment| commitment["masked"] == true) {
                nothing_of_a_masked_commitment(name, run, language, commitment["id"].as_str().unwrap());
            }
        }
        // Every figure in every document is one of results.json, and a mask there is a mask everywhere.
        let mut differences = figures::differences(run);
        // The holidays of the generated cases bear a year in English alone.
        differences.retain(|difference| !["report-calendar:", "table-days:"].iter().any(|start| difference.starts_with(start)));
        assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
    });
    println!("{score:?}");
    assert!(score.masked > 200 && score.known_without_others > 20, "{score:?}");
}

/// Whatever is recovered is true, and the program has warned of it.
fn attack(name: &str, said: &str, breakdown: &Breakdown, truth: &Breakdown, score: &mut Score) {
    let got = recovered(breakdown);
    for (&place, facts) in &got.facts {
        let (counted, met) = truth.cells[place].1.unwrap();
        for fact in facts {
            let holds = match *fact {
                Fact::Counted(number) => number == counted,
                Fact::Met(number) => number == met,
            };
            assert!(holds, "{name}: the attacker is wrong, {fact:?} of {breakdown:?}");
        }
    }
    if got.exhaustive || !got.facts.is_empty() {
        assert_eq!(!got.facts.is_empty(), is_told(said, breakdown), "{name}: {:?} of {breakdown:?}\n{said}", got.facts);
    }
    score.masked += breakdown.cells.iter().filter(|(_, cell)| cell.is_none()).count();
    score.known += got.facts.len();
    let small = |cell: &(u64, u64)| 0 < cell.0 && cell.0 < truth.minimum;
    let cells = truth.cells.iter().map(|(name, cell)| (name.clone(), cell.filter(|cell| !small(cell)))).collect();
    score.known_without_others += recovered(&Breakdown { cells, rule: Rule::SmallOnly, ..truth.clone() }).facts.len();
}

/// Section 5: at least two cells and at least `minimum` cases unknown, wherever anything is masked.
fn two_cells_and_enough_cases_are_unknown(name: &str, breakdown: &Breakdown) {
    let hidden = breakdown.cells.iter().filter(|(_, cell)| cell.is_none()).count();
    let seen: Vec<u64> = breakdown.cells.iter().filter_map(|(_, cell)| cell.map(|cell| cell.0)).collect();
    assert!(seen.iter().all(|&counted| counted == 0 || counted >= breakdown.minimum), "{name}: {breakdown:?}");
    let unknown = breakdown.total.0 - seen.iter().sum::<u64>();
    assert!(hidden == 0 || hidden >= 2 && unknown >= breakdown.minimum, "{name}: {breakdown:?}");
}

/// A masked month has no bar and no mark, in any size of the chart, and is in no alternative text.
fn charts_show_what_the_table_shows(name: &str, page: &Element, breakdown: &Breakdown) {
    let id = format!("chart-months-{}", breakdown.commitment);
    let Some(figure) = page.with_id(&id).filter(|_| breakdown.name == "by_month") else { return };
    let expected: BTreeSet<usize> =
        (0..breakdown.cells.len()).filter(|&place| breakdown.cells[place].1.is_some_and(|cell| cell.0 > 0)).collect();
    for variant in ["wide", "narrow"] {
        let drawing = figure.named(&["svg"]).into_iter().find(|svg| svg.attribute("class").contains(variant)).expect("a chart");
        let number = |element: &Element, key: &str| element.attribute(key).parse::<f64>().unwrap_or_default();
        let width: f64 = drawing.attribute("viewbox").split(' ').nth(2).unwrap().parse().unwrap();
        // The axis of volumes begins where the columns do.
        let axis = drawing.named(&["line"]).into_iter().find(|line| line.attribute("class") == "c-edge").expect("an axis");
        let left = number(axis, "x1");
        let column = (width - left) / breakdown.cells.len() as f64;
        let axis_height = number(axis, "y1");
        let place = |middle: f64| ((middle - left) / column).floor() as usize;
        let bars = drawing.named(&["rect"]).into_iter().filter(|rect| {
            let class = rect.attribute("class");
            (class == "c-bar" || class == "c-bar-late") && number(rect, "y") + number(rect, "height") > axis_height - 200.0
        });
        // The swatch of the legend stands above the axis of volumes and touches no bar.
        let bars: BTreeSet<usize> = bars
            .filter(|rect| number(rect, "width") > column * 0.5 && number(rect, "width") < column * 0.7)
            .map(|rect| place(number(rect, "x") + number(rect, "width") / 2.0))
            .collect();
        let marks = drawing.named(&["circle", "polygon"]).into_iter().map(|mark| match mark.name.as_str() {
            "circle" => number(mark, "cx"),
            _ => mark.attribute("points").split(',').next().unwrap().parse().unwrap(),
        });
        let marks: BTreeSet<usize> = marks.map(place).collect();
        assert_eq!(bars, expected, "{name} {id} {variant}: bars of {breakdown:?}");
        assert_eq!(marks, expected, "{name} {id} {variant}: marks of {breakdown:?}");
    }
}

/// The row of a commitment in a table of many.
fn row<'a>(tables: &'a [Table], id: &str, page: &Element, commitment: &str) -> Option<&'a Vec<String>> {
    let link = format!("#{commitment}");
    let table = page.with_id(id)?;
    let rows = table.named(&["tr"]);
    let place = rows.iter().position(|row| row.named(&["a"]).first().is_some_and(|first| first.attribute("href") == link))?;
    tables.iter().find(|table| table.id == id)?.rows.get(place)
}

/// No chart, no breakdown, no reading, no figure but the limit, the goal and what was published earlier.
fn nothing_of_a_masked_commitment(name: &str, run: &Run, language: &str, id: &str) {
    let page = &run.pages[language];
    let tables = page.tables(&figures::cell_text);
    for start in ["chart-months-", "chart-times-", "months-", "table-readings-", "readings-", "strip-"] {
        assert!(page.with_id(&format!("{start}{id}")).is_none(), "{name}: {start}{id}");
    }
    let of_fields = tables.iter().filter(|table| table.id.starts_with("by-") && table.id.ends_with(&format!("-{id}")));
    assert_eq!(of_fields.count(), 0, "{name}: a breakdown of {id}");
    let cases = row(&tables, "table-cases", page, id).expect("a row of cases");
    assert!(cases[1..].iter().all(|cell| cell == "x"), "{name}: {cases:?}");
    let summary = row(&tables, "table-summary", page, id).expect("a row of the summary");
    assert!(summary[3] == "x" && summary[summary.len() - 3] == "x" && summary[summary.len() - 2] == "x", "{name}: {summary:?}");
    assert!(row(&tables, "table-bounds", page, id).is_none(), "{name}: bounds of {id}");
    let years = tables.iter().find(|table| table.id == format!("years-{id}")).expect("years");
    assert!(years.rows[1][1] == "x" && years.rows[1][2] == "x", "{name}: {years:?}");
    let csv = String::from_utf8(run.files["results.csv"].clone()).unwrap();
    let line = csv.lines().find(|line| line.starts_with(&format!("{id},"))).expect("a line");
    let fields: Vec<&str> = line.split(',').collect();
    assert!(fields[9..fields.len() - 1].iter().all(|field| field.is_empty()) && fields.last() == Some(&"true"), "{name}: {line}");
    let commitment = run.commitments().iter().find(|one| one["id"] == id).unwrap();
    let shown: Vec<&String> = commitment.as_object().unwrap().keys().collect();
    let allowed =
        ["id", "section", "source", "unit", "limit", "goal_percent", "counted_by", "masked", "history", "by_month", "by"];
    assert!(shown.iter().all(|key| allowed.contains(&key.as_str()) || commitment[*key].is_null()), "{name}: {shown:?}");
}

/// No id of a case of the sample, in no file, attachment or metadata.
#[test]
fn nothing_published_names_a_case() {
    let run = Run::sample();
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("sample-data/exports")).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        for line in bytes.split(|&byte| byte == b'\n').skip(1) {
            let id: Vec<u8> = line.iter().copied().take_while(|byte| !b",;".contains(byte)).collect();
            ids.insert(String::from_utf8_lossy(&id).into_owned());
        }
    }
    ids.remove("");
    assert!(ids.len() > 60_000, "only {} ids", ids.len());
    for (name, text) in texts(run) {
        // Fonts and pictures inside a page are no text.
        let without_data = text.split("base64,").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
        for part in without_data {
            let words = part.split(|letter: char| !(letter.is_alphanumeric() || letter == '-'));
            let leaked: Vec<&str> = words.filter(|word| ids.contains(*word)).take(5).collect();
            assert!(leaked.is_empty(), "{name}: {leaked:?}");
        }
    }
}

/// The text of every published file, and of what is inside.
pub fn texts(run: &Run) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, bytes) in &run.files {
        if name.ends_with(".pdf") {
            let language = LANGUAGES.into_iter().find(|language| name.contains(&format!(".{language}."))).expect("a language");
            let document = &run.pdfs[language];
            texts.push((format!("{name}, as drawn"), document.drawn_text()));
            let alternatives = document.structure.all().into_iter().flat_map(|element| element.attributes.values().cloned());
            texts.push((format!("{name}, alternative texts"), alternatives.collect::<Vec<_>>().join("\n")));
            texts.push((format!("{name}, metadata"), document.metadata.clone()));
            for (attached, bytes) in &document.attachments {
                texts.push((format!("{name}, {attached}"), String::from_utf8(bytes.clone()).expect("UTF-8")));
            }
        } else if name.ends_with(".xlsx") {
            texts.extend(sheets(bytes).into_iter().map(|(sheet, text)| (format!("{name}, {sheet}"), text)));
        } else {
            texts.push((name.clone(), String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{name} is no text"))));
        }
    }
    assert!(texts.len() >= 10);
    texts
}

/// What is attached to a PDF is what is published beside it.
#[test]
fn attachments_are_the_published_files() {
    let run = Run::sample();
    for language in LANGUAGES {
        let attached = &run.pdfs[language].attachments;
        for (name, bytes) in attached.iter().filter(|(name, _)| *name != "method.json") {
            assert!(run.files.get(name) == Some(bytes), "{name} of the PDF in {language} is another file");
        }
        assert!(["results.json", "results.csv", "method.json"].iter().all(|name| attached.contains_key(*name)));
        assert!(squeezed(&run.pdfs[language].drawn_text()).len() > 10_000);
    }
}
