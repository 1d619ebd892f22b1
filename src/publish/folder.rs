//! All files of a run or none: written beside the target, then put in its place (specification of the outputs, files).

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Files by their path relative to the folder of the run, with `/`.
pub type Files = Vec<(String, Vec<u8>)>;

/// A file too large for memory: its path like those of [`Files`], and what it holds from its start.
pub type LargeFile<'a> = (&'a str, File);

/// Why a folder was not replaced.
#[derive(Debug)]
pub enum FolderError {
    /// The target holds what no run wrote.
    Foreign(Vec<PathBuf>),
    /// These are there already and must not be written over.
    Taken(Vec<PathBuf>),
    Io(PathBuf, io::Error),
}

/// Held while files are put where they belong, so that whoever ends the program can wait for that.
pub static WRITING: Mutex<()> = Mutex::new(());

/// Fails early when `target` can't be replaced: it holds other files than those in `written`, by their paths in it, or its parent can't
/// be created.
pub fn check(target: &Path, written: &BTreeSet<PathBuf>) -> Result<(), FolderError> {
    let foreign: Vec<PathBuf> = if target.is_dir() {
        let names = names(target).map_err(|(path, error)| FolderError::Io(path, error))?;
        names.difference(written).map(|name| target.join(name)).collect()
    } else {
        target.is_file().then(|| target.to_path_buf()).into_iter().collect()
    };
    if !foreign.is_empty() {
        return Err(FolderError::Foreign(foreign));
    }
    let parent = parent(target);
    fs::create_dir_all(parent).map_err(|error| FolderError::Io(parent.to_path_buf(), error))
}

/// Every file below a folder, by its path in it; or which folder can't be read, and why.
pub fn names(folder: &Path) -> Result<BTreeSet<PathBuf>, (PathBuf, io::Error)> {
    fn add(folder: &Path, below: &Path, names: &mut BTreeSet<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
        let here = folder.join(below);
        let failed = |error| (here.clone(), error);
        for entry in fs::read_dir(&here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = below.join(entry.file_name());
            if entry.file_type().map_err(failed)?.is_dir() {
                add(folder, &name, names)?;
            } else {
                names.insert(name);
            }
        }
        Ok(())
    }
    let mut found = BTreeSet::new();
    add(folder, Path::new(""), &mut found).map(|()| found)
}

/// A file without a name where `target` will lie, to be written and then handed over as a [`LargeFile`]. Whatever ends the program
/// also removes it.
pub fn large(target: &Path) -> Result<File, FolderError> {
    tempfile::tempfile_in(parent(target)).map_err(|error| FolderError::Io(target.to_path_buf(), error))
}

/// Puts `files` in the place of `target`, where a run may lie that wrote what is `written`. Until the last step the earlier folder stays
/// as it was.
pub fn replace(
    target: &Path,
    written: &BTreeSet<PathBuf>,
    files: &Files,
    large: Option<LargeFile<'_>>,
) -> Result<(), FolderError> {
    check(target, written)?;
    let _writing = WRITING.lock();
    let beside = beside(target)?;
    let new = beside.path().join("run");
    for (name, content) in files {
        write(&new.join(name), |file| file.write_all(content))?;
    }
    if let Some((name, mut content)) = large {
        write(&new.join(name), |file| content.rewind().and_then(|()| io::copy(&mut content, file)).map(drop))?;
    }
    let moved = if target.is_dir() { swap(&new, target) } else { fs::rename(&new, target) };
    moved.map_err(|error| FolderError::Io(target.to_path_buf(), error))
}

/// Puts `files` into `target`, which may hold others already; none of them is written over.
pub fn create(target: &Path, files: &Files) -> Result<(), FolderError> {
    let paths = files.iter().map(|(name, _)| target.join(name));
    let taken: Vec<PathBuf> = if target.is_file() {
        vec![target.to_path_buf()]
    } else {
        paths.filter(|path| path.symlink_metadata().is_ok()).collect()
    };
    if !taken.is_empty() {
        return Err(FolderError::Taken(taken));
    }
    if !target.exists() {
        return replace(target, &BTreeSet::new(), files, None);
    }
    let _writing = WRITING.lock();
    let mut written = Vec::new();
    for (name, content) in files {
        let path = target.join(name);
        if let Err(error) = write(&path, |file| file.write_all(content)) {
            // What can't be taken back either is the smaller problem, and is seen.
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err(error);
        }
        written.push(path);
    }
    Ok(())
}

/// A folder beside `target`. Dropping it removes whatever it holds: the half-written folder of a run that fails, or the earlier folder
/// after the swap.
fn beside(target: &Path) -> Result<tempfile::TempDir, FolderError> {
    let beside = tempfile::Builder::new().prefix(".bilan-").tempdir_in(parent(target));
    beside.map_err(|error| FolderError::Io(target.to_path_buf(), error))
}

/// Writes a new file, and the folders that it stands in.
fn write(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), FolderError> {
    let written = fs::create_dir_all(parent(path)).and_then(|()| write_through(path, fill));
    written.map_err(|error| FolderError::Io(path.to_path_buf(), error))
}

fn write_through(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = fill(&mut file).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(path)))
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
