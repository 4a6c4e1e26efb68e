//! The integration tests of the server and the registry.

mod downloads;
mod expectations;
mod faults;
mod generated;
mod registry;
mod rejections;
mod server;
mod service_errors;
mod support;
