//! The published documents of the sample: valid for screen readers, complete, the same on every run, written whole or not at all.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bilan(arguments: &[&str], out: &Path) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_bilan")).current_dir(root()).args(arguments).arg("--out").arg(out).output();
    output.expect("the program runs")
}

/// The sample's report, made once for all tests.
fn sample() -> PathBuf {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    let folder = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = bilan(&["report"], folder.path());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder
    });
    folder.path().join("2025-2026")
}

/// Every file under a folder, by its relative path.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            let inside = contents(&path).into_iter();
            found.extend(inside.map(|(name, content)| (Path::new(path.file_name().unwrap()).join(name), content)));
        } else {
            found.insert(path.file_name().unwrap().into(), fs::read(&path).unwrap());
        }
    }
    found
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn both_pdfs_are_pdf_ua_1() {
    for language in ["fr", "en"] {
        let pdf = fs::read(sample().join(format!("publication/bilan.{language}.pdf"))).unwrap();
        let report = validate_pdf_bytes(&pdf, &ValidationOptions::default().profile(ValidationProfile::PdfUa1)).unwrap();
        assert!(report.is_compliant, "{language}: {:#?}", report.failures);
        // No validator looks at whether the language is the right one.
        let language_entry = format!("/Lang({language}-CA)");
        let squeezed: Vec<u8> = pdf.iter().copied().filter(|byte| *byte != b' ').collect();
        let found = squeezed.windows(language_entry.len()).any(|window| window == language_entry.as_bytes());
        assert!(found, "{language}: no {language_entry}");
    }
}

#[test]
fn an_untagged_pdf_is_refused() {
    let untagged = fs::read(root().join(".ci/refuse/untagged.pdf")).unwrap();
    let report = validate_pdf_bytes(&untagged, &ValidationOptions::default().profile(ValidationProfile::PdfUa1)).unwrap();
    assert!(!report.is_compliant);
}

#[test]
fn every_commitment_of_the_sample_has_cases_and_stands_in_both_pages() {
    let results = json(&sample().join("publication/results.json"));
    let commitments = results["commitments"].as_array().unwrap();
    assert_eq!(commitments.len(), 15);
    for language in ["fr", "en"] {
        let page = fs::read_to_string(sample().join(format!("publication/bilan.{language}.html"))).unwrap();
        for commitment in commitments {
            let id = commitment["id"].as_str().unwrap();
            assert!(commitment["counted"].as_u64().unwrap() > 0, "{id} has no case");
            let rate = commitment["rate_text"][language].as_str().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "{language}: no anchor {id}");
            assert!(page.contains(rate), "{language}: {rate} of {id} is not in the page");
        }
        for pledge in results["pledges"].as_array().unwrap() {
            let id = pledge["id"].as_str().unwrap();
            assert!(page.contains(&format!("id=\"pledge-{id}\"")), "{language}: no anchor pledge-{id}");
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_the_machine_says() {
    let again = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_bilan"))
        .current_dir(again.path())
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "tr_TR.UTF-8")
        .arg("report")
        .arg(root().join("sample-data"))
        .args(["--threads", "1", "--out"])
        .arg(again.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (mut first, mut second) = (contents(&sample()), contents(&again.path().join("2025-2026")));
    let manifest = Path::new("audit/manifest.json");
    let timeless = |content: Vec<u8>| {
        let mut manifest: Value = serde_json::from_slice(&content).unwrap();
        manifest["seconds"].take();
        manifest
    };
    assert_eq!(timeless(first.remove(manifest).unwrap()), timeless(second.remove(manifest).unwrap()));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, content) in &first {
        assert!(*content == second[name], "{} differs", name.display());
    }
}

#[test]
fn nothing_published_holds_an_id_of_the_exports() {
    let export = fs::read_to_string(root().join("sample-data/exports/applications-2025-2026-1.csv")).unwrap();
    let ids: Vec<&str> =
        export.lines().skip(1).filter_map(|line| line.split(',').next()).filter(|id| id.len() > 6).take(2000).collect();
    assert!(ids.len() == 2000);
    for (name, content) in contents(&sample().join("publication")) {
        // What is compressed is read by `independent/data_files.py`, which finds in it what stands in results.json and no more.
        if name.extension().is_some_and(|extension| extension != "pdf" && extension != "xlsx") {
            let text = String::from_utf8(content).unwrap();
            let leaked: Vec<_> = ids.iter().filter(|id| text.contains(**id)).collect();
            assert!(leaked.is_empty(), "{}: {leaked:?}", name.display());
        }
    }
}

#[test]
fn the_data_package_describes_the_files_beside_it() {
    let folder = sample().join("publication");
    let package = json(&folder.join("datapackage.json"));
    let resources = package["resources"].as_array().unwrap();
    let names: Vec<&str> = resources.iter().filter_map(|resource| resource["path"].as_str()).collect();
    assert_eq!(names, ["results.json", "results.csv", "results.xlsx"]);
    for resource in resources {
        let content = fs::read(folder.join(resource["path"].as_str().unwrap())).unwrap();
        let sha256: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((&resource["bytes"], &resource["hash"]), (&content.len().into(), &format!("sha256:{sha256}").into()));
    }
    let fields = resources[1]["schema"]["fields"].as_array().unwrap();
    let described: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let csv = fs::read_to_string(folder.join("results.csv")).unwrap();
    assert_eq!(csv.lines().next(), Some(described.join(",").as_str()));
    for (field, language) in fields.iter().flat_map(|field| [(field, "fr"), (field, "en")]) {
        let told = |key: &str| field[key][language].as_str().is_some_and(|text| !text.is_empty());
        assert!(told("titles") && told("descriptions"), "{language}: {field}");
    }
}

#[test]
fn the_schema_that_is_printed_is_the_one_that_is_published() {
    for name in ["declaration", "commentary", "results"] {
        let output = Command::new(env!("CARGO_BIN_EXE_bilan")).args(["schema", name]).output().unwrap();
        let published = fs::read(root().join(format!("schemas/{name}.schema.json"))).unwrap();
        assert!(output.status.success() && output.stdout == published, "{name}");
    }
}

#[test]
fn a_run_that_fails_leaves_the_earlier_output_as_it_was() {
    let out = tempfile::tempdir().unwrap();
    let project = root().join("tests/cases/hand-01-friday-to-monday");
    let copy = tempfile::tempdir().unwrap();
    fs::create_dir(copy.path().join("exports")).unwrap();
    for name in ["declaration.toml", "holidays.csv", "exports/apps.csv"] {
        fs::copy(project.join(name), copy.path().join(name)).unwrap();
    }
    let run = || bilan(&["report", copy.path().to_str().unwrap(), "--format", "json,html"], out.path());
    assert!(run().status.success());
    let before = contents(out.path());

    let declaration = copy.path().join("declaration.toml");
    let text = fs::read_to_string(&declaration).unwrap();
    fs::write(&declaration, text.replace("stop = \"decided\"", "stop = [7]\nstopp = \"decided\"")).unwrap();
    let wrong = run();
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(said.contains("error[unknown-key]") && said.contains("error[wrong-type]"), "{said}");
    assert!(contents(out.path()) == before, "a wrong declaration touched the output");

    fs::write(&declaration, &text).unwrap();
    fs::write(copy.path().join("exports/apps.csv"), "id,event,at,service\na,received,2025-05-02,x\n").unwrap();
    let wrong = run();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("error[missing-column]"));
    assert!(contents(out.path()) == before, "a wrong export touched the output");
}

#[test]
fn a_run_that_is_killed_leaves_the_earlier_output_as_it_was() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("2025-2026");
    assert!(bilan(&["report", "--format", "json"], out.path()).status.success());
    let before = contents(&folder);
    for milliseconds in [20, 120, 400, 900] {
        let program = env!("CARGO_BIN_EXE_bilan");
        let mut run =
            Command::new(program).current_dir(root()).args(["report", "--quiet", "--out"]).arg(out.path()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        run.kill().unwrap();
        let finished = run.wait().unwrap().success();
        let after = contents(&folder);
        assert!(after == before || finished || after.contains_key(Path::new("publication/bilan.fr.pdf")), "half an output");
        assert!(after.contains_key(Path::new("audit/manifest.json")), "an output without its manifest");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_not_replaced() {
    let out = tempfile::tempdir().unwrap();
    let precious = out.path().join("2025-2026/thesis.txt");
    fs::create_dir_all(precious.parent().unwrap()).unwrap();
    fs::write(&precious, "forty years of work").unwrap();
    let output = bilan(&["report", "--format", "json"], out.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[output]"));
    assert_eq!(fs::read_to_string(&precious).unwrap(), "forty years of work");
}

#[test]
fn the_sample_exports_are_what_its_readme_says_they_are() {
    let out = tempfile::tempdir().unwrap();
    let readme = fs::read_to_string(root().join("sample-data/README.md")).unwrap();
    let command = readme.lines().find(|line| line.starts_with("bilan simulate")).expect("the command that made them");
    let arguments: Vec<&str> = command.split_whitespace().skip(1).take_while(|word| *word != "--out").collect();
    assert!(bilan(&arguments, out.path()).status.success());
    let (made, kept) = (contents(&out.path().join("exports")), contents(&root().join("sample-data/exports")));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    assert!(made == kept, "other bytes");
    assert!(kept.values().map(Vec::len).sum::<usize>() < 9_000_000);
}
