//! A transport that records which attempts found their connection closed by the server.
//!
//! Only the client can detect this: the server may never see such a request.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use longshore::{BoxFuture, HttpTransport, Transport, TransportError, TransportErrorKind};

/// A call and its attempt, counted from 1.
type Attempt = (u64, u32);

#[derive(Debug)]
pub struct StaleAttempts {
    transport: HttpTransport,
    seen: Mutex<HashSet<Attempt>>,
}

impl StaleAttempts {
    /// Creates a transport for which a connection counts as stale up to `window` after a request
    /// was sent. On a busy machine, the end of a connection may be noticed late.
    pub fn new(window: Duration) -> Self {
        let transport = HttpTransport::builder().stale_window(window).build();
        Self { transport, seen: Mutex::default() }
    }

    /// Returns true if the connection of this attempt was stale.
    pub fn contains(&self, call: u64, attempt: u32) -> bool {
        self.lock().contains(&(call, attempt))
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<Attempt>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for StaleAttempts {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let attempt = attempt(&request);
        Box::pin(async move {
            let result = self.transport.send(request).await;
            if let Err(error) = &result
                && error.kind() == TransportErrorKind::StaleConnection
            {
                self.lock().extend(attempt);
            }
            result
        })
    }
}

fn attempt(request: &Request<Bytes>) -> Option<Attempt> {
    let body = std::str::from_utf8(request.body()).ok()?;
    let header = request.headers().get("amz-sdk-request")?.to_str().ok()?;
    numbers(body, header)
}

/// The call and the attempt of a request, by its body and its `amz-sdk-request` header.
pub fn numbers(body: &str, header: &str) -> Option<Attempt> {
    let number = |text: &str| {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..digits].parse::<u64>().ok()
    };
    let call = number(body.split_once("soak/")?.1)?;
    let attempt = number(header.split_once("attempt=")?.1)?;
    Some((call, u32::try_from(attempt).ok()?))
}
