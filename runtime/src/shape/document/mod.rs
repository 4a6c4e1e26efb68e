//! Documents: untyped values, for document shapes and for members that are not in the model.
//!
//! `serde_json::Value` is not used because any crate of a program can enable the
//! `arbitrary_precision` feature of `serde_json`. Its numbers are then serialized as a structure
//! that only `serde_json` understands. `wire` defines how a document is serialized and
//! deserialized.

mod number;
mod wire;

use std::collections::BTreeMap;
use std::fmt;

pub use number::Number;

/// An untyped value, with the data model of JSON.
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
    /// `null`.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Document>),
    /// An object.
    Object(BTreeMap<String, Document>),
}

impl Document {
    /// Returns the member called `name`, or `None` if there is none or this is not an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Returns true if the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the boolean, if the value is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the number, if the value is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the number, if the value is an integer in the range of `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Returns the number, if the value is an integer in the range of `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// Returns the number, rounded to the nearest `f64`, if the value is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// Returns the string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the elements, if the value is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the members, if the value is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

/// Prints compact JSON.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&json)
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

/// `NaN` and infinities, which JSON cannot represent, become [`Document::Null`], as in
/// `serde_json`. Use [`Number::from_f64`] to detect them.
impl From<f64> for Document {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}
