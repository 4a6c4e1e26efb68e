//! Moves the new tree into place, and recovers from interrupted runs.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    io_error::failed,
    stage::{STAGE, Stage, sync_folder},
};
use crate::error::Error;

/// The prefix of an old tree while two renames replace it.
const OLD: &str = ".src-old-";

/// Moves the staged tree to `folder/src`, and removes the previous tree.
pub fn replace(folder: &Path, staged: Stage) -> Result<(), Error> {
    let place = folder.join("src");
    let unplaced = |error| failed(&place, "put the new tree in its place", &error);
    // After an exchange the stage contains the old tree and removes it.
    if !place.exists() {
        fs::rename(staged.root(), &place).map_err(unplaced)?;
    } else if !exchange(staged.root(), &place).map_err(unplaced)? {
        rename_twice(folder, staged.root(), &place).map_err(unplaced)?;
    }
    // The new tree is in place; if its name is not yet on disk, at worst the run must be repeated.
    let _ = sync_folder(folder);
    Ok(())
}

/// Exchanges two folders in one step; `false` if the system does not support it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges two folders in one step; `false` if the system does not support it.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Renames the old tree, then the new one. [`recover`] undoes the first rename if the second one
/// did not happen.
fn rename_twice(folder: &Path, staged: &Path, place: &Path) -> io::Result<()> {
    let aside = folder.join(format!("{OLD}{}", std::process::id()));
    fs::rename(place, &aside)?;
    if let Err(error) = fs::rename(staged, place) {
        fs::rename(&aside, place)?;
        return Err(error);
    }
    // If this fails, the next run removes the folder.
    let _ = fs::remove_dir_all(aside);
    Ok(())
}

/// Removes what an interrupted run left behind, and restores the old tree if that run had renamed
/// it.
pub fn recover(folder: &Path) -> Result<(), Error> {
    let place = folder.join("src");
    for aside in left_behind(folder, OLD)? {
        if fs::symlink_metadata(&place).is_err() {
            fs::rename(&aside, &place)
                .map_err(|error| failed(&aside, "put the old tree back", &error))?;
        } else {
            remove(&aside)?;
        }
    }
    left_behind(folder, STAGE)?.iter().try_for_each(|stage| remove(stage))
}

fn remove(folder: &Path) -> Result<(), Error> {
    let doing = "remove what an interrupted run left";
    fs::remove_dir_all(folder).map_err(|error| failed(folder, doing, &error))
}

/// Returns the folders in the output folder whose names are `prefix` and a process id.
fn left_behind(folder: &Path, prefix: &str) -> Result<Vec<PathBuf>, Error> {
    let unread = |error| failed(folder, "read the folder", &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix(prefix));
        let is_ours = id.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
        if is_ours && entry.file_type().map_err(unread)?.is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("file"), name).unwrap();
        }
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn two_renames_are_equivalent_to_an_exchange() {
        let folder = folder_with(&["src", ".src-staging-1"]);
        let place = folder.path().join("src");
        rename_twice(folder.path(), &folder.path().join(".src-staging-1"), &place).unwrap();
        assert_eq!(names(folder.path()), ["src"]);
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), ".src-staging-1");
    }

    #[test]
    fn a_failed_second_rename_puts_the_old_tree_back() {
        let folder = folder_with(&["src"]);
        let place = folder.path().join("src");
        let missing = folder.path().join(".src-staging-1");
        assert!(rename_twice(folder.path(), &missing, &place).is_err());
        assert_eq!(names(folder.path()), ["src"]);
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "src");
    }

    #[test]
    fn an_interrupted_swap_is_undone() {
        let folder = folder_with(&[".src-old-17", ".src-staging-17"]);
        recover(folder.path()).unwrap();
        assert_eq!(names(folder.path()), ["src"]);
        let kept = fs::read_to_string(folder.path().join("src/file")).unwrap();
        assert_eq!(kept, ".src-old-17");
    }

    #[test]
    fn only_leftovers_of_runs_are_removed() {
        let others = [".src-old-", ".src-staging-x1", "src", "src-staging-1"];
        let folder = folder_with(&[&others[..], &[".src-old-2", ".src-staging-3"]].concat());
        fs::write(folder.path().join(".src-staging-4"), "a file").unwrap();
        recover(folder.path()).unwrap();
        let mut expected = others.to_vec();
        expected.push(".src-staging-4");
        expected.sort();
        assert_eq!(names(folder.path()), expected);
    }
}
