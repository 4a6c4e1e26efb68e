//! Decodes requests and encodes responses of restJson1, for test servers.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_core::ser::SerializeMap;

use crate::http::box_error::BoxError;
use crate::protocol::decode_problem::{DecodeProblem, missing};
use crate::protocol::http_binding::server::{Members, encode_response, read_request};
use crate::protocol::json;
use crate::protocol::received_request::ReceivedRequest;
use crate::protocol::rest_json::{Json, document};
use crate::shape::binding;
use crate::shape::member::required;
use crate::{Binding, OperationError, Structure};

pub use crate::protocol::http_binding::server::{Specificity, UriPattern};

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Decodes a request whose path matches the pattern.
///
/// # Errors
/// Returns an error that names the member if one is missing or cannot be read.
pub fn decode_request<T: Structure>(
    request: &ReceivedRequest<'_>,
    pattern: &UriPattern,
    has_body: bool,
) -> Result<T, DecodeProblem> {
    let mut value = T::empty();
    let mut found = read_request(request, pattern, &mut value)?;
    if has_body {
        let in_body = json::read_into(request.body, T::BINDINGS, &mut value)?;
        let members = T::MEMBERS.iter().enumerate();
        let members = members.filter(|(position, _)| in_body.contains(*position));
        found.extend(members.map(|(_, member)| member.name));
    } else if let Some(member) = document(T::BINDINGS) {
        json::read_member(request.body, member, &mut value)?;
    }
    // A payload is empty if the body is.
    let payload = binding::payload(T::BINDINGS).map(|(member, _)| member);
    let is_present = |name: &&str| found.contains(name) || payload == Some(name);
    match required(T::MEMBERS).find(|name| !is_present(name)) {
        Some(name) => Err(missing(name)),
        None => Ok(value),
    }
}

/// Encodes an output.
///
/// # Errors
/// Returns an error if a value has no representation in its place.
pub fn encode_output<T: Structure>(
    output: &T,
    has_body: bool,
) -> Result<Response<Bytes>, BoxError> {
    encode_response::<Json>(&Output(output), StatusCode::OK, has_body)
}

/// Encodes an error, with its code in a header.
///
/// # Errors
/// Returns an error if a value has no representation in its place.
pub fn encode_error<E: OperationError>(
    error: &E,
    status: StatusCode,
) -> Result<Response<Bytes>, BoxError> {
    let mut response = encode_response::<Json>(&Exception(error), status, true)?;
    if let Some(code) = error.code() {
        let code = HeaderValue::from_str(code)?;
        response.headers_mut().insert(ERROR_TYPE, code);
    }
    Ok(response)
}

struct Output<'a, T>(&'a T);

impl<T: Structure> Members for Output<'_, T> {
    fn bindings(&self) -> &'static [Binding] {
        T::BINDINGS
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.0.write(map)
    }
}

struct Exception<'a, E>(&'a E);

impl<E: OperationError> Members for Exception<'_, E> {
    fn bindings(&self) -> &'static [Binding] {
        self.0.bindings()
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.0.write(map)
    }
}
