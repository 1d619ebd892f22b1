//! Everything that the fuzzers have found worth keeping, run once more.

use std::fs;
use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let mut inputs: Vec<_> = fs::read_dir(&folder).expect("a corpus").flatten().map(|entry| entry.path()).collect();
    inputs.sort();
    assert!(inputs.len() > 50, "the corpus of {target} is lost: {} files", inputs.len());
    for input in inputs {
        run(&fs::read(&input).expect("an input"));
    }
}

#[test]
fn decoder() {
    replay("decoder", bilan::targets::decoder);
}

#[test]
fn rows() {
    replay("rows", bilan::targets::rows);
}

#[test]
fn timestamps() {
    replay("timestamps", bilan::targets::timestamps);
}

#[test]
fn declaration() {
    replay("declaration", bilan::targets::declaration);
}
