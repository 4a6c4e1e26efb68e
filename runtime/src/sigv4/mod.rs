//! Signature Version 4.
//!
//! Signs requests; takes the time and the credentials as arguments. May import `endpoint` and the
//! rooms below.

pub(crate) mod sign;
