//! The state that calls of a client record for later calls.

use crate::client::request::destination::Destinations;
use crate::client::retry::clock_skew::ClockSkew;
use crate::client::retry::token_bucket::TokenBucket;
use crate::sigv4::SigningKeyCache;

/// State that clones of a client share.
#[derive(Default)]
pub(crate) struct ClientState {
    pub(crate) tokens: TokenBucket,
    pub(crate) clock_skew: ClockSkew,
    pub(crate) destinations: Destinations,
    pub(crate) signing_keys: SigningKeyCache,
}
