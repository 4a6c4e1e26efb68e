//! Deserializes a member from text: a header, the status, or a payload.

use std::borrow::Cow;

use serde_core::de::value::{MapDeserializer, SeqDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use crate::format::error::FormatError;
use crate::protocol::http_binding::header_list;
use crate::protocol::text_scalar::{parse_bool, visit_number_or_text};

/// The text of a member. The type of the member determines whether it is a string, a number, a
/// boolean or a list.
#[derive(Debug, Clone)]
pub(crate) struct FromText<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserializer<'de> for FromText<'_> {
    type Error = FormatError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visit_number_or_text(&self.0, visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_bool(parse_bool(&self.0)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_string(self.0.into_owned())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        let elements = header_list::split(&self.0).into_iter().map(Owned);
        visitor.visit_seq(SeqDeserializer::new(elements))
    }

    serde_core::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// An element of a list, or a value of a map.
#[derive(Debug, Clone)]
pub(super) struct Owned(pub(super) String);

impl<'de> IntoDeserializer<'de, FormatError> for Owned {
    type Deserializer = FromText<'static>;

    fn into_deserializer(self) -> FromText<'static> {
        FromText(Cow::Owned(self.0))
    }
}

/// Deserializes a map from names and values.
#[derive(Debug)]
pub(crate) struct FromPairs<V>(pub(crate) Vec<(String, V)>);

impl<'de, V: IntoDeserializer<'de, FormatError>> Deserializer<'de> for FromPairs<V> {
    type Error = FormatError;

    fn deserialize_any<T: Visitor<'de>>(self, visitor: T) -> Result<T::Value, FormatError> {
        let pairs = self.0.into_iter().map(|(key, value)| (Owned(key), value));
        visitor.visit_map(MapDeserializer::new(pairs))
    }

    fn deserialize_option<T: Visitor<'de>>(self, visitor: T) -> Result<T::Value, FormatError> {
        visitor.visit_some(self)
    }

    serde_core::forward_to_deserialize_any! {
        <T: Visitor<'de>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Deserializes binary data.
#[derive(Debug)]
pub(crate) struct FromBytes<'a>(pub(crate) &'a [u8]);

impl<'de> Deserializer<'de> for FromBytes<'_> {
    type Error = FormatError;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_bytes(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_some(self)
    }

    serde_core::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The value of one member, in the form that [`Structure::read`](crate::Structure::read) expects.
pub(crate) struct OneValue<D>(Option<D>);

impl<D> OneValue<D> {
    pub(crate) fn new(value: D) -> Self {
        Self(Some(value))
    }
}

impl<'de, D: Deserializer<'de>> MapAccess<'de> for OneValue<D> {
    type Error = D::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        _: K,
    ) -> Result<Option<K::Value>, D::Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, D::Error> {
        let value = self.0.take().ok_or_else(|| D::Error::custom("the value was already read"))?;
        seed.deserialize(value)
    }
}
