//! What a person may name as OLD and NEW, and which services of the two belong together.
//!
//! A model file, a model folder and a C2J folder are one service, and are compared whatever they are
//! called. A folder of services is compared by names with another one, or with one service.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use longshore_codegen::error::Problem;

use crate::model::{
    choose::{Choice, choose},
    discover::{Folder, Found},
};

/// What one side has.
struct Side {
    found: Found,
    /// What people call it.
    path: PathBuf,
}

/// A service of both sides.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) old: Vec<PathBuf>,
    pub(super) new: Vec<PathBuf>,
}

/// The services of two sides.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) pairs: Vec<Pair>,
    /// Services of the new side alone.
    pub(super) added: Vec<String>,
    /// Services of the old side alone.
    pub(super) removed: Vec<String>,
    /// How many services of other protocols the new side has.
    pub(super) passed_over: usize,
    /// What could not be read, and why.
    pub(super) failed: Vec<(String, String)>,
}

/// Finds the services of both sides; `only` names those that are wanted, all where it is empty.
pub(super) fn pair(
    old: &Path,
    new: &Path,
    only: &[String],
    threads: NonZeroUsize,
) -> Result<Matched, String> {
    let mut matched = Matched::default();
    let (mut old, mut new) = (Side::search(old)?, Side::search(new)?);
    if old.is_one() && new.is_one() {
        let (before, after) = (old.one(threads)?, new.one(threads)?);
        let name = new.name();
        matched.pairs.push(Pair { name, old: before, new: after });
        return Ok(matched);
    }
    let (known, others) = (old.names(), new.names());
    let wanted = |name: &String| only.is_empty() || only.contains(name);
    let alone = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|name| !those.contains(name) && wanted(name)).cloned().collect()
    };
    (matched.removed, matched.added) = (alone(&known, &others), alone(&others, &known));
    let both = |name: &String| known.contains(name) && others.contains(name) && wanted(name);
    old.keep(&both);
    new.keep(&both);
    let (old, new) = (old.choose(threads), new.choose(threads));
    matched.passed_over = new.others.values().sum();
    let mut before: BTreeMap<_, _> = old.models.into_iter().map(|m| (m.name, m.paths)).collect();
    for model in new.models {
        match before.remove(&model.name) {
            Some(old) => matched.pairs.push(Pair { name: model.name, old, new: model.paths }),
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

impl Matched {
    /// What is wrong where there is nothing to compare: which services each side has instead.
    pub(super) fn nothing(&self) -> String {
        let mut what = "there is no service that both have".to_owned();
        for (names, side) in [(&self.removed, "OLD"), (&self.added, "NEW")] {
            let shown: Vec<_> = names.iter().take(NAMES).map(String::as_str).collect();
            let more = if shown.len() < names.len() { ", ..." } else { "" };
            if !names.is_empty() {
                what = format!("{what}; {side} alone has {}{more}", shown.join(", "));
            }
        }
        if self.passed_over > 0 {
            what.push_str("; what both have speaks other protocols than awsJson");
        }
        format!("{what}. Name two folders with services of the same names, or a model each.")
    }
}

/// How many names are listed where there is nothing to compare.
const NAMES: usize = 6;

impl Side {
    fn search(path: &Path) -> Result<Self, String> {
        let mut found = Found::default();
        found.search(path)?;
        if let Some((_, problem)) = found.unreadable.first() {
            return Err(problem.to_string());
        }
        if found.folders.is_empty() {
            return Err(format!(
                "{}: there is no model in it. Name a model file, or a folder with models.",
                path.display()
            ));
        }
        Ok(Self { found, path: path.to_owned() })
    }

    /// Whether what was named is itself a model, and no folder of folders.
    fn is_one(&self) -> bool {
        self.versions() == 1 && self.found.folders.iter().all(|folder| folder.name.is_empty())
    }

    /// How many folders there are, those of other versions of the same service left out.
    fn versions(&self) -> usize {
        self.names().len()
    }

    /// The one service: a file that was named is read even where another reader would pass it over,
    /// so that what is wrong with it is said.
    fn one(&self, threads: NonZeroUsize) -> Result<Vec<PathBuf>, String> {
        if self.path.is_file() {
            return Ok(vec![self.path.clone()]);
        }
        let mut found = Found::default();
        found.search(&self.path)?;
        let choice = choose(found, threads);
        match choice.models.as_slice() {
            [model] => Ok(model.paths.clone()),
            [] => Ok(vec![self.path.clone()]),
            several => {
                let what = format!("there are {} services in it; name one of them.", several.len());
                Err(Problem::in_file(&self.path, what).to_string())
            }
        }
    }

    /// What people call the services, as far as folders tell.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> =
            self.found.folders.iter().map(|folder| self.name_of(folder)).collect();
        names.sort();
        names.dedup();
        names
    }

    fn name_of(&self, folder: &Folder) -> String {
        if folder.name.is_empty() { self.name() } else { folder.name.clone() }
    }

    /// The name of what was named: that of the folder, of which a version says nothing.
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

    /// Asks the files what they are, and takes the newest version of each.
    fn choose(self, threads: NonZeroUsize) -> Choice {
        let name = self.name();
        let mut found = self.found;
        for folder in found.folders.iter_mut().filter(|folder| folder.name.is_empty()) {
            folder.name.clone_from(&name);
        }
        choose(found, threads)
    }
}
