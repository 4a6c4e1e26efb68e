//! Why a body could not be decoded, and where.
//!
//! The description contains names of elements and kinds, but no values, because they may be secret.

use std::fmt::Write;
use std::str::Utf8Error;

use crate::protocol::decode_problem::{self, DecodeProblem};
use crate::protocol::xml::parser::{MAX_DEPTH, MAX_SIZE, ParseError, ParseErrorKind};
use crate::protocol::xml::tree::{Element, Tree};
use crate::protocol::xml::value::XmlError;
use crate::shape::secret_error;

/// The description of a body with a syntax error.
const NOT_XML: &str = "it is not XML";

/// The description of a body that is not UTF-8. An encoding declaration is ignored.
const NOT_UTF_8: &str = "it is not UTF-8";

/// The maximum length of a name in a path, in characters.
const MAX_NAME_LENGTH: usize = 64;

/// The maximum number of segments in a path.
const MAX_SEGMENTS: usize = 32;

/// Describes a body that is not UTF-8.
pub(super) fn encoding(body: &[u8], error: Utf8Error) -> DecodeProblem {
    let start = str::from_utf8(&body[..error.valid_up_to()]).unwrap_or_default();
    let (tree, _) = super::parser::parse(start);
    at(body, error.valid_up_to(), None, NOT_UTF_8.to_owned(), Some(&tree))
}

/// Describes a text that is not a document. `tree` contains the elements before the error.
pub(super) fn syntax(text: &str, tree: &Tree<'_>, error: &ParseError) -> DecodeProblem {
    let problem = match error.kind {
        ParseErrorKind::NotXml => NOT_XML.to_owned(),
        ParseErrorKind::TooShort => "it ends too early".to_owned(),
        ParseErrorKind::TooDeep => {
            format!("elements are nested more than {MAX_DEPTH} levels deep")
        }
        ParseErrorKind::TooManyElements => {
            format!("it has more than {MAX_SIZE} elements and attributes")
        }
        ParseErrorKind::DocumentType => "it has a document type declaration".to_owned(),
        ParseErrorKind::UnknownEntity => "it has an unknown entity".to_owned(),
    };
    let path = match error.kind {
        ParseErrorKind::NotXml | ParseErrorKind::DocumentType => None,
        _ => error.element.and_then(|element| path(tree, None, element)),
    };
    let is_syntax_error =
        matches!(error.kind, ParseErrorKind::NotXml | ParseErrorKind::DocumentType);
    at(text.as_bytes(), error.offset, path, problem, is_syntax_error.then_some(tree))
}

/// Describes a document that is not the expected response.
pub(super) fn foreign(body: &[u8], tree: &Tree<'_>, problem: &str) -> DecodeProblem {
    at(body, 0, None, problem.to_owned(), Some(tree))
}

/// Describes a response without an element of the root. The name of the element is from the model.
pub(super) fn missing(body: &[u8], tree: &Tree<'_>, element: &str) -> DecodeProblem {
    let offset = tree.root().map_or(0, |root| tree.offset(root));
    at(body, offset, None, format!("the element {element} is missing"), None)
}

/// Describes a value in the element `start` that cannot be read.
pub(super) fn data(
    body: &[u8],
    tree: &Tree<'_>,
    start: Element,
    error: &XmlError,
) -> DecodeProblem {
    let element = error.element.unwrap_or(start);
    let path = join(path(tree, Some(start), element), error.attribute.as_deref());
    let (path, problem) = match secret_error::secret_member(&error.text) {
        Some((secret, rest)) => {
            let problem = rest.strip_prefix(": ").unwrap_or(decode_problem::MISMATCH);
            (join(path, Some(secret)), problem.to_owned())
        }
        None => (path, decode_problem::describe(&error.text)),
    };
    at(body, tree.offset(element), path, problem, None)
}

/// Appends a member to the path of its element.
fn join(path: Option<String>, member: Option<&str>) -> Option<String> {
    match (path, member) {
        (Some(path), Some(member)) => Some(format!("{path}.{member}")),
        (path, member) => path.or_else(|| member.map(str::to_owned)),
    }
}

/// Creates a problem at a position. If the body is not a document of the service, `foreign` is the
/// tree up to that position.
fn at(
    body: &[u8],
    offset: usize,
    path: Option<String>,
    problem: String,
    foreign: Option<&Tree<'_>>,
) -> DecodeProblem {
    let before = &body[..offset.min(body.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
    DecodeProblem {
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: before.len() - line_start + 1,
        path,
        problem,
        is_syntax_error: foreign.is_some(),
        has_begun: foreign.is_none_or(|tree| !is_page(tree)),
    }
}

/// Returns true if a document that is not a response is an HTML page or has no elements, so that it
/// contains no values of members.
fn is_page(tree: &Tree<'_>) -> bool {
    tree.root().is_none_or(|root| tree.name(root).eq_ignore_ascii_case("html"))
}

/// Returns the path of an element below `start`, or below the root if `start` is `None`. Elements
/// with the same name are numbered.
fn path(tree: &Tree<'_>, start: Option<Element>, element: Element) -> Option<String> {
    let mut segments = Vec::new();
    let mut current = element;
    while Some(current) != start && segments.len() < MAX_SEGMENTS {
        let Some(parent) = tree.parent(current) else { break };
        segments.push(segment(tree, parent, current));
        current = parent;
    }
    segments.reverse();
    (!segments.is_empty()).then(|| segments.join("."))
}

fn segment(tree: &Tree<'_>, parent: Element, element: Element) -> String {
    let name = tree.name(element);
    let mut segment: String = name.chars().take(MAX_NAME_LENGTH).collect();
    let same: Vec<_> = tree.children(parent).filter(|child| tree.name(*child) == name).collect();
    if same.len() > 1 {
        let index = same.iter().position(|child| *child == element);
        // Writing to a string does not fail.
        let _ = write!(segment, "[{}]", index.unwrap_or_default());
    }
    segment
}
