//! Formats of values: JSON, and what the serializers and deserializers of all formats share.
//!
//! This module knows neither structures nor protocols. It may import `display` and `hex`.

pub(crate) mod byte_order_mark;
pub(crate) mod error;
pub(crate) mod float_text;
pub(crate) mod json;
pub(crate) mod mismatch;
pub(crate) mod shared_bytes;
