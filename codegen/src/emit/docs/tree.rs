//! Describes structures as trees of their members: one line per member with its type and
//! constraints, and its content below it.

use std::collections::{HashMap, HashSet};

use crate::emit::docs::constraint_words as words;
use crate::ir::{Operation, Service, Struct, Type, Union};
use crate::names::Ident;

/// Types that more operations than this share are not expanded in responses; a link leads to them.
const MAX_SHARED: usize = 3;

/// The maximum number of lines in all trees together, although each tree may have `MIN_LINES`.
/// Without a limit, operations that share large structures could exhaust memory.
const MAX_LINES: usize = 1_000_000;
const MIN_LINES: usize = 200;

/// The types of a service, and the number of operations that use each of them.
pub(in crate::emit) struct Trees<'s> {
    structs: HashMap<&'s Ident, &'s Struct>,
    unions: HashMap<&'s Ident, &'s Union>,
    uses: HashMap<&'s Ident, usize>,
    /// The number of lines after which a tree is not expanded further.
    max_lines: usize,
}

impl<'s> Trees<'s> {
    pub(in crate::emit) fn of(service: &'s Service) -> Self {
        let structs = service.types.structs.iter().map(|shape| (&shape.name, shape));
        let unions = service.types.unions.iter().map(|shape| (&shape.name, shape));
        let mut trees = Self {
            structs: structs.collect(),
            unions: unions.collect(),
            uses: HashMap::new(),
            max_lines: MAX_LINES.div_euclid(service.operations.len().max(1)).max(MIN_LINES),
        };
        for operation in &service.operations {
            let sides = std::iter::once(&operation.request).chain(&operation.response);
            trees.count(sides.flat_map(|shape| &shape.fields).map(|field| &field.ty).collect());
        }
        trees
    }

    /// Counts an operation with these types for every type that it uses. The contents of a type are
    /// not counted once its count exceeds `MAX_SHARED`, because their counts are at least as high.
    fn count(&mut self, mut pending: Vec<&'s Type>) {
        let mut reached = HashSet::new();
        while let Some(ty) = pending.pop() {
            let Some(name) = named(ty) else { continue };
            if !reached.insert(name) {
                continue;
            }
            let uses = self.uses.entry(name).or_default();
            if *uses > MAX_SHARED {
                continue;
            }
            *uses += 1;
            if let Some(shape) = self.structs.get(name) {
                pending.extend(shape.fields.iter().map(|field| &field.ty));
            } else if let Some(shape) = self.unions.get(name) {
                pending.extend(shape.variants.iter().filter_map(|variant| variant.ty.as_ref()));
            }
        }
    }

    /// Returns the members of an operation's request, or `None` if it has none.
    pub(in crate::emit) fn request(&self, operation: &Operation) -> Option<String> {
        self.tree(&operation.request, usize::MAX)
    }

    /// Returns the members of an operation's response, or `None` if it has none.
    pub(in crate::emit) fn response(&self, operation: &Operation) -> Option<String> {
        self.tree(operation.response.as_ref()?, MAX_SHARED)
    }

    /// Returns a list of the members and their content, except for types that more than `shared`
    /// operations use. Required members come first, as in `new`.
    fn tree(&self, shape: &Struct, shared: usize) -> Option<String> {
        let mut branch = Branch { trees: self, shared, opened: HashSet::new(), lines: Vec::new() };
        branch.members(shape, 0);
        (!branch.lines.is_empty()).then(|| branch.lines.join("\n"))
    }
}

/// A tree that is being written.
struct Branch<'t, 's> {
    trees: &'t Trees<'s>,
    shared: usize,
    /// Types that have already been expanded. This also stops recursion.
    opened: HashSet<&'s Ident>,
    lines: Vec<String>,
}

impl Branch<'_, '_> {
    fn members(&mut self, shape: &Struct, depth: usize) {
        let (required, others): (Vec<_>, Vec<_>) =
            shape.fields.iter().partition(|field| field.is_required());
        for field in required.into_iter().chain(others) {
            self.line(field.name.as_str(), Some(&field.ty), &words::field_in_brief(field), depth);
        }
    }

    /// Appends a member and its content.
    fn line(&mut self, name: &str, ty: Option<&Type>, rules: &str, depth: usize) {
        let indent = "  ".repeat(depth);
        let what = ty.map(|ty| format!(": {}", type_words(ty))).unwrap_or_default();
        let rules = if rules.is_empty() { String::new() } else { format!("; {rules}") };
        self.lines.push(format!("{indent}- `{name}`{what}{rules}"));
        if let Some(name) = ty.and_then(named) {
            self.open(name, depth + 1);
        }
    }

    fn open(&mut self, name: &Ident, depth: usize) {
        let trees = self.trees;
        let is_shared = trees.uses.get(name).is_some_and(|uses| *uses > self.shared);
        if depth > MAX_DEPTH || is_shared {
            return;
        }
        if let Some((name, shape)) = trees.structs.get_key_value(name) {
            let fits = self.lines.len() + shape.fields.len() <= trees.max_lines;
            if fits && self.opened.insert(name) {
                self.members(shape, depth);
            }
        } else if let Some((name, shape)) = trees.unions.get_key_value(name)
            && self.lines.len() + shape.variants.len() <= trees.max_lines
            && self.opened.insert(name)
        {
            for variant in &shape.variants {
                let rules = words::value_in_brief(&variant.constraints, variant.ty.as_ref());
                self.line(variant.name.as_str(), variant.ty.as_ref(), &rules, depth);
            }
        }
    }
}

/// The maximum depth of a tree; links lead to deeper members.
const MAX_DEPTH: usize = 6;

/// Returns the named type of a type, or of its elements.
fn named(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::List { element, .. } => named(element),
        Type::Map { value, .. } => named(value),
        Type::Boxed(inner) => named(inner),
        Type::Struct(name) | Type::Union(name) | Type::Enum(name) | Type::IntEnum(name) => {
            Some(name)
        }
        _ => None,
    }
}

/// Returns a type in words, with a link if it belongs to the service.
fn type_words(ty: &Type) -> String {
    match ty {
        Type::String => "`String`".to_owned(),
        Type::Bool => "`bool`".to_owned(),
        Type::I8 => "`i8`".to_owned(),
        Type::I16 => "`i16`".to_owned(),
        Type::I32 => "`i32`".to_owned(),
        Type::I64 => "`i64`".to_owned(),
        Type::F32 => "`f32`".to_owned(),
        Type::F64 => "`f64`".to_owned(),
        Type::Blob => "`Blob`".to_owned(),
        Type::Timestamp(_) => "`Timestamp`".to_owned(),
        Type::Document => "`Document`".to_owned(),
        Type::List { element, .. } => format!("list of {}", type_words(element)),
        Type::Map { key, value, .. } => {
            format!("map from {} to {}", type_words(key), type_words(value))
        }
        Type::Boxed(inner) => type_words(inner),
        Type::Struct(name) | Type::Union(name) | Type::Enum(name) | Type::IntEnum(name) => {
            let name = name.as_str();
            format!("[`{name}`](super::types::{name})")
        }
    }
}
