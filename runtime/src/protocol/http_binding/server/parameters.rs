//! Deserializes members from the parameters of a query.

use std::borrow::Cow;

use serde_core::de::value::SeqDeserializer;
use serde_core::de::{Deserializer, IntoDeserializer, Visitor};

use crate::format::error::FormatError;
use crate::protocol::http_binding::element_text::FromText;

/// The values of all parameters of one name. Only a list uses more than the first.
#[derive(Debug, Clone, Default)]
pub(super) struct FromValues(pub(super) Vec<String>);

impl FromValues {
    fn first(mut self) -> FromText<'static> {
        self.0.truncate(1);
        FromText(Cow::Owned(self.0.pop().unwrap_or_default()))
    }
}

impl<'de> Deserializer<'de> for FromValues {
    type Error = FormatError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.first().deserialize_any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.first().deserialize_bool(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.first().deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.first().deserialize_string(visitor)
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
        let values = self.0.into_iter().map(|value| Self(vec![value]));
        visitor.visit_seq(SeqDeserializer::new(values))
    }

    serde_core::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, FormatError> for FromValues {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
