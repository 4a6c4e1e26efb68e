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
use crate::protocol::wire::sealed::Sealed;
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
/// that contains the members. As in botocore, the name of the root element is not checked if it
/// contains that element.
///
/// # Errors
/// Returns an error that states where decoding stopped, and why.
pub fn decode<O: Operation>(
    response: &WireResponse<'_>,
    wrapper: &str,
) -> Result<O::Output, DecodeProblem> {
    let tree = xml::parse(response.body)?;
    match result(&tree, wrapper) {
        Some(result) => xml::read(response.body, &tree, result),
        None if is_response::<O>(&tree) => Err(xml::missing(response.body, &tree, wrapper)),
        None => Err(not_a_response(response.body, &tree)),
    }
}

/// Decodes an output without members; for [`aws_query!`](crate::aws_query!). The body may be empty,
/// and a response may omit the element `wrapper`.
///
/// # Errors
/// Returns an error that states where decoding stopped, and why.
pub fn decode_empty<O: Operation>(
    response: &WireResponse<'_>,
    wrapper: &str,
) -> Result<O::Output, DecodeProblem> {
    if response.body.trim_ascii().is_empty() {
        return Ok(O::Output::empty());
    }
    let tree = xml::parse(response.body)?;
    if result(&tree, wrapper).is_some() || is_response::<O>(&tree) {
        Ok(O::Output::empty())
    } else {
        Err(not_a_response(response.body, &tree))
    }
}

/// Returns the element that contains the members of the output.
fn result(tree: &Tree<'_>, wrapper: &str) -> Option<Element> {
    tree.child(tree.root()?, wrapper)
}

/// Returns true if the root element has the name that the protocol defines and contains no error.
fn is_response<O: Operation>(tree: &Tree<'_>) -> bool {
    let name = tree.root().and_then(|root| tree.name(root).strip_suffix("Response"));
    name == Some(O::NAME) && error_element(tree).is_none()
}

fn not_a_response(body: &[u8], tree: &Tree<'_>) -> DecodeProblem {
    match error_element(tree) {
        Some(_) => xml::foreign(body, tree, "it is an error, but the status indicates success"),
        None => xml::foreign(body, tree, "it is not a response of the operation"),
    }
}

/// Reads exceptions of awsQuery.
#[derive(Debug)]
pub struct AwsQuery;

impl Sealed for AwsQuery {}

impl ReadException for AwsQuery {
    fn read_exception<T: Structure>(response: &WireResponse<'_>) -> T {
        let text = String::from_utf8_lossy(response.body);
        let tree = xml::parse_leniently(&text);
        error_element(&tree).map_or_else(T::empty, |error| xml::read_leniently(&tree, error))
    }
}
