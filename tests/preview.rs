//! `bilan preview` over real connections: pages, changes, mistakes and their correction, and requests that mean no good.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of a small project with its own templates, and the program that shows it.
struct Preview {
    folder: TempDir,
    program: Child,
    /// `127.0.0.1:8731`
    host: String,
}

impl Preview {
    fn start() -> Preview {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("tests/cases/hand-01-friday-to-monday"), folder.path());
        copy(&root().join("report-templates"), &folder.path().join("report-templates"));
        let mut program = Command::new(env!("CARGO_BIN_EXE_bilan"))
            .args(["preview", "--quiet"])
            .arg(folder.path())
            .arg("--templates")
            .arg(folder.path().join("report-templates"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let host = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Preview { folder, program, host }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn replace(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        fs::write(self.path(name), text.replacen(old, new, 1)).unwrap();
    }

    /// The answer to these bytes: everything until the server closes, or what came before the connection broke.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        // A server that refuses may have closed before it was sent everything.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes())
    }

    fn version(&self) -> String {
        let page = self.get("/");
        let after = page.split("/changes?").nth(1).expect("a page that waits for changes");
        after.chars().take_while(char::is_ascii_digit).collect()
    }

    /// The page `path` when a change has been seen.
    fn after(&self, change: impl FnOnce(), path: &str) -> String {
        let version = self.version();
        change();
        let answer = self.get(&format!("/changes?{version}"));
        assert!(!answer.ends_with(&version), "no change was seen");
        self.get(path)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn both_languages_stand_side_by_side() {
    let preview = Preview::start();
    let first = preview.get("/");
    assert!(first.starts_with("HTTP/1.1 200 OK\r\n"), "{first}");
    assert!(first.contains(r#"<iframe src="/bilan.fr.html""#) && first.contains(r#"<iframe src="/bilan.en.html""#), "{first}");
    assert!(preview.get("/bilan.fr.html").contains(r#"<html lang="fr-CA">"#));
    assert!(preview.get("/bilan.en.html").contains(r#"<html lang="en-CA">"#));
    assert!(preview.get("/bilan.de.html").starts_with("HTTP/1.1 404 "));
}

#[test]
fn a_change_is_shown_wherever_it_is_made() {
    let preview = Preview::start();
    let page = "/bilan.en.html";
    let style = || preview.replace("report-templates/page.css", "body {", "body { --changed: style;");
    assert!(preview.after(style, page).contains("--changed: style"));
    let words = || preview.replace("report-templates/locales/en.ftl", "summary-title = ", "summary-title = Changed ");
    assert!(preview.after(words, page).contains("Changed "));
    let declaration = || preview.replace("declaration.toml", "en = \"Test\"", "en = \"Another ministry\"");
    assert!(preview.after(declaration, page).contains("Another ministry"));
    let before = preview.get(page);
    let export = || {
        let file = preview.path("exports/apps.csv");
        let text = fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap();
        fs::write(&file, format!("{first}\n")).unwrap();
    };
    assert_ne!(preview.after(export, page), before);
}

#[test]
fn a_mistake_is_shown_with_its_place_until_it_is_corrected() {
    let preview = Preview::start();
    let page = preview.after(|| preview.replace("report-templates/report.html", "</title>", "</title>\n{{ nothing }}"), "/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("error[template]"), "{page}");
    assert!(page.contains("{{ nothing }}") && page.contains("^^^^^^^"), "{page}");
    let page = preview.after(|| preview.replace("report-templates/report.html", "{{ nothing }}", ""), "/");
    assert!(page.contains("<iframe"), "{page}");

    let text = fs::read_to_string(preview.path("declaration.toml")).unwrap();
    let page = preview.after(|| preview.replace("declaration.toml", "[calendar]", "[calender]"), "/bilan.fr.html");
    assert!(page.contains("error[unknown-key]") && page.contains("[calender]"), "{page}");
    let page = preview.after(|| fs::remove_file(preview.path("declaration.toml")).unwrap(), "/");
    assert!(page.contains("error[unreadable-file]"), "{page}");
    let page = preview.after(|| fs::write(preview.path("declaration.toml"), text).unwrap(), "/");
    assert!(page.contains("<iframe"), "{page}");
}

#[test]
fn a_text_of_the_project_is_no_markup_on_the_error_page() {
    let preview = Preview::start();
    let page = preview.after(|| preview.replace("declaration.toml", "[calendar]", "[\"<script>alert(1)</script>\"]"), "/");
    assert!(page.contains("&lt;script&gt;alert") && !page.contains("<script>alert"), "{page}");
}

#[test]
fn requests_that_mean_no_good_are_refused_and_the_next_one_is_answered() {
    let preview = Preview::start();
    let host = &preview.host;
    let begins = |request: &str, status: &str| {
        let answer = preview.send(request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:?}: {answer}");
    };
    // A name that was made to point here, so that a page of another site could read this one.
    begins("GET / HTTP/1.1\r\nHost: rebound.example.org\r\n\r\n", "403");
    begins("GET / HTTP/1.1\r\n\r\n", "400");
    begins(&format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\n"), "405");
    begins(&format!("GET /../../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n"), "404");
    begins(&format!("GET /%2e%2e/declaration.toml HTTP/1.1\r\nHost: {host}\r\n\r\n"), "404");
    begins("\u{0}\u{0}\u{0}\r\n\r\n", "400");
    // Longer than anyone's header; the answer may be lost when the connection is closed on what is still being sent.
    let long = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    assert!(!preview.send(long.as_bytes()).contains("200 OK"));
    preview.send(&[0xff; 4096]);
    // Begun, and never ended: more of them than there are places.
    let begun: Vec<TcpStream> = (0..200).filter_map(|_| TcpStream::connect(host).ok()).collect();
    for mut stream in &begun {
        let _ = stream.write_all(b"GET / HT");
    }
    drop(begun);
    // Their places are free again when the server has noticed.
    while !preview.get("/").contains("<iframe") {
        std::thread::yield_now();
    }
}

#[test]
fn two_previews_run_beside_each_other() {
    let (one, other) = (Preview::start(), Preview::start());
    assert_ne!(one.host, other.host);
    assert!(one.get("/").contains("<iframe") && other.get("/").contains("<iframe"));
}
