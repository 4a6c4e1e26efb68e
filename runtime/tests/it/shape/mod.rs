//! Structures, enums, unions, documents and scalar values.

mod documents;
mod int_enums;
mod macros;
mod numbers;
mod secrets;
mod structures;
mod union_calls;
mod unions;
mod values;
