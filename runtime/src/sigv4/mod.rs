//! Signs requests with Signature Version 4.
//!
//! The time and the credentials are arguments. This module may import `endpoint` and the modules below
//! it.

pub(crate) mod sign;
