//! The retry settings, without any behavior.

/// When and how often a failed call is retried.
///
/// The default is the standard mode of the AWS SDKs: exponential backoff with full jitter, and a
/// token bucket, shared by the clones of a client, which limits retries during an outage. The
/// [adaptive mode](RetryMode::Adaptive) also limits the rate of requests.
///
/// ```
/// use longshore_runtime::{RetryConfig, RetryMode};
///
/// let retry = RetryConfig::standard().max_attempts(5);
/// assert_eq!(retry.get_max_attempts(), 5);
///
/// let adaptive = RetryConfig::adaptive().max_attempts(5);
/// assert_eq!(adaptive.get_mode(), RetryMode::Adaptive);
///
/// let parsed = RetryConfig::standard().mode("adaptive".parse()?);
/// assert_eq!(parsed, RetryConfig::adaptive());
/// # Ok::<(), longshore_runtime::ParseModeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RetryConfig {
    mode: RetryMode,
    max_attempts: u32,
    parameters: RetryParameters,
    delays: bool,
}

/// The retry modes of the AWS SDKs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RetryMode {
    /// Failed calls are retried. The rate of requests is not limited.
    #[default]
    Standard,
    /// Like `Standard`, and after the first throttling error of a client, the client limits the
    /// rate at which it sends requests.
    ///
    /// A throttling error lowers the rate to 70 % of the rate at which the client was sending, or
    /// of the previous limit if that was lower. Successes raise it: slowly near the rate at which
    /// the service throttled, then faster and faster, up to twice the rate at which the client
    /// sends. Other errors do not change it. The minimum is one request every two seconds.
    ///
    /// Before each attempt, a call waits until the rate allows another request. Calls are served
    /// in the order in which they begin to wait. The wait counts toward the operation timeout, but
    /// not toward the attempt timeout.
    ///
    /// Clones of a client share the rate; other clients have their own. If a service throttles only
    /// one resource, calls of the same client for other resources wait as well. In this case, use a
    /// client for each resource.
    Adaptive,
}

/// The delays and token costs of retries. There are two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RetryParameters {
    /// The backoff starts at 1 s. A retry costs 5 tokens, or 10 after a timeout or a failed
    /// connection.
    #[default]
    Classic,
    /// The set that `AWS_NEW_RETRIES_2026` selects. The backoff starts at 50 ms and a retry costs
    /// 14 tokens; after throttling, it starts at 1 s and a retry costs 5 tokens.
    Of2026,
}

impl RetryConfig {
    /// At most three attempts with the classic parameters.
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            mode: RetryMode::Standard,
            max_attempts: 3,
            parameters: RetryParameters::Classic,
            delays: true,
        }
    }

    /// Like [`standard`](Self::standard), in the [adaptive mode](RetryMode::Adaptive).
    #[must_use]
    pub const fn adaptive() -> Self {
        Self::standard().mode(RetryMode::Adaptive)
    }

    /// One attempt, without retries.
    #[must_use]
    pub const fn disabled() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets the retry mode, for example one that was parsed.
    #[must_use]
    pub const fn mode(mut self, mode: RetryMode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the maximum number of attempts, including the first. 0 is treated as 1.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the delays and token costs.
    #[must_use]
    pub const fn parameters(mut self, parameters: RetryParameters) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets whether there are delays before attempts. Defaults to true. False is meant for tests;
    /// it also disables delays that a service requests and the rate limit of the adaptive mode.
    #[must_use]
    pub const fn delays(mut self, enabled: bool) -> Self {
        self.delays = enabled;
        self
    }

    /// The retry mode.
    #[must_use]
    pub const fn get_mode(&self) -> RetryMode {
        self.mode
    }

    /// The maximum number of attempts, including the first.
    #[must_use]
    pub const fn get_max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// Returns true if there are delays before attempts.
    #[must_use]
    pub const fn get_delays(&self) -> bool {
        self.delays
    }

    /// The delays and token costs.
    #[must_use]
    pub const fn get_parameters(&self) -> RetryParameters {
        self.parameters
    }
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self::standard()
    }
}
