//! Which files of a folder with several services belong to which of them.
//!
//! Knows of a file only which shapes it defines, applies traits to and refers to.

use std::path::{Path, PathBuf};

use longshore_codegen::read::probe::{Shapes, shapes};

/// Of `parts`, those that the service in `file` needs: they define what it refers to, by whatever
/// way, or apply traits to nothing but that.
pub(super) fn needed(file: &Path, parts: &[PathBuf]) -> Vec<PathBuf> {
    // What cannot be read is no part of anything; the service's own file is refused by its reader.
    let mut all = shapes(file).unwrap_or_default();
    let mut rest: Vec<_> =
        parts.iter().filter_map(|part| Some((part, shapes(part).ok()?))).collect();
    let mut needed = vec![file.to_path_buf()];
    while let Some(index) = rest.iter().position(|(_, part)| defines_a_need(part, &all)) {
        let (path, part) = rest.swap_remove(index);
        needed.push(path.clone());
        all.defined.extend(part.defined);
        all.mentioned.extend(part.mentioned);
    }
    let only_applies = |part: &Shapes| part.defined.is_empty() && !part.applied.is_empty();
    let applies = rest.iter().filter(|(_, part)| only_applies(part));
    let applies = applies.filter(|(_, part)| part.applied.is_subset(&all.defined));
    needed.extend(applies.map(|(path, _)| (*path).clone()));
    needed
}

fn defines_a_need(part: &Shapes, all: &Shapes) -> bool {
    part.defined.iter().any(|id| all.mentioned.contains(id) && !all.defined.contains(id))
}
