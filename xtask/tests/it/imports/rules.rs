//! Checks the rules: imports go down the list of layers, and files of a layer do not form a large
//! cycle.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{crate_files::Crate, cycles::cycles};

/// The maximum number of files of one layer that may import each other in a cycle.
const LARGEST_CYCLE: usize = 3;

/// The layers of a crate from top to bottom. Layers on one line may import each other, but not in a
/// cycle.
pub(super) type Layers<'r> = [&'r [&'r str]];

/// An import of one file by another.
struct Import<'c> {
    from: &'c Path,
    to: &'c Path,
    /// The layers of the two files.
    layers: [&'c str; 2],
    line: usize,
    shown: String,
}

/// Describes every violation, one per line, with the file and the line of the import.
pub(super) fn violations(krate: &Crate, layers: &Layers<'_>) -> Vec<String> {
    let mut found = unlisted(krate, layers);
    let mut imports = Vec::new();
    for module in 0..krate.modules.len() {
        imports_of(krate, module, &mut imports, &mut found);
    }
    found.extend(imports.iter().filter_map(|import| upward(import, layers)));
    found.extend(layer_cycles(&imports, layers));
    found.extend(file_cycles(&imports));
    let found: BTreeSet<String> = found.into_iter().collect();
    found.into_iter().collect()
}

/// Modules of the root that are not on any line of the list.
fn unlisted(krate: &Crate, layers: &Layers<'_>) -> Vec<String> {
    let root = &krate.modules[0];
    let files = root.children.iter().filter(|(_, child)| krate.modules[**child].file != root.file);
    let missing = files.filter(|(name, _)| height(layers, name).is_none());
    let described = missing.map(|(name, child)| {
        let line = krate.modules[*child].line;
        format!("{}:{line}: the list of layers has no `{name}`", root.file.display())
    });
    described.collect()
}

/// Adds the imports of a module from other files. The root may import everything and is imported by none.
fn imports_of<'c>(
    krate: &'c Crate,
    index: usize,
    imports: &mut Vec<Import<'c>>,
    found: &mut Vec<String>,
) {
    let module = &krate.modules[index];
    let root = &krate.modules[0].file;
    let paths = module
        .paths
        .iter()
        .map(|path| (krate.resolve(index, &path.segments), path.line, path.segments.join("::")));
    let calls = module
        .macro_calls
        .iter()
        .map(|(name, line)| (krate.macro_definition(index, name), *line, format!("{name}!")));
    for (target, line, shown) in paths.chain(calls) {
        let Some(target) = target.map(|target| &krate.modules[target]) else { continue };
        if target.file == module.file || module.file == *root {
            continue;
        }
        if target.file == *root {
            let place = format!("{}:{line}", module.file.display());
            found.push(format!("{place}: `{shown}` is defined in the root of the crate"));
            continue;
        }
        let (Some(from), Some(to)) = (module.path.first(), target.path.first()) else { continue };
        // A path that starts with an imported name repeats that import, unless it leads further.
        let alias = shown.split("::").next().is_some_and(|name| module.aliases.contains_key(name));
        let known = |import: &Import<'_>| import.from == module.file && import.to == target.file;
        if alias && imports.iter().any(known) {
            continue;
        }
        let layers = [from.as_str(), to.as_str()];
        imports.push(Import { from: &module.file, to: &target.file, layers, line, shown });
    }
}

/// The line of the list that has the layer; 0 is the top.
fn height(layers: &Layers<'_>, layer: &str) -> Option<usize> {
    layers.iter().position(|line| line.contains(&layer))
}

fn upward(import: &Import<'_>, layers: &Layers<'_>) -> Option<String> {
    let [from, to] = import.layers;
    let is_upward = height(layers, from)? > height(layers, to)?;
    is_upward.then(|| describe(import, &format!("`{to}` is above `{from}` in the list of layers")))
}

/// Imports between layers on one line that form a cycle.
fn layer_cycles(imports: &[Import<'_>], layers: &Layers<'_>) -> Vec<String> {
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let level = |import: &&Import<'_>| {
        let [from, to] = import.layers;
        from != to && height(layers, from).is_some_and(|line| height(layers, to) == Some(line))
    };
    for Import { layers: [from, to], .. } in imports.iter().filter(level) {
        edges.entry(from).or_default().insert(to);
    }
    let cycles = cycles(&edges);
    let described = imports.iter().filter(level).filter_map(|import| {
        let [from, to] = import.layers;
        let cycle = cycles.iter().find(|cycle| cycle.contains(from) && cycle.contains(to))?;
        let layers: Vec<_> = cycle.iter().copied().collect();
        Some(describe(import, &format!("layers import each other: {}", layers.join(", "))))
    });
    described.collect()
}

/// The layer of generated clients, whose files refer to each other.
const GENERATED: &str = "clients";

/// Imports between files of one layer that form a cycle that is too large.
fn file_cycles(imports: &[Import<'_>]) -> Vec<String> {
    let mut edges: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    let inside = |import: &&Import<'_>| {
        import.layers[0] == import.layers[1] && import.layers[0] != GENERATED
    };
    for import in imports.iter().filter(inside) {
        edges.entry(import.from).or_default().insert(import.to);
    }
    let mut cycles = cycles(&edges);
    cycles.retain(|cycle| cycle.len() > LARGEST_CYCLE);
    let described = imports.iter().filter(inside).filter_map(|import| {
        let both =
            |cycle: &&BTreeSet<&Path>| cycle.contains(import.from) && cycle.contains(import.to);
        let count = cycles.iter().find(both)?.len();
        let to = import.to.display();
        Some(describe(import, &format!("imports {to} in a cycle of {count} files")))
    });
    described.collect()
}

fn describe(import: &Import<'_>, problem: &str) -> String {
    format!("{}:{}: `{}`: {problem}", import.from.display(), import.line, import.shown)
}
