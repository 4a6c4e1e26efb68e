//! The time limits of a call, without any behavior.

use std::time::Duration;

use crate::http::settings::DEFAULT_CONNECT_LIMIT;

/// The time limits of a call. `None` means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    attempt: Option<Duration>,
    operation: Option<Duration>,
}

impl Timeouts {
    /// The default limit for connecting.
    pub const CONNECT: Duration = DEFAULT_CONNECT_LIMIT;

    /// 3.1 s for connecting, and no other limit.
    #[must_use]
    pub const fn new() -> Self {
        Self { connect: Some(Self::CONNECT), read: None, attempt: None, operation: None }
    }

    /// No limit at all, not even for connecting.
    #[must_use]
    pub const fn none() -> Self {
        Self { connect: None, read: None, attempt: None, operation: None }
    }

    /// Sets the limit for connecting: name resolution, TCP, proxy and TLS together.
    #[must_use]
    pub const fn with_connect(mut self, limit: Option<Duration>) -> Self {
        self.connect = limit;
        self
    }

    /// Sets the limit for each wait for data: from the end of the request to the first byte of the
    /// response, and between any two reads after it.
    #[must_use]
    pub const fn with_read(mut self, limit: Option<Duration>) -> Self {
        self.read = limit;
        self
    }

    /// Sets the limit for one attempt, from connecting to the last byte of the response.
    #[must_use]
    pub const fn with_attempt(mut self, limit: Option<Duration>) -> Self {
        self.attempt = limit;
        self
    }

    /// Sets the limit for the whole call: credentials, all attempts and the delays between them. If
    /// the delay before the next attempt exceeds the remaining time, the call fails at once with
    /// the error of the last attempt, which is more useful than a timeout.
    #[must_use]
    pub const fn with_operation(mut self, limit: Option<Duration>) -> Self {
        self.operation = limit;
        self
    }

    /// The limit for connecting.
    #[must_use]
    pub const fn connect(&self) -> Option<Duration> {
        self.connect
    }

    /// The limit for each wait for data.
    #[must_use]
    pub const fn read(&self) -> Option<Duration> {
        self.read
    }

    /// The limit for one attempt.
    #[must_use]
    pub const fn attempt(&self) -> Option<Duration> {
        self.attempt
    }

    /// The limit for the whole call.
    #[must_use]
    pub const fn operation(&self) -> Option<Duration> {
        self.operation
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::new()
    }
}
