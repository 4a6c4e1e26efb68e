//! Deserializes structures from the tree of a form.
//!
//! A form does not distinguish `null` from an empty value, nor an empty map or structure from an
//! absent one.

use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::format::error::FormatError;
use crate::format::mismatch::mismatch;
use crate::protocol::form::tree::Node;
use crate::protocol::text_scalar::{parse_bool, visit_number_or_text};
use crate::shape::codec::element_names::ElementNames;

/// The value of one member, element or entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    node: &'t Node,
    names: ElementNames,
}

impl<'t> Value<'t> {
    pub(super) fn of(node: &'t Node) -> Self {
        Self { node, names: ElementNames::DEFAULT }
    }

    fn text(self) -> Result<&'t str, FormatError> {
        match &self.node.value {
            Some(text) => Ok(text),
            None if self.node.parts.is_empty() => Err(mismatch("a value", "no field")),
            None => Err(mismatch("a value", "fields with longer names")),
        }
    }

    /// The elements of a list or the entries of a map.
    fn elements(self, name: &str) -> Vec<&'t Node> {
        if self.names.is_flat {
            return self.node.numbered();
        }
        self.node.parts.get(name).map(Node::numbered).unwrap_or_default()
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = FormatError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self.text() {
            Ok(text) => visit_number_or_text(text, visitor),
            Err(_) => visitor.visit_map(Members::of(self.node)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_bool(parse_bool(self.text()?)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        description: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormatError> {
        visitor.visit_newtype_struct(Self { names: ElementNames::parse(description), ..self })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        let elements = self.elements(self.names.item).into_iter();
        visitor.visit_seq(Elements { elements, names: self.names.nested() })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        if self.names.is_map {
            let entries = self.elements(ElementNames::ENTRY).into_iter();
            visitor.visit_map(Entries { entries, names: self.names, current: None })
        } else {
            visitor.visit_map(Members::of(self.node))
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        visitor.visit_unit()
    }

    serde_core::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct struct enum identifier
    }
}

/// The elements of a list.
struct Elements<'t> {
    elements: std::vec::IntoIter<&'t Node>,
    names: ElementNames,
}

impl<'t> SeqAccess<'t> for Elements<'t> {
    type Error = FormatError;

    fn next_element_seed<T: DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FormatError> {
        let value = |node| seed.deserialize(Value { node, names: self.names });
        self.elements.next().map(value).transpose()
    }
}

/// The entries of a map.
struct Entries<'t> {
    entries: std::vec::IntoIter<&'t Node>,
    names: ElementNames,
    current: Option<&'t Node>,
}

static ABSENT: Node = Node { value: None, parts: std::collections::BTreeMap::new() };

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = FormatError;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FormatError> {
        self.current = self.entries.next();
        let Some(entry) = self.current else { return Ok(None) };
        let Some(key) = entry.parts.get(self.names.key) else {
            return Err(mismatch("an entry with a key", "none"));
        };
        seed.deserialize(Value::of(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FormatError> {
        let value = self.current.and_then(|entry| entry.parts.get(self.names.value));
        seed.deserialize(Value { node: value.unwrap_or(&ABSENT), names: self.names.nested() })
    }
}

/// The members of a structure.
pub(super) struct Members<'t> {
    members: std::collections::btree_map::Iter<'t, String, Node>,
    current: Option<&'t Node>,
}

impl<'t> Members<'t> {
    pub(super) fn of(node: &'t Node) -> Self {
        Self { members: node.parts.iter(), current: None }
    }

    /// The only member is absent; for the check of required members.
    pub(super) fn absent() -> Self {
        Self { current: Some(&ABSENT), ..Self::of(&ABSENT) }
    }

    /// Returns the name of the next member.
    pub(super) fn next_name(&mut self) -> Option<&'t str> {
        let (name, node) = self.members.next()?;
        self.current = Some(node);
        Some(name)
    }
}

impl<'t> MapAccess<'t> for Members<'t> {
    type Error = FormatError;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FormatError> {
        let name = self.next_name();
        name.map(|name| seed.deserialize(BorrowedStrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FormatError> {
        match self.current.take() {
            Some(node) => seed.deserialize(Value::of(node)),
            None => Err(FormatError::custom("the value was already read")),
        }
    }
}
