//! The trait of codecs, and the codec that changes nothing.

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::shape::codec::adapter::Decoded;

/// Serializes and deserializes a `T` in a certain wire form.
pub trait Codec<T>: Sized {
    /// Serializes `value`.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Deserializes a value.
    ///
    /// # Errors
    /// Returns the error of the deserializer, or an error if the value does not have this wire
    /// form.
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// Deserializes an element of a list or a value of a map. Returns `None` for a `null`, which is
    /// then discarded. Implementations for values that can be `null` return the value instead.
    ///
    /// # Errors
    /// Returns the error of the deserializer, or an error if the value does not have this wire
    /// form.
    fn deserialize_element<'de, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
        let value: Option<Decoded<Self, T>> = Deserialize::deserialize(d)?;
        Ok(value.map(Decoded::into_inner))
    }
}

/// The serde form itself, for types inside other codecs that need no codec.
#[derive(Debug)]
pub enum Same {}

impl<T: Serialize + for<'de> Deserialize<'de>> Codec<T> for Same {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}
