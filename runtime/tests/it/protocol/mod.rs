//! Requests and errors on the wire.

mod compression;
mod error_bodies;
mod error_responses;
mod modeled_errors;
mod query_compatible;
mod requests;
