//! Values of any shape: what a model calls a document, and what keeps the members that it does not
//! know.
//!
//! Not `serde_json::Value`: any crate of a program can switch on that crate's feature
//! `arbitrary_precision`, and then its numbers are serialized as a structure that only `serde_json`
//! itself takes for a number. How a document is read and written, `wire` knows.

mod number;
mod wire;

use std::collections::BTreeMap;
use std::fmt;

pub use number::Number;

use crate::protocol::json::writer;

/// A value of any shape, as JSON has it.
///
/// ```
/// use longshore_runtime::Document;
///
/// let size = Document::Array(vec![4.into(), 2.5.into()]);
/// let document = Document::Object([("size".to_owned(), size), ("name".to_owned(), "a".into())].into());
/// assert_eq!(document.to_string(), r#"{"name":"a","size":[4,2.5]}"#);
/// assert_eq!(document.get("name").and_then(Document::as_str), Some("a"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Document {
    /// No value.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Document>),
    /// Names with a value each.
    Object(BTreeMap<String, Document>),
}

impl Document {
    /// The value of this name; `None` where there is none, and where this is no object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Whether this is no value.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The whole number, if it is one that an `i64` can hold.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The whole number, if it is one that a `u64` can hold.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number, if it is one; the nearest to it that an `f64` can hold.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

/// As JSON, in one line.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = writer::to_vec(self).map_err(|_| fmt::Error)?;
        f.write_str(&String::from_utf8_lossy(&json))
    }
}

macro_rules! from {
    ($($variant:ident($from:ty)),* $(,)?) => {
        $(impl From<$from> for Document {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

from!(
    Bool(bool),
    Number(i32),
    Number(i64),
    Number(u64),
    Number(Number),
    String(&str),
    String(String),
    Array(Vec<Document>),
    Object(BTreeMap<String, Document>),
);

/// `NaN` and the infinities, which JSON has no numbers for, become [`Document::Null`], as in
/// `serde_json`. [`Number::from_f64`] tells them apart.
impl From<f64> for Document {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}
