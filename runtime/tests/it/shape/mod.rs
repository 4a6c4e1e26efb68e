//! Structures, enums, unions, documents and scalar values.

mod blobs;
mod documents;
mod int_enums;
mod macros;
mod numbers;
mod secrets;
mod setters;
mod structures;
mod timestamps;
mod union_calls;
mod unions;
