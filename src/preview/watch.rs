//! Which files have changed, without reading them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// When each file was changed last and how long it is; nothing of a file that is not there.
pub type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// The stamps of files.
pub fn stamps(paths: impl IntoIterator<Item = PathBuf>) -> Stamps {
    let stamp = |path: &Path| fs::metadata(path).and_then(|file| Ok((file.modified()?, file.len()))).ok();
    paths.into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}

/// The files of a folder and of the folders in it, as deep as `depth`; none where it can't be read.
pub fn files_in(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_file() {
            files.push(path);
        } else if depth > 0 {
            files.extend(files_in(&path, depth - 1));
        }
    }
    files
}
