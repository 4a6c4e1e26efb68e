//! Assembles the new tree next to the old one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, FileTimes},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{io_error::failed, tree::Tree};
use crate::error::Error;

/// The prefix of a folder in which a tree is assembled; a process id follows.
pub const STAGE: &str = ".src-staging-";

/// A finished tree in a separate folder, which is removed unless the tree is moved into place.
#[derive(Debug)]
pub struct Stage {
    root: PathBuf,
}

impl Stage {
    /// Assembles the tree: links unchanged files, writes the others, and waits until they are on
    /// disk.
    pub fn build(
        folder: &Path,
        old: &Tree,
        files: &BTreeMap<String, String>,
    ) -> Result<Self, Error> {
        let root = folder.join(format!("{STAGE}{}", std::process::id()));
        fs::create_dir(&root).map_err(|error| failed(&root, "create the folder", &error))?;
        let stage = Self { root };
        let folders = stage.create_folders(files)?;
        let mut written = Vec::new();
        for (path, text) in files {
            let target = stage.root.join(path);
            if old.text(path) == Some(text.as_bytes()) {
                let source = old.root().join(path);
                keep(&source, &target).map_err(|error| failed(&source, "keep the file", &error))?;
            } else {
                create(&target, text).map_err(|error| failed(&target, "write the file", &error))?;
                written.push(target);
            }
        }
        // Sync after all writes, so that the disk can combine them.
        for path in &written {
            sync(path).map_err(|error| failed(path, "save the file", &error))?;
        }
        for path in &folders {
            sync_folder(path).map_err(|error| failed(path, "save the folder", &error))?;
        }
        Ok(stage)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Creates the folders that the files need, including the root.
    fn create_folders(&self, files: &BTreeMap<String, String>) -> Result<BTreeSet<PathBuf>, Error> {
        let mut folders = BTreeSet::from([self.root.clone()]);
        for path in files.keys() {
            let folder = self.root.join(path.rsplit_once('/').map_or("", |(folder, _)| folder));
            if !folders.contains(&folder) {
                fs::create_dir_all(&folder)
                    .map_err(|error| failed(&folder, "create the folder", &error))?;
                let up_to_root = folder.ancestors().take_while(|folder| *folder != self.root);
                folders.extend(up_to_root.map(Path::to_owned));
            }
        }
        Ok(folders)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // If this fails, the next run removes the folder.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Makes `target` the same file as `source`, or one that cargo cannot distinguish from it.
fn keep(source: &Path, target: &Path) -> io::Result<()> {
    if fs::hard_link(source, target).is_ok() {
        return Ok(());
    }
    // Not every file system has hard links.
    fs::copy(source, target)?;
    let modified = fs::metadata(source)?.modified()?;
    let copy = File::options().write(true).open(target)?;
    copy.set_times(FileTimes::new().set_modified(modified))?;
    copy.sync_all()
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    File::create_new(path)?.write_all(text.as_bytes())
}

fn sync(path: &Path) -> io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}

/// Syncs the entries of a folder, if the system supports it.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Syncs the entries of a folder, if the system supports it.
#[cfg(not(unix))]
pub fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
