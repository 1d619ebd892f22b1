//! Ctrl-C at any moment of a run: exit status 130, or the run was done before; a folder that is whole or not there, and nothing else.
#![cfg(unix)]

use std::fs;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

fn interrupted(mut run: Child, after: Duration) -> ExitStatus {
    thread::sleep(after);
    let sent = Command::new("sh").arg("-c").arg(format!("kill -INT {}", run.id())).stderr(Stdio::null()).status();
    sent.expect("a shell");
    run.wait().expect("the run ends")
}

fn bilan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilan"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_report_that_is_interrupted_leaves_all_or_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("output");
    let mut stopped = 0;
    for step in 0..24 {
        let _ = fs::remove_dir_all(&out);
        fs::create_dir(&out).expect("a folder");
        let mut run = bilan(&["report", "sample-data", "--quiet", "--lang", "fr", "--out"]);
        let status = interrupted(run.arg(&out).spawn().expect("the program runs"), Duration::from_millis(20 + step * 25));
        assert!(matches!(status.code(), Some(0 | 130)), "{status}");
        stopped += u32::from(status.code() == Some(130));
        let left: Vec<_> = fs::read_dir(&out).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        let is_whole = left == ["2025-2026"] && out.join("2025-2026/audit/manifest.json").is_file();
        assert!(left.is_empty() || is_whole, "{left:?} after {status}");
    }
    assert!(stopped > 0, "no run was caught at work");
}

// A decade of telephone calls takes longer to write than any test may wait for.
#[test]
fn a_long_work_ends_with_status_130() {
    let out = tempfile::tempdir().expect("a folder");
    let mut run = bilan(&["simulate", "sample-data", "--calls", "4000000000", "--quiet", "--out"]);
    let status = interrupted(run.arg(out.path()).spawn().expect("the program runs"), Duration::from_millis(300));
    assert_eq!(status.code(), Some(130));
}
