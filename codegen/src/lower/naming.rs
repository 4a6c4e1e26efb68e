//! Chooses the Rust name and the file of every type.

use std::collections::BTreeMap;

use super::closure::Closure;
use crate::{
    names::{self, Ident, Scope},
    smithy::{Kind, Model, ServiceShape, Shape, ShapeId},
};

/// The Rust name and the file of every structure, union, enum and exception.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    names: BTreeMap<ShapeId, Ident>,
    modules: BTreeMap<ShapeId, Ident>,
}

impl TypeNames {
    /// Names every type before any is lowered, so that members can refer to types that come later.
    ///
    /// If the names of two types collide, the first one in the model keeps the plain name.
    pub(super) fn claim(model: &Model, closure: &Closure, service: &ServiceShape) -> Self {
        // Types and exceptions have separate folders, in which each of them has a file.
        let mut types = (Scope::camel(), Scope::words());
        let mut exceptions = (Scope::camel(), Scope::words());
        let mut claimed = Self::default();
        for (id, shape) in model.shapes.iter().filter(|(id, _)| closure.has(id)) {
            let (names, files) = match placement(closure, id, shape) {
                Placement::Type => &mut types,
                Placement::Exception => &mut exceptions,
                Placement::Nowhere => continue,
            };
            let wire = service.rename.get(id).map_or(id.name(), String::as_str);
            let name = names.claim(names::type_name(wire));
            // Two names that differ only in case would share one file.
            let module = files.claim(names::module(name.as_str()));
            claimed.names.insert(id.clone(), name);
            claimed.modules.insert(id.clone(), module);
        }
        claimed
    }

    /// The Rust name of a type, if the shape is one.
    pub(super) fn get(&self, id: &ShapeId) -> Option<&Ident> {
        self.names.get(id)
    }

    /// The file of a type; `name` is its name.
    pub(super) fn module(&self, id: &ShapeId, name: &Ident) -> Ident {
        self.modules.get(id).cloned().unwrap_or_else(|| names::module(name.as_str()))
    }
}

/// The module that contains the Rust type of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// `types`
    Type,
    /// `exception`
    Exception,
    /// None: the shape has no separate type, or its operation's file declares it.
    Nowhere,
}

/// Returns the module in which a shape has a file.
pub(super) fn placement(closure: &Closure, id: &ShapeId, shape: &Shape) -> Placement {
    match &shape.kind {
        Kind::Structure(_) if shape.traits.has("smithy.api#error") => Placement::Exception,
        Kind::Structure(_) if id.is_unit() => Placement::Nowhere,
        // An input or output of one operation is declared in the file of that operation.
        Kind::Structure(_) if closure.reach(id).nested => Placement::Type,
        Kind::Union(_) | Kind::Enum(_) | Kind::IntEnum(_) => Placement::Type,
        _ => Placement::Nowhere,
    }
}
