//! XML bodies: a tree of elements, a deserializer that reads structures from it, and a serializer
//! for the responses of test servers.
//!
//! Namespaces are ignored. A document type declaration is an error, so only the five predefined
//! entities exist.

mod members;
mod parser;
mod problem;
#[cfg(feature = "server")]
mod serializer;
#[cfg(test)]
mod tests;
mod tree;
mod value;
#[cfg(feature = "server")]
mod writer;

pub(crate) use self::tree::{Element, Tree};
#[cfg(feature = "server")]
pub(crate) use self::writer::Document;

use crate::Structure;
use crate::format::byte_order_mark::without_byte_order_mark;
#[cfg(feature = "server")]
use crate::format::error::FormatError;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::xml::members::Members;
use crate::protocol::xml::value::{Map, Value};
use crate::shape::structure;

/// Parses a body.
pub(crate) fn parse(body: &[u8]) -> Result<Tree<'_>, DecodeProblem> {
    let body = without_byte_order_mark(body);
    let text = str::from_utf8(body).map_err(|error| problem::encoding(body, error))?;
    let (tree, result) = parser::parse(text);
    match result {
        Ok(()) => Ok(tree),
        Err(error) => Err(problem::syntax(text, &tree, &error)),
    }
}

/// Parses a text up to the first syntax error.
pub(crate) fn parse_leniently(text: &str) -> Tree<'_> {
    parser::parse(text.trim_start_matches('\u{feff}')).0
}

/// Reads a structure from an element.
pub(crate) fn read<T: Structure>(
    body: &[u8],
    tree: &Tree<'_>,
    element: Element,
) -> Result<T, DecodeProblem> {
    let value = structure::deserialize(Value::of(tree, &[element]));
    value.map_err(|error| problem::data(without_byte_order_mark(body), tree, element, &error))
}

/// Reads a structure from an element. Members that cannot be read remain absent.
pub(crate) fn read_leniently<T: Structure>(tree: &Tree<'_>, element: Element) -> T {
    let mut value = T::empty();
    let mut members = Map::Members(Members::of(tree, element));
    while let Some(name) = members.next_name() {
        // `next_name` advances even if the value was not read.
        let _ = value.read(name, &mut members);
    }
    value
}

/// Writes an element with the members that `write` adds.
#[cfg(feature = "server")]
pub(crate) fn write_element(
    document: &mut Document,
    name: &str,
    write: impl FnOnce(&mut serializer::Members<'_>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let tag = document.begin(name);
    write(&mut serializer::Members::of(document, tag))?;
    document.end(name);
    Ok(())
}

/// Describes a document that is not the expected response. `problem` says what it is instead.
pub(crate) fn foreign(body: &[u8], tree: &Tree<'_>, problem: &str) -> DecodeProblem {
    problem::foreign(without_byte_order_mark(body), tree, problem)
}

/// Describes a response without the element that contains the members of the output.
pub(crate) fn missing(body: &[u8], tree: &Tree<'_>, element: &str) -> DecodeProblem {
    problem::missing(without_byte_order_mark(body), tree, element)
}
