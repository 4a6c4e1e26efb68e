//! Fuzz targets: properties of any response of a service and of any model.
//!
//! `tests/bounded.rs` runs them for a few seconds in every `cargo test`; the crate in `libfuzzer` runs
//! them for any time, guided by coverage. They use only the public API.

mod answer;
pub mod error;
pub mod model;
mod mutate;
pub mod response;
