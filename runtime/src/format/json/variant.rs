//! The variants of enums: a string, or an object with one member.

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, Unexpected, VariantAccess,
    Visitor,
};

use crate::format::error::FormatError;
use crate::format::json::access::Key;
use crate::format::json::reader::Reader;

/// A variant without content, whose form is its name.
pub(super) struct UnitVariant<'a, 'de>(pub(super) &'a mut Reader<'de>);

impl<'de> EnumAccess<'de> for UnitVariant<'_, 'de> {
    type Error = FormatError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), FormatError> {
        Ok((seed.deserialize(&mut *self.0)?, self))
    }
}

fn has_no_content(expected: &str) -> FormatError {
    FormatError::invalid_type(Unexpected::UnitVariant, &expected)
}

impl<'de> VariantAccess<'de> for UnitVariant<'_, 'de> {
    type Error = FormatError;

    fn unit_variant(self) -> Result<(), FormatError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, FormatError> {
        Err(has_no_content("newtype variant"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, FormatError> {
        Err(has_no_content("tuple variant"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, FormatError> {
        Err(has_no_content("struct variant"))
    }
}

/// A variant with content, whose name is the key of the only member.
pub(super) struct ObjectVariant<'a, 'de>(pub(super) &'a mut Reader<'de>);

impl<'de> EnumAccess<'de> for ObjectVariant<'_, 'de> {
    type Error = FormatError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), FormatError> {
        if self.0.token() != b'"' {
            return Err(self.0.unexpected());
        }
        let name = seed.deserialize(Key(&mut *self.0))?;
        self.0.colon()?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for ObjectVariant<'_, 'de> {
    type Error = FormatError;

    fn unit_variant(self) -> Result<(), FormatError> {
        <()>::deserialize(self.0)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, FormatError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, FormatError> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        self.0.deserialize_struct("", fields, visitor)
    }
}
