//! Servers for tests of code that calls AWS through Longshore's clients.
//!
//! [`Server`] answers the operations of any generated crate, as a test says. `Registry`, behind the
//! feature `registry`, is Amazon ECR and Amazon ECR Public in memory, and needs no further setup.

#[cfg(feature = "registry")]
mod registry;
mod server;

#[cfg(feature = "registry")]
pub use registry::{Registry, RegistryBuilder};
pub use server::{Call, CallDecodeError, Content, Expectation, Fault, Server, ServerBuilder};
