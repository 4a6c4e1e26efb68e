//! Runs each fuzz target for a few seconds with random seeds. A failure prints its seed;
//! `arbtest(..).seed(..)` reproduces it.

use arbtest::arbtest;

/// Milliseconds per target.
const BUDGET: u64 = 1500;

/// The maximum number of bytes per case.
const SIZE: u32 = 4096;

#[test]
fn any_response() {
    arbtest(fuzz::response::response).budget_ms(BUDGET).size_max(SIZE).run();
}

#[test]
fn any_error() {
    arbtest(fuzz::error::error).budget_ms(BUDGET).size_max(SIZE).run();
}

#[test]
fn any_model() {
    arbtest(fuzz::model::model).budget_ms(BUDGET).size_max(SIZE).run();
}
