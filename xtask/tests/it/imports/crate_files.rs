//! Reads the modules of a crate: their files, the names they bind, and every path that may be an import.
//!
//! Code that is compiled only for tests is excluded.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::collect::collect;

/// The modules of a crate. The first one is its root.
pub(super) struct Crate {
    pub(super) modules: Vec<Module>,
    /// The modules that define each `macro_rules!` macro.
    pub(super) macros: BTreeMap<String, Vec<usize>>,
    /// The names of the crate in its own code besides `crate`.
    pub(super) own_names: Vec<String>,
}

#[derive(Default)]
pub(super) struct Module {
    /// The path from the root of the crate; empty for the root.
    pub(super) path: Vec<String>,
    pub(super) file: PathBuf,
    /// The line that declares it; 0 for the root.
    pub(super) line: usize,
    pub(super) parent: usize,
    pub(super) children: BTreeMap<String, usize>,
    /// Names bound by `use`, and the paths that they stand for.
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    /// Paths of `use PATH::*`.
    pub(super) globs: Vec<Vec<String>>,
    pub(super) paths: Vec<Reference>,
    /// Names of macros that are called without a path, with lines.
    pub(super) macro_calls: Vec<(String, usize)>,
}

/// A path in a `use` declaration or elsewhere in the code.
pub(super) struct Reference {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
}

impl Crate {
    /// Reads the crate whose root is `folder/lib.rs` or `folder/main.rs`.
    pub(super) fn read(folder: &Path) -> Self {
        let roots = ["lib.rs", "main.rs"].map(|name| folder.join(name));
        let root = roots.into_iter().find(|file| file.is_file());
        let root = root.unwrap_or_else(|| panic!("no lib.rs or main.rs in {}", folder.display()));
        let mut this = Self { modules: Vec::new(), macros: BTreeMap::new(), own_names: Vec::new() };
        this.modules.push(Module { file: root.clone(), ..Module::default() });
        this.read_file(0, &root, folder);
        this
    }

    /// Reads the file of a module. `folder` is where the files of its child modules are.
    pub(super) fn read_file(&mut self, module: usize, file: &Path, folder: &Path) {
        let text = fs::read_to_string(file);
        let text = text.unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()));
        let syntax = syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("cannot parse {}: {error}", file.display()));
        collect(self, module, folder, &syntax.items);
    }

    /// The module that defines a macro that is called in `module` without a path.
    pub(super) fn macro_definition(&self, module: usize, name: &str) -> Option<usize> {
        let definitions = self.macros.get(name)?;
        let file = |module: usize| &self.modules[module].file;
        let own = definitions.iter().copied().find(|definition| file(*definition) == file(module));
        own.or_else(|| (definitions.len() == 1).then(|| definitions[0]))
    }

    /// Adds a child module and returns its index.
    pub(super) fn add_module(
        &mut self,
        parent: usize,
        name: &str,
        file: PathBuf,
        line: usize,
    ) -> usize {
        let path = [self.modules[parent].path.as_slice(), &[name.to_owned()]].concat();
        let index = self.modules.len();
        self.modules.push(Module { path, file, line, parent, ..Module::default() });
        self.modules[parent].children.insert(name.to_owned(), index);
        index
    }
}
