//! The awsQuery protocol: `POST /` with a form that contains the operation and the members of its
//! input, and XML responses.

mod error;
mod macros;
#[cfg(feature = "server")]
pub mod server;

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};

use crate::protocol::aws_query::error::{error_element, read_error};
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::form::{self, Fields};
use crate::protocol::protocol::Protocol;
use crate::protocol::wire::{EncodeError, ReadException, WireRequest, WireResponse};
use crate::protocol::xml::{self, Element, Tree};
use crate::{Operation, Structure};

impl Protocol {
    /// awsQuery.
    pub const AWS_QUERY: Self = Self::new("awsQuery", FORM, read_error);
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Encodes a request; for [`aws_query!`](crate::aws_query!).
///
/// # Errors
/// Returns an error if a value cannot be sent.
pub fn encode<O: Operation>(operation: &O) -> Result<WireRequest, EncodeError> {
    let mut fields = Fields::default();
    fields.push("Action", O::NAME);
    fields.push("Version", O::SERVICE.api_version);
    form::write(operation, &mut fields).map_err(EncodeError::new)?;
    let mut request = WireRequest::new(Method::POST, Cow::Borrowed("/"));
    request.headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
    request.body = fields.into_text().into();
    Ok(request)
}

/// Decodes an output; for [`aws_query!`](crate::aws_query!). `wrapper` is the name of the element
/// that contains the members.
///
/// # Errors
/// Returns where decoding stopped, and why.
pub fn decode<T: Structure>(
    response: &WireResponse<'_>,
    wrapper: &str,
) -> Result<T, DecodeProblem> {
    if response.body.trim_ascii().is_empty() {
        return Ok(T::empty());
    }
    let tree = xml::parse(response.body)?;
    let Some(root) = tree.root() else { return Ok(T::empty()) };
    match tree.child(root, wrapper) {
        Some(result) => xml::read(response.body, &tree, result),
        None if is_without_result::<T>(&tree, root, wrapper) => {
            xml::read(response.body, &tree, root)
        }
        None => Err(xml::foreign(response.body, &tree)),
    }
}

/// Whether a document is a response without an element around its members. The element is absent if
/// the output is empty. If the output has members, the document must be a response of the same
/// operation.
fn is_without_result<T>(tree: &Tree<'_>, root: Element, wrapper: &str) -> bool {
    let operation = tree.name(root).strip_suffix("Response");
    // A structure without members has no size.
    let is_expected = size_of::<T>() == 0 || operation == wrapper.strip_suffix("Result");
    operation.is_some() && is_expected && error_element(tree).is_none()
}

/// Reads exceptions of awsQuery.
#[derive(Debug)]
pub struct AwsQuery;

impl ReadException for AwsQuery {
    fn read_exception<T: Structure>(response: &WireResponse<'_>) -> T {
        let text = String::from_utf8_lossy(response.body);
        let tree = xml::parse_leniently(&text);
        error_element(&tree).map_or_else(T::empty, |error| xml::read_leniently(&tree, error))
    }
}
