//! Reads JSON into a [`Model`]: finds the files, detects their formats, and merges them.
//!
//! A path can be:
//! - a Smithy JSON AST file,
//! - a C2J service file (`service-2.json`, as in botocore), gzipped or not,
//! - a folder of either: its Smithy files are merged, so `overlay.json` and `docs.json` can add
//!   traits to `model.json` with `apply`; a C2J service takes its paginators, waiters and endpoint
//!   rules from the files next to it.
//!
//! The format is detected from the content, never from the name. This module depends neither on Rust
//! nor on the list of traits that the generator honors. Imports `c2j`, `error`, `json` and
//! `smithy`.

mod apply;
mod ast;
mod check;
mod files;
mod folder;
mod format;
mod legacy;
mod merge;
mod mixins;
mod other_format;
pub mod probe;

use std::path::PathBuf;

pub(crate) use self::files::{read_source, size};
use self::{
    files::Group,
    format::{ModelFormat, check_service, parse, recognize},
    other_format::OtherFormat,
};
use crate::{
    c2j::{self, C2jFile},
    error::{Error, Problem, Problems},
    json::Node,
    smithy::{Fragment, Model, Note},
};

/// Reads files and folders and merges them into one model.
///
/// Every target in the model exists and has a valid kind; `apply` statements and mixins have been
/// applied. A string with the old `enum` trait has become an enum, and a `set` a list.
///
/// # Errors
/// Fails if a file cannot be read or is not a model, or if the files contradict each other. The
/// error contains every problem, with file, line and shape.
pub fn read_model(paths: &[PathBuf]) -> Result<Model, Error> {
    let groups = files::read_groups(paths)?;
    let mut problems = Problems::new();
    let mut fragments = Vec::new();
    for group in &groups {
        fragments.extend(read_group(group, &mut problems));
    }
    assemble(problems.finish(fragments)?)
}

/// Reads a model from one value, which may be part of a file.
pub(crate) fn read_value(root: Node<'_>) -> Result<Model, Error> {
    let mut problems = Problems::new();
    let fragments = match problems.keep(recognize(root)) {
        Some(format) => read_roots([(root, format)], &mut problems),
        None => Vec::new(),
    };
    assemble(problems.finish(fragments)?)
}

fn assemble(fragments: Vec<Fragment>) -> Result<Model, Error> {
    let fragments = only_applies(&fragments).map_or(Ok(fragments), Err)?;
    let (mut model, leftovers) = merge::merge(fragments)?;
    let late = apply::apply(&mut model, leftovers.applies, &leftovers.mixins)?;
    mixins::flatten(&mut model, leftovers.mixins, late)?;
    legacy::upgrade(&mut model, &leftovers.old)?;
    check::check(&model)?;
    Ok(model)
}

/// Returns the problem for a model that contains only `apply` statements, such as `overlay.json`
/// alone.
fn only_applies(fragments: &[Fragment]) -> Option<Problem> {
    if fragments.iter().any(|fragment| !fragment.shapes.is_empty()) {
        return None;
    }
    let first = fragments.iter().flat_map(|fragment| &fragment.applies).next()?;
    let what = "this file only applies traits to shapes of another file. Also pass that file, or \
        pass the folder that contains both.";
    Some(Problem::in_file(&first.position.file, what))
}

fn read_group(group: &Group, problems: &mut Problems) -> Vec<Fragment> {
    let corrected = c2j::corrected(&group.sources, problems);
    let sources = corrected.as_ref().unwrap_or(&group.sources);
    let mut roots = Vec::new();
    for source in sources {
        let root = parse(source).and_then(|root| Ok((root, recognize(root)?)));
        roots.extend(problems.keep(root));
    }
    if group.is_whole_folder && !roots.iter().any(|(_, format)| format.may_be_service()) {
        // If a file could not be read, the service may be in that file.
        if roots.len() == sources.len() {
            let roots: Vec<_> = roots.into_iter().map(|(root, _)| root).collect();
            problems.push(folder::no_service(&group.folder, &roots));
        }
        return Vec::new();
    }
    if problems.keep(check_c2j_services(group, &roots)).is_none() {
        return Vec::new();
    }
    let fragments = read_roots(roots, problems);
    let services = folder::services(&fragments);
    if group.is_whole_folder && services.len() > 1 {
        problems.push(folder::several_services(&group.folder, &services));
        return Vec::new();
    }
    fragments
}

/// Checks the C2J services of a group before they are read. Without this check, a service in an
/// unreadable form would cause a problem for each of its shapes, and a second service would cause
/// one for each of its files.
fn check_c2j_services(group: &Group, roots: &[(Node<'_>, ModelFormat)]) -> Result<(), Problem> {
    let is_service = |format: &ModelFormat| matches!(format, ModelFormat::C2j(C2jFile::Service));
    let services = roots.iter().filter(|(_, format)| is_service(format));
    let services: Vec<_> = services.map(|(root, _)| *root).collect();
    if group.is_whole_folder && services.len() > 1 {
        let files = services.iter().map(|root| root.position().file.to_path_buf());
        return Err(folder::several_services(&group.folder, &files.collect::<Vec<_>>()));
    }
    services.into_iter().try_for_each(check_service)
}

/// Reads values that belong together: the files of a folder.
fn read_roots<'a>(
    roots: impl IntoIterator<Item = (Node<'a>, ModelFormat)>,
    problems: &mut Problems,
) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut pieces = c2j::Pieces::default();
    let mut unknown = Vec::new();
    for (root, format) in roots {
        match format {
            ModelFormat::Smithy => fragments.extend(ast::read_ast(root, problems)),
            ModelFormat::C2j(file) => {
                problems.keep(pieces.add(file, root));
            }
            ModelFormat::Unknown => unknown.push(root),
        }
    }
    if pieces.has_service() {
        let mut fragment = c2j::translate(&pieces, problems);
        fragment.notes.extend(unknown.iter().map(|root| Note::NoPart(root.position())));
        fragments.push(fragment);
        return fragments;
    }
    for root in unknown.into_iter().chain(pieces.files()) {
        problems.push(not_a_model(root));
    }
    fragments
}

fn not_a_model(root: Node<'_>) -> Problem {
    match OtherFormat::of_json(root) {
        Some(other) => other.problem(&root.position().file),
        None => root.problem(NOT_A_MODEL),
    }
}

const NOT_A_MODEL: &str = "this is JSON but not a model: expected a Smithy JSON AST (keys `smithy` \
    and `shapes`) or a C2J service (keys `metadata`, `operations` and `shapes`). Pass a model file, or the folder that contains one.";
