//! The description of a member whose XML or form differs from the defaults, and how such members are
//! read and written.
//!
//! Serde has no concept of such a description, so it is passed as the name of a newtype struct.
//! Formats other than XML and forms, such as JSON, ignore these names.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::shape::codec::adapter::{Decoded, Encoded};
use crate::shape::codec::codec::Codec;

/// The part of a member's description that applies to one value.
///
/// A description consists of words. `attribute`: the member is an attribute of its element. `flat`:
/// the elements of the list or map have no element around them. `map`: the value is a map. `item`,
/// `key` and `value` are each followed by a name. The words after `>` describe the elements of the
/// list or the values of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ElementNames {
    pub(crate) is_attribute: bool,
    pub(crate) is_flat: bool,
    pub(crate) is_map: bool,
    pub(crate) item: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: &'static str,
    nested: &'static str,
}

impl ElementNames {
    /// The names if there is no description. A map always has one.
    pub(crate) const DEFAULT: Self = Self {
        is_attribute: false,
        is_flat: false,
        is_map: false,
        item: "member",
        key: "key",
        value: "value",
        nested: "",
    };

    /// The name of map entries, unless the map is flat.
    pub(crate) const ENTRY: &'static str = "entry";

    /// Parses a description. Unknown words are ignored, because the text can also be the name of
    /// another newtype structure.
    pub(crate) fn parse(description: &'static str) -> Self {
        let (own, nested) = description.split_once('>').unwrap_or((description, ""));
        let mut names = Self { nested, ..Self::DEFAULT };
        let mut words = own.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "attribute" => names.is_attribute = true,
                "flat" => names.is_flat = true,
                "map" => names.is_map = true,
                "item" => names.item = words.next().unwrap_or(names.item),
                "key" => names.key = words.next().unwrap_or(names.key),
                "value" => names.value = words.next().unwrap_or(names.value),
                _ => {}
            }
        }
        names
    }

    /// Returns the names for the elements of a list or the values of a map.
    pub(crate) fn nested(&self) -> Self {
        if self.nested.is_empty() { Self::DEFAULT } else { Self::parse(self.nested) }
    }
}

/// A value and the description of its XML.
pub(crate) struct Described<'a, C, T>(&'a T, &'static str, PhantomData<C>);

impl<'a, C, T> Described<'a, C, T> {
    pub(crate) fn new(value: &'a T, description: &'static str) -> Self {
        Self(value, description, PhantomData)
    }
}

impl<C: Codec<T>, T> Serialize for Described<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(self.1, &Encoded::<C, T>::new(self.0))
    }
}

/// Deserializes a described value that may be `null`.
pub(crate) struct Describe<C, T>(&'static str, PhantomData<(C, T)>);

impl<C, T> Describe<C, T> {
    pub(crate) fn new(description: &'static str) -> Self {
        Self(description, PhantomData)
    }
}

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for Describe<C, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_newtype_struct(self.0, self)
    }
}

impl<'de, C: Codec<T>, T> Visitor<'de> for Describe<C, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Option<T>, D::Error> {
        let value: Option<Decoded<C, T>> = Deserialize::deserialize(d)?;
        Ok(value.map(Decoded::into_inner))
    }
}

/// Writes the member of a union.
///
/// # Errors
/// Returns the error of the serializer.
pub fn put_described<C: Codec<T>, T, M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    value: &T,
    description: &'static str,
) -> Result<(), M::Error> {
    map.serialize_entry(key, &Described::<C, T>::new(value, description))
}

/// Reads the member of a union.
///
/// # Errors
/// Returns an error if the value does not have the wire form of `C`.
pub fn take_described<'de, C: Codec<T>, T, M: MapAccess<'de>>(
    map: &mut M,
    description: &'static str,
) -> Result<Option<T>, M::Error> {
    map.next_value_seed(Describe::<C, T>::new(description))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_parsed() {
        let default = ElementNames::DEFAULT;
        let nested = "item x>map";
        let table = [
            ("", default),
            ("Timestamp", default),
            ("attribute", ElementNames { is_attribute: true, ..default }),
            ("flat item Tag", ElementNames { is_flat: true, item: "Tag", ..default }),
            ("map key K value V", ElementNames { is_map: true, key: "K", value: "V", ..default }),
            ("map>item x>map", ElementNames { is_map: true, nested, ..default }),
            ("item", default),
        ];
        for (description, expected) in table {
            assert_eq!(ElementNames::parse(description), expected, "{description}");
        }
    }

    #[test]
    fn nested_values_have_their_own_names() {
        let names = ElementNames::parse("flat>item x>map key K");
        assert_eq!((names.is_flat, names.item), (true, "member"));
        let element = names.nested();
        assert_eq!((element.is_flat, element.item), (false, "x"));
        assert_eq!((element.nested().is_map, element.nested().key), (true, "K"));
        assert_eq!(element.nested().nested(), ElementNames::DEFAULT);
    }
}
