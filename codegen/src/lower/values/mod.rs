//! Lowers values: whole values of generated types from JSON, and the formats of their parts.

pub(super) mod document;
mod from_json;
pub(super) mod number;
pub(super) mod timestamp;

pub(crate) use self::from_json::{Missing, Values};
