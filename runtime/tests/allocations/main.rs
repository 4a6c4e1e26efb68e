//! How much memory calls allocate, and how often.
//!
//! These tests are an executable of their own, because they replace the allocator. It counts per
//! thread, and a client on a single-threaded runtime does all its work on the thread of its test.

mod calls;
mod memory;
mod server;
mod service;
