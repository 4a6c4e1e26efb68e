//! The tokio runtime of the caller: whether there is one, and whether it has timers and I/O.
//!
//! tokio panics if a timer or a socket is created without them. Code that uses either must check
//! first, so that the caller gets an error instead. This module imports no other module.

pub(crate) mod requirements;
