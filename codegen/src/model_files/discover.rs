//! Finds folders that contain model files, at any depth. It considers only names and opens no
//! files.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Problem, read::probe::is_model_name};

/// A folder that contains model files.
#[derive(Debug, PartialEq, Eq)]
pub struct ModelFolder {
    pub path: PathBuf,
    /// The path from the start of the search, with `/` between the parts and without an API version
    /// at the end. Empty for the start itself.
    pub name: String,
    /// The API version, if the folder is named after one.
    pub version: Option<String>,
    /// Its model files, sorted by name.
    pub files: Vec<PathBuf>,
}

/// The result of a search.
#[derive(Debug, Default)]
pub struct FoundFolders {
    /// The folders, sorted by path.
    pub folders: Vec<ModelFolder>,
    /// Folders that could not be read, by name.
    pub unreadable: Vec<(String, Problem)>,
    /// Folders that were entered, so that circular links do not cause an endless search.
    entered: BTreeSet<PathBuf>,
}

impl FoundFolders {
    /// Adds everything below a folder, or one file.
    pub fn search(&mut self, root: &Path) -> Result<(), String> {
        let place = root.canonicalize();
        let place = place.map_err(|error| format!("cannot read {}: {error}", root.display()))?;
        if root.is_file() {
            let files = vec![root.to_owned()];
            let folder =
                ModelFolder { path: root.into(), name: String::new(), version: None, files };
            self.folders.push(folder);
        } else if self.entered.insert(place) {
            self.enter(root, &[]);
        }
        Ok(())
    }

    fn enter(&mut self, folder: &Path, way: &[String]) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let problem = Problem::from_io(folder, "read this folder", &error);
                return self.unreadable.push((way.join("/"), problem));
            }
        };
        let (folders, mut files): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|path| path.is_dir());
        files.retain(|file| is_model_name(file) && may_be_read(file));
        if !files.is_empty() {
            let (name, version) = match way.split_last() {
                Some((last, before)) if is_version(last) => (before.join("/"), Some(last.clone())),
                _ => (way.join("/"), None),
            };
            self.folders.push(ModelFolder { path: folder.to_owned(), name, version, files });
        }
        for folder in folders {
            let name = file_name(&folder);
            let new = folder.canonicalize().is_ok_and(|place| self.entered.insert(place));
            if new && !name.starts_with('.') {
                self.enter(&folder, &[way, &[name]].concat());
            }
        }
    }
}

/// The entries of a folder, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// Excludes pipes and devices, which may have no end. Broken links are kept, because they must be
/// reported.
fn may_be_read(file: &Path) -> bool {
    file.metadata().map_or(true, |facts| facts.is_file())
}

/// The last component of a path as text.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// API versions are dates, some with a suffix: `2014-11-13`, `2011-12-05.beta`.
fn is_version(name: &str) -> bool {
    let date = name.get(..10).unwrap_or_default();
    date.len() == 10
        && date.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_distinguished_from_other_names() {
        for name in ["2015-09-21", "2011-12-05.beta", "2020-05-31_1"] {
            assert!(is_version(name), "{name}");
        }
        for name in ["ecr", "2015", "2015-9-21", "v2015-09-21", "20150921", "", "2015-0é-21"] {
            assert!(!is_version(name), "{name}");
        }
    }

    #[test]
    fn folders_at_any_depth_are_found_and_cyclic_links_end() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/service/2020-01-02");
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        for file in ["a/service/2020-01-02/a.json", "top.json", ".git/x.json", "a/notes.txt"] {
            fs::write(root.path().join(file), "").unwrap();
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(root.path(), deep.join("up")).unwrap();
            symlink("/dev/zero", deep.join("endless.json")).unwrap();
            symlink("nowhere", deep.join("gone.json")).unwrap();
        }
        let mut found = FoundFolders::default();
        found.search(root.path()).unwrap();
        let named: Vec<_> = found
            .folders
            .iter()
            .map(|folder| (folder.name.as_str(), folder.version.as_deref(), folder.files.len()))
            .collect();
        let files = if cfg!(unix) { 2 } else { 1 };
        assert_eq!(named, [("", None, 1), ("a/service", Some("2020-01-02"), files)]);
        assert!(found.unreadable.is_empty());
    }
}
