//! A request that has come, for those who look at it afterwards.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use bytes::Bytes;
use http::{HeaderMap, Method};

use longshore_runtime::Operation;

use super::codec;

/// A request that came to a [`Server`](super::Server): a call, or somebody's download.
///
/// `Debug` shows neither the body nor a header's value: there may be secrets in them.
#[derive(Clone)]
pub struct Call {
    head: Arc<Head>,
    body: Option<Bytes>,
}

/// All but the body.
pub(super) struct Head {
    pub(super) method: Method,
    /// The path, with what stands behind a question mark.
    pub(super) path: String,
    headers: HeaderMap,
    /// The status of the answer; 0 while there is none.
    status: AtomicU16,
}

impl Head {
    pub(super) fn new(parts: http::request::Parts) -> Self {
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str()).to_owned();
        let status = AtomicU16::new(0);
        Self { method: parts.method, path, headers: parts.headers, status }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn answered(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// The path without what stands behind a question mark, which may be a signature.
    fn plain_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// The two parts of the target.
    fn target(&self) -> (&str, &str) {
        let target = self.header("x-amz-target").unwrap_or_default();
        target.rsplit_once('.').unwrap_or(("", target))
    }

    /// What messages call it: the operation, or the method and the path of what is no call.
    pub(super) fn name(&self) -> String {
        match self.target().1 {
            "" => format!("{} {:?}", self.method, self.plain_path()),
            operation => operation.escape_debug().take(100).collect(),
        }
    }
}

impl Call {
    pub(super) fn new(head: &Arc<Head>, body: Option<Bytes>) -> Self {
        Self { head: Arc::clone(head), body }
    }

    /// The operation's name, `PutImage`; empty where it was no call.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.head.target().1
    }

    /// The service's name in `X-Amz-Target`, `SpencerFrontendService`; empty where it was no call.
    #[must_use]
    pub fn service(&self) -> &str {
        self.head.target().0
    }

    /// The method, `POST` for every call.
    #[must_use]
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The path, with what stands behind a question mark; `/` for every call.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.head.path
    }

    /// Which attempt of its call it was, from 1; `None` where the client does not say so.
    #[must_use]
    pub fn attempt(&self) -> Option<u32> {
        let attempts = self.header("amz-sdk-request")?;
        let attempt = attempts.split(';').find_map(|part| part.trim().strip_prefix("attempt="));
        attempt?.parse().ok()
    }

    /// The value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    /// The body, without its encoding; `None` where it was longer than what the server keeps.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The status of the answer; `None` while there is none, or where there never was.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        Some(self.head.status.load(Ordering::Relaxed)).filter(|status| *status != 0)
    }

    /// The request, where it is a call of this operation.
    ///
    /// # Errors
    /// A call of another operation, and a body that was not kept or cannot be read.
    pub fn decode<O: Operation>(&self) -> Result<O, UnreadableCall> {
        let wrong = |problem: String| UnreadableCall(format!("{}: {problem}", self.head.name()));
        if !self.is::<O>() {
            return Err(wrong(format!("it is not a call of {}", O::NAME)));
        }
        let Some(body) = &self.body else {
            return Err(wrong("its body was too long to be kept".to_owned()));
        };
        codec::decode(body).map_err(|unread| wrong(unread.to_string()))
    }

    /// Whether it is a call of this operation.
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

/// Why a [`Call`] is not the request that was asked for. No value of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableCall(String);

impl fmt::Display for UnreadableCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnreadableCall {}
