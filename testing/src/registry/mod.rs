//! Amazon ECR and Amazon ECR Public in memory, on one test server.
//!
//! `store` holds the pushed content and decides which requests fail; it is independent of API
//! types. `api` translates between the store and the types of the two services, and `distribution`
//! between the store and the OCI distribution API.

mod api;
mod builder;
mod distribution;
mod handle;
mod store;

pub use builder::RegistryBuilder;
pub use handle::Registry;
