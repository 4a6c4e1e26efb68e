//! Endpoint rules and host prefixes.

mod host_prefixes;
mod rules;
