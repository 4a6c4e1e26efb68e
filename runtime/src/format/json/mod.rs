//! JSON: a serializer that writes it, and a deserializer that reads it.

mod access;
mod deserializer;
mod number;
pub(crate) mod position;
pub(crate) mod reader;
mod scan;
mod serializer;
mod skip;
mod string;
#[cfg(test)]
mod tests;
mod variant;
pub(crate) mod writer;
