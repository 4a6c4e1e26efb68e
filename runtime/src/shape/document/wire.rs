//! Serialization of documents.

use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};

use super::number::Repr;
use super::{Document, Number};
use crate::format::mismatch::mismatch;
use crate::shape::number::NUMBER_KEY;

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(members) => serializer.collect_map(members),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.repr() {
            Repr::Unsigned(value) => serializer.serialize_u64(value),
            Repr::Negative(value) => serializer.serialize_i64(value),
            Repr::Float(value) => serializer.serialize_f64(value),
        }
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocumentVisitor)
    }
}

/// The error for `NaN`, infinities and numbers that are too large for an `f64`.
fn not_finite<E: Error>() -> E {
    mismatch("any JSON value", "a number out of range")
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        Deserialize::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
        let number = Number::from_f64(value);
        number.map(Document::Number).ok_or_else(not_finite)
    }

    fn visit_str<E>(self, text: &str) -> Result<Document, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Document, E> {
        Ok(text.into())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut elements: S) -> Result<Document, S::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element()? {
            array.push(element);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Document, M::Error> {
        let mut object = BTreeMap::new();
        while let Some((name, value)) = members.next_entry()? {
            object.insert(name, value);
        }
        match number_digits(&object).map(Number::parse) {
            Some(Some(number)) => Ok(Document::Number(number)),
            Some(None) => Err(not_finite()),
            None => Ok(Document::Object(object)),
        }
    }
}

/// Returns the digits if the object represents a number; see `shape::number`.
fn number_digits(object: &BTreeMap<String, Document>) -> Option<&str> {
    let digits = object.get(NUMBER_KEY).filter(|_| object.len() == 1)?.as_str()?;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let starts_with_digit = unsigned.starts_with(|first: char| first.is_ascii_digit());
    (starts_with_digit && digits.parse::<f64>().is_ok()).then_some(digits)
}
