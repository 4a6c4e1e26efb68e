//! Deserializes the value of a member in place. Otherwise, large values would be moved several
//! times.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Visitor};

use crate::shape::codec::Codec;

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident($slot:ty)),* $(,)?) => {
        $($(#[$doc])*
        pub(super) struct $name<'a, C, T>(&'a mut $slot, PhantomData<C>);

        impl<'a, C, T> $name<'a, C, T> {
            pub(super) fn new(slot: &'a mut $slot) -> Self {
                Self(slot, PhantomData)
            }
        })*
    };
}

slots!(
    /// A field that may be absent. `null` is `None`.
    OptionSlot(Option<T>),
    /// A field that `null` does not change.
    ValueSlot(T),
    /// A field that cannot be `null`.
    RequiredSlot(T),
);

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for OptionSlot<'_, C, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, C: Codec<T>, T> Visitor<'de> for OptionSlot<'_, C, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(C::deserialize(deserializer)?);
        Ok(())
    }
}

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for ValueSlot<'_, C, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, C: Codec<T>, T> Visitor<'de> for ValueSlot<'_, C, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = C::deserialize(deserializer)?;
        Ok(())
    }
}

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for RequiredSlot<'_, C, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = C::deserialize(deserializer)?;
        Ok(())
    }
}
