//! The retry settings, without any behavior.

/// When and how often a failed call is retried.
///
/// The mode is the standard mode of the AWS SDKs: exponential backoff with full jitter, and a token
/// bucket, shared by the clones of a client, which limits retries during an outage.
///
/// ```
/// use longshore_runtime::RetryConfig;
///
/// let retry = RetryConfig::standard().max_attempts(5);
/// assert_eq!(retry.get_max_attempts(), 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RetryConfig {
    max_attempts: u32,
    parameters: RetryParameters,
    delays: bool,
}

/// The delays and token costs of the standard mode. There are two sets.
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
        Self { max_attempts: 3, parameters: RetryParameters::Classic, delays: true }
    }

    /// One attempt, without retries.
    #[must_use]
    pub const fn disabled() -> Self {
        Self::standard().max_attempts(1)
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

    /// Sets whether there are delays between attempts. Defaults to true. False is meant for tests
    /// and also ignores delays that a service requests.
    #[must_use]
    pub const fn delays(mut self, enabled: bool) -> Self {
        self.delays = enabled;
        self
    }

    /// The maximum number of attempts, including the first.
    #[must_use]
    pub const fn get_max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// Returns true if there are delays between attempts.
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
