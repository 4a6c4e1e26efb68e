//! Builds a response from the bound members of a structure and the document in its body.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::Binding;
use crate::http::box_error::BoxError;
use crate::protocol::http_binding::request::{BodyFormat, payload_body};
use crate::protocol::http_binding::write::{BoundMembers, Unbound};

/// A structure, or the exception in an error enum.
pub(crate) trait Members {
    fn bindings(&self) -> &'static [Binding];

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Encodes a response with this status, unless a member contains the status. `has_body` is true if
/// members without a binding exist; they are the document in the body.
pub(crate) fn encode_response<F: BodyFormat>(
    members: &impl Members,
    status: StatusCode,
    has_body: bool,
) -> Result<Response<Bytes>, BoxError> {
    let bindings = members.bindings();
    let mut bound = BoundMembers::<F>::new(bindings, &[]);
    members.write(&mut bound)?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = bound.status.as_deref().map_or(Ok(status), parse_status)?;
    let (body, content_type) = if has_body {
        (F::serialize(&Document(members))?, Some(F::CONTENT_TYPE))
    } else {
        payload_body::<F>(bindings, bound.payload)
    };
    *response.body_mut() = body.into_bytes();
    response.headers_mut().extend(bound.headers);
    if let Some(content_type) = content_type {
        let value = HeaderValue::from_str(content_type)?;
        response.headers_mut().entry(CONTENT_TYPE).or_insert(value);
    }
    Ok(response)
}

/// Parses the value of a status member. An informational status is an error, because clients do not
/// treat it as the response.
fn parse_status(text: &str) -> Result<StatusCode, BoxError> {
    let status = text.parse::<StatusCode>().ok().filter(|status| !status.is_informational());
    status.ok_or_else(|| format!("{text} is not a status of a response").into())
}

/// The members without a binding.
struct Document<'a, V>(&'a V);

impl<V: Members> Serialize for Document<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        self.0.write(&mut Unbound { bindings: self.0.bindings(), body: &mut body })?;
        body.end()
    }
}
