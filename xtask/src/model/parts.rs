//! Which files of a folder with several services belong to which of them.
//!
//! Knows of a file only which shapes it defines, applies traits to and refers to.

use std::path::{Path, PathBuf};

use longshore_codegen::read::probe::{Shapes, shapes};

/// The files of a folder without a service, each with its shapes.
pub(super) struct Parts(Vec<(PathBuf, Shapes)>);

impl Parts {
    /// Looks at the files. What cannot be read is no part of anything.
    pub(super) fn of(files: Vec<PathBuf>) -> Self {
        let look = |file: PathBuf| shapes(&file).ok().map(|shapes| (file, shapes));
        Self(files.into_iter().filter_map(look).collect())
    }

    /// The service in `file` with the parts it needs: they define what it refers to, by whatever
    /// way, or apply traits to nothing but that.
    pub(super) fn needed(&self, file: &Path) -> Vec<PathBuf> {
        // A service's own file that cannot be read is refused by its reader.
        let mut all = shapes(file).unwrap_or_default();
        let mut rest: Vec<_> = self.0.iter().collect();
        let mut needed = vec![file.to_path_buf()];
        while let Some(index) = rest.iter().position(|(_, part)| defines_a_need(part, &all)) {
            let (path, part) = rest.swap_remove(index);
            needed.push(path.clone());
            all.defined.extend(part.defined.iter().cloned());
            all.mentioned.extend(part.mentioned.iter().cloned());
        }
        let only_applies = |part: &Shapes| part.defined.is_empty() && !part.applied.is_empty();
        let applies = rest.into_iter().filter(|(_, part)| only_applies(part));
        let applies = applies.filter(|(_, part)| part.applied.is_subset(&all.defined));
        needed.extend(applies.map(|(path, _)| path.clone()));
        needed
    }
}

fn defines_a_need(part: &Shapes, all: &Shapes) -> bool {
    part.defined.iter().any(|id| all.mentioned.contains(id) && !all.defined.contains(id))
}
