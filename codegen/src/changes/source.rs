//! Finds the services of OLD and NEW and matches them.
//!
//! A model file, a model folder and a C2J folder are one service each, and are compared regardless
//! of their names. A folder of services is matched by names with another such folder or with one
//! service.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use crate::{
    error::Problem,
    model_files::{
        discover::{FoundFolders, ModelFolder},
        select::{Selection, select},
    },
    read::read_model,
};

/// OLD or NEW.
struct Input {
    found: FoundFolders,
    /// The path as given on the command line.
    path: PathBuf,
}

/// A service that both sides have.
#[derive(Debug)]
pub(super) struct ServicePair {
    pub(super) name: String,
    pub(super) old: Vec<PathBuf>,
    pub(super) new: Vec<PathBuf>,
}

/// The matched services.
#[derive(Debug, Default)]
pub(super) struct MatchedServices {
    pub(super) pairs: Vec<ServicePair>,
    /// Services of the new side only.
    pub(super) added: Vec<String>,
    /// Services of the old side only.
    pub(super) removed: Vec<String>,
    /// The number of services on the new side that use other protocols.
    pub(super) passed_over: usize,
    /// Services that could not be read, and why.
    pub(super) failed: Vec<(String, String)>,
}

/// Matches the services of both sides. `only` names the services to compare; if empty, all are
/// compared.
pub(super) fn pair(
    old: &Path,
    new: &Path,
    only: &[String],
    threads: NonZeroUsize,
) -> Result<MatchedServices, String> {
    let mut matched = MatchedServices::default();
    let (mut old, mut new) = (Input::search(old)?, Input::search(new)?);
    if old.is_one() && new.is_one() {
        let (before, after) = (old.one(threads)?, new.one(threads)?);
        let name = new.name();
        matched.pairs.push(ServicePair { name, old: before, new: after });
        return Ok(matched);
    }
    let (known, other_protocols) = (old.names(), new.names());
    let wanted = |name: &String| only.is_empty() || only.contains(name);
    let alone = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|name| !those.contains(name) && wanted(name)).cloned().collect()
    };
    (matched.removed, matched.added) =
        (alone(&known, &other_protocols), alone(&other_protocols, &known));
    let both =
        |name: &String| known.contains(name) && other_protocols.contains(name) && wanted(name);
    old.keep(&both);
    new.keep(&both);
    let (old, new) = (old.select(threads), new.select(threads));
    matched.passed_over = new.other_protocols.values().sum();
    let mut before: BTreeMap<_, _> = old.models.into_iter().map(|m| (m.name, m.paths)).collect();
    for model in new.models {
        match before.remove(&model.name) {
            Some(old) => {
                matched.pairs.push(ServicePair { name: model.name, old, new: model.paths })
            }
            None => matched.added.push(model.name),
        }
    }
    matched.removed.extend(before.into_keys());
    for (name, problems) in old.broken.into_iter().chain(new.broken) {
        let why = problems.first().map(ToString::to_string).unwrap_or_default();
        matched.failed.push((name, why));
    }
    Ok(matched)
}

impl MatchedServices {
    /// Explains why there is nothing to compare, and lists the services of each side.
    pub(super) fn nothing(&self) -> String {
        let mut what = "no service is in both".to_owned();
        for (names, side) in [(&self.removed, "OLD"), (&self.added, "NEW")] {
            if !names.is_empty() {
                what = format!("{what}; only {side} has {}", first_names(names));
            }
        }
        if self.passed_over > 0 {
            what.push_str("; the services in both use unsupported protocols");
        }
        format!("{what}. Give two folders with services of the same names, or two models.")
    }
}

/// The maximum number of names that an explanation lists.
const NAMES: usize = 6;

fn first_names(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(NAMES).map(String::as_str).collect();
    let more = if shown.len() < names.len() { ", ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

impl Input {
    fn search(path: &Path) -> Result<Self, String> {
        let mut found = FoundFolders::default();
        found.search(path)?;
        if let Some((_, problem)) = found.unreadable.first() {
            return Err(problem.to_string());
        }
        // Reading the folder returns an error that describes what it contains instead of a model.
        if found.folders.is_empty()
            && let Err(error) = read_model(&[path.to_owned()])
        {
            return Err(error.to_string());
        }
        Ok(Self { found, path: path.to_owned() })
    }

    /// Returns true if the path is itself a model, and not a folder of folders.
    fn is_one(&self) -> bool {
        self.versions() == 1 && self.found.folders.iter().all(|folder| folder.name.is_empty())
    }

    /// The number of folders, counting the versions of a service once.
    fn versions(&self) -> usize {
        self.names().len()
    }

    /// The files of the only service. A file that was named explicitly is always read, so that its
    /// problems are reported.
    fn one(&self, threads: NonZeroUsize) -> Result<Vec<PathBuf>, String> {
        if self.path.is_file() {
            return Ok(vec![self.path.clone()]);
        }
        let mut found = FoundFolders::default();
        found.search(&self.path)?;
        let selection = select(found, threads);
        match (selection.models.as_slice(), self.found.folders.as_slice()) {
            ([model], _) => Ok(model.paths.clone()),
            // Reading the folder returns an error that explains why it is not a model.
            ([], [only]) => Ok(vec![only.path.clone()]),
            ([], _) => Ok(vec![self.path.clone()]),
            (several, _) => {
                let names: Vec<_> = several.iter().map(|model| model.name.clone()).collect();
                let what = format!(
                    "this folder contains {} services: {}. Pass one of them.",
                    several.len(),
                    first_names(&names)
                );
                Err(Problem::in_file(&self.path, what).to_string())
            }
        }
    }

    /// The names of the services, according to their folders.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> =
            self.found.folders.iter().map(|folder| self.name_of(folder)).collect();
        names.sort();
        names.dedup();
        names
    }

    fn name_of(&self, folder: &ModelFolder) -> String {
        if folder.name.is_empty() { self.name() } else { folder.name.clone() }
    }

    /// The name of the path: its file name, or its parent's if it is an API version.
    fn name(&self) -> String {
        let place = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        let says_nothing = |name: &str| {
            let stem = name.trim_end_matches(".gz").trim_end_matches(".json");
            matches!(stem, "model" | "service-2") || stem.starts_with(|c: char| c.is_ascii_digit())
        };
        let parts = place.ancestors().filter_map(|path| path.file_name());
        let mut names = parts.map(|name| name.to_string_lossy().into_owned());
        let name = names.find(|name| !says_nothing(name)).unwrap_or_default();
        name.trim_end_matches(".gz").trim_end_matches(".json").to_owned()
    }

    fn keep(&mut self, wanted: &dyn Fn(&String) -> bool) {
        let name = self.name();
        self.found
            .folders
            .retain(|folder| wanted(if folder.name.is_empty() { &name } else { &folder.name }));
    }

    /// Reads what the files contain, and selects the newest version of each service.
    fn select(self, threads: NonZeroUsize) -> Selection {
        let name = self.name();
        let mut found = self.found;
        for folder in found.folders.iter_mut().filter(|folder| folder.name.is_empty()) {
            folder.name.clone_from(&name);
        }
        select(found, threads)
    }
}
