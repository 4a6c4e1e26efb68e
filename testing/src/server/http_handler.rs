//! Handlers of plain HTTP requests, which are neither calls of operations nor downloads. They can
//! return any HTTP response.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::Content;

/// A received request.
// Only the registry registers handlers.
#[cfg_attr(not(feature = "registry"), allow(dead_code))]
pub(crate) struct HttpRequest<'a> {
    pub method: &'a Method,
    /// The path with its query string.
    pub path: &'a str,
    pub headers: &'a HeaderMap,
    /// The decompressed body, or why it cannot be read.
    pub body: Result<&'a Bytes, &'static str>,
}

/// Handles a request.
pub(super) type HttpHandler = Arc<dyn Fn(HttpRequest<'_>) -> http::Response<Content> + Send + Sync>;
