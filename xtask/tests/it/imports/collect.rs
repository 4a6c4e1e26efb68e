//! Collects the child modules, `use` declarations, paths and macros of one module.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Block, Expr, Ident, ImplItemFn, Item, ItemMacro, ItemMod, ItemUse, Lit, Macro,
    UseTree, Visibility, visit::Visit,
};

use super::{
    cfg::is_for_tests,
    crate_files::{Crate, Reference},
};

/// Adds to `module` what its items bind and refer to, and reads its child modules.
pub(super) fn collect(krate: &mut Crate, module: usize, folder: &Path, items: &[Item]) {
    let mut collector = Collector { krate, module, folder, blocks: 0 };
    items.iter().for_each(|item| collector.visit_item(item));
}

struct Collector<'c> {
    krate: &'c mut Crate,
    module: usize,
    folder: &'c Path,
    /// The number of blocks that enclose the code that is visited. A `use` in a block does not bind
    /// a name of the module.
    blocks: usize,
}

impl Visit<'_> for Collector<'_> {
    fn visit_item(&mut self, item: &Item) {
        if !is_for_tests(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &ImplItemFn) {
        if !is_for_tests(&function.attrs) {
            syn::visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_block(&mut self, block: &Block) {
        self.blocks += 1;
        syn::visit::visit_block(self, block);
        self.blocks -= 1;
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        let (name, line) = (item.ident.to_string(), line(&item.ident));
        let folder = self.folder.join(&name);
        if let Some((_, items)) = &item.content {
            let file = self.krate.modules[self.module].file.clone();
            let child = self.krate.add_module(self.module, &name, file, line);
            return collect(self.krate, child, &folder, items);
        }
        let (file, folder) = match path_attribute(&item.attrs) {
            Some(path) => self.file_by_path(&path),
            None => (self.file_of(&name), folder),
        };
        let child = self.krate.add_module(self.module, &name, file.clone(), line);
        self.krate.read_file(child, &file, &folder);
    }

    fn visit_item_extern_crate(&mut self, item: &syn::ItemExternCrate) {
        if item.ident == "self" {
            let name = item.rename.as_ref().map(|(_, name)| name.to_string());
            self.krate.own_names.extend(name);
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        self.add_use(&item.tree, &mut Vec::new());
    }

    fn visit_item_macro(&mut self, item: &ItemMacro) {
        if let Some(name) = &item.ident {
            self.krate.macros.entry(name.to_string()).or_default().push(self.module);
        }
        syn::visit::visit_item_macro(self, item);
    }

    fn visit_macro(&mut self, call: &Macro) {
        if let Some(name) = call.path.get_ident() {
            let macro_call = (name.to_string(), line(name));
            self.krate.modules[self.module].macro_calls.push(macro_call);
        }
        if !is_quotation(&call.path) {
            self.add_paths_of_tokens(call.tokens.clone());
        }
        syn::visit::visit_macro(self, call);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if path.leading_colon.is_none() && segments.len() > 1 {
            self.add_path(segments, line(&path.segments[0].ident));
        }
        syn::visit::visit_path(self, path);
    }

    // `pub(in crate::a)` is not an import.
    fn visit_visibility(&mut self, _: &Visibility) {}

    fn visit_attribute(&mut self, _: &Attribute) {}
}

impl Collector<'_> {
    fn file_of(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        let files = [self.folder.join(format!("{name}.rs")), folder.join("mod.rs")];
        let file = files.into_iter().find(|file| file.is_file());
        file.unwrap_or_else(|| panic!("no file of the module {}", folder.display()))
    }

    /// The file of `#[path = "..."] mod name;`, and the folder of its child modules. The path starts at
    /// the file that contains the attribute.
    fn file_by_path(&self, path: &str) -> (PathBuf, PathBuf) {
        let declaring = &self.krate.modules[self.module].file;
        let file = declaring.parent().unwrap_or(self.folder).join(path);
        let file = file.canonicalize().unwrap_or_else(|_| panic!("no file {}", file.display()));
        let folder = file.parent().unwrap_or(self.folder).to_owned();
        (file, folder)
    }

    fn add_path(&mut self, segments: Vec<String>, line: usize) {
        self.krate.modules[self.module].paths.push(Reference { segments, line });
    }

    /// Adds the leaves of a `use` tree below `prefix`.
    fn add_use(&mut self, tree: &UseTree, prefix: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add_use(&path.tree, prefix);
                prefix.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_use(tree, prefix));
            }
            UseTree::Glob(glob) => {
                self.krate.modules[self.module].globs.push(prefix.clone());
                self.add_path(prefix.clone(), glob.star_token.spans[0].start().line);
            }
            UseTree::Name(name) => self.add_name(&name.ident, &name.ident, prefix),
            UseTree::Rename(rename) => self.add_name(&rename.ident, &rename.rename, prefix),
        }
    }

    /// Adds `use PREFIX::NAME as ALIAS`.
    fn add_name(&mut self, name: &Ident, alias: &Ident, prefix: &[String]) {
        let mut path = prefix.to_vec();
        // `use a::{self}` binds `a`.
        let is_self = name == "self" && !prefix.is_empty();
        let alias = if is_self && alias == "self" { prefix.last().cloned() } else { None }
            .unwrap_or_else(|| alias.to_string());
        if !is_self {
            path.push(name.to_string());
        }
        if self.blocks == 0 {
            self.krate.modules[self.module].aliases.insert(alias, path.clone());
        }
        self.add_path(path, line(name));
    }

    /// Adds the paths in the tokens of a macro that start with `crate`, `self` or `super`.
    fn add_paths_of_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            index += 1;
            match token {
                TokenTree::Group(group) => self.add_paths_of_tokens(group.stream()),
                TokenTree::Ident(first) if is_keyword(first) => {
                    let mut segments = vec![first.to_string()];
                    while let Some(name) = next_segment(&tokens[index..]) {
                        segments.push(name.to_string());
                        index += 3;
                    }
                    // `$crate::private::$name` can name anything.
                    if segments.len() > 1 && !starts_with_variable(&tokens[index..]) {
                        self.add_path(segments, line(first));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The value of `#[path = "..."]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let Expr::Lit(value) = &attribute.meta.require_name_value().ok()?.value else { return None };
    let Lit::Str(text) = &value.lit else { return None };
    Some(text.value())
}

/// Returns true for `quote!` and similar macros, whose tokens are code of another crate.
fn is_quotation(path: &syn::Path) -> bool {
    let name = path.segments.last().map(|segment| segment.ident.to_string());
    name.is_some_and(|name| ["quote", "quote_spanned", "parse_quote"].contains(&name.as_str()))
}

fn is_keyword(name: &Ident) -> bool {
    ["crate", "self", "super"].iter().any(|keyword| name == keyword)
}

/// The name in `:: NAME`, if the tokens start with that.
fn next_segment(tokens: &[TokenTree]) -> Option<&Ident> {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(name), ..]
            if first.as_char() == ':' && second.as_char() == ':' =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// Returns true if the tokens start with `:: $`.
fn starts_with_variable(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), _, TokenTree::Punct(third), ..]
        if first.as_char() == ':' && third.as_char() == '$')
}

fn line(name: &Ident) -> usize {
    name.span().start().line
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
