//! The fuzz targets for a few seconds, each time from other seeds. A failure prints its seed, and
//! `arbtest(..).seed(..)` runs it again.

use arbtest::arbtest;

/// Milliseconds for each target.
const BUDGET: u64 = 1500;

/// Bytes that a case is made of, at most.
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
