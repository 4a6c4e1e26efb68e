//! Defines the types of members.

use crate::names::Ident;

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`, with `NaN` and the infinities as strings on the wire
    F32,
    /// `f64`, with `NaN` and the infinities as strings on the wire
    F64,
    /// The runtime's `Blob`
    Blob,
    /// The runtime's `Timestamp`, with this wire format
    Timestamp(TimestampFormat),
    /// The runtime's `Document`: any JSON
    Document,
    /// `Vec<T>`, or `Vec<Option<T>>` if it is sparse
    List {
        /// The element.
        element: Box<Type>,
        /// Whether elements may be null.
        sparse: bool,
    },
    /// `BTreeMap<K, V>`, or `BTreeMap<K, Option<V>>` if it is sparse
    Map {
        /// The key: `String` or an enum.
        key: Box<Type>,
        /// The value.
        value: Box<Type>,
        /// Whether values may be null.
        sparse: bool,
    },
    /// A structure in the `types` module.
    Struct(Ident),
    /// A union in the `types` module.
    Union(Ident),
    /// An enum of strings in the `types` module.
    Enum(Ident),
    /// An enum of whole numbers in the `types` module.
    IntEnum(Ident),
    /// `Box<T>`, which breaks a recursion.
    Boxed(Box<Type>),
}

impl Type {
    /// The type in the box, or the type itself.
    pub fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(inner) => inner.unboxed(),
            ty => ty,
        }
    }
}

/// The wire format of a timestamp; all of these formats are accepted when reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `1577882096.5`
    EpochSeconds,
    /// `2020-01-01T12:34:56.5Z`
    DateTime,
    /// `Wed, 01 Jan 2020 12:34:56 GMT`
    HttpDate,
}
