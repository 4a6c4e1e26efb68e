//! Writes a generated tree as a whole: `FOLDER/src` is the old tree or the new one, never a mix.
//!
//! The new tree is put together in a folder beside the old one, in which unchanged files are hard
//! links to the old ones (so they keep time and inode, and cargo has no reason to rebuild), and
//! then the two folders change names in one step. Whatever fails or dies before that step leaves
//! the old tree as it was; what it leaves lying about, the next run clears away.
//!
//! Runs into one folder wait for each other: each holds a lock on the folder while it works.
//!
//! Nothing that the generator did not write is ever lost. Every file it writes opens with a line
//! that says so ([`MARK`]), and a tree with any other file in it is not touched. What is in the
//! files beyond that line this module does not know.

mod io_error;
mod lock;
mod stage;
mod swap;
mod tree;

use std::{collections::BTreeMap, fmt, fs, path::Path};

use self::{io_error::failed, lock::lock, tree::Tree};
use crate::error::Error;

pub use self::tree::MARK;

/// What writing a tree came to, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were right already, and were not touched.
    pub unchanged: usize,
    /// Files that are new or have a new text.
    pub written: usize,
    /// Files that are no longer generated, and are gone.
    pub removed: usize,
}

/// How a tree on disk differs from a generated one. The path is relative to `src`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The file has another text.
    Changed(String),
    /// The file is not there.
    Missing(String),
    /// The file is there and is not generated.
    Unexpected(String),
}

impl Difference {
    /// The path, relative to `src`.
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

/// Makes `folder/src` hold exactly these files: texts by path, with `/` between a path's parts.
///
/// # Errors
/// When a path would leave the folder, when `src` holds a file that is not generated, or when the
/// disk fails. The tree under `src` is then as it was.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<Written, Error> {
    tree::check_files(files)?;
    fs::create_dir_all(folder).map_err(|error| failed(folder, "create the folder", &error))?;
    let _lock = lock(folder).map_err(|error| failed(folder, "lock the folder", &error))?;
    swap::recover(folder)?;
    let old = Tree::read(&folder.join("src"))?;
    old.refuse_foreign()?;
    let report = compare(&old, files);
    if report.written + report.removed > 0 || !old.exists() {
        let staged = stage::Stage::build(folder, &old, files)?;
        swap::replace(folder, staged)?;
    }
    Ok(report)
}

/// How `folder/src` differs from these files, by path. Writes nothing.
///
/// # Errors
/// When a path would leave the folder, or when the disk cannot be read.
pub fn check(folder: &Path, files: &BTreeMap<String, String>) -> Result<Vec<Difference>, Error> {
    tree::check_files(files)?;
    let old = Tree::read(&folder.join("src"))?;
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
