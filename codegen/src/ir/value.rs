//! Whole values of the generated types: what an example or a test case holds, decided to the last
//! name, so that printing them asks nothing.

use super::{Literal, Type};
use crate::names::Ident;

/// A value. Which type it has is said where it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A value that is no list, map, structure, union or enum; a float may be `NaN` or an infinity.
    Plain(Literal),
    /// A value of the enum of this name: its variant, or a text that the model does not list.
    Enum(Ident, Result<Ident, String>),
    /// A value of the enum of numbers of this name: its variant, or a number that the model does
    /// not list.
    IntEnum(Ident, Result<Ident, i32>),
    /// A list; `None` is the null of a sparse one.
    List(Vec<Option<Value>>),
    /// A map; `None` is the null of a sparse one.
    Map(Vec<(Value, Option<Value>)>),
    /// A structure.
    Struct(StructureValue),
    /// A union of this name with the member it holds.
    Union(Ident, Box<UnionValue>),
}

/// A structure as it is built.
#[derive(Clone, Debug, PartialEq)]
pub struct StructureValue {
    /// The module it is in.
    pub home: ValueModule,
    /// Its name there.
    pub name: Ident,
    /// What it is before the setters are called.
    pub start: Constructor,
    /// The setters that are called, in order.
    pub members: Vec<MemberValue>,
}

/// The modules of a service that hold structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueModule {
    /// Requests and responses.
    Operation,
    /// What they are made of.
    Types,
    /// Exceptions.
    Exception,
}

/// What a structure is before its setters are called.
#[derive(Clone, Debug, PartialEq)]
pub enum Constructor {
    /// `new` with its arguments.
    New(Vec<MemberValue>),
    /// What the structure is when no member came; not all that `new` takes is known.
    Empty,
}

/// A member that has a value.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberValue {
    /// The field and its setter.
    pub field: Ident,
    /// Its type.
    pub ty: Type,
    /// Its value.
    pub value: Value,
}

/// A member of a union that has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum UnionValue {
    /// One of the model's.
    Variant {
        /// The variant.
        name: Ident,
        /// What it holds; `None` where it holds nothing.
        content: Option<(Type, Value)>,
    },
    /// One that the model does not list, as JSON with its name. It can only be read.
    Unlisted(String),
}
