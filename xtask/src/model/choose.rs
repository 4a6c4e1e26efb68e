//! Which of the files that were found are services to generate: asks each file what it is, takes the
//! newest version, and sets the services of other protocols aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use longshore_codegen::{
    Problem,
    read::probe::{Contents, Service, Syntax, probe},
};

use super::{
    discover::{Folder, Found, file_name},
    parts::Parts,
};
use crate::system::thread_pool;

/// A service to generate.
#[derive(Debug)]
pub(crate) struct Model {
    /// What people call it; no two are called the same.
    pub(crate) name: String,
    /// Its files, or its folder.
    pub(crate) paths: Vec<PathBuf>,
    /// How many operations its file defines.
    pub(crate) operations: usize,
    /// How large its files are on the disk, so that the largest can be first.
    pub(crate) bytes: u64,
}

/// What is there.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// Services of awsJson, by name.
    pub(crate) models: Vec<Model>,
    /// What could not be read, by name.
    pub(crate) broken: BTreeMap<String, Vec<Problem>>,
    /// How many services there are of other protocols, by these.
    pub(crate) others: BTreeMap<String, usize>,
    /// Older versions of services: name and version.
    pub(crate) older: Vec<String>,
}

/// A file, and what it says it is.
type Probed = (PathBuf, Result<Contents, Problem>);

/// Asks every file, on so many threads, and chooses.
pub(crate) fn choose(found: Found, threads: NonZeroUsize) -> Choice {
    let files: Vec<_> = found.folders.iter().flat_map(|folder| folder.files.clone()).collect();
    let mut probed = thread_pool::each(&files, threads, |file| probe(file), |_, _| ()).into_iter();
    let folders = found.folders.into_iter().map(|mut folder| {
        let files = std::mem::take(&mut folder.files);
        let files: Vec<Probed> = files.into_iter().zip(&mut probed).collect();
        (folder, files)
    });
    let mut choice = Choice::default();
    for (name, problem) in found.unreadable {
        choice.broken.entry(name).or_default().push(problem);
    }
    for (folder, files) in newest(folders.collect(), &mut choice.older) {
        choice.add_folder(&folder, files);
    }
    choice.models.sort_by(|a, b| a.name.cmp(&b.name));
    choice.make_names_unique();
    choice
}

/// Drops the folders of older versions, and folders of versions without a service.
fn newest(
    folders: Vec<(Folder, Vec<Probed>)>,
    older: &mut Vec<String>,
) -> Vec<(Folder, Vec<Probed>)> {
    let mut kept: Vec<(Folder, Vec<Probed>)> = Vec::new();
    for (folder, files) in folders {
        let counts = files
            .iter()
            .any(|(_, contents)| !matches!(contents, Ok(Contents::Part | Contents::Other)));
        let Some(version) = folder.version.clone().filter(|_| counts) else {
            if folder.version.is_none() {
                kept.push((folder, files));
            }
            continue;
        };
        let sibling = kept
            .iter_mut()
            .find(|(kept, _)| kept.version.is_some() && kept.path.parent() == folder.path.parent());
        match sibling {
            None => kept.push((folder, files)),
            Some(sibling) => {
                let old = sibling.0.version.clone().unwrap_or_default().min(version.clone());
                older.push(format!("{} {old}", folder.name));
                if sibling.0.version.as_ref() < Some(&version) {
                    *sibling = (folder, files);
                }
            }
        }
    }
    kept
}

impl Choice {
    fn add_folder(&mut self, folder: &Folder, files: Vec<Probed>) {
        let mut services = Vec::new();
        let mut parts = Vec::new();
        let mut broken = Vec::new();
        for (file, contents) in files {
            match contents {
                Ok(Contents::Service(service)) => services.push((file, service)),
                Ok(Contents::Part) => parts.push(file),
                Ok(Contents::Other) => {}
                Err(problem) => broken.push((file, problem)),
            }
        }
        let alone = services.len() + broken.len() == 1 || folder.version.is_some();
        match services.as_slice() {
            // What is beside a C2J service belongs to it, so that its reader has to judge it.
            [(file, service)] if service.syntax == Syntax::C2j => {
                let whole = folder.path.clone();
                return self.add(name(folder, file, true), vec![whole], service);
            }
            [(file, service)] => {
                parts.insert(0, file.clone());
                self.add(name(folder, file, alone), parts, service);
            }
            several => {
                let parts = Parts::of(parts);
                for (file, service) in several {
                    self.add(name(folder, file, false), parts.needed(file), service);
                }
            }
        }
        for (file, problem) in broken {
            self.broken.entry(name(folder, &file, alone)).or_default().push(problem);
        }
    }

    fn add(&mut self, name: String, paths: Vec<PathBuf>, service: &Service) {
        if !service.may_speak_aws_json() {
            *self.others.entry(service.protocols.join(" and ")).or_default() += 1;
            return;
        }
        let bytes = paths.iter().map(|path| size(path)).sum();
        self.models.push(Model { name, paths, operations: service.operations, bytes });
    }

    fn make_names_unique(&mut self) {
        let mut taken: BTreeSet<String> = self.broken.keys().map(|name| slug(name)).collect();
        for model in &mut self.models {
            let first = model.name.clone();
            let mut number = 1;
            while !taken.insert(slug(&model.name)) {
                number += 1;
                model.name = format!("{first} ({number})");
            }
        }
    }
}

/// What a file's service is called: like its folder if it has that for itself, else like the file.
fn name(folder: &Folder, file: &Path, alone: bool) -> String {
    let file = file_name(file);
    let stem = file.trim_end_matches(".gz").trim_end_matches(".json");
    let says_nothing = matches!(stem, "model" | "service-2");
    match (folder.name.as_str(), alone) {
        ("", true) if folder.path.is_dir() && says_nothing => {
            let place = folder.path.canonicalize().unwrap_or_else(|_| folder.path.clone());
            file_name(&place)
        }
        ("", _) => stem.to_owned(),
        (name, true) => name.to_owned(),
        (name, false) => format!("{name}/{stem}"),
    }
}

/// A service's name as that of a folder.
pub(crate) fn slug(name: &str) -> String {
    let legal = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(legal).collect()
}

/// The size of a file, or of the files in a folder.
fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(entries) => entries
            .flatten()
            .filter_map(|entry| entry.metadata().ok())
            .map(|facts| facts.len())
            .sum(),
        Err(_) => fs::metadata(path).map_or(0, |facts| facts.len()),
    }
}
