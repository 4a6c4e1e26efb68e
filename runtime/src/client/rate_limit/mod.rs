//! Limits how often a client sends requests, for the adaptive retry mode.
//!
//! Only `rate_limiter` waits and reads a clock. In the other files, times are arguments, in seconds
//! since the rate limiter was created.

mod cubic_rate;
mod measured_rate;
mod permits;
pub(crate) mod rate_limiter;
mod send_queue;
pub(crate) mod send_rate;
