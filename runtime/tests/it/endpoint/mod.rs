//! Endpoint rules, endpoints of accounts, and host prefixes.

mod accounts;
mod host_prefixes;
mod rules;
