//! Resolves paths to the modules that define what they name, through re-exports.

use super::crate_files::Crate;

/// The maximum number of consecutive re-exports that are followed. More of them form a cycle of
/// globs.
const DEPTH: usize = 16;

impl Crate {
    /// The module that defines what a path in `module` names. `None` if that is in another crate.
    pub(super) fn resolve(&self, module: usize, path: &[String]) -> Option<usize> {
        self.resolve_path(module, path, 0)
    }

    fn resolve_path(&self, module: usize, path: &[String], depth: usize) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        if depth > DEPTH {
            return None;
        }
        let start = match first.as_str() {
            "crate" => 0,
            "self" => module,
            "super" => self.modules[module].parent,
            name if self.own_names.iter().any(|own| own == name) => 0,
            name => match self.modules[module].children.get(name) {
                Some(child) => *child,
                None => self.resolve_alias(module, name, depth)?,
            },
        };
        self.descend(start, rest, depth)
    }

    /// Follows the rest of a path from a module. A name that is neither a module nor re-exported is an
    /// item of the module that was reached.
    fn descend(&self, module: usize, rest: &[String], depth: usize) -> Option<usize> {
        let Some((name, rest)) = rest.split_first() else { return Some(module) };
        if name == "super" {
            return self.descend(self.modules[module].parent, rest, depth);
        }
        if let Some(child) = self.modules[module].children.get(name) {
            return self.descend(*child, rest, depth);
        }
        // Exported macros are items of the root.
        if module == 0
            && let Some(definition) = self.macro_definition(module, name)
        {
            return Some(definition);
        }
        if self.modules[module].aliases.contains_key(name) {
            let target = self.resolve_alias(module, name, depth)?;
            return self.descend(target, rest, depth);
        }
        self.in_globs(module, name, depth).or(Some(module))
    }

    fn resolve_alias(&self, module: usize, name: &str, depth: usize) -> Option<usize> {
        let path = self.modules[module].aliases.get(name)?;
        // `use name;` and `use name as name;` bind another crate or a child, never themselves.
        if path.first().is_some_and(|first| first == name) {
            return None;
        }
        self.resolve_path(module, path, depth + 1)
    }

    /// The module that defines a name which `use PATH::*` brings into `module`.
    fn in_globs(&self, module: usize, name: &str, depth: usize) -> Option<usize> {
        self.modules[module].globs.iter().find_map(|path| {
            let from = self.resolve_path(module, path, depth + 1)?;
            let there = &self.modules[from];
            let known = there.children.contains_key(name) || there.aliases.contains_key(name);
            match known {
                true => self.descend(from, &[name.to_owned()], depth + 1),
                false => None,
            }
        })
    }
}
