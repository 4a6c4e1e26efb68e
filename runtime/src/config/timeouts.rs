//! The limits of time of a call: settings, no behaviour.

use std::time::Duration;

/// How long the parts of a call may take. `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    attempt: Option<Duration>,
    operation: Option<Duration>,
}

impl Timeouts {
    /// How long a connection may take where nobody says otherwise.
    pub const CONNECT: Duration = Duration::from_millis(3100);

    /// 3.1 s for a connection, no other limit.
    #[must_use]
    pub const fn new() -> Self {
        Self { connect: Some(Self::CONNECT), read: None, attempt: None, operation: None }
    }

    /// No limit at all, not even for a connection.
    #[must_use]
    pub const fn none() -> Self {
        Self { connect: None, read: None, attempt: None, operation: None }
    }

    /// With this limit for a connection: name, TCP, proxy and TLS together.
    #[must_use]
    pub const fn with_connect(mut self, limit: Option<Duration>) -> Self {
        self.connect = limit;
        self
    }

    /// With this limit for each wait for bytes: the time from the end of the request to the first
    /// byte of the answer, and between any two reads after it.
    #[must_use]
    pub const fn with_read(mut self, limit: Option<Duration>) -> Self {
        self.read = limit;
        self
    }

    /// With this limit for an attempt, from its connection to the last byte of its answer.
    #[must_use]
    pub const fn with_attempt(mut self, limit: Option<Duration>) -> Self {
        self.attempt = limit;
        self
    }

    /// With this limit for the whole call: credentials, all attempts and the delays between them.
    /// Where the delay before another attempt would not fit into it, the call ends at once with the
    /// error of its last attempt, which says more than that time has passed.
    #[must_use]
    pub const fn with_operation(mut self, limit: Option<Duration>) -> Self {
        self.operation = limit;
        self
    }

    /// The limit for a connection.
    #[must_use]
    pub const fn connect(&self) -> Option<Duration> {
        self.connect
    }

    /// The limit for each wait for bytes.
    #[must_use]
    pub const fn read(&self) -> Option<Duration> {
        self.read
    }

    /// The limit for an attempt.
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
