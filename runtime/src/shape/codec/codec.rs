//! The trait of wire forms that are not the serde form of their Rust type.

use serde_core::de::Deserializer;
use serde_core::ser::Serializer;

/// How a `T` is written and read.
pub trait Codec<T> {
    /// Writes `value`.
    ///
    /// # Errors
    /// The serializer's.
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// The deserializer's, and what is no wire form of a `T`.
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}
