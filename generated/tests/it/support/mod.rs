//! Support for the tests: a server that captures a request, and a transport without a network.

#![allow(dead_code, reason = "some items are unused if features are disabled")]

pub mod server;
pub mod transport;
