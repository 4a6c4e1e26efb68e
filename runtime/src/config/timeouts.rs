//! The time limits of a call, without any behavior.

use std::time::Duration;

use crate::http::DEFAULT_CONNECT_LIMIT;

/// The time limits of a call. `None` means no limit.
///
/// ```
/// use std::time::Duration;
///
/// use longshore_runtime::Timeouts;
///
/// let timeouts = Timeouts::new().read(Duration::from_secs(30)).connect(None);
/// assert_eq!(timeouts.get_read(), Some(Duration::from_secs(30)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    pub fn connect(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect = limit.into();
        self
    }

    /// Sets the limit for each wait for data: from the end of the request to the first byte of the
    /// response, and between any two reads after it.
    #[must_use]
    pub fn read(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read = limit.into();
        self
    }

    /// Sets the limit for one attempt, from connecting to the last byte of the response.
    #[must_use]
    pub fn attempt(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.attempt = limit.into();
        self
    }

    /// Sets the limit for the whole call: credentials, all attempts and the delays between them. If
    /// the delay before the next attempt exceeds the remaining time, the call fails at once with
    /// the error of the last attempt, which is more useful than a timeout.
    #[must_use]
    pub fn operation(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.operation = limit.into();
        self
    }

    /// The limit for connecting.
    #[must_use]
    pub const fn get_connect(&self) -> Option<Duration> {
        self.connect
    }

    /// The limit for each wait for data.
    #[must_use]
    pub const fn get_read(&self) -> Option<Duration> {
        self.read
    }

    /// The limit for one attempt.
    #[must_use]
    pub const fn get_attempt(&self) -> Option<Duration> {
        self.attempt
    }

    /// The limit for the whole call.
    #[must_use]
    pub const fn get_operation(&self) -> Option<Duration> {
        self.operation
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::new()
    }
}
