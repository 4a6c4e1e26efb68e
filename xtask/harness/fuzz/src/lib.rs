//! What must hold for any answer of a service and for any model, as functions of a fuzzer's bytes.
//!
//! `tests/bounded.rs` runs them for some seconds with every `cargo test`; the crate in `libfuzzer`
//! runs them for as long as one likes, with coverage to guide it. All go through public API.

mod answer;
pub mod error;
pub mod model;
mod mutate;
pub mod response;
