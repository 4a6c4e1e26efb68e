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
mod format;
mod legacy;
mod merge;
mod mixins;
pub mod probe;

use std::path::PathBuf;

pub(crate) use self::files::read_source;
use self::{
    files::Group,
    format::{ModelFormat, recognize},
};
use crate::{
    c2j,
    error::{Error, Problems},
    json::Node,
    smithy::{Fragment, Model, Note},
};

/// Reads files and folders and merges them into one model.
///
/// Every target in the model exists and has a valid kind; `apply` statements and mixins have been
/// applied. A string with the old `enum` trait has become an enum, and a `set` a list.
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
    let (mut model, leftovers) = merge::merge(fragments)?;
    let late = apply::apply(&mut model, leftovers.applies, &leftovers.mixins)?;
    mixins::flatten(&mut model, leftovers.mixins, late)?;
    legacy::upgrade(&mut model, &leftovers.old)?;
    check::check(&model)?;
    Ok(model)
}

fn read_group(group: &Group, problems: &mut Problems) -> Vec<Fragment> {
    let corrected = c2j::corrected(&group.sources, problems);
    let mut roots = Vec::new();
    for source in corrected.as_ref().unwrap_or(&group.sources) {
        let root = source.root().and_then(|root| Ok((root, recognize(root)?)));
        roots.extend(problems.keep(root));
    }
    read_roots(roots, problems)
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
        problems.push(root.problem(NOT_A_MODEL));
    }
    fragments
}

const NOT_A_MODEL: &str = "this is JSON but not a model: expected a Smithy JSON AST (keys `smithy` \
    and `shapes`) or a C2J service (keys `metadata`, `operations` and `shapes`). Pass a model file, or the folder that contains one.";
