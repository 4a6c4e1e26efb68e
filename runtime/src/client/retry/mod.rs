//! Decides whether a call is retried, and holds the state for this decision that clones of a client
//! share.

pub(crate) mod clock_skew;
pub(crate) mod retries;
pub(crate) mod token_bucket;
