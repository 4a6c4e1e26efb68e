//! Runs the fuzz targets for a few seconds with random seeds. A failure prints its seed, and
//! `arbtest(..).seed(..)` runs it again.

use arbtest::arbtest;

/// The time for each target, in milliseconds.
const BUDGET: u64 = 1500;

/// The maximum number of bytes for a case.
const SIZE: u32 = 4096;

#[test]
fn any_response_is_decoded_or_an_error() {
    arbtest(fuzz::response::response).budget_ms(BUDGET).size_max(SIZE).run();
}

#[test]
fn any_error_has_its_properties() {
    arbtest(fuzz::error::error).budget_ms(BUDGET).size_max(SIZE).run();
}

#[test]
fn any_model_is_generated_or_refused() {
    arbtest(fuzz::model::model).budget_ms(BUDGET).size_max(SIZE).run();
}
