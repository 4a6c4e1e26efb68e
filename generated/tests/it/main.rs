//! The integration tests of the generated clients.
//!
//! The tests that need other services than ECR are compiled only with their features, so that
//! `cargo xtask e2e` can run `moto` with the feature `ecr` alone.

#[cfg(feature = "blocking")]
mod blocking;
mod compile_fail;
#[cfg(all(feature = "ecr-public", feature = "lightsail"))]
mod endpoints;
#[cfg(feature = "lightsail")]
mod generic;
#[cfg(feature = "blocking")]
mod metrics;
mod moto;
#[cfg(all(feature = "blocking", feature = "ecr-public", feature = "lightsail"))]
mod pages;
#[cfg(all(feature = "ecr-public", feature = "lightsail"))]
mod redaction;
#[cfg(all(feature = "ecr-public", feature = "lightsail"))]
mod requests;
mod responses;
mod support;
#[cfg(feature = "lightsail")]
mod types;
#[cfg(feature = "lightsail")]
mod validation;
mod waiters;
