//! A request to an endpoint that exists.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method};

use super::query::Query;

/// A request to an endpoint that exists.
pub(super) struct Request<'a> {
    pub method: &'a Method,
    pub query: Query,
    pub headers: &'a HeaderMap,
    pub body: Bytes,
}

impl Request<'_> {
    /// Returns `true` for `GET`, whose response has content, unlike that to `HEAD`.
    pub(super) fn has_content(&self) -> bool {
        self.method == Method::GET
    }

    /// The value of a header; `None` if it is missing or not ASCII.
    pub(super) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
