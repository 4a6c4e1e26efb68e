//! What a structure does with one member, as methods on serde's own maps.
//!
//! These are the words in which generated code is written; they decide what `null` and absence
//! mean. Nothing here knows JSON.

use serde_core::de::{Deserialize, MapAccess};
use serde_core::ser::{Serialize, SerializeMap};

use crate::shape::codec::{Codec, Decoded, Encoded};

/// Writing members.
pub trait WriteMembers: SerializeMap {
    /// Writes a member that is always there.
    ///
    /// # Errors
    /// The serializer's.
    fn put<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.serialize_entry(key, value)
    }

    /// Writes a member where there is a value, and nothing where there is none.
    ///
    /// # Errors
    /// The serializer's.
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

    /// [`put`](Self::put), in the wire form of `C`.
    ///
    /// # Errors
    /// The serializer's.
    fn put_as<C: Codec<T>, T>(&mut self, key: &'static str, value: &T) -> Result<(), Self::Error> {
        self.serialize_entry(key, &Encoded::<C, T>::new(value))
    }

    /// [`put_some`](Self::put_some), in the wire form of `C`.
    ///
    /// # Errors
    /// The serializer's.
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

/// Reading members. Where `null` is read, the member is as if it were absent.
pub trait ReadMembers<'de>: MapAccess<'de> {
    /// Takes a member that may be absent.
    ///
    /// # Errors
    /// A value that is not a `T`.
    fn take<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Self::Error> {
        self.next_value()
    }

    /// [`take`](Self::take) into `slot`.
    ///
    /// # Errors
    /// A value that is not a `T`.
    fn take_some<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), Self::Error> {
        *slot = self.next_value()?;
        Ok(())
    }

    /// [`take_as`](Self::take_as) into `slot`.
    ///
    /// # Errors
    /// A value that is no wire form of a `T`.
    fn take_some_as<C: Codec<T>, T>(&mut self, slot: &mut Option<T>) -> Result<(), Self::Error> {
        *slot = self.take_as::<C, T>()?;
        Ok(())
    }

    /// Takes a member into `slot`, whose value stays where `null` came.
    ///
    /// # Errors
    /// A value that is not a `T`.
    fn take_into<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        if let Some(value) = self.next_value()? {
            *slot = value;
        }
        Ok(())
    }

    /// Takes a member that must be there into `slot`: `null` is refused.
    ///
    /// # Errors
    /// A value that is not a `T`, and `null`.
    fn take_required<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        *slot = self.next_value()?;
        Ok(())
    }

    /// [`take`](Self::take), from the wire form of `C`.
    ///
    /// # Errors
    /// A value that is no wire form of a `T`.
    fn take_as<C: Codec<T>, T>(&mut self) -> Result<Option<T>, Self::Error> {
        let value: Option<Decoded<C, T>> = self.next_value()?;
        Ok(value.map(Decoded::into_inner))
    }

    /// [`take_into`](Self::take_into), from the wire form of `C`.
    ///
    /// # Errors
    /// A value that is no wire form of a `T`.
    fn take_into_as<C: Codec<T>, T>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        if let Some(value) = self.take_as::<C, T>()? {
            *slot = value;
        }
        Ok(())
    }

    /// [`take_required`](Self::take_required), from the wire form of `C`.
    ///
    /// # Errors
    /// A value that is no wire form of a `T`, and `null`.
    fn take_required_as<C: Codec<T>, T>(&mut self, slot: &mut T) -> Result<(), Self::Error> {
        let value: Decoded<C, T> = self.next_value()?;
        *slot = value.into_inner();
        Ok(())
    }

    /// Takes an exception's message. Services send it under several names, sometimes under more
    /// than one of them at once; the first one that is not `null` stays.
    ///
    /// # Errors
    /// A value that is not a string.
    fn take_message(&mut self, slot: &mut Option<String>) -> Result<(), Self::Error> {
        let value = self.next_value()?;
        if slot.is_none() {
            *slot = value;
        }
        Ok(())
    }
}

impl<'de, M: MapAccess<'de>> ReadMembers<'de> for M {}
