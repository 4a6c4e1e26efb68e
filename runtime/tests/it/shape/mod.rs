//! Structures, enums, unions, documents and scalar values.

mod blobs;
mod document_conversions;
mod documents;
mod int_enums;
mod macros;
mod nulls;
mod numbers;
mod secrets;
mod setters;
mod structures;
mod text_forms;
mod timestamp_arithmetic;
mod timestamp_conversions;
mod timestamp_text;
mod timestamps;
mod union_calls;
mod unions;

use longshore_runtime::Timestamp;

/// Creates a timestamp from seconds and nanoseconds since 1970.
fn at(seconds: i64, nanos: u32) -> Timestamp {
    Timestamp::new(seconds, nanos).expect("in range")
}
