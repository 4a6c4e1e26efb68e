//! Checks that the tests of public types name every public type and trait of their crate.

use std::{collections::BTreeSet, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, UseTree, Visibility};

use crate::repository;

#[test]
fn tests_of_public_types_name_each_type() {
    for package in ["runtime", "testing", "codegen"] {
        let package = repository::root().join(package);
        let public = PublicNames::of(&package.join("src")).names;
        assert!(public.len() > 8, "{public:?}");
        let tests = package.join("tests/it/public_types.rs");
        let text = fs::read_to_string(&tests).expect("the tests of public types");
        let mut words = BTreeSet::new();
        add_words(text.parse().expect("Rust"), &mut words);
        let missing: Vec<_> = public.difference(&words).collect();
        assert!(missing.is_empty(), "{} does not name {missing:?}", tests.display());
    }
}

#[test]
fn items_of_private_and_hidden_modules_are_not_public() {
    let source = "
        pub use a::{Bb, c::Dd as Ee, f, CONSTANT};
        use a::G;
        pub struct H;
        pub(crate) struct I;
        struct J;
        pub mod k { pub use a::Ll; pub enum M {} mod n { pub struct O; } }
        #[doc(hidden)] pub mod p { pub struct Q; }
        pub fn r() {}
        pub trait S {}
    ";
    let root = Path::new("none");
    let mut public = PublicNames { root, names: BTreeSet::new() };
    public.add_items(root, &syn::parse_file(source).expect("Rust").items);
    let names: Vec<_> = public.names.iter().map(String::as_str).collect();
    assert_eq!(names, ["Bb", "Ee", "H", "Ll", "M", "S"]);
}

/// The names of the public types and traits of a crate.
struct PublicNames<'r> {
    /// The folder with `lib.rs`.
    root: &'r Path,
    names: BTreeSet<String>,
}

impl<'r> PublicNames<'r> {
    fn of(root: &'r Path) -> Self {
        let mut public = Self { root, names: BTreeSet::new() };
        public.add_file(&root.join("lib.rs"), root);
        public
    }

    /// Adds the names of a file. `folder` contains the files of its child modules.
    fn add_file(&mut self, file: &Path, folder: &Path) {
        let text = fs::read_to_string(file).expect("the file of a module");
        self.add_items(folder, &syn::parse_file(&text).expect("Rust").items);
    }

    /// Adds the names of the module `path`, if `folder` contains its file.
    fn add_module(&mut self, folder: &Path, path: &[String]) {
        let inside = folder.join(path.join("/"));
        let files = [inside.with_extension("rs"), inside.join("mod.rs")];
        if let Some(file) = files.iter().find(|file| file.is_file()) {
            self.add_file(file, &inside);
        }
    }

    fn add_items(&mut self, folder: &Path, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(module) if is_public(&module.vis, &module.attrs) => {
                    let name = module.ident.to_string();
                    match &module.content {
                        Some((_, items)) => self.add_items(&folder.join(name), items),
                        None => self.add_module(folder, &[name]),
                    }
                }
                Item::Use(item) if is_public(&item.vis, &item.attrs) => {
                    self.add_use(&item.tree, &mut Vec::new());
                }
                Item::Struct(item) => self.add(&item.ident, &item.vis, &item.attrs),
                Item::Enum(item) => self.add(&item.ident, &item.vis, &item.attrs),
                Item::Trait(item) => self.add(&item.ident, &item.vis, &item.attrs),
                Item::Type(item) => self.add(&item.ident, &item.vis, &item.attrs),
                _ => {}
            }
        }
    }

    fn add(&mut self, name: &syn::Ident, visibility: &Visibility, attributes: &[Attribute]) {
        if is_public(visibility, attributes) {
            self.names.insert(name.to_string());
        }
    }

    fn add_use(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(outer) => {
                path.push(outer.ident.to_string());
                self.add_use(&outer.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(tree, path)),
            UseTree::Name(item) => self.add_import(&item.ident, &item.ident, path),
            UseTree::Rename(item) => self.add_import(&item.ident, &item.rename, path),
            UseTree::Glob(_) => panic!("a glob import hides names from this test"),
        }
    }

    /// Adds an item that is exported as `name`: a type or trait, or a module of the crate.
    fn add_import(&mut self, item: &syn::Ident, name: &syn::Ident, path: &[String]) {
        let name = name.to_string();
        if name.starts_with(char::is_uppercase) {
            // A name without lower-case letters is that of a constant.
            if name.contains(char::is_lowercase) {
                self.names.insert(name);
            }
        } else if let [first, outer @ ..] = path
            && first == "crate"
        {
            self.add_module(self.root, &[outer, &[item.to_string()]].concat());
        }
    }
}

/// Returns true for `pub` without `#[doc(hidden)]`.
fn is_public(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    let is_hidden = |attribute: &Attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("doc")
            && list.is_ok_and(|list| list.tokens.to_string() == "hidden")
    };
    matches!(visibility, Visibility::Public(_)) && !attributes.iter().any(is_hidden)
}

/// Adds all identifiers in `tokens`.
fn add_words(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => drop(words.insert(word.to_string())),
            TokenTree::Group(group) => add_words(group.stream(), words),
            _ => {}
        }
    }
}
