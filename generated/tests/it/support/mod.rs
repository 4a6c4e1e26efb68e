//! A server and a transport for the tests.

#![allow(dead_code, reason = "fewer features use less of it")]

pub mod server;
pub mod transport;
