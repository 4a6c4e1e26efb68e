//! Codecs: wire forms that differ from the serde form of the Rust type.
//!
//! A codec is an empty type that generated code names: `codec::List<codec::Float>` reads and writes
//! a `Vec<f64>`. Codecs are independent of services and of JSON.

pub(crate) mod adapter;
mod base64_text;
#[expect(clippy::module_inception, reason = "the module is named for its main trait")]
mod codec;
mod collection;
#[cfg(feature = "aws-query")]
pub(crate) mod element_names;
pub(crate) mod number;
pub(crate) mod timestamp;

use std::marker::PhantomData;

use serde_core::de::Deserializer;
use serde_core::ser::Serializer;

pub use crate::shape::codec::base64_text::Base64Text;
pub use crate::shape::codec::codec::{Codec, Same};
pub use crate::shape::codec::collection::{List, Map, Sparse};
pub use crate::shape::codec::number::{Float, Integer};
pub use crate::shape::codec::timestamp::{DateTime, HttpDate};

/// A boxed value, in recursive shapes.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Box<T>> for Boxed<C> {
    fn serialize<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::serialize(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::deserialize(deserializer).map(Box::new)
    }
}
