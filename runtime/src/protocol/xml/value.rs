//! Deserializes a value from elements or an attribute.

use std::fmt::{self, Display};

use serde_core::de::{self, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::format::mismatch::mismatch;
use crate::protocol::text_scalar::{parse_bool, visit_number_or_text};
use crate::protocol::xml::members::Members;
use crate::protocol::xml::tree::{Element, Tree};
use crate::shape::codec::element_names::ElementNames;

/// The value of a member, a list element or a map entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t, 'e> {
    tree: &'t Tree<'t>,
    source: Source<'t, 'e>,
    names: ElementNames,
}

#[derive(Debug, Clone, Copy)]
enum Source<'t, 'e> {
    /// All elements with the name of the member, and the last of them. Only a flattened list or map
    /// uses the others.
    Elements(&'e [Element], Element),
    Attribute(&'t str),
    /// The value of a map entry without a value.
    Absent,
}

impl<'t, 'e> Value<'t, 'e> {
    /// The value of the elements with the name of a member.
    pub(super) fn of(tree: &'t Tree<'_>, elements: &'e [Element]) -> Self {
        let source = match elements {
            [.., last] => Source::Elements(elements, *last),
            [] => Source::Absent,
        };
        Self { tree, source, names: ElementNames::DEFAULT }
    }

    /// The value of an attribute.
    pub(super) fn of_attribute(tree: &'t Tree<'_>, text: &'t str) -> Self {
        Self { tree, source: Source::Attribute(text), names: ElementNames::DEFAULT }
    }

    /// Returns the text of a value that contains no elements.
    fn text(&self) -> Result<&'t str, XmlError> {
        match self.source {
            Source::Attribute(text) => Ok(text),
            Source::Elements(_, element) if self.tree.children(element).next().is_none() => {
                Ok(self.tree.text(element))
            }
            Source::Elements(..) => Err(self.located(mismatch("text", "other elements"))),
            Source::Absent => Err(self.located(mismatch("text", "no element"))),
        }
    }

    /// Adds the position of this value to an error that has none.
    fn located(&self, error: XmlError) -> XmlError {
        match self.source {
            Source::Elements(_, element) => error.at(element),
            Source::Attribute(_) | Source::Absent => error,
        }
    }

    /// Returns true if the value is treated as `null`: it is marked as nil (XML Schema 1.0, part 1,
    /// section 2.6.2), it is an element but the member is an attribute, or vice versa. Unlike the
    /// booleans of services, the value of `nil` may also be `1` (part 2, section 3.2.2).
    fn is_null(&self) -> bool {
        match self.source {
            Source::Absent => true,
            Source::Attribute(_) => !self.names.is_attribute,
            Source::Elements(_, element) => {
                let mut attributes = self.tree.attributes(element).iter();
                self.names.is_attribute
                    || attributes.any(|a| a.name.ends_with(":nil") && is_true(&a.value))
            }
        }
    }

    /// Returns the elements of a list or the entries of a map, which have this name unless the list
    /// or map is flattened.
    fn elements(&self, name: &str) -> Result<Vec<Element>, XmlError> {
        match self.source {
            Source::Elements(all, _) if self.names.is_flat => Ok(all.to_vec()),
            Source::Elements(_, element) => {
                let named = |child: &Element| self.tree.name(*child) == name;
                let elements: Vec<_> = self.tree.children(element).filter(named).collect();
                let is_text = elements.is_empty() && has_only_text(self.tree, element);
                if is_text { Err(self.located(mismatch("elements", "text"))) } else { Ok(elements) }
            }
            Source::Attribute(_) => Err(mismatch("elements", "an attribute")),
            Source::Absent => Ok(Vec::new()),
        }
    }

    fn visit_structure<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, XmlError> {
        match self.source {
            Source::Elements(_, element) if !has_only_text(self.tree, element) => {
                visitor.visit_map(Map::Members(Members::of(self.tree, element)))
            }
            Source::Elements(..) | Source::Attribute(_) => {
                Err(XmlError::invalid_type(Unexpected::Other("string"), &visitor))
            }
            Source::Absent => visitor.visit_unit(),
        }
    }
}

/// Returns true if this is a form of `true` in XML Schema.
fn is_true(boolean: &str) -> bool {
    matches!(boolean.trim_ascii(), "true" | "1")
}

/// Returns true if an element contains text other than whitespace, and no elements.
fn has_only_text(tree: &Tree<'_>, element: Element) -> bool {
    tree.children(element).next().is_none() && !tree.text(element).trim().is_empty()
}

impl<'de> Deserializer<'de> for Value<'de, '_> {
    type Error = XmlError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        let result = match self.text() {
            Ok(text) => visit_number_or_text(text, visitor),
            Err(_) => self.visit_structure(visitor),
        };
        result.map_err(|error| self.located(error))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        let value = parse_bool(self.text()?).map_err(|error| self.located(error))?;
        visitor.visit_bool(value)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        visitor.visit_borrowed_str(self.text()?).map_err(|error| self.located(error))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        description: &'static str,
        visitor: V,
    ) -> Result<V::Value, XmlError> {
        visitor.visit_newtype_struct(Self { names: ElementNames::parse(description), ..self })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        let elements = self.elements(self.names.item)?.into_iter();
        let list = Elements { tree: self.tree, elements, names: self.names.nested() };
        visitor.visit_seq(list).map_err(|error| self.located(error))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        let result = if self.names.is_map {
            let entries = self.elements(ElementNames::ENTRY)?.into_iter();
            visitor.visit_map(Map::Entries(Entries {
                tree: self.tree,
                entries,
                names: self.names,
                current: None,
            }))
        } else {
            self.visit_structure(visitor)
        };
        result.map_err(|error| self.located(error))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, XmlError> {
        visitor.visit_unit()
    }

    serde_core::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct struct enum identifier
    }
}

/// The elements of a list.
struct Elements<'t> {
    tree: &'t Tree<'t>,
    elements: std::vec::IntoIter<Element>,
    names: ElementNames,
}

impl<'t> SeqAccess<'t> for Elements<'t> {
    type Error = XmlError;

    fn next_element_seed<T: de::DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, XmlError> {
        let Some(element) = self.elements.next() else { return Ok(None) };
        let elements = [element];
        let value = Value { names: self.names, ..Value::of(self.tree, &elements) };
        seed.deserialize(value).map(Some)
    }
}

/// The members of a structure, or the entries of a map. They share one type, because visitors are
/// compiled for each type of map.
pub(super) enum Map<'t> {
    Members(Members<'t>),
    Entries(Entries<'t>),
}

impl<'t> Map<'t> {
    /// Returns the name of the next member of a structure.
    pub(super) fn next_name(&mut self) -> Option<&'t str> {
        match self {
            Self::Members(members) => members.next_name(),
            Self::Entries(_) => None,
        }
    }
}

impl<'t> MapAccess<'t> for Map<'t> {
    type Error = XmlError;

    fn next_key_seed<K: de::DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, XmlError> {
        match self {
            Self::Members(members) => members.next_key_seed(seed),
            Self::Entries(entries) => entries.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: de::DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, XmlError> {
        match self {
            Self::Members(members) => members.next_value_seed(seed),
            Self::Entries(entries) => entries.next_value_seed(seed),
        }
    }
}

/// The entries of a map.
pub(super) struct Entries<'t> {
    tree: &'t Tree<'t>,
    entries: std::vec::IntoIter<Element>,
    names: ElementNames,
    current: Option<Element>,
}

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = XmlError;

    fn next_key_seed<K: de::DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, XmlError> {
        self.current = self.entries.next();
        let Some(entry) = self.current else { return Ok(None) };
        let Some(key) = self.tree.child(entry, self.names.key) else {
            return Err(XmlError::custom("expected an entry with a key, found none").at(entry));
        };
        seed.deserialize(Value::of(self.tree, &[key])).map(Some)
    }

    fn next_value_seed<S: de::DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, XmlError> {
        let value = self.current.and_then(|entry| self.tree.child(entry, self.names.value));
        let value = Value::of(self.tree, value.as_slice());
        seed.deserialize(Value { names: self.names.nested(), ..value })
    }
}

/// The error for a value. Its text may contain the value.
#[derive(Debug)]
pub(super) struct XmlError {
    pub(super) text: String,
    /// The innermost element with the error, if it is known.
    pub(super) element: Option<Element>,
    /// The attribute of that element that has the error, if any.
    pub(super) attribute: Option<String>,
}

impl XmlError {
    fn at(self, element: Element) -> Self {
        Self { element: self.element.or(Some(element)), ..self }
    }

    pub(super) fn in_attribute(self, name: &str) -> Self {
        Self { attribute: Some(name.to_owned()), ..self }
    }
}

impl Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for XmlError {}

impl Error for XmlError {
    fn custom<T: Display>(message: T) -> Self {
        Self { text: message.to_string(), element: None, attribute: None }
    }
}
