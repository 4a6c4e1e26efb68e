//! How often a call is attempted, and with which parameters: settings, no behaviour.

/// When and how often a call that failed is attempted again.
///
/// The mode is the standard one of the AWS SDKs: a random delay below a limit that doubles with
/// each attempt, and a bucket of tokens, shared by the clones of a client, which keeps an outage
/// from being answered with a storm of attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryConfig {
    max_attempts: u32,
    parameters: RetryParameters,
    delays: bool,
}

/// The delays and costs of the standard mode, of which there are two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RetryParameters {
    /// Delays grow from 1 s for every error; another attempt costs 5 tokens, after a timeout or a
    /// failed connection 10.
    #[default]
    Classic,
    /// What the variable `AWS_NEW_RETRIES_2026` asks for: delays grow from 50 ms and an attempt costs
    /// 14 tokens, after throttling from 1 s and 5 tokens.
    Of2026,
}

impl RetryConfig {
    /// At most three attempts, with the parameters that AWS SDKs have had for years.
    #[must_use]
    pub const fn standard() -> Self {
        Self { max_attempts: 3, parameters: RetryParameters::Classic, delays: true }
    }

    /// One attempt and no other.
    #[must_use]
    pub const fn disabled() -> Self {
        Self::standard().with_max_attempts(1)
    }

    /// With at most this many attempts, the first one counted; 0 is taken as 1.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// With these delays and costs.
    #[must_use]
    pub const fn with_parameters(mut self, parameters: RetryParameters) -> Self {
        self.parameters = parameters;
        self
    }

    /// With one attempt after the other, for tests: there is no delay between them, and one that a
    /// service asks for is not kept either.
    #[must_use]
    pub const fn without_delays(mut self) -> Self {
        self.delays = false;
        self
    }

    /// How many attempts there may be, the first one counted.
    #[must_use]
    pub const fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// Whether there are delays between attempts.
    #[must_use]
    pub const fn has_delays(&self) -> bool {
        self.delays
    }

    /// The delays and costs.
    #[must_use]
    pub const fn parameters(&self) -> RetryParameters {
        self.parameters
    }
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self::standard()
    }
}
