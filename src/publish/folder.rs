//! All files of a run or none: written beside the target, then put in its place (specification of the outputs, files).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files by their path relative to the folder of the run, with `/`.
pub type Files = Vec<(String, Vec<u8>)>;

/// Why a folder was not replaced.
#[derive(Debug)]
pub enum FolderError {
    /// The target holds something that no run writes.
    Foreign(PathBuf),
    Io(PathBuf, io::Error),
}

/// The folders that a run writes, and nothing else.
const OURS: [&str; 2] = ["publication", "audit"];

/// Fails early when `target` can't be replaced: it holds something that no run writes, or its parent can't be created.
pub fn check(target: &Path) -> Result<(), FolderError> {
    if target.is_file() {
        return Err(FolderError::Foreign(target.to_path_buf()));
    }
    if let Ok(entries) = fs::read_dir(target) {
        for entry in entries {
            let entry = entry.map_err(|error| FolderError::Io(target.to_path_buf(), error))?;
            if !OURS.iter().any(|name| entry.file_name() == *name) {
                return Err(FolderError::Foreign(entry.path()));
            }
        }
    }
    let parent = parent(target);
    fs::create_dir_all(parent).map_err(|error| FolderError::Io(parent.to_path_buf(), error))
}

/// Puts `files` in the place of `target`. Until the last step the earlier folder stays as it was.
pub fn replace(target: &Path, files: &Files) -> Result<(), FolderError> {
    check(target)?;
    let failed = |error| FolderError::Io(target.to_path_buf(), error);
    // Dropping it removes whatever it holds: the half-written folder of a run that fails, or the earlier folder after the swap.
    let beside = tempfile::Builder::new().prefix(".bilan-").tempdir_in(parent(target)).map_err(failed)?;
    let new = beside.path().join("run");
    for (name, content) in files {
        let path = new.join(name);
        fs::create_dir_all(parent(&path))
            .and_then(|()| write_through(&path, content))
            .map_err(|error| FolderError::Io(path, error))?;
    }
    if target.is_dir() { swap(&new, target) } else { fs::rename(&new, target) }.map_err(failed)
}

fn write_through(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    io::Write::write_all(&mut file, content)?;
    file.sync_all()
}

/// Exchanges two folders in one step where the system can, so that a run killed here leaves either the old or the new one.
fn swap(new: &Path, target: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = new.with_file_name("earlier");
    fs::rename(target, &aside)?;
    fs::rename(new, target).inspect_err(|_| {
        // The earlier folder goes back; if even that fails, the first error says why.
        let _ = fs::rename(&aside, target);
    })
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
