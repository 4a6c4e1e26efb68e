//! The OCI distribution API of the registry, by the categories of the specification: pull, push, content
//! discovery and content management.

mod authorization;
mod chunks;
mod client;
mod discovery;
mod ecr;
mod garbage;
mod management;
mod monolithic;
mod pull;
mod push;
