//! What the calls of a client learn for later calls.

use crate::client::clock_skew::ClockSkew;
use crate::client::destination::Destinations;
use crate::client::token_bucket::TokenBucket;

/// State that clones of a client share.
#[derive(Default)]
pub(crate) struct ClientState {
    pub(crate) tokens: TokenBucket,
    pub(crate) clock_skew: ClockSkew,
    pub(crate) destinations: Destinations,
}
