//! Assigns the files of a folder with several services to these services.
//!
//! It considers only which shapes a file defines, applies traits to and refers to.

use std::path::{Path, PathBuf};

use crate::read::probe::{Shapes, shapes};

/// The files of a folder that define no service, each with its shapes.
pub(super) struct Parts(Vec<(PathBuf, Shapes)>);

impl Parts {
    /// Reads the files. Files that cannot be read belong to no service.
    pub(super) fn of(files: Vec<PathBuf>) -> Self {
        let look = |file: PathBuf| shapes(&file).ok().map(|shapes| (file, shapes));
        Self(files.into_iter().filter_map(look).collect())
    }

    /// The service in `file` with the parts it needs: those that define what it refers to, directly
    /// or indirectly, and those that apply traits only to what is defined.
    pub(super) fn needed(&self, file: &Path) -> Vec<PathBuf> {
        // If the service's own file cannot be read, its reader reports that.
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
