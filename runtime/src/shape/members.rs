//! Reads and writes the member of a union, with extensions of the map traits of serde.

use serde_core::de::{Deserialize, MapAccess};
use serde_core::ser::{Serialize, SerializeMap};

use crate::shape::codec::Codec;
use crate::shape::codec::adapter::{Decoded, Encoded};

/// Methods that write members.
pub trait WriteMembers: SerializeMap {
    /// Writes a member that is always present.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn put<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.serialize_entry(key, value)
    }

    /// Like [`put`](Self::put), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn put_as<C: Codec<T>, T>(&mut self, key: &'static str, value: &T) -> Result<(), Self::Error> {
        self.serialize_entry(key, &Encoded::<C, T>::new(value))
    }
}

impl<M: SerializeMap> WriteMembers for M {}

/// Methods that read members. A `null` is treated like an absent member.
pub trait ReadMembers<'de>: MapAccess<'de> {
    /// Reads a member.
    ///
    /// # Errors
    /// Returns an error if the value is not a `T`.
    fn take<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Self::Error> {
        self.next_value()
    }

    /// Like [`take`](Self::take), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns an error if the value does not have the wire form of `C`.
    fn take_as<C: Codec<T>, T>(&mut self) -> Result<Option<T>, Self::Error> {
        let value: Option<Decoded<C, T>> = self.next_value()?;
        Ok(value.map(Decoded::into_inner))
    }
}

impl<'de, M: MapAccess<'de>> ReadMembers<'de> for M {}
