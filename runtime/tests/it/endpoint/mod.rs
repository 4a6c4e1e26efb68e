//! Endpoint rules, account-based endpoints, and host prefixes.

mod accounts;
mod host_prefixes;
mod rules;
