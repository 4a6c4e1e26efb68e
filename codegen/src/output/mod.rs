//! Writes a generated tree atomically: `FOLDER/src` is either the old tree or the new one, never a
//! mixture.
//!
//! The new tree is assembled in a folder next to the old one. Unchanged files are hard links to the
//! old ones, so they keep their times and inodes and cargo does not rebuild. Then the two folders
//! are exchanged in one step. A failure before that step leaves the old tree unchanged; the next
//! run removes what is left behind.
//!
//! Concurrent runs that write to the same folder wait for each other: each holds a lock on the
//! folder.
//!
//! Files that the generator did not write are never lost. Every generated file starts with a line
//! that marks it ([`MARK`]), and a tree with any other file is not changed. This module does not
//! otherwise depend on the content of files, and imports only `error`.

mod io_error;
mod lock;
mod stage;
mod swap;
mod tree;

use std::{collections::BTreeMap, fmt, fs, path::Path};

use self::{io_error::failed, lock::lock};
use crate::error::Error;

pub use self::tree::MARK;
pub(crate) use self::tree::Tree;

/// The numbers of files that were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that were already up to date.
    pub unchanged: usize,
    /// Files that were created or changed.
    pub written: usize,
    /// Files that are no longer generated and were removed.
    pub removed: usize,
}

/// A difference between a tree on disk and a generated one. The path is relative to `src`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// The file has different content.
    Changed(String),
    /// The file does not exist.
    Missing(String),
    /// The file exists but is not generated.
    Unexpected(String),
}

impl Difference {
    /// The path, relative to `src`.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Changed(path) | Self::Missing(path) | Self::Unexpected(path) => path,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => write!(f, "changed: {path}"),
            Self::Missing(path) => write!(f, "missing: {path}"),
            Self::Unexpected(path) => write!(f, "unexpected: {path}"),
        }
    }
}

/// Makes `folder/src` contain exactly these files: texts by path, with `/` between the parts.
///
/// # Errors
/// Fails if a path would leave the folder, if `src` contains a file that is not generated, or if
/// the file system fails. The tree in `src` is then unchanged.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<Written, Error> {
    tree::check_files(files)?;
    fs::create_dir_all(folder).map_err(|error| failed(folder, "create the folder", &error))?;
    let _lock = lock(folder).map_err(|error| failed(folder, "lock the folder", &error))?;
    swap::recover(folder)?;
    let old = read(folder)?;
    old.refuse_foreign()?;
    let report = compare(&old, files);
    if report.written + report.removed > 0 || !old.exists() {
        let staged = stage::Stage::build(folder, &old, files)?;
        swap::replace(folder, staged)?;
    }
    Ok(report)
}

/// Returns how `folder/src` differs from these files, by path. Writes nothing.
///
/// # Errors
/// Fails if a path would leave the folder, or if the file system fails.
pub fn check(folder: &Path, files: &BTreeMap<String, String>) -> Result<Vec<Difference>, Error> {
    differences(&read(folder)?, files)
}

/// Reads every file in `folder/src`.
pub(crate) fn read(folder: &Path) -> Result<Tree, Error> {
    Tree::read(&folder.join("src"))
}

/// Returns how a tree differs from these files, by path.
pub(crate) fn differences(
    old: &Tree,
    files: &BTreeMap<String, String>,
) -> Result<Vec<Difference>, Error> {
    tree::check_files(files)?;
    let mut differences = Vec::new();
    for (path, text) in files {
        match old.text(path) {
            Some(bytes) if bytes == text.as_bytes() => {}
            Some(_) => differences.push(Difference::Changed(path.clone())),
            None => differences.push(Difference::Missing(path.clone())),
        }
    }
    let unexpected = old.paths().filter(|path| !files.contains_key(*path));
    differences.extend(unexpected.map(|path| Difference::Unexpected(path.to_owned())));
    differences.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(differences)
}

fn compare(old: &Tree, files: &BTreeMap<String, String>) -> Written {
    let same = |(path, text): &(&String, &String)| old.text(path) == Some(text.as_bytes());
    let unchanged = files.iter().filter(same).count();
    let removed = old.paths().filter(|path| !files.contains_key(*path)).count();
    Written { unchanged, written: files.len() - unchanged, removed }
}
