//! Conversions of other types to documents.
//!
//! There is none for `Option`, because the setter of a document takes an `Option` of such a type.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{Document, Number};
use crate::shape::setters::{list, map};

macro_rules! from {
    ($($variant:ident: $($from:ty),*;)*) => {
        $($(impl From<$from> for Document {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })*)*
    };
}

from! {
    Bool: bool;
    Number: Number, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize;
    String: &str, String, Box<str>, Cow<'_, str>;
}

/// `NaN` and infinities, which JSON cannot represent, become [`Document::Null`], as in
/// `serde_json`. Use [`Number::from_f64`] to detect them.
impl From<f64> for Document {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

/// `NaN` and infinities, which JSON cannot represent, become [`Document::Null`], as in
/// `serde_json`.
impl From<f32> for Document {
    fn from(value: f32) -> Self {
        f64::from(value).into()
    }
}

impl<T: Into<Document>> From<Vec<T>> for Document {
    fn from(elements: Vec<T>) -> Self {
        Self::Array(list(elements))
    }
}

impl<T: Into<Document>, const N: usize> From<[T; N]> for Document {
    fn from(elements: [T; N]) -> Self {
        Self::Array(list(elements))
    }
}

impl<T: Clone + Into<Document>> From<&[T]> for Document {
    fn from(elements: &[T]) -> Self {
        Self::Array(list(elements.iter().cloned()))
    }
}

impl<K: Into<String>, V: Into<Document>> From<BTreeMap<K, V>> for Document {
    fn from(members: BTreeMap<K, V>) -> Self {
        Self::Object(map(members))
    }
}

impl<K: Into<String>, V: Into<Document>, S> From<HashMap<K, V, S>> for Document {
    fn from(members: HashMap<K, V, S>) -> Self {
        Self::Object(map(members))
    }
}

/// Collects elements into a list.
impl<T: Into<Document>> FromIterator<T> for Document {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self::Array(list(elements))
    }
}

/// Collects pairs of names and values into an object. If a name occurs repeatedly, its last value
/// is used.
impl<K: Into<String>, V: Into<Document>> FromIterator<(K, V)> for Document {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self::Object(map(members))
    }
}
