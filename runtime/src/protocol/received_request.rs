//! A request as a server receives it.

use bytes::Bytes;
use http::HeaderMap;

/// The parts of a received request that a protocol reads.
#[derive(Debug, Clone, Copy)]
pub struct ReceivedRequest<'a> {
    /// The path and, after `?`, the query, both percent-encoded.
    pub path_and_query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, decompressed.
    pub body: &'a Bytes,
}
