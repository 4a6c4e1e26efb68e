//! Test servers for code that calls AWS through Longshore's clients.
//!
//! [`Server`] handles the operations of any generated client as the test defines. With the feature
//! `registry`, `Registry` is Amazon ECR and Amazon ECR Public in memory.

#[cfg(feature = "registry")]
mod registry;
mod server;

#[cfg(feature = "registry")]
pub use registry::{Registry, RegistryBuilder};
pub use server::{Call, CallDecodeError, Content, Expectation, Fault, Server, ServerBuilder};

/// Compiles and runs the examples of the guide.
#[cfg(all(doctest, feature = "registry"))]
#[doc = include_str!("../../docs/testing.md")]
mod guide {}
