//! Broken exports: whatever an export holds, the run stops with a code and a place, or every line and byte of it is accounted for.
//!
//! Each export is read by `intake` and split once more by the code of this test, which shares nothing with it.

#[path = "hostile/account.rs"]
mod account;
#[path = "hostile/damage.rs"]
mod damage;
#[path = "hostile/lines.rs"]
mod lines;

use account::Outcome;
use bilan::domain::account::Reject;
use bilan::intake::LocalTime;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_line_and_byte_of_a_broken_export_is_accounted_for() {
    let zone = LocalTime::new(chrono_tz::America::Toronto);
    let exports = damage::exports();
    assert!(exports.len() >= 300, "only {} exports", exports.len());
    let (mut stopped, mut reasons) = (BTreeMap::new(), BTreeMap::new());
    let folder = tempfile::tempdir().expect("a temporary folder");
    for export in &exports {
        match account::check(export, &zone, folder.path()) {
            Ok(Outcome::Stopped(codes)) => codes.into_iter().for_each(|code| *stopped.entry(code.name()).or_insert(0u64) += 1),
            Ok(Outcome::Read(rejected)) => {
                rejected.into_iter().for_each(|(reason, rows)| *reasons.entry(reason.name()).or_insert(0u64) += rows);
            }
            Err(problem) => {
                panic!("{}: {problem}\n{}", export.name, String::from_utf8_lossy(&export.bytes[..export.bytes.len().min(2000)]))
            }
        }
    }
    println!("{} exports\nstopped {stopped:?}\nrejected {reasons:?}", exports.len());
    let codes: Vec<&str> = stopped.into_keys().collect();
    assert_eq!(codes, ["duplicate-column", "encoding-mismatch", "lone-cr", "missing-column"]);
    // Every reason but `needs-time`, for which these sources give no cause.
    let expected = Reject::ALL.iter().filter(|reason| **reason != Reject::NeedsTime).map(|reason| reason.name());
    assert_eq!(reasons.into_keys().collect::<BTreeSet<_>>(), expected.collect());
}
