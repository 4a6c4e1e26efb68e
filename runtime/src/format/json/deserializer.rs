//! The `Deserializer` implementation of [`Reader`](super::reader::Reader). The JSON form of each
//! serde type is that of `serde_json`.

use serde_core::de::{Deserializer, Error, Expected, Unexpected, Visitor};

use crate::format::error::FormatError;
use crate::format::json::access::{Elements, Members};
use crate::format::json::reader::{FailureKind, Reader};
use crate::format::json::string::Text;
use crate::format::json::variant::{ObjectVariant, UnitVariant};

/// The minimum length of a string with escapes that is not copied: the visitor receives the buffer
/// of the reader instead of a reference to it.
pub(super) const LARGE_STRING: usize = 64 * 1024;

impl<'de> Reader<'de> {
    #[inline]
    pub(super) fn visit_string<V: Visitor<'de>>(
        &mut self,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        match self.string()? {
            Text::Borrowed(text) => visitor.visit_borrowed_str(text),
            Text::Unescaped(text) if text.len() < LARGE_STRING => visitor.visit_str(text),
            Text::Unescaped(_) => visitor.visit_string(self.take_unescaped()),
        }
    }

    #[inline]
    fn visit_array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, FormatError> {
        self.open()?;
        let value = visitor.visit_seq(Elements::new(self));
        self.close_after(value, b']')
    }

    #[inline]
    fn visit_object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, FormatError> {
        self.open()?;
        let value = visitor.visit_map(Members::new(self));
        self.close_after(value, b'}')
    }

    /// Reads the bracket after the result of a visitor. The result is not unwrapped, because large
    /// values would be moved.
    #[inline]
    fn close_after<T>(
        &mut self,
        value: Result<T, FormatError>,
        bracket: u8,
    ) -> Result<T, FormatError> {
        if value.is_err() {
            self.locate_after(bracket);
            return value;
        }
        match self.close(bracket) {
            Ok(()) => value,
            Err(error) => Err(error),
        }
    }

    /// Returns the error for a value of the wrong kind. Reads the value unless it is an object or
    /// array.
    #[cold]
    fn invalid_type(&mut self, expected: &dyn Expected) -> FormatError {
        self.found_kind(expected).unwrap_or_else(|error| error)
    }

    fn found_kind(&mut self, expected: &dyn Expected) -> Result<FormatError, FormatError> {
        let found = match self.token() {
            b'n' => {
                self.literal("null")?;
                Unexpected::Unit
            }
            b't' => {
                self.literal("true")?;
                Unexpected::Bool(true)
            }
            b'f' => {
                self.literal("false")?;
                Unexpected::Bool(false)
            }
            b'-' | b'0'..=b'9' => return Ok(self.number()?.invalid_type(expected)),
            b'"' => match self.string()? {
                Text::Borrowed(text) | Text::Unescaped(text) => {
                    return Ok(FormatError::invalid_type(Unexpected::Str(text), expected));
                }
            },
            b'[' => Unexpected::Seq,
            b'{' => Unexpected::Map,
            _ => return Err(self.unexpected()),
        };
        Ok(FormatError::invalid_type(found, expected))
    }
}

macro_rules! numbers {
    ($($method:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
            match self.token() {
                b'-' | b'0'..=b'9' => self.number()?.visit(visitor),
                _ => Err(self.invalid_type(&visitor)),
            }
        })*
    };
}

macro_rules! wide_integers {
    ($($method:ident => $visit:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
            if !matches!(self.token(), b'-' | b'0'..=b'9') {
                return Err(self.invalid_type(&visitor));
            }
            let start = self.position;
            self.skip_number()?;
            match self.written_number(start).parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(self.fail(FailureKind::OutOfRange, self.position)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = FormatError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'"' => self.visit_string(visitor),
            b'-' | b'0'..=b'9' => self.number()?.visit(visitor),
            b'{' => self.visit_object(visitor),
            b'[' => self.visit_array(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.deserialize_unit(visitor),
            _ => Err(self.unexpected()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b't' => {
                self.literal("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.literal("false")?;
                visitor.visit_bool(false)
            }
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    numbers!(
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_i64,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64,
        deserialize_f64,
    );

    wide_integers!(deserialize_i128 => visit_i128, deserialize_u128 => visit_u128);

    /// Rounds once, to `f32`.
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        let first = self.token();
        let start = self.position;
        if !matches!(first, b'-' | b'0'..=b'9') {
            return Err(self.invalid_type(&visitor));
        }
        self.skip_number()?;
        match self.written_number(start).parse() {
            Ok(value) if f32::is_finite(value) => visitor.visit_f32(value),
            _ => Err(self.fail(FailureKind::OutOfRange, self.position)),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'"' => self.visit_string(visitor),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.deserialize_str(visitor)
    }

    /// Reads bytes from a string, as UTF-8, or from a list of numbers.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'"' => match self.string()? {
                Text::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
                Text::Unescaped(text) => visitor.visit_bytes(text.as_bytes()),
            },
            b'[' => self.visit_array(visitor),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        if self.token() == b'n' {
            self.literal("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'n' => {
                self.literal("null")?;
                visitor.visit_unit()
            }
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'[' => self.visit_array(visitor),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.token() {
            b'{' => self.visit_object(visitor),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        match self.token() {
            b'[' => self.visit_array(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        match self.token() {
            b'"' => visitor.visit_enum(UnitVariant(self)),
            b'{' => {
                self.open()?;
                let value = visitor.visit_enum(ObjectVariant(self))?;
                self.close(b'}').map(|()| value)
            }
            _ => Err(self.invalid_type(&"a string or an object")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.skip_value()?;
        visitor.visit_unit()
    }
}
