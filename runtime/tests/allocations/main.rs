//! Limits how much memory calls allocate, and how often.
//!
//! These tests have their own executable because they replace the allocator. It counts per thread,
//! and a client on a single-threaded runtime does all its work on the test's thread.

mod calls;
mod memory;
mod server;
mod service;
