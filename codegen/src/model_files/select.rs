//! Selects the services to generate among the files that were found: the newest version of each
//! service of a supported protocol.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use super::{
    discover::{FoundFolders, ModelFolder, file_name},
    parts::Parts,
};
use crate::{
    Problem,
    read::probe::{Contents, ProbedService, Syntax, probe},
    smithy::Protocol,
    thread_pool,
};

/// A service to generate.
#[derive(Debug)]
pub struct ServiceModel {
    /// A unique, readable name.
    pub name: String,
    /// Its files, or its folder.
    pub paths: Vec<PathBuf>,
    /// Its protocol without a version, if the file with the service states it.
    pub protocol: Option<&'static str>,
    /// How many operations its file defines.
    pub operations: usize,
    /// The size of its files, so that the largest service can be generated first.
    pub bytes: u64,
}

/// The result of the selection.
#[derive(Debug, Default)]
pub struct Selection {
    /// Services of the supported protocols, sorted by name.
    pub models: Vec<ServiceModel>,
    /// Problems of services and folders that could not be read, by name.
    pub broken: BTreeMap<String, Vec<Problem>>,
    /// The number of services of each other protocol.
    pub other_protocols: BTreeMap<String, usize>,
    /// Older versions of services, each as name and version.
    pub older_versions: Vec<String>,
}

/// A file and what it contains.
type ProbedFile = (PathBuf, Result<Contents, Problem>);

/// Reads what each file contains, on several threads, and selects.
#[must_use]
pub fn select(found: FoundFolders, threads: NonZeroUsize) -> Selection {
    let files: Vec<_> = found.folders.iter().flat_map(|folder| folder.files.clone()).collect();
    let mut probed = thread_pool::map(&files, threads, |file| probe(file)).into_iter();
    let folders = found.folders.into_iter().map(|mut folder| {
        let files = std::mem::take(&mut folder.files);
        let files: Vec<ProbedFile> = files.into_iter().zip(&mut probed).collect();
        (folder, files)
    });
    let mut selection = Selection::default();
    for (name, problem) in found.unreadable {
        selection.broken.entry(name).or_default().push(problem);
    }
    for (folder, files) in newest(folders.collect(), &mut selection.older_versions) {
        selection.add_folder(&folder, files);
    }
    selection.models.sort_by(|a, b| a.name.cmp(&b.name));
    selection.make_names_unique();
    selection
}

/// Drops folders of older versions and folders of versions that contain no service.
fn newest(
    folders: Vec<(ModelFolder, Vec<ProbedFile>)>,
    older_versions: &mut Vec<String>,
) -> Vec<(ModelFolder, Vec<ProbedFile>)> {
    let mut kept: Vec<(ModelFolder, Vec<ProbedFile>)> = Vec::new();
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
                older_versions.push(format!("{} {old}", folder.name));
                if sibling.0.version.as_ref() < Some(&version) {
                    *sibling = (folder, files);
                }
            }
        }
    }
    kept
}

impl Selection {
    fn add_folder(&mut self, folder: &ModelFolder, files: Vec<ProbedFile>) {
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
            // Files beside a C2J service belong to it, so the reader gets the whole folder.
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

    fn add(&mut self, name: String, paths: Vec<PathBuf>, service: &ProbedService) {
        if !service.may_be_generated() {
            *self.other_protocols.entry(service.protocols.join(" and ")).or_default() += 1;
            return;
        }
        let bytes = paths.iter().map(|path| size(path)).sum();
        let protocol = service.protocol().map(Protocol::family);
        let operations = service.operations;
        self.models.push(ServiceModel { name, paths, protocol, operations, bytes });
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

/// The name of a service: its folder's name if it is alone there, otherwise its file's name.
fn name(folder: &ModelFolder, file: &Path, alone: bool) -> String {
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

/// A service's name as a folder name.
#[must_use]
pub fn slug(name: &str) -> String {
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
