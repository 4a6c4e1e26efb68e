//! The decision whether a call is retried, and the state that clones of a client share for it.

pub(crate) mod clock_skew;
pub(crate) mod retries;
pub(crate) mod token_bucket;
