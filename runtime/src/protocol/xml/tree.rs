//! The elements of a document.

use std::borrow::Cow;

/// The index of an element in the tree. The root has index 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element(u32);

/// The elements of a document, in the order of their start tags.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
struct Node<'a> {
    name: &'a str,
    /// The text directly in the element, without the text of nested elements.
    text: Cow<'a, str>,
    /// The position of the element in the document.
    offset: usize,
    parent: u32,
    /// 0 if there is none, because the root is not a child.
    first_child: u32,
    last_child: u32,
    next_sibling: u32,
    /// The end of its range of attributes, which starts at the `attributes_end` of the previous
    /// element.
    attributes_end: u32,
}

/// An attribute that does not declare a namespace.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// The name with its prefix, because the names in models have one.
    pub(crate) name: String,
    pub(crate) value: String,
}

impl<'a> Tree<'a> {
    /// The number of elements and attributes, which determines the memory of the tree.
    pub(super) fn size(&self) -> usize {
        self.nodes.len() + self.attributes.len()
    }

    pub(crate) fn root(&self) -> Option<Element> {
        (!self.nodes.is_empty()).then_some(Element(0))
    }

    /// Adds an element without attributes at the end of its parent.
    pub(super) fn push(
        &mut self,
        name: &'a str,
        offset: usize,
        parent: Option<Element>,
    ) -> Element {
        let index = to_u32(self.nodes.len());
        self.nodes.push(Node {
            name,
            text: Cow::Borrowed(""),
            offset,
            parent: parent.map_or(0, |parent| parent.0),
            first_child: 0,
            last_child: 0,
            next_sibling: 0,
            attributes_end: to_u32(self.attributes.len()),
        });
        if let Some(parent) = parent {
            let previous = self.node(parent).last_child;
            if previous == 0 {
                self.node_mut(parent).first_child = index;
            } else {
                self.node_mut(Element(previous)).next_sibling = index;
            }
            self.node_mut(parent).last_child = index;
        }
        Element(index)
    }

    /// Adds an attribute to the last element.
    pub(super) fn push_attribute(&mut self, attribute: Attribute) {
        self.attributes.push(attribute);
        let end = to_u32(self.attributes.len());
        if let Some(node) = self.nodes.last_mut() {
            node.attributes_end = end;
        }
    }

    /// Appends to the text of an element. Text in one piece is not copied.
    pub(super) fn push_text(&mut self, element: Element, text: Cow<'a, str>) {
        let own = &mut self.node_mut(element).text;
        if own.is_empty() {
            *own = text;
        } else {
            own.to_mut().push_str(&text);
        }
    }

    fn node(&self, element: Element) -> &Node<'a> {
        &self.nodes[element.0 as usize]
    }

    fn node_mut(&mut self, element: Element) -> &mut Node<'a> {
        &mut self.nodes[element.0 as usize]
    }

    /// The name without its prefix.
    pub(crate) fn name(&self, element: Element) -> &'a str {
        self.node(element).name
    }

    pub(crate) fn text(&self, element: Element) -> &str {
        &self.node(element).text
    }

    pub(super) fn offset(&self, element: Element) -> usize {
        self.node(element).offset
    }

    pub(super) fn parent(&self, element: Element) -> Option<Element> {
        (element.0 != 0).then(|| Element(self.node(element).parent))
    }

    pub(super) fn attributes(&self, element: Element) -> &[Attribute] {
        let before = element.0.checked_sub(1);
        let start = before.map_or(0, |before| self.node(Element(before)).attributes_end);
        &self.attributes[start as usize..self.node(element).attributes_end as usize]
    }

    pub(crate) fn children(&self, element: Element) -> impl Iterator<Item = Element> {
        let some = |index: u32| (index != 0).then_some(Element(index));
        let first = some(self.node(element).first_child);
        std::iter::successors(first, move |child| some(self.node(*child).next_sibling))
    }

    /// The first child with this name.
    pub(crate) fn child(&self, element: Element, name: &str) -> Option<Element> {
        self.children(element).find(|child| self.name(*child) == name)
    }
}

/// Never saturates, because the parser limits the number of elements and attributes.
fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
