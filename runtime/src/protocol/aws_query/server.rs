//! Decodes requests and encodes responses of awsQuery, for test servers.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};

use crate::format::error::FormatError;
use crate::http::box_error::BoxError;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::form::{self, Node};
use crate::protocol::url_text::decode_pairs;
use crate::protocol::xml::{self, Document};
use crate::{Operation, OperationError, Structure};

/// The fields of every form.
const FIELDS: [&str; 2] = ["Action", "Version"];

/// The operation that a form names, and the version of its service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The name of the operation.
    pub name: String,
    /// The version of the API.
    pub version: String,
}

impl Action {
    /// Reads the operation of a form, if it names one.
    #[must_use]
    pub fn of(form: &[u8]) -> Option<Self> {
        let fields = decode_pairs(&String::from_utf8_lossy(form));
        let [name, version] = FIELDS.map(|name| {
            let field = fields.iter().find(|(other, _)| other == name);
            field.map(|(_, value)| value.clone())
        });
        Some(Self { name: name?, version: version.unwrap_or_default() })
    }
}

/// Decodes a request.
///
/// # Errors
/// Returns an error that names the member if one is missing or cannot be read.
pub fn decode_request<T: Structure>(form: &[u8]) -> Result<T, DecodeProblem> {
    let mut fields = decode_pairs(&String::from_utf8_lossy(form));
    // Remove only the first field of each name, because a member can have the same name.
    for name in FIELDS {
        if let Some(index) = fields.iter().position(|(other, _)| other == name) {
            fields.remove(index);
        }
    }
    let form = Node::of(fields);
    let form = form.map_err(|error| DecodeProblem::in_body(error.to_string()))?;
    form::read(&form)
}

/// Encodes an output. `wrapper` is the name of the element around its members.
///
/// # Errors
/// Returns an error if a value has no representation in XML.
pub fn encode_output<O: Operation>(
    output: &O::Output,
    wrapper: &str,
) -> Result<Response<Bytes>, BoxError> {
    encode(StatusCode::OK, &format!("{}Response", O::NAME), |document| {
        xml::write_element(document, wrapper, |members| output.write(members))
    })
}

/// Encodes an error.
///
/// # Errors
/// Returns an error if a value has no representation in XML.
pub fn encode_error<E: OperationError>(
    error: &E,
    status: StatusCode,
) -> Result<Response<Bytes>, BoxError> {
    let party = if status.is_server_error() { "Receiver" } else { "Sender" };
    encode(status, "ErrorResponse", |document| {
        xml::write_element(document, "Error", |members| {
            members.text_element("Type", party)?;
            if let Some(code) = error.code() {
                members.text_element("Code", code)?;
            }
            error.write(members)
        })
    })
}

fn encode(
    status: StatusCode,
    root: &str,
    write: impl FnOnce(&mut Document) -> Result<(), FormatError>,
) -> Result<Response<Bytes>, BoxError> {
    let mut document = Document::default();
    document.element(root, write)?;
    let mut response = Response::new(document.into_text().into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_field_of_each_name_counts_in_any_order() {
        let table = [
            ("Action=A&Version=1", Some(("A", "1"))),
            ("Version=1&Action=A", Some(("A", "1"))),
            ("Version=1&x=y&Action=A&Action=B&Version=2", Some(("A", "1"))),
            ("Action=A", Some(("A", ""))),
            ("Version=1", None),
            ("", None),
        ];
        for (form, expected) in table {
            let expected = expected.map(|(name, version)| Action {
                name: name.to_owned(),
                version: version.to_owned(),
            });
            assert_eq!(Action::of(form.as_bytes()), expected, "{form}");
        }
    }
}
