//! Signs requests with Signature Version 4.
//!
//! The time and the credentials are arguments. This room may import `endpoint` and the rooms below
//! it.

pub(crate) mod sign;
