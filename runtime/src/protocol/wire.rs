//! The parts of requests that a protocol writes, and the parts of responses that it reads.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::http::box_error::BoxError;
use crate::{RequestBody, Structure};

/// The capacity for headers, which is enough for those of most requests: the headers of the
/// protocol, the endpoint, the attempt and the signature.
const USUAL_HEADERS: usize = 16;

/// An encoded request, without the headers of the endpoint, the attempt and the signature.
#[derive(Debug)]
pub struct WireRequest {
    /// The HTTP method.
    pub method: Method,
    /// The path and, after `?`, the query, both percent-encoded. The path begins with `/` and is
    /// appended to the path of the endpoint.
    pub path_and_query: Cow<'static, str>,
    /// The headers of the protocol and of the request's members.
    pub headers: HeaderMap,
    /// The body.
    pub body: RequestBody,
}

impl WireRequest {
    /// Creates a request without headers and without a body.
    #[must_use]
    pub fn new(method: Method, path_and_query: impl Into<Cow<'static, str>>) -> Self {
        Self {
            method,
            path_and_query: path_and_query.into(),
            headers: HeaderMap::with_capacity(USUAL_HEADERS),
            body: RequestBody::default(),
        }
    }
}

/// The parts of a response that a protocol reads.
#[derive(Debug, Clone, Copy)]
pub struct WireResponse<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a Bytes,
}

/// How a protocol reads exceptions. This trait is sealed: only the protocols of this crate implement
/// it.
pub trait ReadException: sealed::Sealed {
    /// Reads an exception. This function never fails, because programs match on the type of the
    /// exception: if the members cannot be read, the result has only the message; if there is no
    /// message, it has no members.
    fn read_exception<T: Structure>(response: &WireResponse<'_>) -> T;
}

/// Prevents implementations outside this crate.
pub(super) mod sealed {
    pub trait Sealed {}
}

/// The error of a request that cannot be encoded.
#[derive(Debug)]
pub struct EncodeError(BoxError);

impl EncodeError {
    /// Creates the error from its reason.
    #[must_use]
    pub fn new(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(reason.into())
    }

    pub(crate) fn into_reason(self) -> BoxError {
        self.0
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request cannot be encoded: {}", self.0)
    }
}

impl std::error::Error for EncodeError {}
