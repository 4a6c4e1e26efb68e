//! Recorded requests, for assertions after the calls.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use bytes::Bytes;
use http::{HeaderMap, Method};
use longshore_runtime::Operation;

use super::codec;

/// The longest operation name that appears in messages, in characters.
const MAX_NAME: usize = 100;

/// A request that a [`Server`](super::Server) received: a call of an operation, or a download.
///
/// `Debug` prints neither the body nor the values of headers, because both may contain secrets.
#[derive(Clone)]
pub struct Call {
    head: Arc<RequestHead>,
    body: Option<Bytes>,
}

/// Everything but the body.
pub(super) struct RequestHead {
    pub(super) method: Method,
    /// The path with its query string.
    pub(super) path: String,
    headers: HeaderMap,
    /// The status of the response; 0 until it is sent.
    status: AtomicU16,
}

impl RequestHead {
    pub(super) fn new(parts: http::request::Parts) -> Self {
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str()).to_owned();
        let status = AtomicU16::new(0);
        Self { method: parts.method, path, headers: parts.headers, status }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn set_status(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// The path without its query string, which may contain a signature.
    fn path_without_query(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// The service and the operation of `X-Amz-Target`.
    fn target(&self) -> (&str, &str) {
        let target = self.header("x-amz-target").unwrap_or_default();
        target.rsplit_once('.').unwrap_or(("", target))
    }

    /// The name of the request in messages: the operation, or method and path if it names none.
    pub(super) fn name(&self) -> String {
        match self.target().1 {
            "" => format!("{} {:?}", self.method, self.path_without_query()),
            operation => operation.escape_debug().take(MAX_NAME).collect(),
        }
    }
}

impl Call {
    pub(super) fn new(head: &Arc<RequestHead>, body: Option<Bytes>) -> Self {
        Self { head: Arc::clone(head), body }
    }

    /// The name of the operation, such as `PutImage`; empty for a download.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.head.target().1
    }

    /// The name of the service in `X-Amz-Target`, such as `SpencerFrontendService`; empty for a
    /// download.
    #[must_use]
    pub fn service(&self) -> &str {
        self.head.target().0
    }

    /// The HTTP method; `POST` for all operations.
    #[must_use]
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The path with its query string; `/` for all operations.
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
        Some(self.head.status.load(Ordering::Relaxed)).filter(|status| *status != 0)
    }

    /// Decodes the request.
    ///
    /// # Errors
    /// Returns an error if this is a call of another operation, the body was not recorded, or the body
    /// cannot be decoded.
    pub fn decode<O: Operation>(&self) -> Result<O, CallDecodeError> {
        let error = |problem: &dyn fmt::Display| {
            CallDecodeError(format!("{}: {problem}", self.head.name()))
        };
        if !self.is::<O>() {
            return Err(error(&format!("the call is not one of {}", O::NAME)));
        }
        let Some(body) = &self.body else {
            return Err(error(&"the body is longer than the limit of `keep_bodies`"));
        };
        codec::decode(body).map_err(|unreadable| error(&unreadable))
    }

    /// Returns `true` if this is a call of the operation `O`.
    #[must_use]
    pub fn is<O: Operation>(&self) -> bool {
        (self.service(), self.operation()) == (O::SERVICE.target_prefix, O::NAME)
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
pub struct CallDecodeError(String);

impl fmt::Display for CallDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CallDecodeError {}
