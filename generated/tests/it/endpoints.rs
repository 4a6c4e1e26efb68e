//! Runs the endpoint test cases of the models, which are unit tests of the generated endpoint rules.
//!
//! The generated files are included here, so that the crate is not compiled a second time for its
//! unit tests.

#![allow(dead_code, reason = "only the tests of the included files are used")]

#[path = "../../src/ecr/endpoint.rs"]
#[rustfmt::skip]
mod ecr;
#[path = "../../src/ecr_public/endpoint.rs"]
#[rustfmt::skip]
mod ecr_public;
#[path = "../../src/lightsail/endpoint.rs"]
#[rustfmt::skip]
mod lightsail;
