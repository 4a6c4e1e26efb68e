//! A tree of files as it is on disk, and whether it may be replaced.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{MARK, failed};
use crate::error::{Error, Problem};

/// The files below a folder.
pub struct Tree {
    root: PathBuf,
    exists: bool,
    files: BTreeMap<String, Vec<u8>>,
    /// What is no generated file: other files, links, names that are no text.
    foreign: Vec<PathBuf>,
}

impl Tree {
    /// Reads every file below `root`; where there is no such folder, the tree is empty.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let mut tree = Self {
            root: root.to_owned(),
            exists: false,
            files: BTreeMap::new(),
            foreign: Vec::new(),
        };
        match fs::symlink_metadata(root) {
            Ok(meta) if meta.is_dir() => {
                tree.exists = true;
                tree.read_folder(root, "")?;
            }
            Ok(_) => {
                let message = "this is no folder, and the generated source would be one; move it \
                               elsewhere, or choose another output folder.";
                return Err(Problem::in_file(root, message).into());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(root, "read the folder", &error)),
        }
        Ok(tree)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Error> {
        let unread = |error| failed(folder, "read the folder", &error);
        for entry in fs::read_dir(folder).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let kind = entry.file_type().map_err(unread)?;
            let name = entry.file_name();
            let path = entry.path();
            let Some(name) = name.to_str().filter(|_| kind.is_dir() || kind.is_file()) else {
                self.foreign.push(path);
                self.files.insert(format!("{prefix}{}", name.to_string_lossy()), Vec::new());
                continue;
            };
            if kind.is_dir() {
                self.read_folder(&path, &format!("{prefix}{name}/"))?;
            } else {
                let bytes = fs::read(&path).map_err(|e| failed(&path, "read the file", &e))?;
                if !is_marked(&bytes) {
                    self.foreign.push(path);
                }
                self.files.insert(format!("{prefix}{name}"), bytes);
            }
        }
        Ok(())
    }

    /// Whether there is a folder at all.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The files' paths, relative and sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// An error when there is anything that the generator did not write.
    pub fn refuse_foreign(&self) -> Result<(), Error> {
        let problem = |path: &PathBuf| {
            let message = format!(
                "this was not written by longshore (its first line lacks {MARK:?}), and \
                 generating would remove it; move it out of the folder, or choose another output \
                 folder."
            );
            Problem::in_file(path, message)
        };
        let problems: Vec<_> = self.foreign.iter().map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
    }
}

fn is_marked(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

/// An error unless every path stays below the folder and every text opens with the mark.
pub fn check_files(files: &BTreeMap<String, String>) -> Result<(), Error> {
    let problem = |(path, text): (&String, &String)| {
        let message = if !is_sound(path) {
            "this path would leave the output folder or cannot be a file; nothing was written."
        } else if holds_others(files, path) {
            "this would have to be both a file and a folder; nothing was written."
        } else if !is_marked(text.as_bytes()) {
            "the text does not open with the line that marks generated files; nothing was \
             written. This is a fault of the generator."
        } else {
            return None;
        };
        Some(Problem::in_file(Path::new(path), message))
    };
    let problems: Vec<_> = files.iter().filter_map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

/// Whether a path is relative, goes nowhere but down, and means the same on every system.
fn is_sound(path: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(part) && !path.contains(|c: char| "\\:".contains(c) || c.is_control())
}

/// Whether other files have this path for a folder.
fn holds_others(files: &BTreeMap<String, String>, path: &str) -> bool {
    let folder = format!("{path}/");
    let next = files.range(folder.clone()..).next();
    next.is_some_and(|(other, _)| other.starts_with(&folder))
}
