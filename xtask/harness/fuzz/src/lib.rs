//! Properties of any response and any model, as functions of a fuzzer's bytes.
//!
//! `tests/it/bounded.rs` checks them for a few seconds in every `cargo test`; the crate in `libfuzzer`
//! checks them for as long as it runs, guided by coverage. All of them use only public APIs.

mod answer;
pub mod error;
pub mod model;
mod mutate;
pub mod response;
