//! The integration tests of the server and the registry.

mod downloads;
mod expectations;
mod faults;
mod generated;
mod public_types;
mod registry;
mod rejections;
mod same_addresses;
mod server;
mod service_errors;
mod support;
