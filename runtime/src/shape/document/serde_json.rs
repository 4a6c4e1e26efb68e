//! Conversions from and to `serde_json::Value`.

use serde_json::{Map, Value};

use super::Document;
use super::number::Repr;
use crate::shape::setters::{list, map};

/// A number that is too large for an `f64` becomes [`Document::Null`]. Such numbers exist only with
/// the `arbitrary_precision` feature of `serde_json`.
impl From<Value> for Document {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => value.into(),
                (None, Some(value)) => value.into(),
                (None, None) => number.as_f64().map_or(Self::Null, Self::from),
            },
            Value::String(text) => Self::String(text),
            Value::Array(elements) => Self::Array(list(elements)),
            Value::Object(members) => Self::Object(map(members)),
        }
    }
}

impl From<Document> for Value {
    fn from(document: Document) -> Self {
        match document {
            Document::Null => Self::Null,
            Document::Bool(value) => Self::Bool(value),
            Document::Number(number) => match number.repr() {
                Repr::Unsigned(value) => value.into(),
                Repr::Negative(value) => value.into(),
                Repr::Float(value) => value.into(),
            },
            Document::String(text) => Self::String(text),
            Document::Array(elements) => elements.into_iter().map(Self::from).collect(),
            Document::Object(members) => {
                let mut object = Map::new();
                for (name, value) in members {
                    object.insert(name, value.into());
                }
                Self::Object(object)
            }
        }
    }
}
