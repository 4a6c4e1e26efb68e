//! The integration tests of the server and the registry.

mod expectations;
mod faults;
mod generated;
mod registry;
mod server;
mod support;
