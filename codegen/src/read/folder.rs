//! Explains what is wrong with a folder that is not the model of one service. It is reported as one
//! problem, regardless of its number of files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{files::is_model_name, other_format::OtherFormat};
use crate::{
    error::Problem,
    json::Node,
    smithy::{Fragment, Kind},
};

/// The maximum number of files that a problem names.
const NAMED: usize = 3;

/// How many levels of folders are searched for a better one.
const DEPTH: usize = 3;

/// The maximum number of folders that are searched for a better one.
const SEARCHED: usize = 2000;

/// Returns the problem for a folder without JSON files.
pub(super) fn no_files(path: &Path) -> Problem {
    let what = "there is no model file (*.json or *.json.gz) in this folder";
    let mut names: Vec<_> = entries(path).iter().filter_map(|path| other_extension(path)).collect();
    names.sort_unstable();
    let message = match names.first() {
        Some(other) => format!("{what}, only {other}"),
        None => format!("{what}. {}", better_folder(path)),
    };
    Problem::in_file(path, message)
}

/// Describes files with models in languages that are not JSON.
fn other_extension(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "smithy" => Some("Smithy IDL. Convert it with `smithy ast`, and pass the JSON."),
        "php" => Some(
            "PHP source. Pass the folder of the service in the data of the Python package botocore.",
        ),
        "zip" | "whl" | "tar" | "tgz" | "gz" => {
            Some("archives. Unpack them, and pass the folder that contains a model.")
        }
        _ => None,
    }
}

/// Returns the problem for a folder whose JSON files do not define a service.
pub(super) fn no_service(path: &Path, roots: &[Node<'_>]) -> Problem {
    let described = roots.iter().map(|root| {
        let file = root.position().file;
        let what = OtherFormat::of_json(*root).map_or("unrecognized JSON", |other| other.what);
        format!("{} ({what})", name(&file))
    });
    let files = listed(described.collect());
    let message =
        format!("there is no service model in this folder, only {files}. {}", better_folder(path));
    Problem::in_file(path, message)
}

/// Returns the problem for a folder with several services; each of `files` contains one.
pub(super) fn several_services(path: &Path, files: &[PathBuf]) -> Problem {
    let count = files.len();
    let files = listed(files.iter().map(|file| name(file)).collect());
    let message =
        format!("this folder contains {count} services: {files}. Pass one of these files.");
    Problem::in_file(path, message)
}

/// The files that define the services of these fragments.
pub(super) fn services(fragments: &[Fragment]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fragments
        .iter()
        .flat_map(|fragment| &fragment.shapes)
        .filter(|(_, shape)| matches!(shape.kind, Kind::Service(_)))
        .map(|(_, shape)| shape.position.file.to_path_buf())
        .collect();
    files.dedup();
    files
}

/// Lists the first items and the number of the others.
fn listed(mut items: Vec<String>) -> String {
    items.sort();
    let more = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    match more {
        0 => items.join(", "),
        1 => format!("{} and 1 more", items.join(", ")),
        more => format!("{} and {more} more", items.join(", ")),
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// Suggests another folder. botocore stores each API version of a service in a separate folder, the
/// last of which is the newest.
fn better_folder(path: &Path) -> String {
    let mut level = vec![path.to_owned()];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for folder in level.iter().take(SEARCHED) {
            let folders: Vec<_> =
                entries(folder).into_iter().filter(|path| path.is_dir()).collect();
            let has_model = |folder: &&PathBuf| entries(folder).iter().any(|f| is_model_name(f));
            if let Some(best) = folders.iter().rev().find(has_model) {
                return format!("Pass the folder that contains one, such as {}.", best.display());
            }
            next.extend(folders);
        }
        level = next;
    }
    "Pass the folder that contains one.".to_owned()
}

/// The entries of a folder, sorted, without hidden ones. Empty if it cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let visible = entries.filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    let mut paths: Vec<_> = visible.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
