//! Types of which a value is one of several things: unions, and enums of strings and of whole numbers.

use super::{Constraints, Direction, Docs, Type};
use crate::names::Ident;

/// An open union.
#[derive(Clone, Debug)]
pub struct Union {
    /// The Rust name.
    pub name: Ident,
    /// The file's and module's name.
    pub module: Ident,
    /// The model's name.
    pub wire: String,
    /// Where it goes.
    pub direction: Direction,
    /// The members, in the model's order.
    pub variants: Vec<UnionVariant>,
    /// The variant that keeps a member the model does not list.
    pub unrecognized: Ident,
    /// What it is.
    pub docs: Docs,
}

/// A member of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The variant.
    pub name: Ident,
    /// The member's name in the model.
    pub member: String,
    /// The member's name on the wire.
    pub wire: String,
    /// What it holds; `None` where being there is all that it says.
    pub ty: Option<Type>,
    /// Whether the value never prints.
    pub sensitive: bool,
    /// What the model demands of its value.
    pub constraints: Constraints,
    /// What it is.
    pub docs: Docs,
}

/// An open enum, whose values on the wire are a `V` each.
#[derive(Clone, Debug)]
pub struct Enum<V = String> {
    /// The Rust name.
    pub name: Ident,
    /// The file's and module's name.
    pub module: Ident,
    /// The model's name.
    pub wire: String,
    /// The values, in the model's order.
    pub variants: Vec<Variant<V>>,
    /// The variant that keeps a value the model does not list.
    pub unrecognized: Ident,
    /// Whether a value never prints.
    pub sensitive: bool,
    /// What it is.
    pub docs: Docs,
}

/// An open enum of whole numbers.
pub type IntEnum = Enum<i32>;

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant<V = String> {
    /// The variant.
    pub name: Ident,
    /// The value on the wire.
    pub wire: V,
    /// What it means.
    pub docs: Docs,
}

impl Union {
    /// The documentation of the union and of its members.
    pub(super) fn all_docs(&self) -> impl Iterator<Item = &Docs> {
        std::iter::once(&self.docs).chain(self.variants.iter().map(|variant| &variant.docs))
    }
}

impl<V> Enum<V> {
    /// The documentation of the enum and of its values.
    pub(super) fn all_docs(&self) -> impl Iterator<Item = &Docs> {
        std::iter::once(&self.docs).chain(self.variants.iter().map(|variant| &variant.docs))
    }
}
