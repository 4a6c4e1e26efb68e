//! Support for the tests: a server that captures a request, and a transport without a network.

#![allow(dead_code, reason = "fewer features use less of it")]

pub mod server;
pub mod transport;
