//! The trait of codecs.

use serde_core::de::Deserializer;
use serde_core::ser::Serializer;

/// Serializes and deserializes a `T` in a certain wire form.
pub trait Codec<T> {
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
}
