//! Structures, enums, unions, documents and scalar values.

mod blobs;
mod documents;
mod int_enums;
mod macros;
mod nulls;
mod numbers;
mod secrets;
mod setters;
mod structures;
mod timestamp_arithmetic;
mod timestamp_text;
mod timestamps;
mod union_calls;
mod unions;
