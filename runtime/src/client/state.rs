//! The state that calls of a client record for later calls.

use std::sync::OnceLock;

use crate::client::rate_limit::rate_limiter::RateLimiter;
use crate::client::request::destination::Destinations;
use crate::client::retry::clock_skew::ClockSkew;
use crate::client::retry::token_bucket::TokenBucket;
use crate::sigv4::SigningKeyCache;
use crate::{RetryConfig, RetryMode};

/// State that clones of a client share.
#[derive(Default)]
pub(crate) struct ClientState {
    pub(crate) tokens: TokenBucket,
    pub(crate) clock_skew: ClockSkew,
    pub(crate) destinations: Destinations,
    pub(crate) signing_keys: SigningKeyCache,
    rate_limiter: OnceLock<RateLimiter>,
}

impl ClientState {
    /// The rate limiter, if the client is in the adaptive retry mode and has delays.
    pub(crate) fn rate_limiter(&self, config: RetryConfig) -> Option<&RateLimiter> {
        let limited = config.get_mode() == RetryMode::Adaptive && config.get_delays();
        limited.then(|| self.rate_limiter.get_or_init(RateLimiter::new))
    }
}
