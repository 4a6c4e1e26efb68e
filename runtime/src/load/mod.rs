//! Loads configurations: reads environment variables and profile files in order of precedence, and
//! assembles the default credential chain.
//!
//! This is the highest module: it may import all others, and no other module imports it.

#[cfg(feature = "blocking")]
mod blocking;
mod endpoints;
mod from_env;
mod network;
mod region;
mod requests;
mod retry;
mod user_agent;
