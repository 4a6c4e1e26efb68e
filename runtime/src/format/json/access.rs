//! The elements of an array and the members of an object, as serde reads them.

use serde_core::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::format::error::FormatError;
use crate::format::json::reader::Reader;
use crate::format::mismatch::mismatch;

/// The elements of an array.
pub(super) struct Elements<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
    /// The position of the first element.
    start: usize,
    /// The number of elements that were read.
    count: usize,
}

impl<'a, 'de> Elements<'a, 'de> {
    #[inline]
    pub(super) fn new(reader: &'a mut Reader<'de>) -> Self {
        let start = reader.position;
        Self { reader, is_first: true, start, count: 0 }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = FormatError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FormatError> {
        if !self.reader.next_element(&mut self.is_first)? {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.reader) {
            Ok(value) => {
                self.count += 1;
                Ok(Some(value))
            }
            Err(error) => {
                self.reader.locate();
                Err(error)
            }
        }
    }

    /// Returns the number of elements of the same size that the rest of the input could contain.
    fn size_hint(&self) -> Option<usize> {
        let read = self.reader.position - self.start;
        let rest = self.reader.input.len() - self.reader.position;
        rest.checked_mul(self.count)?.checked_div(read)
    }
}

/// The members of an object.
pub(super) struct Members<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl<'a, 'de> Members<'a, 'de> {
    #[inline]
    pub(super) fn new(reader: &'a mut Reader<'de>) -> Self {
        Self { reader, is_first: true }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = FormatError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FormatError> {
        if !self.reader.next_key(&mut self.is_first)? {
            return Ok(None);
        }
        match seed.deserialize(Key(self.reader)) {
            Ok(key) => Ok(Some(key)),
            Err(error) => {
                self.reader.locate();
                Err(error)
            }
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FormatError> {
        self.reader.colon()?;
        let value = seed.deserialize(&mut *self.reader);
        if value.is_err() {
            self.reader.locate();
        }
        value
    }
}

/// The key of a member. JSON keys are strings, so numbers and booleans are quoted.
pub(super) struct Key<'a, 'de>(pub(super) &'a mut Reader<'de>);

impl Key<'_, '_> {
    /// Reads the quotation mark before a number.
    fn open_number(&mut self) -> Result<(), FormatError> {
        self.0.position += 1;
        match self.0.peek() {
            Some(b'-' | b'0'..=b'9') => Ok(()),
            _ => Err(mismatch("a number as the key", "a string")),
        }
    }

    /// Reads the quotation mark after a number.
    fn close_number(&mut self) -> Result<(), FormatError> {
        match self.0.peek() {
            Some(b'"') => {
                self.0.position += 1;
                Ok(())
            }
            _ => Err(mismatch("a number as the key", "a string")),
        }
    }
}

macro_rules! number_keys {
    ($($method:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, FormatError> {
            self.open_number()?;
            let value = self.0.$method(visitor)?;
            self.close_number()?;
            Ok(value)
        })*
    };
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = FormatError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.0.visit_string(visitor)
    }

    number_keys!(
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_i64,
        deserialize_i128,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64,
        deserialize_u128,
        deserialize_f32,
        deserialize_f64,
    );

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        let rest = &self.0.input[self.0.position..];
        let value = rest.starts_with(b"\"true\"");
        if !value && !rest.starts_with(b"\"false\"") {
            return Err(mismatch("a boolean as the key", "a string"));
        }
        self.0.position += if value { "\"true\"".len() } else { "\"false\"".len() };
        visitor.visit_bool(value)
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

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    serde_core::forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}
