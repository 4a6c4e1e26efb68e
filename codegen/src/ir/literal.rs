//! Defines values without parts: defaults, and the leaves of whole values.

/// A value. Its type is known from the context.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`
    Bool(bool),
    /// An integer, for any integer type or integer enum.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string, or the wire value of an enum.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A point in time.
    Timestamp {
        /// Whole seconds since 1970; negative before that.
        seconds: i64,
        /// Nanoseconds after them, less than a second.
        nanos: u32,
    },
    /// Any JSON, for a document.
    Document(Document),
    /// The empty list or map.
    Empty,
}

/// JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// `null`
    Null,
    /// `true`
    Bool(bool),
    /// An integer that fits `i64` or `u64`.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Document>),
    /// An object.
    Map(Vec<(String, Document)>),
}
