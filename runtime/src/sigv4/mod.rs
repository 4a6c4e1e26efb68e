//! Signature Version 4.
//!
//! Signs requests. The time and the credentials are arguments. May import `endpoint` and the
//! rooms below.

pub(crate) mod sign;
