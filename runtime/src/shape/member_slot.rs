//! Deserializes the value of a member in place. Otherwise, large values would be moved several
//! times.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Visitor};

use crate::shape::codec::Codec;

/// How a value is deserialized: in its serde form, or with a codec.
pub(super) trait Form<'de, T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// The form of the type's `Deserialize` implementation.
pub(super) enum SerdeForm {}

impl<'de, T: Deserialize<'de>> Form<'de, T> for SerdeForm {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// The wire form of a codec.
pub(super) struct CodecForm<C>(PhantomData<C>);

impl<'de, C: Codec<T>, T> Form<'de, T> for CodecForm<C> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        C::deserialize(deserializer)
    }
}

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident($slot:ty)),* $(,)?) => {
        $($(#[$doc])*
        pub(super) struct $name<'a, F, T>(&'a mut $slot, PhantomData<F>);

        impl<'a, F, T> $name<'a, F, T> {
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

impl<'de, F: Form<'de, T>, T> DeserializeSeed<'de> for OptionSlot<'_, F, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, F: Form<'de, T>, T> Visitor<'de> for OptionSlot<'_, F, T> {
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

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(F::read(deserializer)?);
        Ok(())
    }
}

impl<'de, F: Form<'de, T>, T> DeserializeSeed<'de> for ValueSlot<'_, F, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, F: Form<'de, T>, T> Visitor<'de> for ValueSlot<'_, F, T> {
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

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = F::read(deserializer)?;
        Ok(())
    }
}

impl<'de, F: Form<'de, T>, T> DeserializeSeed<'de> for RequiredSlot<'_, F, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = F::read(deserializer)?;
        Ok(())
    }
}
