//! Loads configurations: reads environment variables and profile files in order of precedence, and
//! puts the default credential chain together.
//!
//! The highest room; no other room imports it. May import all others.

#[cfg(feature = "blocking")]
mod blocking;
mod endpoints;
mod from_env;
mod network;
mod region;
mod requests;
mod retry;
