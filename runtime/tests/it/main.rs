//! Integration tests of the runtime, over real sockets.

mod bad_servers;
mod blocking;
mod calls;
#[cfg(feature = "aws-config")]
mod chain;
#[cfg(feature = "aws-config")]
mod chain_in_process;
mod clock;
mod compression;
mod configuration;
mod delays;
mod documents;
mod endpoints;
mod error_bodies;
mod failures;
mod generic;
mod host_prefixes;
mod int_enums;
mod limits;
mod macros;
mod modelled_errors;
mod numbers;
mod profile_files;
mod profiles;
mod proxies;
mod query_compatible;
mod requests;
mod retries;
mod runtimes;
mod secrets;
mod stale_connections;
mod support;
mod tls;
mod tokens;
mod transport_limits;
mod unanswered;
mod union_calls;
mod unions;
mod unsigned;
mod validation;
mod values;
mod wire_forms;
