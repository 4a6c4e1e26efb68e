//! The members of a structure in an element: the element's attributes and child elements.

use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, Error, MapAccess};

use crate::protocol::xml::tree::{Attribute, Element, Tree};
use crate::protocol::xml::value::{Value, XmlError};

/// The members of an element, as a map. Attributes come first, so that an element with the same
/// name takes precedence. Elements are grouped by name, because those of a flattened list need not
/// be adjacent.
pub(super) struct Members<'t> {
    tree: &'t Tree<'t>,
    attributes: std::slice::Iter<'t, Attribute>,
    /// The elements sorted by name. Elements with the same name are in document order.
    elements: Vec<Element>,
    /// The number of elements read so far.
    passed: usize,
    current: Option<Current<'t>>,
}

enum Current<'t> {
    Attribute(&'t Attribute),
    /// The elements from the first index up to, but not including, the second.
    Elements(usize, usize),
}

impl<'t> Members<'t> {
    pub(super) fn of(tree: &'t Tree<'_>, element: Element) -> Self {
        let mut elements: Vec<_> = tree.children(element).collect();
        elements.sort_by_key(|element| tree.name(*element));
        let attributes = tree.attributes(element).iter();
        Self { tree, attributes, elements, passed: 0, current: None }
    }

    /// Returns the name of the next member.
    pub(super) fn next_name(&mut self) -> Option<&'t str> {
        if let Some(attribute) = self.attributes.next() {
            self.current = Some(Current::Attribute(attribute));
            return Some(&attribute.name);
        }
        let rest = self.elements.get(self.passed..)?;
        let name = self.tree.name(*rest.first()?);
        let count = rest.iter().take_while(|element| self.tree.name(**element) == name).count();
        let start = self.passed;
        self.passed += count;
        self.current = Some(Current::Elements(start, self.passed));
        Some(name)
    }
}

impl<'t> MapAccess<'t> for Members<'t> {
    type Error = XmlError;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, XmlError> {
        match self.next_name() {
            Some(name) => seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, XmlError> {
        match self.current.take() {
            Some(Current::Attribute(Attribute { name, value })) => {
                let value = seed.deserialize(Value::of_attribute(self.tree, value));
                value.map_err(|error| error.in_attribute(name))
            }
            Some(Current::Elements(start, end)) => {
                seed.deserialize(Value::of(self.tree, &self.elements[start..end]))
            }
            None => Err(XmlError::custom("the value was already read")),
        }
    }
}
