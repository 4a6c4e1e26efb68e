//! Defines whole values of the generated types, with all names resolved, for examples and test
//! cases.

use super::{Literal, Type};
use crate::names::Ident;

/// A value. Its type is known from the context.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A value that is not a list, map, structure, union or enum; a float may be `NaN` or infinite.
    Plain(Literal),
    /// A value of the enum with this name: a variant, or an unknown text.
    Enum(Ident, Result<Ident, String>),
    /// A value of the integer enum with this name: a variant, or an unknown number.
    IntEnum(Ident, Result<Ident, i32>),
    /// A list; `None` is a null in a sparse one.
    List(Vec<Option<Value>>),
    /// A map; `None` is a null in a sparse one.
    Map(Vec<(Value, Option<Value>)>),
    /// A structure.
    Struct(StructureValue),
    /// A union with this name and its member.
    Union(Ident, Box<UnionValue>),
}

/// How a structure is built.
#[derive(Clone, Debug, PartialEq)]
pub struct StructureValue {
    /// The module it is in.
    pub home: ValueModule,
    /// Its name in that module.
    pub name: Ident,
    /// How it is created before the setters are called.
    pub start: Constructor,
    /// The setters to call, in order.
    pub members: Vec<MemberValue>,
}

/// The modules of a service that contain structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueModule {
    /// Requests and responses.
    Operation,
    /// The types of members.
    Types,
    /// Exceptions.
    Exception,
}

/// How a structure is created before its setters are called.
#[derive(Clone, Debug, PartialEq)]
pub enum Constructor {
    /// `new` with its arguments.
    New(Vec<MemberValue>),
    /// An empty structure, as if no member was received; not all arguments of `new` are known.
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

/// A member of a union with its value.
#[derive(Clone, Debug, PartialEq)]
pub enum UnionValue {
    /// A member that the model lists.
    Variant {
        /// The variant.
        name: Ident,
        /// Its content; `None` if it has none.
        content: Option<UnionContent>,
    },
    /// An unknown member, as JSON with its name. It can only be read.
    Unlisted(String),
}

/// The content of a union's variant.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionContent {
    /// The function that creates the variant from it.
    pub constructor: Ident,
    /// Its type.
    pub ty: Type,
    /// Its value.
    pub value: Value,
}
