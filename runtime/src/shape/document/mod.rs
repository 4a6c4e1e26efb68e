//! Documents: untyped values, for document shapes and for members that are not in the model.
//!
//! `serde_json::Value` is not used because any crate of a program can enable the
//! `arbitrary_precision` feature of `serde_json`. Its numbers are then serialized as a structure
//! that only `serde_json` understands. `wire` defines how a document is serialized and
//! deserialized.

mod convert;
mod number;
#[cfg(feature = "serde_json")]
mod serde_json;
mod text;
mod wire;

use std::collections::BTreeMap;

pub use number::Number;
pub use text::{ParseDocumentError, ParseNumberError};

/// Creates a document from JSON, for tests.
#[cfg(test)]
macro_rules! document {
    ($($json:tt)+) => {
        $crate::Document::from(serde_json::json!($($json)+))
    };
}

#[cfg(test)]
pub(crate) use document;

/// An untyped value, with the data model of JSON.
///
/// ```
/// use longshore_runtime::Document;
///
/// let size = Document::from([4.0, 2.5]);
/// let document = Document::from_iter([("size", size), ("name", "a".into())]);
/// assert_eq!(document.to_string(), r#"{"name":"a","size":[4.0,2.5]}"#);
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

    /// Returns the string.
    ///
    /// # Errors
    /// Returns the document if it is not a string.
    pub fn into_string(self) -> Result<String, Self> {
        match self {
            Self::String(text) => Ok(text),
            other => Err(other),
        }
    }

    /// Returns the elements of a list.
    ///
    /// # Errors
    /// Returns the document if it is not a list.
    pub fn into_array(self) -> Result<Vec<Self>, Self> {
        match self {
            Self::Array(elements) => Ok(elements),
            other => Err(other),
        }
    }

    /// Returns the members of an object.
    ///
    /// # Errors
    /// Returns the document if it is not an object.
    pub fn into_object(self) -> Result<BTreeMap<String, Self>, Self> {
        match self {
            Self::Object(members) => Ok(members),
            other => Err(other),
        }
    }
}
