//! Recorded requests, for assertions after the calls.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use longshore_runtime::Operation;

use super::protocol::{self, Pattern};
use super::request_head::{RequestHead, RouteKey};

/// A request that a [`Server`](super::Server) received: a call of an operation, or a download.
///
/// `Debug` prints neither the body nor the values of headers, because both may contain secrets.
#[derive(Clone)]
pub struct Call {
    head: Arc<RequestHead>,
    body: Option<Bytes>,
}

impl Call {
    pub(super) fn new(head: &Arc<RequestHead>, body: Option<Bytes>) -> Self {
        Self { head: Arc::clone(head), body }
    }

    /// The name of the operation, such as `PutImage`. It is empty for a download, and for a
    /// restJson1 operation that is not registered.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.head.operation()
    }

    /// The name of the service: for awsJson, the one in `X-Amz-Target`, such as
    /// `SpencerFrontendService`; for other protocols, the SDK ID, such as `Lambda`. It is empty for
    /// a download, and for an operation of another protocol than awsJson that is not registered.
    #[must_use]
    pub fn service(&self) -> &str {
        self.head.service()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The path with its query string.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.head.path
    }

    /// The number of the attempt within its call, counted from 1; `None` if the client did not send it.
    #[must_use]
    pub fn attempt(&self) -> Option<u32> {
        let attempts = self.header("amz-sdk-request")?;
        let attempt = attempts.split(';').find_map(|part| part.trim().strip_prefix("attempt="));
        attempt?.parse().ok()
    }

    /// The value of a header; names are case-insensitive.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    /// The body after decompression; `None` if it is longer than the
    /// [limit](super::ServerBuilder::keep_bodies) of the server.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The status of the response; `None` if the response has not been sent yet or a fault closed the
    /// connection instead.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        Some(self.head.status()).filter(|status| *status != 0)
    }

    /// Decodes the request.
    ///
    /// # Errors
    /// Returns an error if this is a call of another operation, the body was not recorded, or the body
    /// cannot be decoded.
    pub fn decode<O: Operation>(&self) -> Result<O, DecodeCallError> {
        let error = |problem: &dyn fmt::Display| {
            DecodeCallError(format!("{}: {problem}", self.head.name()))
        };
        if !self.is::<O>() {
            return Err(error(&format!("the call is not one of {}", O::NAME)));
        }
        let Some(body) = &self.body else {
            return Err(error(&"the body is longer than the limit of `keep_bodies`"));
        };
        protocol::decode(&self.head.with_body(body)).map_err(|unreadable| error(&unreadable))
    }

    /// Returns `true` if this is a call of the operation `O`.
    #[must_use]
    pub fn is<O: Operation>(&self) -> bool {
        match self.head.route() {
            Some(route) => route == RouteKey::of::<O>(),
            None => Pattern::of::<O>().matches(&self.head).is_some(),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.head.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Call")
            .field("name", &self.head.name())
            .field("attempt", &self.attempt())
            .field("status", &self.status())
            .field("headers", &names)
            .field("bytes", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}

/// The error of [`Call::decode`]. Its message contains no values of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeCallError(String);

impl fmt::Display for DecodeCallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeCallError {}
