//! Reading and writing single members, as extensions of the map traits of serde.
//!
//! Generated code calls these methods. They define the meaning of `null` and of absent members, and
//! are independent of JSON.

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

    /// Writes a member if there is a value.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn put_some<T: Serialize>(
        &mut self,
        key: &'static str,
        value: &Option<T>,
    ) -> Result<(), Self::Error> {
        match value {
            Some(value) => self.serialize_entry(key, value),
            None => Ok(()),
        }
    }

    /// Like [`put`](Self::put), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn put_as<C: Codec<T>, T>(&mut self, key: &'static str, value: &T) -> Result<(), Self::Error> {
        self.serialize_entry(key, &Encoded::<C, T>::new(value))
    }

    /// Like [`put_some`](Self::put_some), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn put_some_as<C: Codec<T>, T>(
        &mut self,
        key: &'static str,
        value: &Option<T>,
    ) -> Result<(), Self::Error> {
        match value {
            Some(value) => self.put_as::<C, T>(key, value),
            None => Ok(()),
        }
    }
}

impl<M: SerializeMap> WriteMembers for M {}

/// Methods that read members. A `null` is treated like an absent member, except by `take_required`
/// and `take_required_as`.
pub trait ReadMembers<'de>: MapAccess<'de> {
    /// Reads a member that may be absent.
    ///
    /// # Errors
    /// Returns an error if the value is not a `T`.
    fn take<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Self::Error> {
        self.next_value()
    }

    /// Like [`take`](Self::take), but stores the value in `slot`.
    ///
    /// # Errors
    /// Returns an error if the value is not a `T`.
    fn take_some<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), Self::Error> {
        *slot = self.next_value()?;
        Ok(())
    }

    /// Like [`take_as`](Self::take_as), but stores the value in `slot`.
    ///
    /// # Errors
    /// Returns an error if the value does not have the wire form of `C`.
    fn take_some_as<C: Codec<T>, T>(&mut self, slot: &mut Option<T>) -> Result<(), Self::Error> {
        *slot = self.take_as::<C, T>()?;
        Ok(())
    }

    /// Reads a member into `slot`. If it is `null`, `slot` is unchanged.
    ///
    /// # Errors
    /// Returns an error if the value is not a `T`.
    fn take_into<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        if let Some(value) = self.next_value()? {
            *slot = value;
        }
        Ok(())
    }

    /// Reads a required member into `slot`.
    ///
    /// # Errors
    /// Returns an error if the value is not a `T`, in particular if it is `null`.
    fn take_required<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        *slot = self.next_value()?;
        Ok(())
    }

    /// Like [`take`](Self::take), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns an error if the value does not have the wire form of `C`.
    fn take_as<C: Codec<T>, T>(&mut self) -> Result<Option<T>, Self::Error> {
        let value: Option<Decoded<C, T>> = self.next_value()?;
        Ok(value.map(Decoded::into_inner))
    }

    /// Like [`take_into`](Self::take_into), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns an error if the value does not have the wire form of `C`.
    fn take_into_as<C: Codec<T>, T>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        if let Some(value) = self.take_as::<C, T>()? {
            *slot = value;
        }
        Ok(())
    }

    /// Like [`take_required`](Self::take_required), with the wire form of `C`.
    ///
    /// # Errors
    /// Returns an error if the value does not have the wire form of `C`, in particular if it is
    /// `null`.
    fn take_required_as<C: Codec<T>, T>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        let value: Decoded<C, T> = self.next_value()?;
        *slot = value.into_inner();
        Ok(())
    }

    /// Reads the message of an exception. Services send it under several names, sometimes under
    /// more than one at once. The first value that is not `null` is kept.
    ///
    /// # Errors
    /// Returns an error if the value is not a string.
    fn take_message(&mut self, slot: &mut Option<String>) -> Result<(), Self::Error> {
        let value = self.next_value()?;
        if slot.is_none() {
            *slot = value;
        }
        Ok(())
    }
}

impl<'de, M: MapAccess<'de>> ReadMembers<'de> for M {}
