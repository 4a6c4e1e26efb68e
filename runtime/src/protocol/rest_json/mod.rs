//! The restJson1 protocol: HTTP bindings, and JSON documents in bodies.

mod macros;
#[cfg(feature = "server")]
pub mod server;

use http::Method;
use serde_core::ser::Serialize;

use crate::format::error::FormatError;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::http_binding::{self, BodyFormat, read_bound, read_bound_leniently};
use crate::protocol::json;
use crate::protocol::json::error_code::read_error;
use crate::protocol::protocol::Protocol;
use crate::protocol::wire::sealed::Sealed;
use crate::protocol::wire::{EncodeError, ReadException, WireRequest, WireResponse};
use crate::shape::binding::{self, Binding, Payload};
use crate::{RequestBody, Structure};

impl Protocol {
    /// restJson1.
    pub const REST_JSON_1: Self = Self::new("restJson1", Json::CONTENT_TYPE, read_error);
}

struct Json;

impl BodyFormat for Json {
    const CONTENT_TYPE: &'static str = "application/json";
    const EMPTY: &'static [u8] = b"{}";

    fn serialize<T: Serialize + ?Sized>(value: &T) -> Result<RequestBody, FormatError> {
        json::body::write(value)
    }
}

/// Encodes a request; for [`rest_json!`](crate::rest_json!).
///
/// # Errors
/// Returns an error if a value cannot be sent, for example an empty value in the path.
pub fn encode<T: Structure>(
    request: &T,
    method: Method,
    uri: &'static str,
    has_body: bool,
) -> Result<WireRequest, EncodeError> {
    http_binding::encode::<Json, T>(request, method, uri, has_body)
}

/// Decodes an output; for [`rest_json!`](crate::rest_json!). `has_body` is true if members without
/// a binding form a document in the body.
///
/// # Errors
/// Returns an error that states where decoding stopped, and why.
pub fn decode<T: Structure>(
    response: &WireResponse<'_>,
    has_body: bool,
) -> Result<T, DecodeProblem> {
    let mut value = T::empty();
    read_bound(response, &mut value)?;
    if has_body {
        json::read_into(response.body, T::BINDINGS, &mut value)?;
        return Ok(value);
    }
    // For structures without bindings, the code below is not compiled, even in debug builds.
    if const { T::BINDINGS.is_empty() } {
        return Ok(value);
    }
    if let Some(member) = document(T::BINDINGS) {
        json::read_member(response.body, member, &mut value)?;
    }
    Ok(value)
}

/// Returns the member that is the whole body and a JSON document.
fn document(bindings: &[Binding]) -> Option<&'static str> {
    binding::payload(bindings).and_then(|(member, payload)| match payload {
        Payload::Structure | Payload::Value => Some(member),
        Payload::Text(_) | Payload::Blob(_) => None,
    })
}

/// Reads exceptions of restJson1.
#[derive(Debug)]
pub struct RestJson;

impl Sealed for RestJson {}

impl ReadException for RestJson {
    fn read_exception<T: Structure>(response: &WireResponse<'_>) -> T {
        if const { T::BINDINGS.is_empty() } {
            return json::exception::read(response.body);
        }
        let mut value = T::empty();
        if let Some(member) = document(T::BINDINGS) {
            // A member that cannot be read remains absent.
            let _ = json::read_member(response.body, member, &mut value);
        } else if binding::payload(T::BINDINGS).is_none() {
            value = json::exception::read(response.body);
        }
        read_bound_leniently(response, &mut value);
        value
    }
}
