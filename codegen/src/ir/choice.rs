//! Defines types with a choice of values: unions, and enums of strings and of integers.

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
    /// Whether it is sent or received.
    pub direction: Direction,
    /// The members, in the model's order.
    pub variants: Vec<UnionVariant>,
    /// The variant for unknown members.
    pub unrecognized: Ident,
    /// Its documentation.
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
    /// The function that creates the variant from its content, if it has any.
    pub constructor: Ident,
    /// The type of its content; `None` if it has none.
    pub ty: Option<Type>,
    /// The description of its XML or form, if it differs from the defaults.
    pub elements: Option<String>,
    /// Whether the value is hidden in debug output.
    pub sensitive: bool,
    /// The constraints of its value.
    pub constraints: Constraints,
    /// Its documentation.
    pub docs: Docs,
}

/// An open enum with wire values of type `V`.
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
    /// The variant for unknown values.
    pub unrecognized: Ident,
    /// Whether values are hidden in debug output.
    pub sensitive: bool,
    /// Its documentation.
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
    /// Its documentation.
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
